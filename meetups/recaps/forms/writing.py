"""What writers type: notes, the head, one challenge with its ideas, how somebody wants to be named."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import wtforms
from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, ValidationError

from meetups.foundation.forms import (
    ChoiceField,
    CountField,
    DayField,
    Form,
    PickField,
    TicksField,
    address,
    line,
    prose,
)
from meetups.foundation.refusals import Refusal
from meetups.recaps.actions import (
    EntryWish,
    HeadWish,
    IdeaWish,
    TooMuchAtOnce,
    entry_standing,
    fingerprint,
    head_standing,
)
from meetups.recaps.actions.wishes import idea_standing
from meetups.recaps.entries import read_thing_line, thing_lines
from meetups.recaps.models import Consent, CreditMode, Qualifier, Recap, RecapEntry, Response
from meetups.recaps.notation import WrittenResource, category_named
from meetups.recaps.notation.written import addresses_in, merged
from meetups.recaps.terms import AgeGroup, Category, Kind, Origin, Outcome, Stance, Words
from meetups.recaps.terms import Form as IdeaKind

LONGEST_NOTES = 300_000
LONGEST_TEXT = 300_000  # what a paste may have made of one idea has to fit the form again
MOST_NEW_IDEAS = 20
_IDEA = re.compile(r"idea-(\d{1,17})-text")


class NotesForm(Form):
    """More notes, to be taken in after what there is."""

    notes = prose("Paste them as they are", most=LONGEST_NOTES, needed="Paste your notes first; sloppy is fine.")


class SortForm(Form):
    """The whole recap as text."""

    whole = prose("The whole recap as text", most=LONGEST_NOTES, needed="There would be nothing left. Type it again.")
    version = HiddenField()


class NewForm(Form):
    """A recap's beginning. For a meetup that is listed here the notes are all it needs."""

    notes = prose("Paste them as they are", most=LONGEST_NOTES)
    title = line("Title", most=160)
    held_on = DayField("Which day?")
    place_label = line("Where was it?", most=200)

    def wish(self, standing: HeadWish) -> HeadWish:
        """What was typed, over what the meetup says already."""
        return HeadWish(
            self.title.data or standing.title, held_on=self.held_on.data or standing.held_on,
            place_label=self.place_label.data or standing.place_label,
        )

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        if not self.title.data and not self.notes.data and not self.listed:
            self.title.errors = ["Give it a title, or paste notes that begin with one."]
            return False
        return fine

    def __init__(self, *, listed: bool, **more: Any) -> None:
        self.listed = listed
        super().__init__(**more)


class HeadForm(Form):
    """Everything but the challenges."""

    title = line("Title", most=160, needed="A recap needs a title.")
    held_on = DayField("Which day?")
    place_label = line("Where was it?", most=200)
    headcount_from = CountField("How many were there?", most=100_000)
    headcount_to = CountField("To", most=100_000)
    qualifier = ChoiceField("How sure is that?", Qualifier, default=Qualifier.ABOUT)
    onlookers = CountField("Onlookers, counted apart", most=100_000)
    head = prose("What to say before the challenges", most=LONGEST_TEXT)
    tail = prose("What to say at the end", most=LONGEST_TEXT)
    shown = HiddenField()

    def __init__(self, recap: Recap, **more: Any) -> None:
        standing = head_standing(recap)
        super().__init__(data={**vars(standing), "shown": fingerprint(standing)}, **more)

    def validate_headcount_to(self, field: Any) -> None:
        first = self.headcount_from.data
        if field.data is not None and (first is None or field.data < first):
            raise ValidationError("“About 40 to 50”: the smaller number comes first.")

    def wish(self) -> HeadWish:
        return HeadWish(
            self.title.data, self.head.data, self.tail.data, self.held_on.data, self.place_label.data,
            self.headcount_from.data, self.headcount_to.data, self.qualifier.data or Qualifier.ABOUT,
            self.onlookers.data,
        )


