"""The time now, and the way between a wall clock in a zone and an instant.

People agree on a wall clock ("6:30 PM in New Buffalo"); computers sort and send by instants (aware UTC). Every
conversion in the house goes through `instant` and `wall_clock`, so that the two awkward hours of the year are met
in one place: the one that does not exist is refused with two offers, the one that happens twice asks which.

Zone rules come from the pinned `tzdata` package and not from the machine: governments change them several times a
year, and a server with old files would be an hour off for whole provinces while every other one is right.
"""

import re
import unicodedata
import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib import resources
from zoneinfo import ZoneInfo

zoneinfo.reset_tzpath(to=())
_ZONES = frozenset(zoneinfo.available_timezones() - {"Factory"})

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_24_HOURS = """AD AL AT BA BE BG BY CH CY CZ DE DK EE ES FI FR GB GG GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK
MT NL NO PL PT RO RS RU SE SI SK SM TR UA VA XK"""
COUNTRIES_ON_24_HOURS = frozenset(_24_HOURS.split())

# What people call the zones that have a name of their own. A zone takes the name of its model only while it keeps
# the very same hours, so Window Rock is Mountain and Vancouver stops being Pacific in the year it leaves Seattle.
MODELS = {
    "Eastern": "America/New_York",
    "Central": "America/Chicago",
    "Mountain": "America/Denver",
    "Pacific": "America/Los_Angeles",
    "Alaska": "America/Anchorage",
    "Atlantic": "America/Halifax",
    "Newfoundland": "America/St_Johns",
}
OWN_NAMES = {
    **dict.fromkeys(("America/Phoenix", "US/Arizona"), "Arizona"),
    **dict.fromkeys(("Pacific/Honolulu", "US/Hawaii"), "Hawaii"),
    "America/Regina": "Saskatchewan",
    **dict.fromkeys(("Europe/London", "Europe/Belfast", "GB"), "UK time"),
    **dict.fromkeys(("Europe/Dublin", "Eire"), "Irish time"),
    **dict.fromkeys(("Pacific/Auckland", "NZ"), "New Zealand time"),
    **dict.fromkeys(("UTC", "UCT", "GMT", "Zulu", "Universal", "Greenwich"), "UTC"),
}
# The countries that head the list of zones, and the cities that head each country.
FIRST_IN_CHOICES = {
    "US": ("United States", "New_York Chicago Denver Phoenix Los_Angeles Anchorage Honolulu"),
    "CA": ("Canada", "St_Johns Halifax Toronto Winnipeg Regina Edmonton Vancouver"),
    "GB": ("United Kingdom", "London"),
    "IE": ("Ireland", "Dublin"),
    "AU": ("Australia", "Sydney Melbourne Brisbane Adelaide Darwin Perth"),
    "NZ": ("New Zealand", "Auckland"),
}


