"""Letters about recaps: one function a letter, named by its news."""

from __future__ import annotations

from meetups.foundation.addresses import absolute
from meetups.foundation.mail.kinds import Kind, declare
from meetups.foundation.mail.letters import Deed, Heading, Letter, Note, Para
from meetups.foundation.markup import one_line, without_links
from meetups.foundation.tokens import keyed, opens
from meetups.recaps.models import Recap, Response

KEY = "may-we-name-you:"
NAMING = declare(Kind("naming", "May we name you?", "When a recap would like to put your name beside your idea."))
LONGEST_TITLE = 80


def consent_token(response: Response) -> str:
    """The secret in the letter; another address or another asking makes another one."""
    return keyed(_purpose(response), response.id, response.ask_version)


def is_consent_token(token: str, response: Response) -> bool:
    """Whether the token was given to the person who is asked about this idea, or who said that it was theirs."""
    tied = response.asked_address is not None or response.claimed_at is not None
    return tied and opens(token, _purpose(response), response.id, response.ask_version)


def _purpose(response: Response) -> str:
    return f"consent:{response.asked_address}" if response.asked_address else "claim"


def may_we_name_you(response: Response, recap: Recap) -> Letter:
    """To the bearer of a name: may it stand beside their idea?

    Anybody can type any address, so of what they typed it carries the name and the title only, and no link of theirs.
    The idea itself is on the page behind the button.
    """
    credit = response.credit
    name = ", ".join(part for part in (credit.name, credit.library) if part)
    title = one_line(without_links(recap.title), LONGEST_TITLE) or "A Guerrilla Storytime"
    return Letter(
        key=f"{KEY}{response.id}:{response.ask_version}:{credit.at.timestamp() if credit.at else 0}",
        to=response.asked_address or "",
        subject=f"May we name you? {title}",
        lines=(
            Heading("May we put your name beside your idea?"),
            Para(f"“{title}” is being written up, and somebody remembers that one of its ideas was yours."),
            Para(f"It would say: {name}. Until you say yes it says “the group”, and so it stays if you do nothing."),
            Deed("Read it, and say yes or no", absolute(f"/consent/{consent_token(response)}")),
            Note("Keep this letter: the same link takes your name out again, whenever you like, no questions."),
        ),
        why="You get this one letter because somebody who was there typed your address. If that was not you, do "
            "nothing.",
        kind=NAMING,
        essential=False,
    )