class IdeaForm(wtforms.Form):
    """One idea inside the form of its challenge. `response` is None for a new one."""

    text = prose("An idea", most=LONGEST_TEXT)
    stance = PickField("Takes a side?", Stance, blank="No side")
    form = PickField("What is it?", IdeaKind)
    literacy_tip = prose("Literacy tip, if someone said one", most=LONGEST_TEXT)
    things = prose("Songs, books, things, links: one a line", most=LONGEST_TEXT)
    words = ChoiceField("Are the words of a song written out?", Words)
    who = ChoiceField("Who said it?", CreditMode)
    name = line("Name", most=80)
    library = line("Library, if they like", most=120)
    address = address("Their e-mail, to ask them", needed="Where can we ask them?")

    def __init__(self, response: Response | None, formdata: Any = None, number: str = "new") -> None:
        self.response = response
        self.number = number
        super().__init__(formdata, prefix=f"idea-{number}-", data=_idea_data(response))
        self.address.flags.required = False
        if not self.address.data:
            self.address.validators = []

    @property
    def said_no(self) -> bool:
        """Its bearer would rather not be named: nothing is asked any more."""
        return self.response is not None and self.response.credit.consent in (Consent.REFUSED, Consent.WITHDRAWN)

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        if self.text.data and self.who.data is CreditMode.NAMED and not self.name.data and not self.said_no:
            self.name.errors = ["Write the name, or choose the group."]
            return False
        return fine

    def validate_address(self, field: Any) -> None:
        if field.data and self.who.data is not CreditMode.NAMED:
            raise ValidationError("To ask somebody, choose “Somebody, if they agree” and write their name.")

    def validate_things(self, field: Any) -> None:
        for each in self._lines():
            if read_thing_line(each) is None:
                begin = "Begin each line with what it is: Song:, Rhyme:, Book:, Prop:, Video: ... or an address (https://)."
                raise ValidationError(f"{begin} This one does not: “{each[:60]}”")

    def wish(self) -> IdeaWish:
        read = [read_thing_line(each) for each in self._lines()]
        named = self.who.data is CreditMode.NAMED
        text = self.text.data
        return IdeaWish(
            text, self.response.id if self.response else None, self.form.data or IdeaKind.TIP, self.stance.data,
            self.literacy_tip.data, self.name.data if named else "", self.library.data if named else "",
            self.address.data if named else "",
            tuple(each for each in read if isinstance(each, WrittenResource)),
            tuple(merged(addresses_in(text), (each for each in read if isinstance(each, str)))),
            self.words.data or Words.NONE,
        )

    def _lines(self) -> list[str]:
        return [each.strip() for each in (self.things.data or "").split("\n") if each.strip()]


def _idea_data(response: Response | None) -> dict[str, Any]:
    if response is None:
        return {"who": CreditMode.GROUP, "form": IdeaKind.TIP, "words": Words.NONE}
    standing = idea_standing(response)
    return {
        **vars(standing), "things": thing_lines(response),
        "who": CreditMode.NAMED if standing.name else CreditMode.GROUP,
    }


class EntryForm(Form):
    """One challenge with its ideas and room for one more."""

    prompt = prose("What was on the stick, or what was asked", most=LONGEST_TEXT, needed="Write down what was asked.")
    origin = ChoiceField("Where did it come from?", Origin, default=Origin.CUP)
    outcome = ChoiceField("How did it end?", Outcome, default=Outcome.ANSWERED)
    kind = PickField("What did it ask for?", Kind, blank="Not stated")
    category = PickField("About", Category, blank="Not stated")
    topic = line("The heading it stood under", most=LONGEST_TEXT)
    ages = TicksField("Who is it for?", AgeGroup)
    literacy_tip = prose("Literacy tip for the whole challenge", most=LONGEST_TEXT)
    leftovers = prose("Lines that had no other place", most=LONGEST_TEXT)
    shown = HiddenField()

    def __init__(self, entry: RecapEntry | None, *, fresh: bool = False) -> None:
        """`fresh` fills it from what stands, whatever was posted to another form of the page."""
        self.entry = entry
        data: dict[str, Any] = {}
        if entry is not None:
            standing = entry_standing(entry)
            data = {**vars(standing), "ages": list(standing.ages), "shown": fingerprint(standing)}
        super().__init__(data=data, **({"formdata": None} if fresh else {}))
        typed = request.form if self.is_submitted() and not fresh else None
        self.ideas = _ideas(entry.responses if entry else [], typed)

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        if [idea for idea in self.ideas if not idea.validate()]:  # every one, so that each can say its sentence
            self.form_errors.append("One of the ideas needs another look.")
            return False
        return fine

    def renew(self, refusal: Refusal, standing: RecapEntry | None) -> None:
        """Show the refusal; with what was typed the form is now filled over what stands at present."""
        self.take(refusal)
        self.shown.data = fingerprint(entry_standing(standing)) if standing else ""

    def wish(self) -> EntryWish:
        category, topic = self.category.data, self.topic.data
        if category and topic and category_named(topic) not in (None, category):
            topic = ""  # the heading named what the writer has just corrected
        return EntryWish(
            self.prompt.data, self.origin.data or Origin.CUP, self.outcome.data or Outcome.ANSWERED, self.kind.data,
            category, topic, tuple(age for age in AgeGroup if age in (self.ages.data or ())), self.literacy_tip.data,
            self.leftovers.data, tuple(idea.wish() for idea in self.ideas),
        )


def _ideas(responses: Sequence[Response], typed: MultiDict[str, str] | None) -> list[IdeaForm]:
    """A form for each idea that stands or was typed, and an empty one."""
    if typed is None:
        return [*(IdeaForm(each, None, str(each.id)) for each in responses), IdeaForm(None)]
    known: Mapping[str, Response] = {str(each.id): each for each in responses}
    numbers = [match.group(1) for name in typed if (match := _IDEA.fullmatch(name))]
    if len(numbers) > len(known) + MOST_NEW_IDEAS:
        raise TooMuchAtOnce("Those are too many ideas for one press. Nothing was saved; add them a few at a time.")
    forms = [IdeaForm(known.get(number), typed, number) for number in numbers]
    return [*forms, IdeaForm(None, typed)]


class ConsentForm(Form):
    """How somebody wants to be named."""

    name = line("Your name, as it should read", most=80, needed="Write how you want to be named, or press No.")
    library = line("Your library, if you like", most=120)
