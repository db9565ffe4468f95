"""Places by their code, their words, what is around them and what they may be mistaken for.

Which places anybody may read about depends on the meetups there, which this room does not know: the rooms above
hand that in as `conditions`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from difflib import SequenceMatcher

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from meetups.foundation.database import db, has_words
from meetups.foundation.geography import Point, distance_km
from meetups.places.models import Finding, Place, PlaceChange, PlaceKind, Precision, TwoPlaces, name_of

SAME_NAME_KM, LIKE_NAME_KM, LIKE_ENOUGH = 0.075, 0.3, 0.8
KM_A_DEGREE = 111.32
MOST = 200
LONGEST_CHAIN = 20
SHARED_KINDS = tuple(kind for kind in PlaceKind if kind not in (PlaceKind.HOME, PlaceKind.ONLINE))
Condition = sa.ColumnElement[bool]


def place_by_code(code: str) -> Place | None:
    """The place of this code, merged or not. Any text may be asked for."""
    if not (code.isascii() and code.isalnum()):
        return None
    return db.session.scalar(sa.select(Place).where(Place.code == code))


def where_now(place: Place) -> Place:
    """The place itself, or the one it was merged into."""
    for _ in range(LONGEST_CHAIN):
        if place.merged_into_id is None:
            break
        place = db.session.get_one(Place, place.merged_into_id)
    return place


def is_shared(place: Place, *conditions: Condition) -> bool:
    """Whether meetups may share it and the conditions hold."""
    return db.session.scalar(_shared(*conditions).where(Place.id == place.id)) is not None


def place_numbered(number: int | None) -> Place | None:
    """The place of this row number, or what it was merged into; None if it is gone for good."""
    place = db.session.get(Place, number) if number is not None else None
    return where_now(place) if place else None


def places_named(words: str, *conditions: Condition, most: int = MOST) -> Sequence[Place]:
    """Shared places whose words, town, region and kind hold all that was typed, by name."""
    query = _shared(*conditions).where(*has_words(Place.search_words, words))
    return db.session.scalars(query.order_by(Place.name_folded, Place.id).limit(most)).all()


def places_within(point: Point, radius_km: float, *conditions: Condition, most: int = MOST) -> list[Place]:
    """Shared places with a pin at most `radius_km` away, nearest first."""
    tall = radius_km / KM_A_DEGREE * 1.01
    box = [Place.latitude.between(point.lat - tall, point.lat + tall)]
    wide = tall / max(math.cos(math.radians(min(abs(point.lat) + tall, 90))), 1e-6)
    if abs(point.lon) + wide <= 180:  # across the antimeridian and at the poles the latitude alone decides
        box.append(Place.longitude.between(point.lon - wide, point.lon + wide))
    found = db.session.scalars(_shared(*conditions).where(*box).limit(5000)).all()
    near = [(distance_km(point, place.point), place.id, place) for place in found if place.point]
    return [place for km, _, place in sorted(near, key=lambda each: each[:2]) if km <= radius_km][:most]


def likely_same(words: str, finding: Finding, *conditions: Condition, most: int = 5) -> list[Place]:
    """Places the words may well mean: of that name in that town, or of nearly that name within 300 m.

    A town's own name means no place: two who both write "Tacoma" have not said yet where they meet.
    """
    name, found = name_of(words), list[Place]()
    if name and name != name_of(finding.town):
        query = _shared(*conditions).where(Place.name_folded == name).order_by(Place.id.desc()).limit(MOST)
        found = [place for place in db.session.scalars(query) if _may_be_there(place, finding)]
    if finding.point and finding.precision is Precision.EXACT:
        around = places_within(finding.point, LIKE_NAME_KM, Place.precision == Precision.EXACT, *conditions)
        found += [place for place in around if place not in found and alike(name, place.name_folded)]
    return found[:most]


def likely_duplicates(place: Place, *conditions: Condition) -> list[Place]:
    """What may be the very same place: of one name within 75 m, or nearly so within 300 m; precise pins only."""
    if not place.is_shared or place.point is None or place.precision is not Precision.EXACT or place.merged_into_id:
        return []
    others = [Place.id != place.id, Place.kind == place.kind, Place.precision == Precision.EXACT]
    around = places_within(place.point, LIKE_NAME_KM, *others, *conditions)
    apart = _told_apart(place)
    return [other for other in around if other.id not in apart and _as_good_as(place, other)]


def may_be_one(place: Place, other: Place) -> bool:
    """Whether two places can be one as far as anybody knows: within 300 m where both pins are precise; where one is
    not, in one town and of nearly one name.
    """
    if place.precision is other.precision is Precision.EXACT and place.point and other.point:
        return distance_km(place.point, other.point) <= LIKE_NAME_KM
    return _may_be_there(place, other.finding) and alike(place.name_folded, other.name_folded)


def pairs_alike(*conditions: Condition, most: int = 50) -> list[tuple[Place, Place]]:
    """Pairs of places to look at: of the same kind, one or nearly one name, close together; newest first."""
    query = _shared(*conditions).where(Place.precision == Precision.EXACT).order_by(Place.id.desc()).limit(MOST)
    pairs = []
    for place in db.session.scalars(query):
        pairs += [(place, other) for other in likely_duplicates(place, *conditions) if other.id < place.id]
    return pairs[:most]


def floors_of(building: Place) -> Sequence[Place]:
    """Conference floors and rooms that have their pin from this building."""
    return db.session.scalars(_shared().where(Place.building_id == building.id)).all()


def building_of(words: str, kind: PlaceKind, finding: Finding, *conditions: Condition) -> Place | None:
    """The building with a precise pin that a conference floor or room of the same name lies in."""
    if kind not in (PlaceKind.CONFERENCE_FLOOR, PlaceKind.CONFERENCE_ROOM):
        return None
    query = _shared(*conditions).where(
        Place.name_folded == name_of(words), Place.kind != kind, Place.precision == Precision.EXACT
    )
    places = db.session.scalars(query.order_by(Place.id).limit(MOST))
    return next((place for place in places if place.name_folded and _may_be_there(place, finding)), None)


def history(place: Place) -> Sequence[PlaceChange]:
    """What was changed about it, latest first."""
    query = sa.select(PlaceChange).where(PlaceChange.place_id == place.id).options(joinedload(PlaceChange.who))
    return db.session.scalars(query.order_by(PlaceChange.id.desc()).limit(MOST)).all()


def is_remembered(place: Place) -> bool:
    """Whether something hangs on it beside meetups: a correction, a place merged into it, a floor."""
    hangs_on = (PlaceChange.place_id, Place.merged_into_id, Place.building_id)
    return any(db.session.scalar(sa.select(sa.exists().where(column == place.id))) for column in hangs_on)


def change_numbered(place: Place, number: int) -> PlaceChange | None:
    query = sa.select(PlaceChange).where(PlaceChange.place_id == place.id, PlaceChange.id == number)
    return db.session.scalar(query) if 0 < number < 2**31 else None


def corrections_by(person_id: int, since: datetime) -> int:
    """How many corrections somebody made since then, of any place."""
    query = sa.select(sa.func.count()).where(PlaceChange.who_id == person_id, PlaceChange.at >= since)
    return db.session.scalar(query) or 0


def told_apart(one: Place, other: Place) -> TwoPlaces | None:
    return db.session.get(TwoPlaces, (min(one.id, other.id), max(one.id, other.id)))


def alike(one: str, other: str) -> bool:
    """Whether two folded names are nearly one: at least 0.8 by Ratcliff and Obershelp (Dr. Dobb's Journal, 1988)."""
    return bool(one and other) and SequenceMatcher(None, one, other, autojunk=False).ratio() >= LIKE_ENOUGH


def _shared(*conditions: Condition) -> sa.Select[Place]:
    return sa.select(Place).where(Place.merged_into_id.is_(None), Place.kind.in_(SHARED_KINDS), *conditions)


def _may_be_there(place: Place, finding: Finding) -> bool:
    """Whether nothing speaks against it: within 75 m where both pins are precise, else in the same town as far as
    anybody knows."""
    both = place.precision is finding.precision is Precision.EXACT
    if both and place.point and finding.point:
        return distance_km(place.point, finding.point) <= SAME_NAME_KM
    same = [(place.country, finding.country), (place.region, finding.region), (place.town, finding.town)]
    return all(one == other or not one or not other for one, other in same)


def _as_good_as(place: Place, other: Place) -> bool:
    if place.point is None or other.point is None:
        return False
    km = distance_km(place.point, other.point)
    same = place.name_folded == other.name_folded
    return km <= SAME_NAME_KM if same else km <= LIKE_NAME_KM and alike(place.name_folded, other.name_folded)


def _told_apart(place: Place) -> set[int]:
    low = sa.select(TwoPlaces.high_id).where(TwoPlaces.low_id == place.id)
    high = sa.select(TwoPlaces.low_id).where(TwoPlaces.high_id == place.id)
    return set(db.session.scalars(low.union_all(high)))
