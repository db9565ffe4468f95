"""Who may write up a meetup, who may change a recap, who may read it."""

from __future__ import annotations

from datetime import datetime

from meetups.people.models import Person
from meetups.planning.models import Meetup
from meetups.recaps.models import Addition, Photo, Recap


def may_write_up(person: Person | None, meetup: Meetup | None, at: datetime, *, was_going: bool = False) -> bool:
    """Once it has begun: its host, whoever was going (`was_going`: a confirmed answer), moderators.

    A gathering that was never listed here (None) may be written up by any member.
    """
    if person is None or meetup is None:
        return person is not None
    if not meetup.is_public or not meetup.is_on or not meetup.has_begun(at):
        return False
    return was_going or person.is_moderator or meetup.host_id == person.id


def may_edit(person: Person | None, recap: Recap) -> bool:
    """Its author and the meetup's host, unless a moderator hid it; moderators always."""
    if person is None:
        return False
    if person.is_moderator:
        return True
    hosts = recap.meetup is not None and recap.meetup.host_id == person.id
    return recap.hidden_at is None and (recap.author_id == person.id or hosts)


def may_see(person: Person | None, recap: Recap) -> bool:
    """Published ones all whom no block keeps from its author; drafts and withdrawn ones who may edit them."""
    if may_edit(person, recap):
        return True
    return recap.is_public and not (person is not None and recap.author_id in person.out_of_sight)


def may_nod(person: Person | None, addition: Addition) -> bool:
    """Decide whether what somebody added is shown: the recap's writers; of a meetup, its host and moderators."""
    if person is None:
        return False
    if addition.recap is not None:
        return may_edit(person, addition.recap)
    return person.is_moderator or (addition.meetup is not None and addition.meetup.host_id == person.id)


def may_see_photo(person: Person | None, photo: Photo) -> bool:
    """Whoever may read the recap, once all is said about the photo and nobody took it down; its writers always."""
    recap = photo.recap
    if recap is None or not photo.is_kept:
        return False
    return may_edit(person, recap) or (photo.is_shown and may_see(person, recap))
