"""What people write on sticks, and about decks."""

from __future__ import annotations

from typing import Any

from flask import request
from wtforms import BooleanField, HiddenField, SelectField

from meetups.deck.actions import DeckWish, StickWish
from meetups.deck.models import Challenge, Deck
from meetups.deck.notation import LONGEST
from meetups.deck.terms import AgeGroup, Category, Kind, Sharing, Skill
from meetups.foundation.forms import ChoiceField, Form, PickField, TicksField, line, prose
from meetups.foundation.markup import clean_line

A_NEW_DECK = ""


class DeckForm(Form):
    title = line("What it is called", most=120, needed="Give the deck a name.")
    about = prose("What it is for", most=1000)
    sharing = ChoiceField("Who may see it", Sharing, needed="Say who may see it.")

    @classmethod
    def of(cls, deck: Deck, **more: Any) -> DeckForm:
        return cls(data={"title": deck.title, "about": deck.about, "sharing": deck.sharing}, **more)

    def wish(self) -> DeckWish:
        return DeckWish(self.title.data or "", self.about.data or "", self.sharing.data)


class StickForm(Form):
    text = prose(
        "One hard little moment, in two sentences", most=LONGEST, needed="Write what is to stand on the stick.",
        description=f"Say “you” or “we.” No real child, no real colleague. {LONGEST} characters fit on the wood.",
    )
    category = PickField("About", Category, blank="Choose one", needed="Say what it is about.")
    kind = PickField("The room should", Kind, blank="Choose one", needed="Say what the room should do.")
    ages = TicksField("For", AgeGroup)
    skills = TicksField("What it trains", Skill)
    warm_up = BooleanField("A warm-up: easy enough for the first two")

    @classmethod
    def of(cls, challenge: Challenge, **more: Any) -> StickForm:
        wish = StickWish.of(challenge)
        return cls(data={
            "text": wish.text, "category": wish.category, "kind": wish.kind, "ages": list(wish.ages),
            "skills": list(wish.skills), "warm_up": wish.warm_up,
        }, **more)

    def wish(self) -> StickWish:
        return StickWish(
            clean_line(self.text.data or ""), self.category.data, self.kind.data, tuple(self.ages.data or ()),
            tuple(self.skills.data or ()), bool(self.warm_up.data),
        )


class NewStickForm(StickForm):
    """A stick from anywhere: which deck it goes to is asked as well."""

    into = SelectField("Into which deck", validate_choice=True)
    for_the_cup = BooleanField("Propose it for the Challenge Cup, too")

    def offer(self, decks: list[tuple[str, str]]) -> NewStickForm:
        self.into.choices = [*decks, (A_NEW_DECK, "A new deck of mine")]
        return self


class ReadForm(Form):
    """A file or pasted lines, and what stands in where a row does not say."""

    lines = prose("Or paste the lines", most=300_000)
    category = PickField("If a row does not say what it is about", Category, needed="Choose one.",
                         default=Category.PLANNING_AND_LOGISTICS)
    kind = PickField("If it does not say what the room should do", Kind, needed="Choose one.", default=Kind.SHARE)

    def bytes_given(self, most: int) -> bytes:
        """The file, one byte more than `most` at the most; without one the pasted lines."""
        file = request.files.get("file")
        if file is not None and file.filename:
            with file.stream as stream:
                return stream.read(most + 1)
        return (self.lines.data or "").encode()


class SaveForm(Form):
    """What was found, carried through the preview as JSON Lines."""

    sticks = HiddenField()


class DeclineForm(Form):
    reason = line("Why not", most=300, needed="Say in a sentence why; they get it by letter.")
