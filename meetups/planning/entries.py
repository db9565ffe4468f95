"""How a meetup looks in words, in calendars, in feeds, to search engines and on mailing lists.

Everything takes what the reader `knows`; without it the reader is a stranger and sees no private address, no join
link and not how to reach the host.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from markupsafe import Markup

from meetups.foundation import clock
from meetups.foundation.addresses import absolute, site_name
from meetups.foundation.calendars import CalendarEntry
from meetups.foundation.calendars import Status as CalendarStatus
from meetups.foundation.feeds import FeedEntry
from meetups.foundation.markup import one_line, to_html, to_plain
from meetups.places.entries import Fact, access_facts, stated
from meetups.places.models import Precision
from meetups.planning.models import Cost, Meetup, Status
from meetups.planning.permissions import STRANGER, Knows

LONGEST_ANNOUNCEMENT = 1200
CALENDAR_STATUS: dict[Status, CalendarStatus] = {Status.CONFIRMED: "CONFIRMED", Status.CANCELLED: "CANCELLED"}


def address(meetup: Meetup) -> str:
    """The page's absolute address."""
    return absolute(f"/meetups/{meetup.code}")


def when(meetup: Meetup) -> str:
    """ "Thu, Jan 21, 2027, 6:30–8:30 PM Pacific", in the time of the place."""
    return f"{clock.show_date(meetup.starts_at, meetup.time_zone)}, {span(meetup)}"


def span(meetup: Meetup) -> str:
    """ "6:30–8:30 PM Pacific"."""
    return clock.show_span(meetup.starts_at, meetup.ends_at, meetup.time_zone, meetup.place.country)


def until(meetup: Meetup) -> str:
    """The end: "8:30 PM", with its day when that is another one."""
    zone, country = meetup.time_zone, meetup.place.country
    hour = clock.show_time(meetup.ends_at, zone, country)
    start, end = (clock.wall_clock(at, zone).date() for at in (meetup.starts_at, meetup.ends_at))
    return hour if start == end else f"{clock.show_date(meetup.ends_at, zone)}, {hour}"


def yours(meetup: Meetup, reader_zone: str | None) -> str:
    """ "5:30 PM your time" where the reader's clock shows something else just then, otherwise nothing."""
    if not reader_zone:
        return ""
    return clock.readers_time(meetup.starts_at, meetup.time_zone, reader_zone, meetup.place.country) or ""


def zone_label(meetup: Meetup) -> str:
    """ "Pacific time (Los Angeles)"."""
    return clock.zone_label(meetup.time_zone, meetup.starts_at)


def other_clock(meetup: Meetup) -> str:
    """A sentence for the host when the clocks at the place, as it is known now, show another hour than agreed on."""
    zone = meetup.place.time_zone
    if not zone or clock.wall_clock(meetup.starts_at, zone) == meetup.local_start:
        return ""
    there, kept = (clock.zone_label(each, meetup.starts_at) for each in (zone, meetup.time_zone))
    return f"The clocks there follow {there}; this meetup keeps {kept}. If that is wrong, edit its time zone."


def where(meetup: Meetup, knows: Knows = STRANGER) -> str:
    """Spot and place in one line; for a home the town and for online just that, unless the reader knows more."""
    place = meetup.place
    if place.is_online:
        return f"Online: {meetup.join_url}" if knows.private and meetup.join_url else "Online"
    if place.is_private and not knows.private:
        return place.public_words
    return ", ".join(part for part in (meetup.where_exactly, meetup.venue) if part)


def spotting(meetup: Meetup, knows: Knows = STRANGER) -> str:
    """How to spot the group; at a home that may give away the house, so it comes with the address."""
    return "" if meetup.place.is_private and not knows.private else meetup.how_to_spot_us


def standing(meetup: Meetup, at: datetime) -> tuple[str, str]:
    """The stamp on the page at this instant, as (name of its shape, word on it)."""
    if meetup.is_under_way(at):
        return "now", "Under way"
    if meetup.is_on and meetup.is_over(at):
        return "over", "It’s over"
    return meetup.status.value, meetup.status.label


