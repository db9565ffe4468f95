"""How the notes look on a phone and on the screen: plain values for templates and for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from meetups.deck.models import Stick
from meetups.foundation.markup import one_line
from meetups.notes.models import Deed
from meetups.notes.terms import DeedKind
from meetups.planning import entries as planning
from meetups.planning.models import Meetup
from meetups.recaps.actions import HeadWish
from meetups.recaps.entries import labels
from meetups.recaps.models import Recap, RecapEntry
from meetups.recaps.terms import Outcome

OPENERS = (DeedKind.DRAW, DeedKind.ASK)


def known(meetup: Meetup) -> HeadWish:
    """What the meetup says of itself already, for the head of its recap."""
    place = one_line(planning.where(meetup), 200)
    return HeadWish(meetup.title, held_on=meetup.local_start.date(), place_label=place)


def board(recap: Recap | None, deeds: Sequence[Deed]) -> dict[str, Any]:
    """Everything noted so far, in order, without a name: what phones and screens show.

    `now` is the `ref` of the stick or question that is out; "" for none. Only ideas with a `ref` can be taken back.
    """
    if recap is None:
        return {"mark": "0.0", "now": "", "entries": []}
    openers = [deed for deed in deeds if deed.kind in OPENERS and deed.entry_id is not None]
    passed = {deed.entry_id for deed in deeds if deed.kind is DeedKind.PASS}
    ideas = {deed.response_id: deed for deed in deeds if deed.response_id is not None}
    entries = [_entry(entry, [deed for deed in openers if deed.entry_id == entry.id], ideas) | {
        "passed": entry.id in passed} for entry in recap.entries]
    out = [entry for entry in entries if entry["place"] and entry["outcome"] != Outcome.SKIPPED.value]
    now = max(out, key=lambda entry: entry["place"], default=None)
    return {"mark": f"{recap.id}.{recap.version}", "now": now["ref"] if now else "", "entries": entries}


def _entry(entry: RecapEntry, openers: Sequence[Deed], ideas: dict[int, Deed]) -> dict[str, Any]:
    first = min(openers, key=lambda deed: deed.place, default=None)
    return {
        "ref": first.client_id if first else f"entry-{entry.id}",
        "also": [deed.client_id for deed in openers if deed is not first],
        "place": max((deed.place for deed in openers), default=""),
        "prompt": entry.prompt,
        "sticks": [deed.stick for deed in openers if deed.stick],
        "origin": entry.origin.value,
        "label": labels(entry),
        "outcome": entry.outcome.value,
        "ideas": [
            {"ref": ideas[each.id].client_id if each.id in ideas else "", "text": each.text,
             "place": ideas[each.id].place if each.id in ideas else ""}
            for each in entry.responses
        ],
    }


def last_ideas(shown: dict[str, Any], most: int = 5) -> list[dict[str, Any]]:
    """The newest ideas, newest first, each with its prompt."""
    every = [idea | {"prompt": entry["prompt"]} for entry in shown["entries"] for idea in entry["ideas"] if idea["ref"]]
    return sorted(every, key=lambda idea: idea["place"], reverse=True)[:most]


def on_paper(stick: Stick) -> dict[str, Any]:
    """A stick as phones keep it, to draw without signal."""
    challenge = stick.challenge
    return {"code": stick.code, "text": stick.text, "label": challenge.kind.label, "warm_up": challenge.warm_up}