class ClockRefusal(ValueError):
    """A time or date that cannot be used; `sentence` says why, fit to be shown to the person who typed it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class UnknownZone(ClockRefusal):
    """The name is not an IANA time zone."""


class NotADate(ClockRefusal):
    """What was typed is no date, or one that the calendar does not have."""


class NotATime(ClockRefusal):
    """What was typed is no time of day, or could be morning as well as evening."""


class NoSuchHour(ClockRefusal):
    """The clocks jump over this time; `offers` are the same time before and after the jump (naive)."""

    def __init__(self, local: datetime, zone: str, offers: tuple[datetime, datetime]) -> None:
        earlier, later = (f"{_day(offer, local)}{_time(offer)}" for offer in offers)
        super().__init__(
            f"There is no {_time(local)} on {_date(local)} in {city_of(zone)}: the clocks go forward."
            f" Choose {earlier} or {later}."
        )
        self.local, self.zone, self.offers = local, zone, offers


class HourTwice(ClockRefusal):
    """The clocks go back over this time; `choices` are (fold, label) in the order in which they happen."""

    def __init__(self, local: datetime, zone: str, choices: tuple[tuple[int, str], tuple[int, str]]) -> None:
        super().__init__(
            f"{_time(local)} happens twice on {_date(local)} in {city_of(zone)}: the clocks go back."
            f" Choose {choices[0][1]}, or {choices[1][1]}."
        )
        self.local, self.zone, self.choices = local, zone, choices


def now() -> datetime:
    """The present instant, aware, in UTC; whatever the hands of `frozen` say while a test holds them."""
    return _hands.at if _hands else datetime.now(UTC)


class Hands:
    """The hands of a stopped clock; every thread of the process reads them."""

    def __init__(self, at: datetime) -> None:
        self.move_to(at)

    def move_to(self, at: datetime) -> None:
        """Set the clock to an aware instant, forward or back."""
        self.at = _aware(at).astimezone(UTC)

    def pass_time(self, span: timedelta) -> None:
        """Let `span` go by."""
        self.at += span


_hands: Hands | None = None


@contextmanager
def frozen(at: datetime) -> Iterator[Hands]:
    """Stop the clock of the whole process at an aware instant, for tests; what it said before returns afterwards."""
    global _hands
    before, _hands = _hands, Hands(at)
    try:
        yield _hands
    finally:
        _hands = before


def instant(local: datetime, zone: str, fold: int | None = None) -> datetime:
    """The UTC instant at which clocks in `zone` (IANA) show the naive `local`.

    `fold` (0 first, 1 second) answers `HourTwice` and is ignored on every other hour; the fold attribute of `local`
    itself is not read. Refuses with `NoSuchHour`, `HourTwice`, `UnknownZone`, and `NotADate` at the ends of time.
    """
    if local.tzinfo is not None:
        raise TypeError("a wall clock carries no zone")
    here = zone_info(zone)
    try:
        folds = [local.replace(tzinfo=here, fold=each).astimezone(UTC) for each in (0, 1)]
        jump = folds[0] - folds[1]
        if jump > timedelta(0):
            plain = local.replace(fold=0)
            raise NoSuchHour(plain, zone, (plain - jump, plain + jump))
    except OverflowError:
        raise NotADate(f"The year {local.year} is too far away.") from None
    if jump and fold is None:
        raise HourTwice(local, zone, (_choice(local, here, 0), _choice(local, here, 1)))
    return folds[fold or 0]


def wall_clock(at: datetime, zone: str) -> datetime:
    """What clocks in `zone` show at an aware instant: naive; its `fold` is 1 in the second of two equal hours."""
    return _aware(at).astimezone(zone_info(zone)).replace(tzinfo=None)


def _choice(local: datetime, here: ZoneInfo, fold: int) -> tuple[int, str]:
    """The fold and words for it, such as "1:30 AM the first time (daylight time, PDT)"."""
    first, short = (local.replace(tzinfo=here, fold=each).tzname() or "" for each in (0, fold))
    if first.endswith("DT"):
        kind = ("daylight time", "standard time")[fold]
    else:
        kind = ("before", "after")[fold] + " the clocks go back"
    name = short if short.isalpha() else f"UTC{short}"
    return fold, f"{_time(local)} the {('first', 'second')[fold]} time ({kind}, {name})"


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise TypeError("an instant carries a zone")
    return at


def is_zone(name: str) -> bool:
    """Whether this is the name of an IANA zone (old names such as "US/Pacific" included)."""
    return name in _ZONES


def zone_info(zone: str) -> ZoneInfo:
    """The rules of a zone. Refuses with `UnknownZone`."""
    if not is_zone(zone):
        raise UnknownZone(f"We know no time zone called “{_quote(zone)}”. Choose one from the list.")
    return ZoneInfo(zone)


def city_of(zone: str) -> str:
    """The place a zone is named after, for people: "Los Angeles", "Knox, Indiana", "St. John's"."""
    parts = [part.replace("_", " ").replace("St ", "St. ") for part in zone.split("/")]
    name = ", ".join(reversed(parts[1:])) or parts[0]
    return {"St. Johns": "St. John's", "DumontDUrville": "Dumont d'Urville"}.get(name, name)


def zone_name(zone: str, at: datetime) -> str:
    """What people there call their time around `at`: "Pacific", "Arizona", "UK time", "Sydney time", "UTC"."""
    here = _aware(at).astimezone(zone_info(zone))
    if zone in OWN_NAMES:
        return OWN_NAMES[zone]
    model = _model(zone, here.year)
    if model and here.tzname() == at.astimezone(ZoneInfo(MODELS[model])).tzname():
        return model
    if zone.startswith("Etc/"):
        return "UTC" if not here.utcoffset() else f"UTC{here.tzname()}"
    return f"{city_of(zone).split(', ')[0]} time"


@lru_cache(maxsize=2048)
def _model(zone: str, year: int) -> str | None:
    """The name of the model zone with the same hours in winter and summer of `year`, if there is one."""

    def hours(name: str) -> list[tuple[str | None, timedelta | None]]:
        days = (datetime(year, month, 15, 12, tzinfo=ZoneInfo(name)) for month in (1, 7))
        return [(day.tzname(), day.utcoffset()) for day in days]

    return next((name for name, model in MODELS.items() if hours(model) == hours(zone)), None)


def zone_label(zone: str, at: datetime | None = None) -> str:
    """A zone as an entry of a list: "Pacific time (Los Angeles)", "UK time (London)", "Tokyo time"."""
    name, city = zone_name(zone, at or now()), city_of(zone)
    if name == f"{city} time" or name.startswith("UTC"):
        return name
    return f"{name.removesuffix(' time')} time ({city})"


def zone_choices(also: str | None = None) -> list[tuple[str, list[tuple[str, str]]]]:
    """All zones for a select, as (group, [(zone, label)]): six countries first, then the continents, then UTC.

    `also` adds a known zone that the list leaves out, such as the old name "US/Pacific" a browser reported, on top.
    """
    groups = _labelled_groups(now().date())
    if also and is_zone(also) and all(also != zone for _, zones in groups for zone, _ in zones):
        return [("Chosen", [(also, zone_label(also))]), *groups]
    return list(groups)


@lru_cache(maxsize=2)
def _labelled_groups(day: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """The labels of one day: making them takes 20 ms, too long for every form."""
    noon = datetime.combine(day, time(12), UTC)
    return [(group, [(zone, zone_label(zone, noon)) for zone in zones]) for group, zones in _zone_groups()]


@lru_cache(maxsize=1)
def _zone_groups() -> list[tuple[str, list[str]]]:
    """The zones in use today by the IANA table, one a line: country codes, coordinates, name."""
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    first = dict(FIRST_IN_CHOICES.values())
    groups: dict[str, list[str]] = {group: [] for group in first}
    for line in table.splitlines():
        if line and not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            region = zone.split("/")[0].replace("Indian", "Indian Ocean")
            groups.setdefault(FIRST_IN_CHOICES.get(country, (region, ""))[0], []).append(zone)
    for group, zones in groups.items():
        ranks = {city: rank for rank, city in enumerate(first.get(group, "").split())}
        zones.sort(key=lambda zone: (ranks.get(zone.split("/")[-1], len(ranks)), city_of(zone)))
    rest = sorted(groups.keys() - first.keys())
    return [(group, groups[group]) for group in (*first, *rest)] + [("UTC", ["UTC"])]


def _time(wall: datetime, country: str | None = None) -> str:
    if (country or "").upper() in COUNTRIES_ON_24_HOURS:
        return f"{wall:%H:%M}"
    return f"{wall.hour % 12 or 12}:{wall:%M} {'AM' if wall.hour < 12 else 'PM'}"


def _date(wall: datetime | date) -> str:
    return f"{DAYS[wall.weekday()]}, {MONTHS[wall.month - 1]} {wall.day}, {wall.year}"


def _day(wall: datetime, other: datetime) -> str:
    return "" if wall.date() == other.date() else f"{DAYS[wall.weekday()]}, {MONTHS[wall.month - 1]} {wall.day}, "


def show_time(at: datetime, zone: str, country: str | None = None) -> str:
    """ "6:30 PM". Everywhere below, `country` (ISO code of the venue) in Europe turns this into "18:30"."""
    return _time(wall_clock(at, zone), country)


def show_date(at: datetime, zone: str) -> str:
    """ "Thu, Jan 21, 2027", the day it is in `zone`."""
    return _date(wall_clock(at, zone))


def show_when(starts_at: datetime, zone: str, country: str | None = None) -> str:
    """ "Thu, Jan 21, 2027, 6:30 PM Pacific"."""
    when = wall_clock(starts_at, zone)
    return f"{_date(when)}, {_time(when, country)} {zone_name(zone, starts_at)}"


def show_span(starts: datetime, ends: datetime | None, zone: str, country: str | None = None) -> str:
    """ "6:30–8:30 PM Pacific", "11:30 AM–12:20 PM Central"; an end on another day says which day."""
    start, name = wall_clock(starts, zone), zone_name(zone, starts)
    if ends is None:
        return f"{_time(start, country)} {name}"
    end = wall_clock(ends, zone)
    first, last = _time(start, country), _day(end, start) + _time(end, country)
    if end.date() == start.date() and first[-3:] == last[-3:] and first.endswith("M"):
        first = first[:-3]
    if end <= start < end + timedelta(hours=3):  # the clocks went back meanwhile: only the zone tells the two apart
        here = zone_info(zone)
        return f"{_time(start, country)} {starts.astimezone(here):%Z}–{last} {ends.astimezone(here):%Z}"
    return f"{first}–{last} {name}"


def show_day_parts(at: datetime, zone: str) -> tuple[str, str, str]:
    """("Thu", "21", "Jan"), for a date slip."""
    wall = wall_clock(at, zone)
    return DAYS[wall.weekday()], str(wall.day), MONTHS[wall.month - 1]


def readers_time(starts_at: datetime, venue_zone: str, reader_zone: str, country: str | None = None) -> str | None:
    """ "5:30 PM your time", with the date when the reader's day differs; None when both clocks agree just then."""
    venue, reader = wall_clock(starts_at, venue_zone), wall_clock(starts_at, reader_zone)
    return None if venue == reader else f"{_day(reader, venue)}{_time(reader, country)} your time"


