"""The one page on which a meetup is filled in, and the small forms for cancelling and copying."""

from __future__ import annotations

import re
from datetime import timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from flask import request
from wtforms import BooleanField, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from meetups.foundation import clock
from meetups.foundation.forms import ChoiceField, ClockField, CountField, DayField, Filled, Form, line, prose
from meetups.foundation.markup import clean, clean_line
from meetups.foundation.refusals import Refusal
from meetups.foundation.tokens import new_token
from meetups.places.actions import WhichPlace, WhichTown
from meetups.places.forms import NOT_STATED, AccessFields
from meetups.places.models import Access, Place, PlaceKind
from meetups.planning.actions import DayIsPast, NewPlace, NoSuchHour, StaleForm, WhichClock, WhichHour
from meetups.planning.models import Cost, Meetup, Plan, RsvpMode

MOST_THINGS = 40
MOST_QUESTIONS = 3
PAGE_KEY = 47  # with a dot and 16 characters for what was typed, 64
NOT_TYPED = ("csrf_token", "form_key", "version", "deed", "tell", "note")
THING = re.compile(r"(?:(\d{1,4})\s*(?:x|×)?\s+)?(.+)", re.IGNORECASE)


class BringField(TextAreaField):
    """One thing a line, "12 shakers"; `data` is a tuple of (quantity, what), `typed` what stands in the box."""

    data: tuple[tuple[int, str], ...]
    typed: str = ""

    def process_data(self, value: Any) -> None:
        self.data = tuple(value or ())
        self.typed = "\n".join(f"{quantity} {what}" for quantity, what in self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data, self.typed = (), clean(valuelist[0])[:10_000] if valuelist else ""
        lines = [each for each in map(clean_line, self.typed.splitlines()) if each]
        if len(lines) > MOST_THINGS:
            raise ValueError(f"{MOST_THINGS} things at most; leave some for the next meetup.")
        self.data = tuple(self._thing(each) for each in lines)

    def _thing(self, text: str) -> tuple[int, str]:
        found = THING.fullmatch(text)
        quantity, what = (int(found[1] or 1), found[2]) if found else (1, text)
        if not 1 <= quantity <= 1000:
            raise ValueError(f"“{text[:60]}”: from 1 to 1,000 of each thing, please.")
        if len(what) > 80:
            raise ValueError(f"“{what[:40]}…” is too long: 80 characters a thing at most.")
        return quantity, what

    def _value(self) -> str:
        return self.typed


class QuestionsField(TextAreaField):
    """A question a line, three at most; `data` is a list of them, `typed` what stands in the box."""

    data: list[str]
    typed: str = ""

    def process_data(self, value: Any) -> None:
        self.data = list(value or ())
        self.typed = "\n".join(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data, self.typed = [], clean(valuelist[0])[:2_000] if valuelist else ""
        lines = list(dict.fromkeys(each for each in map(clean_line, self.typed.splitlines()) if each))
        if len(lines) > MOST_QUESTIONS:
            raise ValueError(f"{MOST_QUESTIONS} questions at most; people answer short forms.")
        if any(len(each) > 120 for each in lines):
            raise ValueError("A question has 120 characters at most.")
        self.data = lines

    def _value(self) -> str:
        return self.typed


class ZoneField(SelectField):
    """A time zone, or None for "as the place says"; keeps a zone that the list leaves out."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, filters=[lambda zone: zone or None], **more)

    def pre_validate(self, form: Any) -> None:
        if self.data and not clock.is_zone(self.data):
            raise ValidationError("We know no such time zone. Choose one from the list.")

    def groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """(group, [(zone, label)]) for the template."""
        return clock.zone_choices(self.data)


class AskedField(RadioField):
    """A question that is only asked when an action needs the answer; anything but an answer offered counts as none."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = clean_line(valuelist[0])[:40] if valuelist else ""

    def ask(self, choices: list[tuple[str, str]]) -> None:
        self.choices = [SelectChoice(value, words) for value, words in choices]


class AskingForm(Form):
    """A form that passes a refusal's question on: which town, which of two hours, or a press that fills in.

    `form_key` names the page: it is the same when the page is sent again, as it was or after going back to it.
    """

    form_key = HiddenField(default=new_token, filters=[lambda key: clean_line(key or "")[:PAGE_KEY]])

    def __init__(self, **more: Any) -> None:
        self.offers: list[tuple[str, str, str]] = []
        super().__init__(**more)

    def press(self) -> str:
        """The page and what was typed into it. Sent twice, the same words are one deed and other words another.

        At most 64 characters, as the database has room for; empty when the page has no name.
        """
        if not self.form_key.data:
            return ""
        typed = sorted((name, words) for name, words in request.form.items(multi=True) if name not in NOT_TYPED)
        return f"{self.form_key.data}.{sha256(repr(typed).encode()).hexdigest()[:16]}"

    def take(self, refusal: Refusal) -> None:
        """Show a refusal beside its field, with the answers it offers and everything typed kept."""
        super().take(refusal)
        if isinstance(refusal, WhichTown):
            self._fields["town_choice"].ask(refusal.choices)
        elif isinstance(refusal, WhichPlace):
            self._fields["place_choice"].ask(refusal.choices)
        elif isinstance(refusal, WhichClock):
            self._fields["keep"].ask(list(refusal.choices))
        elif isinstance(refusal, WhichHour):
            self._fields["fold"].ask([(str(fold), words) for fold, words in refusal.choices])
        elif isinstance(refusal, NoSuchHour) and refusal.field in self._fields:
            use = f"use_{refusal.field}"
            self.offers = [(use, f"{at:%H:%M}", f"Make it {_hour(at)}") for at in refusal.offers]
        elif isinstance(refusal, DayIsPast) and refusal.suggestion:
            day = refusal.suggestion
            self.offers = [("use_day", day.isoformat(), f"Make it {clock.MONTHS[day.month - 1]} {day.day}, {day.year}")]


class PlanForm(AskingForm, AccessFields):
    """A meetup on one page. `plan()` is what was filled in; `take` turns a refusal into a question on the form."""

    title = line("What to call it", most=120, needed="Give it a name; plain is fine.")
    kind = ChoiceField("What kind of place?", PlaceKind, needed="Choose the kind of place.")
    day = DayField("Date", validators=[Filled("Which day?")])
    start = ClockField("Starts at", validators=[Filled("When does it start?")])
    words = line("Place, in words", most=300, needed="Tell people where it is. A name and a town will do.")
    contact = line("How to reach you", most=200, needed="Say how people who are coming can reach you.")

    town_choice = AskedField("Which town?")
    place_choice = AskedField("Is it one of these?")
    fold = AskedField("Which of the two?")
    keep = AskedField("What stays?")
    zone = ZoneField("Time zone")
    end = ClockField("Ends at")
    length = CountField("Or how long, in minutes", least=5, most=1080)

    room = line("Room", most=80)
    level = line("Level", most=80)
    booth = line("Booth", most=80)
    spot = line("Spot, in words", most=200)
    how_to_spot_us = line("How to spot us", most=200)
    join_url = line("Join link", most=500)
    reveal_hours = CountField("Hours before", least=0, most=336)

    cost = ChoiceField("What does it cost?", Cost, blank=NOT_STATED)
    cost_note = line("A word about cost", most=120)

    rsvp_mode = ChoiceField("RSVP", RsvpMode, default=RsvpMode.HELPFUL)
    capacity = CountField("Seats, you included", least=1, most=10_000)
    guests_allowed = CountField("Guests each person may bring", least=0, most=20, default=3)
    approval_required = BooleanField("Ask me before anybody has a seat")
    questions = QuestionsField("Questions for whoever answers, one a line")
    bring = BringField("Bring list, one thing a line")
    description = prose("What will happen", most=10_000)
    hashtag = line("Hashtag", most=60)
    conference = line("Conference", most=160)
    slot_minutes = CountField("Length of the slot, in minutes", least=5, most=1080)

    version = HiddenField(default="1", filters=[lambda typed: clean_line(str(typed or ""))[:12]])

    def __init__(self, given: Any, meetup: Meetup | None = None, place: Place | None = None) -> None:
        self.meetup = meetup
        self.since: list[tuple[str, str]] = []
        data = _standing(meetup) if meetup else _there(place) if place else None
        super().__init__(formdata=given or None, data=data)

    def validate_end(self, field: ClockField) -> None:
        if field.data is not None and self.length.data is not None:
            raise ValidationError("Give an end or a length, not both.")

    def validate_join_url(self, field: Any) -> None:
        if field.data:
            refuse_odd_link(field.data)

    def validate_hashtag(self, field: Any) -> None:
        tags = field.data.split()
        field.data = " ".join(tag if tag.startswith("#") else f"#{tag}" for tag in tags)[:60]

    def plan(self) -> Plan:
        """What was filled in, as values. Call it on a valid form only."""
        computed = {"access", "fold", "reveal_hours", "guests_allowed", "rsvp_mode"}
        names = set(Plan.__dataclass_fields__) - computed
        return Plan(
            **{name: self._fields[name].data for name in names},
            access=self.access(),
            fold=int(self.fold.data) if self.fold.data in ("0", "1") else None,
            rsvp_mode=self.rsvp_mode.data or RsvpMode.HELPFUL,
            reveal_hours=24 if self.reveal_hours.data is None else self.reveal_hours.data,
            guests_allowed=3 if self.guests_allowed.data is None else self.guests_allowed.data,
        )

    def take(self, refusal: Refusal) -> None:
        """As any asking form, and what was saved meanwhile when this form is stale."""
        super().take(refusal)
        if isinstance(refusal, StaleForm) and self.meetup:
            self.since = list(refusal.since)
            self.version.data = str(self.meetup.version)


class TellingForm(AskingForm):
    """A change made in two taps."""


class CancelForm(TellingForm):
    """Cancel, or postpone to `day`: one reason for both."""

    reason = line("Why, in a line", most=200, needed="Say why in a word; people will ask.")
    day = DayField("New date")
    fold = AskedField("Which of the two?")

    def __init__(self, meetup: Meetup, given: Any) -> None:
        super().__init__(formdata=given or None)
        if not self.is_submitted():
            self.day.process_data(meetup.local_start.date() + timedelta(weeks=2))


class MoveForm(TellingForm):
    """Where to now: a corner of the same venue, or another venue."""

    spot = line("Where exactly now", most=200)
    words = line("Building or address", most=300, needed="Tell people where it is. A name and a town will do.")
    note = line("One line to go with it", most=200)
    town_choice = AskedField("Which town?")
    place_choice = AskedField("Is it one of these?")
    keep = AskedField("What stays?")

    def __init__(self, meetup: Meetup, given: Any) -> None:
        self.meetup = meetup
        super().__init__(formdata=given or None, data={"words": meetup.venue})

    def validate(self, extra_validators: Any = None) -> bool:
        """An empty corner of the same venue is a slip, and would take the room away and tell everybody."""
        right = super().validate(extra_validators)
        if self.spot.data or self.words.data != self.meetup.venue:
            return right
        self.spot.errors = ["Say where it is now: “Room 213, Level 2, past the coffee bar.”"]
        return False

    def place(self) -> NewPlace:
        """What was filled in. Call it on a valid form only."""
        return NewPlace(self.words.data, spot=self.spot.data, town_choice=self.town_choice.data or "",
                        place_choice=self.place_choice.data or "", keep=self.keep.data or "")  # fmt: skip


class OnlineForm(TellingForm):
    """The same meetup on a screen."""

    join_url = line("Join link", most=500, needed="Paste the link people join with. Only people who are going see it.")
    capacity = CountField("Seats, you included", least=1, most=10_000)
    note = line("One line to go with it", most=200)

    def validate_join_url(self, field: Any) -> None:
        refuse_odd_link(field.data)


class CopyForm(AskingForm):
    """Another day for the same."""

    day = DayField("New date", validators=[Filled("Which day?")])
    fold = AskedField("Which of the two?")

    def __init__(self, meetup: Meetup, given: Any) -> None:
        super().__init__(formdata=given or None)
        if not self.is_submitted():
            today = clock.wall_clock(clock.now(), meetup.time_zone).date()
            again = meetup.local_start.date() + timedelta(weeks=4)
            self.day.process_data(max(again, today + timedelta(days=7)))


def refuse_odd_link(link: str) -> None:
    """Refuse what no browser could follow."""
    try:
        address = urlsplit(link)
        fine = address.scheme in ("http", "https") and bool(address.hostname) and "@" not in address.netloc
        fine = fine and " " not in link
    except ValueError:
        fine = False
    if not fine:
        raise ValidationError("A link begins with https:// and names a host. Copy it from the meeting’s page.")


def _hour(at: Any) -> str:
    return f"{at.hour % 12 or 12}:{at:%M} {'AM' if at.hour < 12 else 'PM'}"


def _standing(meetup: Meetup) -> dict[str, Any]:
    """The form's fields as the meetup has them."""
    place = meetup.place
    same = ("title", "contact", "room", "level", "booth", "spot", "how_to_spot_us", "join_url", "reveal_hours",
            "rsvp_mode", "capacity", "guests_allowed", "approval_required", "questions", "cost", "cost_note",
            "description", "hashtag", "slot_minutes")  # fmt: skip
    values = {name: getattr(meetup, name) for name in same}
    access = {name: getattr(place, name) for name in Access.__dataclass_fields__}
    zone = "" if place.time_zone == meetup.time_zone else meetup.time_zone
    times = {"day": meetup.local_start.date(), "start": meetup.local_start.time(), "end": meetup.local_end.time(),
             "zone": zone}  # fmt: skip
    return {
        **values, **access, **times, "kind": place.kind, "words": meetup.venue, "bring": meetup.wanted,
        "conference": meetup.host_event.name if meetup.host_event else "", "version": str(meetup.version),
    }  # fmt: skip


def _there(place: Place) -> dict[str, Any]:
    """A new meetup at a place that is known already."""
    return {"words": place.words, "kind": place.kind, "place_choice": place.code}
