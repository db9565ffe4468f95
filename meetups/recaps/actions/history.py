"""What a recap said before, and putting it back. Names are in no revision; see `models.revision`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from meetups.foundation import clock
from meetups.foundation.database import add, delete, flush
from meetups.recaps import queries
from meetups.recaps.actions.setting_aside import loosened, set_aside
from meetups.recaps.models import (
    THE_GROUP,
    Qualifier,
    Recap,
    RecapEntry,
    RecapStatus,
    Resource,
    Response,
    Revision,
)
from meetups.recaps.terms import Category, Form, Kind, Origin, Outcome, ResourceType, Stance, Words

MOST_KEPT = 40
ONE_SITTING = timedelta(minutes=2)  # while a draft grows, what was saved so shortly before is one revision
Body = dict[str, Any]


def remember(recap: Recap) -> None:
    """Keep what the recap says now, if that is anything new. The caller holds the recap's lock."""
    body, last, now = body_of(recap), queries.last_revision(recap), clock.now()
    if last is not None and last.body == body:
        return
    made = Revision(recap_id=recap.id, number=last.number + 1 if last else 1, made_at=now, body=body)
    grows = recap.status is RecapStatus.DRAFT and last is not None and made.counts >= last.counts
    if last is not None and grows and now - last.made_at < ONE_SITTING:
        last.body = body
        return
    add(made)
    old = queries.revision_of(recap, made.number - MOST_KEPT)
    if old is not None:
        delete(old)


def remember_at_first(recap: Recap) -> None:
    """Before the first change since history is kept: what stood until now."""
    if queries.last_revision(recap) is None:
        remember(recap)


def redact_history(recap: Recap, without: Callable[[str], str]) -> None:
    """Apply `without` to every text of every revision."""
    for revision in queries.revisions_of(recap):
        revision.body = _through(revision.body, without)


def forget_idea(recap: Recap, number: int) -> None:
    """Take an idea out of every revision: whoever wrote it wants it gone."""
    for revision in queries.revisions_of(recap):
        entries = revision.body["entries"]
        kept = [{**entry, "ideas": [i for i in entry["ideas"] if i["id"] != number]} for entry in entries]
        revision.body = {**revision.body, "entries": kept}


def _through(value: Any, without: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return without(value)
    if isinstance(value, list):
        return [_through(each, without) for each in value]
    return {key: _through(each, without) for key, each in value.items()} if isinstance(value, dict) else value


def body_of(recap: Recap) -> Body:
    """The words of a recap as plain values, without credits."""
    return {
        "title": recap.title, "head": recap.head, "tail": recap.tail, "place_label": recap.place_label,
        "held_on": recap.held_on.isoformat() if recap.held_on else None, "headcount_from": recap.headcount_from,
        "headcount_to": recap.headcount_to, "qualifier": recap.qualifier.value, "onlookers": recap.onlookers,
        "entries": [_entry_body(entry) for entry in recap.entries],
    }


def _entry_body(entry: RecapEntry) -> Body:
    return {
        "id": entry.id, "prompt": entry.prompt, "origin": entry.origin.value, "outcome": entry.outcome.value,
        "kind": entry.kind and entry.kind.value, "category": entry.category and entry.category.value,
        "topic": entry.topic, "ages": list(entry.ages), "literacy_tip": entry.literacy_tip,
        "leftovers": entry.leftovers, "stick": entry.challenge_id,
        "ideas": [_idea_body(idea) for idea in entry.responses],
    }


def _idea_body(idea: Response) -> Body:
    return {
        "id": idea.id, "text": idea.text, "form": idea.form.value, "stance": idea.stance and idea.stance.value,
        "literacy_tip": idea.literacy_tip, "links": list(idea.links), "words": idea.words.value,
        "things": [[thing.type.value, thing.title, thing.creator, thing.url] for thing in idea.resources],
    }


def put_back(recap: Recap, body: Mapping[str, Any]) -> None:
    """Make the recap say what a body says. Ideas that still are there keep their credit; others are the group's.

    Each idea is the row it was, so that what members saved, tried and added is with it again.
    """
    for name in ("title", "head", "tail", "place_label", "headcount_from", "headcount_to", "onlookers"):
        setattr(recap, name, body[name])
    recap.qualifier = Qualifier(body["qualifier"])
    recap.held_on = date.fromisoformat(body["held_on"]) if body["held_on"] else None
    taken_out = {idea.id: idea for idea in queries.taken_out_of(recap)}
    entries, gone = {entry.id: entry for entry in recap.entries}, [each.get("stick") for each in body["entries"]]
    sticks, ideas = queries.sticks_numbered(gone), loosened(recap)
    for each in body["entries"]:
        if each["id"] not in entries:
            entries[each["id"]] = RecapEntry(id=each["id"], responses=[], challenge=sticks.get(each.get("stick")))
    recap.entries[:] = [_entry_from(each, entries[each["id"]], taken_out | ideas) for each in body["entries"]]
    recap.entries.reorder()  # type: ignore[attr-defined]
    set_aside(recap, (idea for idea in ideas.values() if idea.entry is None))
    flush()


def _entry_from(body: Body, entry: RecapEntry, ideas: Mapping[int, Response]) -> RecapEntry:
    entry.prompt, entry.topic, entry.ages = body["prompt"], body["topic"], body["ages"]
    entry.origin, entry.outcome = Origin(body["origin"]), Outcome(body["outcome"])
    entry.kind = Kind(body["kind"]) if body["kind"] else None
    entry.category = Category(body["category"]) if body["category"] else None
    entry.literacy_tip, entry.leftovers = body["literacy_tip"], body["leftovers"]
    entry.responses[:] = [_idea_from(each, ideas.get(each["id"])) for each in body["ideas"]]
    entry.responses.reorder()  # type: ignore[attr-defined]
    return entry


def _idea_from(body: Body, idea: Response | None) -> Response:
    idea = idea or Response(credit=THE_GROUP, ask_version=0)
    idea.taken_out_of_id = None
    idea.text, idea.form, idea.words = body["text"], Form(body["form"]), Words(body["words"])
    idea.stance = Stance(body["stance"]) if body["stance"] else None
    idea.literacy_tip, idea.links = body["literacy_tip"], body["links"]
    idea.resources = [
        Resource(type=ResourceType(kind), title=title, creator=creator, url=url)
        for kind, title, creator, url in body["things"]
    ]
    return idea
