"""What a writer has typed, as values; and what stands, in the same shape, so that the two can be compared."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date

from meetups.recaps.entries import written_thing
from meetups.recaps.models import Consent, Qualifier, Recap, RecapEntry, Response
from meetups.recaps.notation import WrittenResource
from meetups.recaps.terms import AgeGroup, Category, Form, Kind, Origin, Outcome, Stance, Words


@dataclass(frozen=True)
class HeadWish:
    """Everything about a recap but its entries."""

    title: str
    head: str = ""
    tail: str = ""
    held_on: date | None = None
    place_label: str = ""
    headcount_from: int | None = None
    headcount_to: int | None = None
    qualifier: Qualifier = Qualifier.ABOUT
    onlookers: int | None = None


@dataclass(frozen=True)
class IdeaWish:
    """One idea. `number` is that of the row it changes, None for a new one; an empty `name` means the group.

    `address` is where to ask whether the name may stand there; it is not kept unless it is asked.
    """

    text: str
    number: int | None = None
    form: Form = Form.TIP
    stance: Stance | None = None
    literacy_tip: str = ""
    name: str = ""
    library: str = ""
    address: str = ""
    things: tuple[WrittenResource, ...] = ()
    links: tuple[str, ...] = ()
    words: Words = Words.NONE


@dataclass(frozen=True)
class EntryWish:
    """One challenge with its ideas in order. Ideas of the entry that are not mentioned stay; emptied ones go."""

    prompt: str
    origin: Origin = Origin.CUP
    outcome: Outcome = Outcome.ANSWERED
    kind: Kind | None = None
    category: Category | None = None
    topic: str = ""
    ages: tuple[AgeGroup, ...] = ()
    literacy_tip: str = ""
    leftovers: str = ""
    ideas: tuple[IdeaWish, ...] = ()


def head_standing(recap: Recap) -> HeadWish:
    return HeadWish(
        recap.title, recap.head, recap.tail, recap.held_on, recap.place_label, recap.headcount_from,
        recap.headcount_to, recap.qualifier, recap.onlookers,
    )


def entry_standing(entry: RecapEntry) -> EntryWish:
    return EntryWish(
        entry.prompt, entry.origin, entry.outcome, entry.kind, entry.category, entry.topic, tuple(entry.age_groups),
        entry.literacy_tip, entry.leftovers, tuple(idea_standing(response) for response in entry.responses),
    )


def idea_standing(response: Response) -> IdeaWish:
    credit = response.credit
    said_no = credit.consent in (Consent.REFUSED, Consent.WITHDRAWN)
    return IdeaWish(
        response.text, response.id, response.form, response.stance, response.literacy_tip,
        "" if said_no else credit.name, "" if said_no else credit.library, "",
        tuple(written_thing(resource) for resource in response.resources), tuple(response.links),
        response.words,
    )


def said(wish: HeadWish | EntryWish) -> HeadWish | EntryWish:
    """The wish without row numbers and addresses: two presses of one button say the same."""
    if isinstance(wish, HeadWish):
        return wish
    ideas = tuple(replace(idea, number=None, address="") for idea in wish.ideas if idea.text)
    return replace(wish, ideas=ideas)


def fingerprint(wish: HeadWish | EntryWish) -> str:
    """Stands in a form as the mark of what it was filled from; changes with every change to that part."""
    return hashlib.sha256(repr(said(wish)).encode("utf-8", "replace")).hexdigest()[:20]
