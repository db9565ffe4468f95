"""Calendars, structured data, feeds and announcements, and what none of them gives away."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from icalendar import Calendar

from meetups.foundation import clock
from meetups.foundation.database import unit_of_work
from meetups.places.models import Access, Noise, PlaceKind, YesNo
from meetups.planning import actions, entries
from meetups.planning.models import Cost, RsvpMode
from meetups.planning.permissions import Knows, knows, may_edit, may_see, reader_of
from tests import cast
from tests.makers import make_meetup
from tests.planning.plans import proposed

SECRETS = {"words": "12 Sekretstreet, Olympia, WA 98501", "spot": "sekretgate", "room": "sekretroom",
           "contact": "sekretphone 555"}  # fmt: skip
JOIN = "https://meet.example/sekretlink"


def pub(host):
    return proposed(
        host, end=time(20, 30), spot="back room, left of the bar", how_to_spot_us="the glitter cup", capacity=16,
        cost=Cost.OWN, access=Access(step_free=YesNo.YES, noise=Noise.MEDIUM, age_limit=21, id_required=YesNo.YES),
    )  # fmt: skip


def test_the_calendar_file_of_the_stories(app, client):
    meetup = pub(cast.marisol())
    answer = client.get(f"/meetups/{meetup.code}.ics")
    assert answer.content_type == "text/calendar; charset=utf-8; method=PUBLISH"
    event = next(iter(Calendar.from_ical(answer.data).walk("VEVENT")))
    assert b"METHOD:PUBLISH" in answer.data
    assert b"DTSTART;TZID=America/Los_Angeles:20270121T183000" in answer.data
    assert (str(event["uid"]), int(event["sequence"]), str(event["status"])) == (meetup.uid, 0, "TENTATIVE")
    assert str(event["location"]) == "back room, left of the bar, The Lantern & Ladle, Tacoma, WA 98402"
    assert "organizer" not in event


def test_a_cancelled_one_keeps_its_name_in_calendars(app, client):
    meetup = pub(cast.marisol())
    with unit_of_work():
        actions.cancel(meetup, "snow")
    event = next(iter(Calendar.from_ical(client.get(f"/meetups/{meetup.code}.ics").data).walk("VEVENT")))
    assert (str(event["uid"]), int(event["sequence"]), str(event["status"])) == (meetup.uid, 1, "CANCELLED")
    assert entries.json_ld(meetup)["eventStatus"] == "https://schema.org/EventCancelled"
    assert entries.announcement(meetup).startswith("CANCELLED. snow\n")
    assert entries.feed_entry(meetup).title == "Cancelled: Glitter cup at the Lantern & Ladle"


def test_the_announcement(app, client):
    meetup = pub(cast.marisol())
    answer = client.get(f"/meetups/{meetup.code}/announcement.txt")
    assert answer.content_type == "text/plain; charset=utf-8"
    assert answer.text == (
        "Glitter cup at the Lantern & Ladle\n"
        "Thu, Jan 21, 2027, 6:30–8:30 PM Pacific\n"
        "back room, left of the bar, The Lantern & Ladle, Tacoma, WA 98402\n"
        "How to spot us: the glitter cup\n"
        "Step-free from the street. Medium noise. 21+, ID checked. Free; buy your own food and drink.\n"
        "\n"
        "Draw a stick, say how you would handle it, hear how others do.\n"
        "No account needed to answer:\n"
        f"http://localhost/meetups/{meetup.code}\n"
    )


@pytest.mark.parametrize("letter", ["x", "🎉", "word "])
def test_the_longest_announcement_is_short_enough(app, letter):
    def full(most: int) -> str:
        return (letter * most)[:most].strip()

    meetup = make_meetup(full(120), how_to_spot_us=full(200), room=full(80), level=full(80), booth=full(80),
                         spot=full(200), cost=Cost.OWN, cost_note=full(120), cancel_reason=full(200))  # fmt: skip
    with unit_of_work():
        meetup.place.words, meetup.place.seating = full(300), full(120)
    assert len(entries.announcement(meetup)) < entries.LONGEST_ANNOUNCEMENT
    with unit_of_work():
        actions.cancel(meetup, full(200))
    text = entries.announcement(meetup)
    assert len(text) < entries.LONGEST_ANNOUNCEMENT
    assert text.endswith(f"/meetups/{meetup.code}")


def test_structured_data(app):
    meetup = pub(cast.marisol())
    assert entries.json_ld(meetup) == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Glitter cup at the Lantern & Ladle",
        "url": f"http://localhost/meetups/{meetup.code}",
        "startDate": "2027-01-21T18:30-08:00",
        "endDate": "2027-01-21T20:30-08:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {
            "@type": "Place",
            "name": "back room, left of the bar, The Lantern & Ladle, Tacoma, WA 98402",
            "address": {
                "@type": "PostalAddress", "addressLocality": "Tacoma", "addressRegion": "Washington",
                "addressCountry": "US",
            },
        },
        "organizer": {"@type": "Organization", "name": "Guerrilla Storytime", "url": "http://localhost/"},
        "isAccessibleForFree": True,
        "maximumAttendeeCapacity": 16,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cost", "said"),
    [(Cost.FREE, {"isAccessibleForFree": True}), (Cost.BADGE, {"isAccessibleForFree": False}), (None, {})],
)
def test_only_a_stated_cost_is_told_to_engines(app, cost, said):
    data = entries.json_ld(proposed(cast.marisol(), cost=cost))
    assert {name: value for name, value in data.items() if name == "isAccessibleForFree"} == said


def secret_meetups(host):
    home = proposed(host, kind=PlaceKind.HOME, conference="Prairie", **SECRETS)
    online = proposed(host, kind=PlaceKind.ONLINE, conference="Prairie", join_url=JOIN,
                      **{**SECRETS, "words": "sekretservice"})  # fmt: skip
    return home, online


def test_no_public_byte_tells_a_secret(app, client, signed_in):
    """Not the calendar, the announcement, the conference's page, the words searched, the data for engines, the feed."""
    host = cast.marisol()
    host_letter = host.address
    assert "@" in host_letter
    stranger = signed_in(cast.ken())
    for meetup in secret_meetups(host):
        paths = [f"/meetups/{meetup.code}.ics", f"/meetups/{meetup.code}/announcement.txt",
                 f"/conferences/{meetup.host_event.code}"]  # fmt: skip
        pages = [browser.get(path) for browser in (client, stranger) for path in paths]
        assert {page.status_code for page in pages} == {200}
        said = [page.text for page in pages] + [page.text.replace("\r\n ", "") for page in pages]
        said += [repr(entries.json_ld(meetup)), repr(entries.feed_entry(meetup)), meetup.search_words,
                 repr(entries.card(meetup, clock.now()))]  # fmt: skip
        assert [text for text in said if "sekret" in text.lower() or host_letter in text] == []


