"""Why something was not done."""

from __future__ import annotations

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


class NothingInIt(Refusal):
    """An empty recap is not published."""


class TooMuchAtOnce(Refusal):
    """More challenges or ideas in one paste than a recap can hold."""


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