def iso_local(at: datetime, zone: str) -> str:
    """ "2027-01-21T18:30-08:00", for datetime attributes and structured data."""
    return _aware(at).astimezone(zone_info(zone)).isoformat(timespec="minutes")


def _quote(text: str) -> str:
    plain = "".join(each for each in text if each.isprintable())
    return plain if len(plain) <= 30 else plain[:29] + "…"


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())


_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)")
_MONTH_FIRST = re.compile(r"(?P<month>[a-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})", re.I)
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?[ -](?P<month>[a-z]{3,9})\.?,?[ -](?P<year>\d{4})", re.I)
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? ", re.I)
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d\d)(?::\d\d(?:\.\d+)?)?)? ?(?:([ap])\.? ?m\.?)?", re.I)


def typed_date(text: str, day_first: bool = False) -> date:
    """The date in "2027-01-21", "1/21/2027", "Jan 21, 2027", "Thu, 21 January 2027"; a year is required.

    With `day_first` "5/1/2027" is in January; without, in May. Dots ("21.1.2027") are always day first, and a number
    above 12 is never a month. Refuses with `NotADate`.
    """
    plain = _WEEKDAY.sub("", _tidy(text))
    parts = _date_parts(plain, day_first)
    if parts is None:
        raise NotADate(f"We cannot read “{_quote(text)}” as a date. Type it like 2027-01-21 or Jan 21, 2027.")
    try:
        return date(*parts)
    except ValueError:
        raise NotADate(f"There is no such day as “{_quote(text)}”. Check the day and the month.") from None


