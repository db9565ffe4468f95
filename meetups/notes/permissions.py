"""Who may start the notes, who may note, who may look."""

from __future__ import annotations

from datetime import datetime, timedelta

from meetups.deck import permissions as decks
from meetups.deck.models import Deck
from meetups.people.models import Person
from meetups.planning.models import DOORS_OPEN, Meetup

LATE = timedelta(days=1)


def may_start(person: Person | None, meetup: Meetup, at: datetime) -> bool:
    """Its host, co-host and moderators, from an hour before the start until a day after the end."""
    if person is None or not meetup.is_public or not meetup.is_on:
        return False
    return leads(person, meetup) and meetup.starts_at - DOORS_OPEN <= at < meetup.ends_at + LATE


def may_note(person: Person | None, meetup: Meetup, *, named: bool = False, link: bool = False) -> bool:
    """Host, co-host and moderators, whom the host has `named`, and whoever holds the scribes' `link`. Late is fine."""
    if meetup.hidden_at is not None and not (person is not None and person.is_moderator):
        return False
    return leads(person, meetup) or named or link


def leads(person: Person | None, meetup: Meetup) -> bool:
    """Names scribes, hands out links, chooses the deck."""
    if person is None:
        return False
    hosts = person.id in (meetup.host_id, meetup.co_host_id)
    return person.is_moderator or (hosts and meetup.hidden_at is None)


def may_draw_from(meetup: Meetup, deck: Deck) -> bool:
    """Its host or co-host may see the deck, and no moderator hid it: whoever notes reads every stick."""
    if deck.hidden_at is not None:
        return False
    hosts = [person for person in (meetup.host, meetup.co_host) if person is not None]
    return any(decks.may_see(person, deck) for person in hosts) if hosts else decks.may_see(None, deck)
