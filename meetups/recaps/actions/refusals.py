"""Why something was not done."""

from __future__ import annotations

from meetups.foundation.markup import one_line
from meetups.foundation.refusals import Refusal


class ConsentMissing(Refusal):
    """Not published: names wait for a yes."""

    def __init__(self, waiting: int) -> None:
        names = "1 name is" if waiting == 1 else f"{waiting} names are"
        sentence = (
            f"Not published: {names} still waiting for a yes. Publish with group credit for the rest, or wait."
        )
        super().__init__(sentence)
        self.waiting = waiting


class SongWords(Refusal):
    """Words of a song would be published, and nobody has said that they may be."""

    def __init__(self, text: str, where: str) -> None:
        super().__init__(
            f"“{one_line(text, 60)}” writes out the words of a song. Give its title, performer and a link instead; or, "
            "beside the idea, say that the words are traditional or that you may share them.",
            way_on=(where, "To that idea"),
        )


class NothingInIt(Refusal):
    """An empty recap is not published."""


class TooMuchAtOnce(Refusal):
    """More challenges or ideas in one paste than a recap can hold."""


class TooManyAdded(Refusal):
    """Somebody added, or everybody adds, more than the writers can look at."""


class StaleForm(Refusal):
    """Somebody saved this part meanwhile. Nothing was changed; pressing again takes what was typed."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody saved this while you were writing. What you typed is still here: look at both, then press "
            "Save again to keep yours."
        )


class NotNow(Refusal):
    """The recap is not in a state in which this can be done."""


class CannotAsk(Refusal):
    """No letter was sent."""