def _date_parts(plain: str, day_first: bool) -> tuple[int, int, int] | None:
    if found := _YEAR_FIRST.fullmatch(plain):
        return int(found[1]), int(found[3]), int(found[4])
    if found := _YEAR_LAST.fullmatch(plain):
        first, second = int(found[1]), int(found[3])
        swap = first > 12 or (second <= 12 and (day_first or found[2] == "."))
        month, day = (second, first) if swap else (first, second)
        return int(found[4]) + (2000 if len(found[4]) == 2 else 0), month, day
    found = _MONTH_FIRST.fullmatch(plain) or _DAY_FIRST.fullmatch(plain)
    if not found or (name := found["month"][:3].title()) not in MONTHS:
        return None
    return int(found["year"]), MONTHS.index(name) + 1, int(found["day"])


def typed_time(text: str) -> time:
    """The time in "6:30 PM", "6.30pm", "18:30", "09:30", "6pm", "1830", "noon"; without AM or PM, on 24 hours.

    Seconds are dropped. A bare "9" is refused, since it may be morning or evening. Refuses with `NotATime`.
    """
    plain = _tidy(text).lower()
    named = {"noon": time(12), "midnight": time(0)}.get(plain)
    if named is not None:
        return named
    found = _TIME.fullmatch(re.sub(r"^(\d?\d)(\d\d)(?= ?[ap]|$)", r"\1:\2", plain))
    if not found:
        raise NotATime(f"We cannot read “{_quote(text)}” as a time. Type it like 6:30 PM or 18:30.")
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half is None and found[2] is None and hour <= 12:
        raise NotATime(f"Is “{_quote(text)}” in the morning or in the evening? Add AM or PM, like {hour or 12} PM.")
    if hour > 23 or minute > 59 or (half == "a" and hour > 12):
        raise NotATime(f"There is no {_quote(text)} on the clock. Type it like 6:30 PM or 18:30.")
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute)
