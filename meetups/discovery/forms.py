"""The filters of "near": read from the address, kept as typed, nonsense answered with a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from werkzeug.datastructures import MultiDict

from meetups.discovery.entries import Circle
from meetups.foundation import clock
from meetups.foundation.gazetteer import Gazetteer, Town
from meetups.foundation.geography import COUNTRIES_IN_MILES, Point
from meetups.foundation.markup import clean_line
from meetups.places.models import PlaceKind

RADII = (15, 35, 50, 150)
USUAL_RADIUS = 35


@dataclass
class Filters:
    """`area` is what was typed; `town` what it was taken for. `within` is in `unit` ("mi" or "km")."""

    area: str = ""
    q: str = ""
    within: int = USUAL_RADIUS
    unit: str = "mi"
    kind: PlaceKind | None = None
    from_typed: str = ""
    until_typed: str = ""
    from_day: date | None = None
    until_day: date | None = None
    past: bool = False
    by_distance: bool = False
    point: Point | None = None
    town: Town | None = None
    choices: list[Town] = field(default_factory=list)
    troubles: dict[str, str] = field(default_factory=dict)

    @property
    def here(self) -> str:
        """What the middle of the search is called."""
        return self.town.label if self.town else "you" if self.point else ""

    @property
    def circle(self) -> Circle | None:
        return Circle(self.point, self.within, self.unit, self.here) if self.point else None


def filters_of(args: MultiDict[str, str], gazetteer: Gazetteer) -> Filters:
    """The filters in an address, whatever stands in it; `troubles` says per field what could not be used."""
    found = Filters(
        area=clean_line(args.get("area", ""))[:200],
        q=clean_line(args.get("q", ""))[:200],
        past=args.get("when") == "past",
        by_distance=args.get("order") == "distance",
    )
    kind = args.get("kind", "")
    found.kind = PlaceKind(kind) if kind in {each.value for each in PlaceKind} else None
    _find_area(found, gazetteer)
    _read_radius(found, args)
    for name in ("from", "until"):
        _read_day(found, name, clean_line(args.get(name, ""))[:40])
    return found


def _find_area(found: Filters, gazetteer: Gazetteer) -> None:
    if not found.area:
        return
    found.point = _device(found.area)
    if found.point is not None:
        return
    towns = gazetteer.choices(found.area)
    if len(towns) == 1:
        found.town, found.point = towns[0], towns[0].point
    elif towns:
        found.choices = towns
    elif _numbers(found.area) is not None:
        found.troubles["area"] = "Those numbers are no place on earth. Type a town, or latitude, longitude."
    else:
        found.troubles["area"] = (
            "We don’t know that place. Try a larger town nearby, a postal code, or “town, state”."
        )


def _numbers(typed: str) -> tuple[float, float] | None:
    parts = typed.replace(";", ",").split(",")
    try:
        lat, lon = (float(part) for part in parts)
    except ValueError:
        return None
    return lat, lon


def _device(typed: str) -> Point | None:
    """A position sent by the device, cut to about a kilometer; used for this one answer and kept nowhere."""
    numbers = _numbers(typed)
    if numbers is None:
        return None
    try:
        point = Point(*numbers)
    except ValueError:
        return None
    return None if point.is_null_island else Point(round(point.lat, 2), round(point.lon, 2))


def _read_radius(found: Filters, args: MultiDict[str, str]) -> None:
    country = found.town.country if found.town else "US"
    unit = args.get("unit", "")
    found.unit = unit if unit in ("mi", "km") else "mi" if country in COUNTRIES_IN_MILES else "km"
    typed = clean_line(args.get("within", ""))
    if not typed:
        found.within = USUAL_RADIUS if found.unit == "mi" else 50
    elif typed.isascii() and typed.isdigit() and len(typed) < 6 and 1 <= int(typed) <= 500:
        found.within = int(typed)
    else:
        found.troubles["within"] = f"A distance from 1 to 500; we used {found.within}."


def _read_day(found: Filters, name: str, typed: str) -> None:
    if not typed:
        return
    setattr(found, f"{name}_typed", typed)
    try:
        setattr(found, f"{name}_day", clock.typed_date(typed))
    except clock.NotADate as wrong:
        found.troubles[name] = wrong.sentence
