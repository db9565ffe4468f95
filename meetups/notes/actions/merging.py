"""Taking in deeds from phones: once each, in any order of arrival, into the draft recap.

The notes depend on the set of deeds alone. Entries and ideas stand by their places; of several outcomes the one
with the last place holds; a stick drawn on two phones is one entry; what was taken back stays away even if the taking
back arrives first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from meetups.deck.models import Challenge
from meetups.deck.queries import stick_in
from meetups.foundation import clock
from meetups.foundation.database import add, delete, flush, lock
from meetups.notes import queries
from meetups.notes.actions.lending import deck_of
from meetups.notes.actions.starting import recap_under_way
from meetups.notes.models import Deed, Session
from meetups.notes.notation import DeedWish, Unread, is_likely, place_after
from meetups.notes.terms import DeedKind
from meetups.recaps.actions.holding import keep
from meetups.recaps.actions.notes import MOST_ENTRIES, MOST_IDEAS
from meetups.recaps.models import THE_GROUP, Recap, RecapEntry, Response
from meetups.recaps.notation.written import addresses_in
from meetups.recaps.terms import Origin, Outcome

OPENERS = (DeedKind.DRAW, DeedKind.ASK)
LOOSE = "Also said"


@dataclass(frozen=True)
class Taken:
    """Ids that are safe now, whether they were new or not; and those that cannot be taken, with the reason."""

    done: list[str] = field(default_factory=list)
    refused: list[Unread] = field(default_factory=list)


def take(session: Session, wishes: Iterable[DeedWish], *, from_room: bool = False) -> Taken:
    """Do what was tapped; what was done before is not done again. Each goes to the recap at once.

    A place that is missing, or more than a day ahead of the server's clock, is replaced by the server's own.
    """
    lock(session)
    notes = Notes(session, recap_under_way(session), from_room)
    taken = Taken()
    changed = False
    for wish in wishes:
        if wish.id in notes.by_id:
            taken.done.append(wish.id)
            continue
        why = notes.do(wish)
        if why:
            taken.refused.append(Unread(wish.id, why))
            continue
        taken.done.append(wish.id)
        changed = True
    if changed:
        flush()
        keep(notes.recap)
    return taken


class Notes:
    """A session's deeds and the recap they have become, while more are taken in."""

    def __init__(self, session: Session, recap: Recap, from_room: bool = False) -> None:
        self.session, self.recap, self.from_room = session, recap, from_room
        self.deeds = list(queries.deeds_of(session))
        self.by_id = {deed.client_id: deed for deed in self.deeds}
        self._find_again()

    def do(self, wish: DeedWish) -> str:
        """Take in one deed that is new. Returns why it cannot be, or nothing."""
        if wish.kind is DeedKind.DRAW:
            return self._draw(wish)
        if wish.kind is DeedKind.ASK:
            return self._open(wish, wish.origin if wish.origin is not Origin.CUP else Origin.AUDIENCE, wish.text)
        if wish.kind is DeedKind.IDEA:
            return self._idea(wish)
        if wish.kind is DeedKind.UNDO:
            return self._undo(wish)
        entry = self.entry(wish.target)
        self._note(wish, entry)
        if entry is not None:
            self._settle(entry)
        return ""

    def entry(self, target: str) -> RecapEntry | None:
        """The entry that a phone means: by the id of the tap that made it, or `entry-<number>`."""
        if target.startswith("entry-"):
            return next((each for each in self.recap.entries if f"entry-{each.id}" == target), None)
        deed = self.by_id.get(target)
        return deed.entry if deed is not None and deed.kind in OPENERS else None

    def _find_again(self) -> None:
        """Sorting a recap anew from its text makes new entries: those of this evening are known by their ideas."""
        for deed in self.deeds:
            if deed.response is not None and deed.target in self.by_id and self.by_id[deed.target].entry is None:
                self.by_id[deed.target].entry = deed.response.entry

    def _draw(self, wish: DeedWish) -> str:
        deck = deck_of(self.session)
        found = stick_in(deck, wish.stick) if deck is not None and wish.stick else None
        stick = found.challenge if found is not None else None
        if stick is None and not wish.text:
            return "There is no such stick in the cup any more."
        drawn = (deed.entry for deed in self.deeds if deed.kind is DeedKind.DRAW and deed.stick == wish.stick)
        standing = next((each for each in drawn if stick is not None and each is not None), None)
        if standing is None:
            return self._open(wish, Origin.CUP, stick.text if stick else wish.text, stick)
        self._note(wish, standing)
        self._put(self.recap.entries, standing, self._openings())
        return ""

    def _open(self, wish: DeedWish, origin: Origin, prompt: str, stick: Challenge | None = None) -> str:
        if len(self.recap.entries) >= MOST_ENTRIES:
            return f"A recap holds {MOST_ENTRIES} challenges, and this one is full."
        entry = RecapEntry(prompt=prompt, origin=origin, outcome=Outcome.UNANSWERED, responses=[])
        if stick is not None:
            entry.challenge = stick.root
            entry.category, entry.kind, entry.ages = stick.category, stick.kind, list(stick.ages)
        self._note(wish, entry)
        self._put(self.recap.entries, entry, self._openings())
        return ""

    def _idea(self, wish: DeedWish) -> str:
        if any(deed.kind is DeedKind.UNDO and deed.target == wish.id for deed in self.deeds):
            self._note(wish, None)
            return ""
        if sum(len(entry.responses) for entry in self.recap.entries) >= MOST_IDEAS:
            return f"A recap holds {MOST_IDEAS:,} ideas, and this one is full."
        entry = self.entry(wish.target) or self._loose()
        response = Response(text=wish.text, links=addresses_in(wish.text), credit=THE_GROUP, ask_version=0)
        deed = self._note(wish, entry)
        deed.response = response
        places = {each.response: each.place for each in self.deeds if each.response is not None}
        self._put(entry.responses, response, places)
        self._settle(entry)
        return ""

    def _undo(self, wish: DeedWish) -> str:
        undone = self.by_id.get(wish.target)
        self._note(wish, None)
        if undone is not None and undone.response is not None:
            response, undone.response = undone.response, None
            entry = response.entry
            if entry is not None:
                entry.responses.remove(response)
                self._settle(entry)
            flush()
            delete(response)
        return ""

    def _note(self, wish: DeedWish, entry: RecapEntry | None) -> Deed:
        at = clock.now()
        place = wish.place
        if not is_likely(place, at):
            place = place_after(at, (deed.place for deed in self.deeds))
        outcome = wish.outcome if wish.kind is DeedKind.OUTCOME else None
        deed = add(Deed(
            session=self.session, client_id=wish.id, kind=wish.kind, place=place, target=wish.target, stick=wish.stick,
            outcome=outcome, entry=entry, response=None, from_room=self.from_room, taken_at=at,
        ))  # fmt: skip
        self.deeds.append(deed)
        self.by_id[wish.id] = deed
        return deed

    def _openings(self) -> dict[RecapEntry, str]:
        """Where each entry belongs: the earliest of the taps that made it."""
        first: dict[RecapEntry, str] = {}
        for deed in self.deeds:
            if deed.kind in OPENERS and deed.entry is not None:
                first[deed.entry] = min(deed.place, first.get(deed.entry, deed.place))
        return first

    def _put(self, things: list, thing: RecapEntry | Response, places: dict) -> None:
        """Where its place says: before the first one with a later place. Things without a place stay put."""
        if thing in things:
            things.remove(thing)
        after = (at for at, each in enumerate(things) if each in places and places[each] > places[thing])
        things.insert(next(after, len(things)), thing)

    def _loose(self) -> RecapEntry:
        """Where ideas stand whose challenge was taken out meanwhile: nothing said is lost."""
        for entry in self.recap.entries:
            if entry.prompt == LOOSE and entry.origin is Origin.FACILITATOR:
                return entry
        entry = RecapEntry(prompt=LOOSE, origin=Origin.FACILITATOR, outcome=Outcome.ANSWERED, responses=[])
        self.recap.entries.append(entry)
        return entry

    def _settle(self, entry: RecapEntry) -> None:
        """How it ended: as somebody said last, or by whether there is any idea."""
        marks = [deed for deed in self.deeds if deed.kind is DeedKind.OUTCOME and deed.entry is entry]
        said = max(marks, key=lambda deed: deed.place, default=None)
        if said is not None and said.outcome is not None:
            entry.outcome = said.outcome
        elif entry.outcome in (Outcome.ANSWERED, Outcome.UNANSWERED):
            entry.outcome = Outcome.ANSWERED if entry.responses else Outcome.UNANSWERED