def as_told(meetup: Meetup) -> dict[str, Any]:
    """What people know of time and place, to be kept as JSON: in public words, and the values behind them."""
    place = meetup.place
    exactly = "" if place.is_private or place.is_online else meetup.where_exactly
    return {
        "time": when(meetup),
        "place": where(meetup),
        "spot": exactly,
        "starts_at": meetup.starts_at.isoformat(),
        "time_values": [meetup.local_start.isoformat(), meetup.local_end.isoformat(), meetup.time_zone, meetup.fold],
        "venue": [meetup.venue, place.kind.value, place.town, place.region],
        "inside": [meetup.room, meetup.level, meetup.booth, meetup.spot, meetup.join_url],
    }


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """What people who know `old` must hear of: "time" and "place" as (old, new). Both are `as_told`.

    Within one venue a place is its room or corner; a home or a join link is new without saying what it is.
    """
    news = {}
    if old["time_values"] != new["time_values"]:
        news["time"] = (old["time"], new["time"])
    if (old["venue"], old["inside"]) != (new["venue"], new["inside"]):
        inside = old["venue"] == new["venue"] and old["spot"] and new["spot"] and old["spot"] != new["spot"]
        before, now = (each["spot" if inside else "place"] for each in (old, new))
        same = f"{now} (a new {'link' if now == 'Online' else 'address'})"
        news["place"] = (before, now if now != before else same)
    return news


def moved_at(meetup: Meetup, at: datetime) -> str:
    """ "Moved at 11:00 AM", or "Moved on Sat, Apr 17, 2027" when that was another day; nothing if it never was."""
    if not meetup.moved:
        return ""
    moved, zone = datetime.fromisoformat(meetup.moved["at"]), meetup.time_zone
    if clock.wall_clock(moved, zone).date() == clock.wall_clock(at, zone).date():
        return f"Moved at {clock.show_time(moved, zone, meetup.place.country)}"
    return f"Moved on {clock.show_date(moved, zone)}"


def postponed_from(meetup: Meetup) -> list[tuple[str, str]]:
    """The dates it was meant for before, first one first, each with its reason: ("Wed, Jan 13", "snow")."""
    earlier = [(datetime.fromisoformat(each["start"]), each["reason"]) for each in meetup.postponed]
    return [(f"{clock.DAYS[d.weekday()]}, {clock.MONTHS[d.month - 1]} {d.day}", reason) for d, reason in earlier]


def is_soon(meetup: Meetup) -> bool:
    """Whether it starts within three hours: then somebody may be on the way."""
    return meetup.starts_at - clock.now() <= timedelta(hours=3)


def log_of(meetup: Meetup) -> list[tuple[str, str, str]]:
    """What was changed, latest first: (when on the clock there, by whom, what)."""
    log = []
    for change in reversed(meetup.changes):
        parts = (label for label, names, _ in in_words(meetup) if names & set(change["fields"]))
        at = datetime.fromisoformat(change["at"]) if "at" in change else meetup.created_at
        when = clock.show_when(at, meetup.time_zone, meetup.place.country)
        log.append((when, change.get("by") or "", change.get("words") or ", ".join(parts)))
    return log


def slot_warning(meetup: Meetup) -> str:
    """A sentence when it lasts longer than the conference's slot; nothing otherwise."""
    lasts = (meetup.ends_at - meetup.starts_at) // timedelta(minutes=1)
    if not meetup.slot_minutes or lasts <= meetup.slot_minutes:
        return ""
    return f"It lasts {lasts} minutes, and the slot is {meetup.slot_minutes}. Saved all the same; ask the conference."


