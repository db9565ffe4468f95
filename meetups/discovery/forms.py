"""The filters of "near": read from the address, kept as typed, nonsense answered with a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from meetups.discovery.entries import Circle
from meetups.discovery.queries import Search
from meetups.foundation import clock
from meetups.foundation.gazetteer import Gazetteer, Town
from meetups.foundation.geography import Point, usual_unit
from meetups.foundation.markup import clean_line
from meetups.places.models import PlaceKind

RADII = {"mi": (15, 35, 50, 150), "km": (25, 50, 100, 250)}
USUAL_RADIUS = {"mi": 35, "km": 50}
LARGEST_RADIUS = 500
LONGEST_WORDS = 200
AGES = {"all": 0, "18": 18}
ACCESS = {"step_free": "Step-free", "quiet": "Quiet", "alcohol_free": "No alcohol", "children": "Children welcome"}
NARROWING = ("q", "kind", *ACCESS, "age", "conference", "from", "until", "after")
NAMES = ("area", "within", "unit", *NARROWING, "when", "order")


@dataclass
class Filters:
    """`area` is what was typed; `town` what it was taken for. `within` is in `unit` ("mi" or "km").

    `given` is every filter as it stands in the address, without page number and strangers' parameters.
    """

    given: dict[str, str] = field(default_factory=dict)
    area: str = ""
    q: str = ""
    within: int = 0
    unit: str = "mi"
    kind: PlaceKind | None = None
    access: frozenset[str] = frozenset()
    age: str = ""
    conference: str = ""
    from_day: date | None = None
    until_day: date | None = None
    after: time | None = None
    past: bool = False
    by_distance: bool = False
    point: Point | None = None
    town: Town | None = None
    around: Town | None = None
    choices: list[Town] = field(default_factory=list)
    troubles: dict[str, str] = field(default_factory=dict)

    @property
    def here(self) -> str:
        """What the middle of the search is called."""
        return self.town.label if self.town else "you" if self.point else ""

    @property
    def circle(self) -> Circle | None:
        return Circle(self.point, self.within, self.unit, self.here) if self.point else None

    @property
    def finds_nothing(self) -> bool:
        """A place was typed that we do not know, or know twice: nothing can be looked for yet."""
        return bool(self.choices) or "area" in self.troubles

    @property
    def position_sent(self) -> bool:
        """Whether a device said where it is: for this one answer, to be kept nowhere."""
        return self.point is not None and self.town is None

    @property
    def description(self) -> str:
        """The list in a few words: "Meetups within 35 mi of Tacoma, WA"."""
        what = "Past meetups" if self.past else "Meetups"
        return f"{what} within {self.within} {self.unit} of {self.here}" if self.point else what

    @property
    def in_words(self) -> str:
        """What is looked for, for a list of saved searches: "within 35 mi of Tacoma, WA; Pub; No alcohol; “felt”"."""
        around = f"within {self.within} {self.unit} of {self.here}" if self.point else "anywhere"
        return "; ".join(each for each in (around, self.narrowed_to) if each)

    @property
    def narrowed_to(self) -> str:
        """What is asked for beside the place and the radius; empty when nothing is."""
        said = [self.kind.label] if self.kind else []
        said += [words for name, words in ACCESS.items() if name in self.access]
        said += [{"all": "no age limit", "18": "open at 18"}[self.age]] if self.age else []
        said += [f"“{typed}”" for typed in (self.q, self.conference) if typed]
        days = (("from", self.from_day), ("until", self.until_day), ("after", self.after))
        return "; ".join([*said, *(f"{name} {self.given[name]}" for name, value in days if value)])

    @property
    def address_of_all(self) -> str:
        """The same list, not narrowed."""
        return self.address("/near", **dict.fromkeys(NARROWING))

    def search(self, at: datetime, unseen: frozenset[int] = frozenset()) -> Search:
        """`unseen`: hosts whose meetups this reader does not get to see."""
        return Search(
            at, self.point, self.circle.radius_km if self.circle else 0.0, self.q, self.kind,
            **dict.fromkeys(self.access, True),
            open_to=AGES.get(self.age), conference=self.conference, from_day=self.from_day, until_day=self.until_day,
            after=self.after, past=self.past, by_distance=self.by_distance,
            unseen=unseen,
        )  # fmt: skip

    def address(self, path: str, **others: object) -> str:
        """`path` with the same filters, `others` replaced (None leaves one out)."""
        values = {**self.given, **{name.rstrip("_"): value for name, value in others.items()}}
        kept = {name: value for name, value in values.items() if value not in (None, "")}
        return f"{path}?{urlencode(kept)}" if kept else path

    def address_to_keep(self, path: str) -> str:
        """The same for a feed that others fetch for years: a device's position becomes the next town."""
        if not self.position_sent:
            return self.address(path)
        town = self.around.long_label if self.around else None
        return self.address(path, area=town, within=self.within if town else None, unit=self.unit if town else None)