def test_a_preview_by_the_host_shows_what_strangers_will_see(app, signed_in):
    browser = signed_in(cast.marisol())
    data = {"kind": "home", "title": "Porch", "day": "2027-05-15", "start": "16:00", **SECRETS, "deed": "preview"}
    page = browser.forge("/propose", data)
    preview = next(each for each in browser.tree(page).iter("section") if each.get("id") == "preview")
    text = "".join(preview.itertext())
    assert "A home in Olympia" in text
    assert "sekret" not in text.lower()


def test_confirmed_guests_learn_the_address_when_its_hour_has_come(app, frozen):
    host, guest = cast.marisol(), cast.ken()
    home, online = secret_meetups(host)
    early = home.starts_at - timedelta(hours=24, seconds=1)
    assert knows(guest, home, early, is_going=True) == Knows(going=True, private=False)
    assert knows(guest, home, home.starts_at - timedelta(hours=24), is_going=True) == Knows(True, True)
    assert knows(guest, home, home.starts_at) == knows(None, home, home.starts_at) == Knows()
    assert knows(host, home, early) == Knows(True, True)
    assert entries.where(home, Knows(going=True)) == "A home in Olympia"
    assert entries.where(home, Knows(True, True)) == f"sekretroom, sekretgate, {SECRETS['words']}"
    assert entries.calendar_entry(online, Knows(True, True)).location == f"Online: {JOIN}"
    told = entries.calendar_entry(home, Knows(going=True))
    assert ("sekretphone" in told.description, "Sekretstreet" in told.location + told.description) == (True, False)


def test_who_may(app):
    host, other, noor = cast.marisol(), cast.ken(), cast.moderator()
    up, draft, hidden = pub(host), proposed(host, publish=False), make_meetup(host=host, hidden_at=clock.now())
    seen = [[may_see(person, meetup) for person in (None, other, host, noor)] for meetup in (up, draft, hidden)]
    assert seen == [[True] * 4, [False, False, True, True], [False, False, False, True]]
    edited = [[may_edit(person, meetup) for person in (None, other, host, noor)] for meetup in (up, draft, hidden)]
    assert edited == [[False, False, True, True]] * 2 + [[False, False, False, True]]


def test_a_meetup_whose_host_has_left_belongs_to_nobody(app):
    orphan = make_meetup()
    with unit_of_work():
        orphan.host = None
    assert not may_edit(cast.ken(), orphan)
    assert not knows(None, orphan, clock.now()).private


def test_the_readers_own_time(app):
    meetup = proposed(cast.marisol(), words="Harbor Lantern, New Buffalo, MI 49117")
    zones = [reader_of(meetup, person, clock.now()).time_zone for person in (cast.lou(), cast.dee(), None)]
    assert [entries.yours(meetup, zone) for zone in zones] == ["5:30 PM your time", "", ""]


def test_stamps(app, frozen):
    meetup = pub(cast.marisol())
    seen = [entries.standing(meetup, at)[0] for at in (clock.now(), meetup.starts_at, meetup.ends_at)]
    assert seen == ["proposed", "now", "over"]


def test_just_turn_up(app):
    meetup = make_meetup(rsvp_mode=RsvpMode.NONE)
    assert "Just turn up, no answer needed:" in entries.announcement(meetup)