def card(meetup: Meetup, at: datetime) -> dict[str, Any]:
    """A meetup in a list, for strangers, as the card of templates/pieces/show.html wants it."""
    stamp, label = standing(meetup, at)
    dow, day, mon = clock.show_day_parts(meetup.starts_at, meetup.time_zone)
    iso = meetup.local_start.date().isoformat()
    known = [(fact.icon, fact.words) for fact in access_facts(meetup.place.access) if fact.stated]
    return {
        "url": f"/meetups/{meetup.code}", "title": meetup.title, "status": stamp, "status_label": label,
        "due": {"iso": iso, "dow": dow, "day": day, "mon": mon}, "when": when(meetup), "where": where(meetup),
        "kind": meetup.place.kind.value, "facts": known[:4], "off": meetup.status is Status.CANCELLED,
    }  # fmt: skip


def facts(meetup: Meetup) -> list[Fact]:
    """What to know before setting out: the access facts and what it costs, unknown ones included."""
    money = _cost(meetup)
    return [*access_facts(meetup.place.access), Fact("coin", money or "Cost: not stated", bool(money))]


def in_words(meetup: Meetup) -> list[tuple[str, frozenset[str], str]]:
    """Every part of the form as (label, names of its fields, what stands now); for those who may edit it."""
    event = meetup.host_event.name if meetup.host_event else ""
    bring = ", ".join(f"{quantity} {what}" for quantity, what in meetup.wanted)
    seats = f"{meetup.rsvp_mode.label}; {meetup.capacity or 'no'} limit; {meetup.guests_allowed} guests each"
    parts: list[tuple[str, str, str]] = [
        ("Title", "title", meetup.title),
        ("Date and time", "local_start local_end time_zone fold", when(meetup)),
        ("Place", "words kind town", f"{meetup.place.kind.label}: {meetup.venue}"),
        ("Where exactly", "room level booth spot", meetup.where_exactly),
        ("How to spot us", "how_to_spot_us", meetup.how_to_spot_us),
        ("How to reach you", "contact", meetup.contact),
        ("Join link", "join_url reveal_hours", meetup.join_url),
        ("RSVPs and seats", "rsvp_mode capacity guests_allowed approval_required questions", seats),
        ("Cost", "cost cost_note", _cost(meetup)),
        ("Access facts", "access", ". ".join(stated(meetup.place.access))),
        ("Bring list", "bring_list", bring),
        ("Description", "description", one_line(to_plain(meetup.description), 200)),
        ("Hashtag and conference", "hashtag conference", " ".join(filter(None, (meetup.hashtag, event)))),
        ("Length of the slot", "slot_minutes", f"{meetup.slot_minutes} minutes" if meetup.slot_minutes else ""),
    ]
    return [(label, frozenset(names.split()), words or "nothing") for label, names, words in parts]


def calendar_entry(meetup: Meetup, reader_knows: Knows = STRANGER) -> CalendarEntry:
    """One event for a calendar. No organizer: whoever keeps the file must not learn the host's address."""
    place, off = meetup.place, meetup.status is Status.CANCELLED
    point = place.point if place.precision is Precision.EXACT and not place.is_private else None
    return CalendarEntry(
        uid=meetup.uid,
        sequence=meetup.sequence,
        starts_at=meetup.starts_at,
        ends_at=meetup.ends_at,
        zone=meetup.time_zone,
        title=f"Cancelled: {meetup.title}" if off else meetup.title,
        updated_at=meetup.updated_at,
        description=_notes(meetup, reader_knows),
        location=where(meetup, reader_knows),
        point=(point.lat, point.lon) if point else None,
        url=address(meetup),
        status=CALENDAR_STATUS.get(meetup.status, "TENTATIVE"),
        categories=("Guerrilla Storytime",),
    )


def feed_entry(meetup: Meetup) -> FeedEntry:
    """One meetup to read in a feed, for strangers. No author: feeds are kept for long, hosts’ names need not be."""
    off = meetup.status is Status.CANCELLED
    head = Markup("<p><b>{}</b><br>{}</p>").format(when(meetup), where(meetup))
    why = Markup("<p>Cancelled: {}</p>").format(meetup.cancel_reason) if off else Markup("")
    return FeedEntry(
        id=meetup.uid,
        title=f"Cancelled: {meetup.title}" if off else meetup.title,
        html=str(why + head + to_html(meetup.description)),
        url=address(meetup),
        published_at=meetup.published_at or meetup.created_at,
        updated_at=meetup.updated_at,
    )