def filters_of(args: MultiDict[str, str], gazetteer: Gazetteer) -> Filters:
    """The filters in an address, whatever stands in it; `troubles` says per field what could not be used."""
    given = {name: clean_line(args.get(name, ""))[:LONGEST_WORDS] for name in NAMES}
    given = {name: typed for name, typed in given.items() if typed}
    found = Filters(
        given, given.get("area", ""), given.get("q", ""), conference=given.get("conference", ""),
        access=frozenset(name for name in ACCESS if given.get(name) == "yes"),
        past=given.get("when") == "past", by_distance=given.get("order") == "distance",
        age=given.get("age", "") if given.get("age") in AGES else "",
    )  # fmt: skip
    kinds = {each.value: each for each in PlaceKind}
    found.kind = kinds.get(given.get("kind", ""))
    _find_area(found, gazetteer)
    _read_radius(found)
    _read_times(found)
    return found


def fit_to_keep(filters: Filters, gazetteer: Gazetteer) -> Filters:
    """The same upcoming meetups around a town: neither a device's position nor a postal code is kept for long."""
    town = filters.town or filters.around
    if town is None or filters.choices:
        return filters
    town = (gazetteer.nearest_town(town.point) or town) if town.precision == "postal" else town
    plain = {name: value for name, value in filters.given.items() if name not in ("when", "order")}
    given = {**plain, "area": town.long_label, "within": str(filters.within), "unit": filters.unit}
    kept = filters_of(MultiDict(given), gazetteer)
    kept.town, kept.point, kept.choices = town, town.point, []
    return kept


def _find_area(found: Filters, gazetteer: Gazetteer) -> None:
    if not found.area:
        return
    numbers = _numbers(found.area)
    if numbers is not None:
        _take_position(found, *numbers, gazetteer)
        return
    towns = gazetteer.choices(found.area)
    if len(towns) == 1:
        found.town, found.point = towns[0], towns[0].point
    elif towns:
        found.choices = towns
    else:
        found.troubles["area"] = "We don’t know that place. Try a larger town nearby, a postal code, or “town, state”."


def _numbers(typed: str) -> tuple[float, float] | None:
    parts = typed.replace(";", ",").split(",")
    try:
        lat, lon = (float(part) for part in parts)
    except ValueError:
        return None
    return lat, lon


def _take_position(found: Filters, lat: float, lon: float, gazetteer: Gazetteer) -> None:
    """A position sent by the device, cut to about a kilometer; used for this one answer and kept nowhere."""
    try:
        point = Point(lat, lon)
    except ValueError:
        swapped = abs(lat) <= 180 and abs(lon) <= 90
        found.troubles["area"] = (
            f"Latitude comes first: did you mean {lon:g}, {lat:g}?" if swapped
            else "Those numbers are no place on earth. Type a town, or latitude, longitude."
        )  # fmt: skip
        return
    if point.is_null_island:
        found.troubles["area"] = "0, 0 is in the open sea, and usually a mistake. Type a town instead."
        return
    found.point = Point(round(point.lat, 2), round(point.lon, 2))
    found.around = gazetteer.nearest_town(found.point)


def _read_radius(found: Filters) -> None:
    town = found.town or found.around
    unit = found.given.get("unit", "")
    found.unit = unit if unit in RADII else usual_unit(town.country if town else "US")
    found.within, typed = USUAL_RADIUS[found.unit], found.given.get("within", "")
    if typed.isascii() and typed.isdigit() and len(typed) < 6 and 1 <= int(typed) <= LARGEST_RADIUS:
        found.within = int(typed)
    elif typed:
        found.troubles["within"] = f"A distance from 1 to {LARGEST_RADIUS}; we used {found.within}."


def _read_times(found: Filters) -> None:
    for name in ("from", "until"):
        if typed := found.given.get(name, ""):
            try:
                setattr(found, f"{name}_day", clock.typed_date(typed))
            except clock.NotADate as wrong:
                found.troubles[name] = wrong.sentence
    if typed := found.given.get("after", ""):
        try:
            found.after = clock.typed_time(typed)
        except clock.NotATime as wrong:
            found.troubles["after"] = wrong.sentence
    if found.from_day and found.until_day and found.until_day < found.from_day:
        found.troubles["until"] = "That is before the first day, so nothing can be found."
