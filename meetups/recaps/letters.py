"""Letters about recaps: one function a letter, named by its news."""

from __future__ import annotations

from meetups.foundation.addresses import absolute
from meetups.foundation.mail.kinds import Kind, declare
from meetups.foundation.mail.letters import Deed, Heading, Letter, Note, Para, Quote
from meetups.foundation.markup import one_line, to_plain
from meetups.foundation.tokens import keyed, opens
from meetups.recaps.models import Recap, Response

KEY = "may-we-name-you:"
NAMING = declare(Kind("naming", "May we name you?", "When a recap would like to put your name beside your idea."))
LONGEST_QUOTE = 600


def consent_token(response: Response) -> str:
    """The secret in the letter; another address or another asking makes another one."""
    return keyed(_purpose(response), response.id, response.ask_version)


def is_consent_token(token: str, response: Response) -> bool:
    """Whether the token was mailed to the person who is asked about this idea."""
    return response.asked_address is not None and opens(token, _purpose(response), response.id, response.ask_version)


def _purpose(response: Response) -> str:
    return f"consent:{response.asked_address}"


def may_we_name_you(response: Response, recap: Recap) -> Letter:
    """To the bearer of a name: may it stand beside their idea?"""
    credit = response.credit
    name = ", ".join(part for part in (credit.name, credit.library) if part)
    where = f" ({recap.place_label})" if recap.place_label else ""
    return Letter(
        key=f"{KEY}{response.id}:{response.ask_version}:{credit.at.timestamp() if credit.at else 0}",
        to=response.asked_address or "",
        subject=f"May we name you? {recap.title}",
        lines=(
            Heading("May we put your name beside your idea?"),
            Para(f"“{recap.title}”{where} is being written up, and somebody remembers that this was yours:"),
            Quote(one_line(to_plain(response.text), LONGEST_QUOTE)),
            Para(f"It would say: {name}. Until you say yes it says “the group”, and so it stays if you do nothing."),
            Deed("Say yes or no", absolute(f"/consent/{consent_token(response)}")),
            Note("Keep this letter: the same link takes your name out again, whenever you like, no questions."),
        ),
        why="You get this one letter because somebody who was there typed your address. If that was not you, do "
            "nothing.",
        kind=NAMING,
        essential=False,
    )
