"""Putting photos into a recap, saying what is in them, taking them down, bringing them back, throwing them away."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from datetime import timedelta

from meetups.foundation import clock
from meetups.foundation.announce import announce
from meetups.foundation.database import add, delete, flush, outside_the_lock
from meetups.foundation.diary import write_down
from meetups.foundation.mail.outbox import post
from meetups.foundation.pictures import Developed
from meetups.foundation.refusals import NotHere, Refusal
from meetups.foundation.storage import StoreAway, store
from meetups.people.models import Person
from meetups.recaps import letters, queries
from meetups.recaps.actions.holding import hold
from meetups.recaps.facts import PhotoTakenDown
from meetups.recaps.models import Photo, PhotoPeople, Recap

log = logging.getLogger(__name__)
MOST_IN_A_RECAP = 30
MOST_A_DAY = 200
DAY = timedelta(days=1)
LATE = timedelta(hours=1)


class TooManyPhotos(Refusal):
    """The recap has as many as a page can carry, or one person sent very many in a day."""


@dataclass(frozen=True)
class PhotoWish:
    """What its writer says about a picture. `guardian`: whoever is responsible for each child has agreed."""

    alt: str
    people: PhotoPeople | None
    guardian: bool = False


def add_photo(person: Person, recap: Recap, developed: Developed) -> Photo:
    """Put a developed picture into the store and the recap; nobody but its writers sees it before words are said.

    The row is there before the files are, so that no file can be forgotten. The same picture sent twice stands there
    once. Refuses TooManyPhotos (30 in a recap, 200 a day for one person); StoreAway.
    """
    hold(recap)
    fingerprint = hashlib.sha256(developed.largest.jpeg).hexdigest()
    photo = queries.same_photo(recap, fingerprint)
    if photo is not None and photo.is_kept:
        return photo
    if photo is None:
        _refuse_too_many(person, recap)
        sizes = [[copy.width, copy.height] for copy in developed.copies]
        photo = add(Photo(recap_id=recap.id, added_by_id=person.id, added_at=clock.now(), sizes=sizes,
                          print=fingerprint))  # fmt: skip
        flush()
    files = dict(zip(photo.keys, (copy.jpeg for copy in developed.copies), strict=True))
    with outside_the_lock():
        for key, jpeg in files.items():
            store().put(key, jpeg, "image/jpeg")
    photo.kept_at = clock.now()
    return photo


def _refuse_too_many(person: Person, recap: Recap) -> None:
    if len(queries.photos_of(recap)) >= MOST_IN_A_RECAP:
        raise TooManyPhotos(f"A recap has room for {MOST_IN_A_RECAP} photos. Delete one first.")
    if queries.photos_added(person, clock.now() - DAY) >= MOST_A_DAY:
        raise TooManyPhotos("That is very many photos for one day. Send the rest tomorrow.")


def _held(code: str) -> Photo:
    photo = queries.held_photo(code)
    if photo is None:
        raise NotHere("There is no such photo any more.")
    return photo


def describe_photo(person: Person, code: str, wish: PhotoWish) -> Photo:
    """Say what is in it and who. With children in it, or when not sure, it is seen only with a guardian's consent:
    that is written down with who recorded it and when, and without any name."""
    photo = _held(code)
    photo.alt, photo.people = wish.alt, wish.people
    with_children = wish.people in (PhotoPeople.CHILDREN, PhotoPeople.UNSURE)
    if not (with_children and wish.guardian):
        photo.guardian_by_id, photo.guardian_at = None, None
    elif photo.guardian_at is None:
        photo.guardian_by_id, photo.guardian_at = person.id, clock.now()
        write_down("recorded a guardian’s consent", f"photos/{photo.code}", who=person.id)
    flush()
    return photo


def take_down(code: str, note: str = "") -> None:
    """Hide it from everybody at once, whoever asks; its writers and the moderators are told. Pressing twice is once."""
    photo = _held(code)
    if photo.hidden_at is not None:
        return
    photo.hidden_at = clock.now()
    write_down("took a photo down", f"photos/{photo.code}")
    recap = photo.recap
    readers = {person.id: person for person in (photo.added_by, recap.author if recap else None) if person}
    for reader in readers.values():
        if recap and reader.suspended_at is None:
            post(letters.photo_taken_down(photo, recap, reader))
    announce(PhotoTakenDown(photo, note))


def put_back(moderator: Person, code: str) -> None:
    """Let readers see it again; moderators only."""
    photo = _held(code)
    if photo.hidden_at is not None:
        photo.hidden_at = None
        write_down("showed a photo again", f"photos/{photo.code}", who=moderator.id)


def delete_photo(code: str) -> None:
    """Gone for everybody with the commit; its files go right after it, or with the next chores if the store is away."""
    photo = _held(code)
    photo.deleted_at, photo.print, photo.alt = clock.now(), None, ""
    _throw_away(photo)


def sweep_photos() -> None:
    """Throw away the files of deleted photos, of recaps thrown away and of uploads cut short; then their rows."""
    for photo in queries.photos_to_sweep(clock.now() - LATE):
        if not _throw_away(photo):
            return


def forget_photographer(person: Person) -> None:
    """Somebody leaves: what they put into recaps that are not up is deleted; the rest stays, tied to nobody."""
    for photo in queries.unpublished_photos_by(person):
        photo.deleted_at, photo.print, photo.alt = clock.now(), None, ""
    flush()


def _throw_away(photo: Photo) -> bool:
    """Its files, then its row. False when the store is away: the row stays and is tried again."""
    number, keys = photo.id, photo.keys
    flush()
    try:
        with outside_the_lock():
            for key in keys:
                store().delete(key)
    except StoreAway:
        log.warning("the files of a deleted photo are still in the store")
        return False
    standing = queries.photo_numbered(number)
    if standing is not None:
        delete(standing)
        flush()
    return True
