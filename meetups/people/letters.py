"""Letters to people about their account."""

from __future__ import annotations

from meetups.foundation.addresses import absolute, site_name
from meetups.foundation.mail.kinds import Kind, declare
from meetups.foundation.mail.letters import Deed, Heading, Letter, Note, Para
from meetups.foundation.mail.outbox import DOOR_PREFIX
from meetups.foundation.tokens import digest

SIGN_IN = declare(Kind("sign-in", "Links to sign in", essential=True, awaited=True))


def key_prefix(address: str) -> str:
    """What the keys of all sign-in letters to an address begin with; the address itself is not in them."""
    return f"{DOOR_PREFIX}{digest(address)[:16]}:"


def sign_in_path(token: str) -> str:
    return f"/sign-in/{token}"


def sign_in_link(address: str, token: str) -> Letter:
    """The one-use link. Its key begins so that the outbox empties the letter as soon as it is sent."""
    return Letter(
        key=f"{key_prefix(address)}{digest(token)[:16]}",
        to=address,
        subject=f"Your link to sign in: {site_name()}",
        lines=(
            Heading("Come on in"),
            Para("Press the button here, then once more on the page that opens. You are signed in on that device."),
            Deed("Open the door", absolute(sign_in_path(token))),
            Note("It works once, for 20 minutes. Opening the page alone changes nothing."),
        ),
        why="You get this because your address was typed on the sign-in page. If that was not you, do nothing: "
            "without the button nobody gets in.",
        kind=SIGN_IN,
    )
