"""Why a meetup cannot be had like that, with what the form needs to offer a way on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from meetups.foundation.refusals import Refusal


class DayIsPast(Refusal):
    """The start has gone by; `suggestion` is the next such day, if there is one within two years."""

    def __init__(self, sentence: str, suggestion: date | None) -> None:
        super().__init__(sentence, field="day")
        self.suggestion = suggestion


class DayIsFar(Refusal):
    """More than two years ahead: most likely a slip of the year."""


class NoSuchHour(Refusal):
    """The clocks jump over it; `offers` are the wall-clock times before and after the jump."""

    def __init__(self, sentence: str, offers: tuple[datetime, datetime], *, field: str) -> None:
        super().__init__(sentence, field=field)
        self.offers = offers


class WhichHour(Refusal):
    """It happens twice; `choices` are (fold, words) in the order in which they happen."""

    def __init__(self, sentence: str, choices: tuple[tuple[int, str], ...]) -> None:
        super().__init__(sentence, field="start")
        self.choices = choices


class ZoneNeeded(Refusal):
    """Nobody can tell from the place which time zone its clock follows."""


class StaleForm(Refusal):
    """Somebody saved in the meantime; `since` lists what changed as (label, what stands now)."""

    def __init__(self, since: Sequence[tuple[str, str]]) -> None:
        labels = [label.lower() for label, _ in since]
        what = f"{', '.join(labels[:-1])} and {labels[-1]}" if len(labels) > 1 else "".join(labels) or "something"
        super().__init__(
            f"Somebody saved this meetup while you were typing: {what} changed. Nothing of yours was saved yet. "
            "Look at what stands now, then press Save again to keep yours."
        )
        self.since = since


class AlreadyOver(Refusal):
    """There is nothing left to change."""


class NotNow(Refusal):
    """The meetup is not in a state in which this can be done."""


class TooManyToday(Refusal):
    """More meetups in a day than anybody holds."""

    status = 429


class AskFirst(Refusal):
    """People would be told of this: `news` maps "time" and "place" to (old, new). Say whether to tell them."""

    def __init__(self, news: Mapping[str, tuple[str, str]]) -> None:
        super().__init__("Nothing was saved yet. Look at what people will be told, then press.")
        self.news = news


class WhichClock(Refusal):
    """The new place follows another clock; `choices` are (value of the field `keep`, words)."""

    def __init__(self, sentence: str, choices: tuple[tuple[str, str], ...]) -> None:
        super().__init__(sentence, field="words")
        self.choices = choices
