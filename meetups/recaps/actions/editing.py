"""Saving the head and single entries, from forms that may have grown old meanwhile."""

from __future__ import annotations

from meetups.foundation.database import delete, flush
from meetups.recaps.actions.holding import entry_numbered, hold, keep
from meetups.recaps.actions.notes import MOST_ENTRIES, MOST_IDEAS_EACH, credit_as, resource
from meetups.recaps.actions.refusals import NotNow, StaleForm, TooMuchAtOnce
from meetups.recaps.actions.setting_aside import remove_with_ideas, set_aside
from meetups.recaps.actions.singing import refuse_song_words
from meetups.recaps.actions.wishes import (
    EntryWish,
    HeadWish,
    IdeaWish,
    entry_standing,
    fingerprint,
    head_standing,
    said,
)
from meetups.recaps.models import THE_GROUP, Recap, RecapEntry, RecapStatus, Response
from meetups.recaps.terms import Outcome


def save_head(recap: Recap, wish: HeadWish, shown: str) -> Recap:
    """Title, day, place, head-count, head and closing. `shown` is the fingerprint of what the form was filled from.

    Refuses StaleForm when something else stands there by now, unless that says the same already.
    """
    hold(recap)
    standing = head_standing(recap)
    if standing == wish:
        return recap
    if fingerprint(standing) != shown:
        raise StaleForm
    recap.title, recap.head, recap.tail, recap.held_on = wish.title, wish.head, wish.tail, wish.held_on
    recap.place_label, recap.onlookers = wish.place_label, wish.onlookers
    recap.headcount_from, recap.headcount_to = wish.headcount_from, wish.headcount_to
    recap.qualifier = wish.qualifier
    return keep(recap)


def add_entry(recap: Recap, wish: EntryWish) -> RecapEntry:
    """One more challenge, at the end; a second press of the button finds the first one's."""
    hold(recap)
    last = recap.entries[-1] if recap.entries else None
    if last is not None and said(entry_standing(last)) == said(wish):
        return last
    if len(recap.entries) >= MOST_ENTRIES:
        raise TooMuchAtOnce(f"A recap holds {MOST_ENTRIES} challenges. Begin another one.")
    entry = RecapEntry(prompt=wish.prompt, responses=[])
    recap.entries.append(entry)
    _write(recap, entry, wish)
    _refuse_if_read(recap, entry)
    keep(recap)
    return entry


def save_entry(recap: Recap, number: int, wish: EntryWish, shown: str) -> RecapEntry:
    """Change a challenge and its ideas. A name that is new or changed is pending until its bearer agrees.

    Ideas of the entry that the wish does not mention stay; those whose text was emptied are taken out. An entry
    that somebody took out meanwhile is added again. Refuses StaleForm like `save_head`, TooMuchAtOnce, and SongWords
    where readers would see them at once.
    """
    hold(recap)
    entry = entry_numbered(recap, number)
    if entry is None:
        return add_entry(recap, wish)
    standing = entry_standing(entry)
    if said(standing) == said(wish):
        return entry
    if fingerprint(standing) != shown:
        raise StaleForm
    _write(recap, entry, wish)
    _refuse_if_read(recap, entry)
    keep(recap)
    return entry


def move_entry(recap: Recap, number: int, by: int) -> None:
    """One up (-1) or down (1); at the edge it stays."""
    hold(recap)
    _move(recap.entries, entry_numbered(recap, number), by)
    keep(recap)


def remove_entry(recap: Recap, number: int) -> None:
    """Take a challenge and its ideas out; gone already is fine."""
    hold(recap)
    entry = entry_numbered(recap, number)
    if entry is not None:
        remove_with_ideas(recap, entry)
        keep(recap)


def move_idea(recap: Recap, number: int, by: int) -> None:
    """One up (-1) or down (1) under its challenge."""
    hold(recap)
    for entry in recap.entries:
        _move(entry.responses, next((idea for idea in entry.responses if idea.id == number), None), by)
    keep(recap)


def throw_away(recap: Recap) -> None:
    """Take a draft out for good. Refuses NotNow for one that was ever up: that can only be taken down."""
    hold(recap)
    if recap.status is not RecapStatus.DRAFT:
        raise NotNow("Only a draft can be thrown away. Take the recap down instead; nobody sees it then.")
    delete(recap)
    flush()


def _move(things: list, thing: RecapEntry | Response | None, by: int) -> None:
    if thing is None:
        return
    at = things.index(thing)
    to = min(max(at + by, 0), len(things) - 1)
    if to != at:
        things.pop(at)
        things.insert(to, thing)
        flush()


def _refuse_if_read(recap: Recap, entry: RecapEntry) -> None:
    if recap.status is RecapStatus.PUBLISHED and entry.outcome is not Outcome.SKIPPED:
        refuse_song_words(recap, [entry])


def _write(recap: Recap, entry: RecapEntry, wish: EntryWish) -> None:
    if sum(1 for idea in wish.ideas if idea.text and not idea.number) + len(entry.responses) > MOST_IDEAS_EACH:
        rest = "Nothing was saved; begin another one for the rest."
        raise TooMuchAtOnce(f"A challenge holds {MOST_IDEAS_EACH} ideas. {rest}")
    entry.prompt, entry.origin, entry.outcome, entry.kind = wish.prompt, wish.origin, wish.outcome, wish.kind
    entry.category, entry.topic, entry.ages = wish.category, wish.topic, [age.value for age in wish.ages]
    entry.literacy_tip, entry.leftovers = wish.literacy_tip, wish.leftovers
    known = {response.id: response for response in entry.responses}
    for idea in wish.ideas:
        response = known.get(idea.number) if idea.number else None
        if not idea.text:
            if response is not None:
                set_aside(recap, [response])
            continue
        if response is None:
            response = Response(credit=THE_GROUP, ask_version=0)
            entry.responses.append(response)
        _write_idea(response, idea)
    flush()


def _write_idea(response: Response, wish: IdeaWish) -> None:
    response.text, response.form, response.stance = wish.text, wish.form, wish.stance
    response.literacy_tip, response.links = wish.literacy_tip, list(wish.links)
    response.words = wish.words
    response.resources = [resource(thing) for thing in wish.things]
    credit_as(response, wish.name, wish.library)