def json_ld(meetup: Meetup) -> dict[str, Any]:
    """The meetup as a schema.org Event, for strangers. Escape "<" when it goes into a page."""
    mode = "OnlineEventAttendanceMode" if meetup.place.is_online else "OfflineEventAttendanceMode"
    event: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": meetup.title,
        "url": address(meetup),
        "startDate": clock.iso_local(meetup.starts_at, meetup.time_zone),
        "endDate": clock.iso_local(meetup.ends_at, meetup.time_zone),
        "eventStatus": f"https://schema.org/{_event_status(meetup)}",
        "eventAttendanceMode": f"https://schema.org/{mode}",
        "location": _location(meetup),
        "organizer": {"@type": "Organization", "name": site_name(), "url": absolute("/")},
    }
    if meetup.cost is not None:
        event["isAccessibleForFree"] = meetup.cost is not Cost.BADGE
    if meetup.postponed:
        event["previousStartDate"] = [earlier["start"] for earlier in meetup.postponed]
    if meetup.description:
        event["description"] = one_line(to_plain(meetup.description), 300)
    if meetup.capacity:
        event["maximumAttendeeCapacity"] = meetup.capacity
    return event


def _event_status(meetup: Meetup) -> str:
    if meetup.status is Status.CANCELLED:
        return "EventCancelled"
    return "EventRescheduled" if meetup.postponed else "EventScheduled"


def announcement(meetup: Meetup) -> str:
    """Plain text for a mailing list, under 1,200 characters, safe to send to strangers."""
    lines = [one_line(meetup.title, 120), when(meetup), one_line(where(meetup), 280)]
    if meetup.status is Status.CANCELLED:
        lines.insert(0, "CANCELLED. " + one_line(meetup.cancel_reason, 160))
    if spotting(meetup):
        lines.append("How to spot us: " + one_line(spotting(meetup), 100))
    known = [fact.words for fact in facts(meetup) if fact.stated]
    if known:
        lines.append(one_line(". ".join(known) + ".", 200))
    asked = {"none": "Just turn up, no answer needed:"}.get(meetup.rsvp_mode.value, "No account needed to answer:")
    return "\n".join([*lines, "", "Draw a stick, say how you would handle it, hear how others do.", asked,
                      address(meetup)])  # fmt: skip


def _location(meetup: Meetup) -> dict[str, Any]:
    place = meetup.place
    if place.is_online:
        return {"@type": "VirtualLocation", "url": address(meetup)}
    parts = {"addressLocality": place.town, "addressRegion": place.region, "addressCountry": place.country}
    postal = {"@type": "PostalAddress", **{name: value for name, value in parts.items() if value}}
    spot: dict[str, Any] = {"@type": "Place", "name": where(meetup), "address": postal}
    if place.point and place.precision is Precision.EXACT and not place.is_private:
        spot["geo"] = {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
    return spot


def _notes(meetup: Meetup, knows: Knows) -> str:
    """The text of a calendar entry: what is worth reading on the way there."""
    lines = [f"Cancelled: {meetup.cancel_reason}"] if meetup.status is Status.CANCELLED else []
    if spotting(meetup, knows):
        lines.append(f"How to spot us: {spotting(meetup, knows)}")
    if knows.going:
        lines.append(f"To reach the host: {meetup.contact}")
    lines += [". ".join(fact.words for fact in facts(meetup) if fact.stated), to_plain(meetup.description)]
    return "\n\n".join(line for line in [*lines, address(meetup)] if line)


def _cost(meetup: Meetup) -> str:
    label = meetup.cost.label if meetup.cost else ""
    return ". ".join(part for part in (label, meetup.cost_note) if part)
