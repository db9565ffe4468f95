"""What the map service could not be asked when a place was saved, asked again by the worker, one place at a time."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread

import sqlalchemy as sa
from flask import Flask

from meetups.foundation import clock
from meetups.foundation.announce import announce
from meetups.foundation.database import db, lock, unit_of_work
from meetups.foundation.geography import Point
from meetups.foundation.refusals import Refusal
from meetups.places.actions import look_up, place_of_key
from meetups.places.facts import PlaceFound
from meetups.places.models import Finding, Place, PlaceKind, Precision

LOOK_EVERY_S = 20.0
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=6)
MOST_TRIES = 12  # about a day and a half
log = logging.getLogger("meetups.places")


def look_up_waiting(stopping: Callable[[], bool] = bool) -> int:
    """Look up the places that are due; returns how many got a pin. Announces PlaceFound for each.

    Not to be called inside a unit of work: it takes short ones of its own, and is in none while the map service
    thinks. Stops at the first answer that does not come, so that a service in trouble is left alone.
    """
    found = 0
    while not stopping() and (due := _next_due()) is not None:
        number, words, kind, town_key = due
        finding = _looked_up(words, kind, town_key)
        with unit_of_work():
            found += _settled(number, words, finding)
        if finding.look_again:
            break
    return found


@contextmanager
def looking_up(app: Flask) -> Iterator[None]:
    """While inside, waiting places are looked up in a thread beside whatever else goes on, if there is a service."""
    stop = Event()
    watcher = Thread(target=_watch, args=(app, stop), daemon=True) if app.config["MEETUPS"].geocoder else None
    if watcher is not None:
        watcher.start()
    try:
        yield
    finally:
        stop.set()
        if watcher is not None:
            watcher.join(10)


def _watch(app: Flask, stop: Event) -> None:
    while not stop.is_set():
        try:
            with app.app_context():
                look_up_waiting(stop.is_set)
        except Exception as error:
            log.error("looking places up failed: %s", type(error).__name__)
        stop.wait(LOOK_EVERY_S)


def _next_due() -> tuple[int, str, PlaceKind, str] | None:
    """The place that waits longest: number, words, kind, and which of several towns it was taken to be in."""
    query = sa.select(Place).where(Place.look_again_at <= clock.now()).order_by(Place.look_again_at, Place.id).limit(1)
    place = db.session.scalar(query)
    due = (place.id, place.words, place.kind, _town_key(place.point)) if place is not None else None
    db.session.rollback()  # no snapshot is held while the service thinks
    return due


def _town_key(point: Point | None) -> str:
    return place_of_key(point) if point is not None else ""


def _looked_up(words: str, kind: PlaceKind, town_key: str) -> Finding:
    try:
        return look_up(words, kind, town_key)
    except Refusal:
        return Finding()  # several towns, of which none was picked: nothing to look for


def _settled(number: int, words: str, finding: Finding) -> bool:
    """Keep what was found, unless the place was changed meanwhile; whether it was."""
    place = db.session.get(Place, number)
    if place is None or lock(place).words != words or place.look_again_at is None:
        return False
    if finding.look_again:
        tries = place.looked_again + 1
        wait = min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT)
        place.looked_again, place.look_again_at = tries, (clock.now() + wait if tries < MOST_TRIES else None)
        return False
    if finding.precision is not Precision.EXACT or place.is_private or place.is_online:
        place.look_again_at = None
        return False
    place.finding = finding
    announce(PlaceFound(place))
    return True
