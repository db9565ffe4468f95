"""Zones and clock changes. Facts were checked against the IANA database."""
# ruff: noqa: DTZ001, DTZ901  (a wall clock is a time without a zone)

import threading
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetups.foundation import clock

LA, CHICAGO, DETROIT = "America/Los_Angeles", "America/Chicago", "America/Detroit"
INDIANAPOLIS, LONDON = "America/Indiana/Indianapolis", "Europe/London"
PUB_NIGHT = datetime(2027, 1, 22, 2, 30, tzinfo=UTC)
TAVERN = datetime(2027, 2, 4, 23, 30, tzinfo=UTC)
ZONES = [zone for _, zones in clock.zone_choices() for zone, _ in zones]


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


# The time now


def test_now_is_aware_utc_and_runs():
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC)
    assert clock.now().utcoffset() == timedelta(0)


def test_a_frozen_clock_stands_still_until_its_hands_are_moved():
    with clock.frozen(utc(2027, 1, 1, 12)) as hands:
        assert [clock.now(), clock.now()] == [utc(2027, 1, 1, 12)] * 2
        hands.pass_time(timedelta(hours=2))
        assert clock.now() == utc(2027, 1, 1, 14)
        hands.move_to(utc(2026, 12, 5))
        assert clock.now() == utc(2026, 12, 5)


def test_other_threads_read_the_same_frozen_clock():
    seen: list[datetime] = []
    with clock.frozen(utc(2027, 1, 1)):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen == [utc(2027, 1, 1)]


def test_what_the_clock_said_before_returns_even_after_an_error():
    with clock.frozen(utc(2027, 1, 1)):
        with pytest.raises(ZeroDivisionError), clock.frozen(utc(2028, 1, 1)):
            raise ZeroDivisionError
        assert clock.now() == utc(2027, 1, 1)
    assert clock.now() != utc(2027, 1, 1)


def test_a_clock_cannot_be_set_to_a_time_without_a_zone():
    with pytest.raises(TypeError), clock.frozen(datetime(2027, 1, 1)):
        pass


# Wall clocks and instants


@pytest.mark.parametrize(
    "local, zone, expected",
    [
        (datetime(2027, 1, 21, 18, 30), LA, PUB_NIGHT),
        (datetime(2027, 4, 17, 11, 30), CHICAGO, utc(2027, 4, 17, 16, 30)),
        (datetime(2027, 2, 4, 18, 30), DETROIT, TAVERN),
        (datetime(2027, 1, 13, 18, 0), DETROIT, utc(2027, 1, 13, 23)),
        (datetime(2027, 6, 12, 14, 0), "America/Denver", utc(2027, 6, 12, 20)),  # Window Rock
        (datetime(2027, 6, 12, 14, 0), "America/Phoenix", utc(2027, 6, 12, 21)),  # Holbrook
        (datetime(2027, 7, 1, 12, 0), "Asia/Kathmandu", utc(2027, 7, 1, 6, 15)),
    ],
)
def test_a_wall_clock_and_its_instant(local, zone, expected):
    assert clock.instant(local, zone) == expected
    assert clock.wall_clock(expected, zone) == local


@pytest.mark.parametrize(
    "zone, local, earlier, later",
    [
        (LA, datetime(2027, 3, 14, 2, 30), datetime(2027, 3, 14, 1, 30), datetime(2027, 3, 14, 3, 30)),
        (LA, datetime(2027, 3, 14, 2, 0), datetime(2027, 3, 14, 1, 0), datetime(2027, 3, 14, 3, 0)),
        (
            "Australia/Lord_Howe",
            datetime(2027, 10, 3, 2, 15),
            datetime(2027, 10, 3, 1, 45),
            datetime(2027, 10, 3, 2, 45),
        ),
        ("America/Santiago", datetime(2027, 9, 5), datetime(2027, 9, 4, 23), datetime(2027, 9, 5, 1)),
        ("Africa/Cairo", datetime(2027, 4, 30), datetime(2027, 4, 29, 23), datetime(2027, 4, 30, 1)),
        ("Asia/Beirut", datetime(2027, 3, 28), datetime(2027, 3, 27, 23), datetime(2027, 3, 28, 1)),
    ],
)
@pytest.mark.parametrize("fold", [None, 0, 1])
def test_an_hour_that_does_not_exist_is_refused_with_two_offers_that_do(zone, local, earlier, later, fold):
    with pytest.raises(clock.NoSuchHour) as refusal:
        clock.instant(local, zone, fold)
    assert refusal.value.offers == (earlier, later)
    for offer in (earlier, later):
        assert clock.wall_clock(clock.instant(offer, zone), zone) == offer


def test_the_sentence_about_a_missing_hour():
    with pytest.raises(clock.NoSuchHour) as refusal:
        clock.instant(datetime(2027, 3, 14, 2, 30), LA)
    assert refusal.value.sentence == (
        "There is no 2:30 AM on Sun, Mar 14, 2027 in Los Angeles: the clocks go forward. Choose 1:30 AM or 3:30 AM."
    )


def test_an_offer_on_another_day_says_which():
    with pytest.raises(clock.NoSuchHour) as refusal:
        clock.instant(datetime(2027, 9, 5), "America/Santiago")
    assert refusal.value.sentence.endswith("Choose Sat, Sep 4, 11:00 PM or 1:00 AM.")


def test_the_minutes_around_a_missing_hour_are_fine():
    assert clock.instant(datetime(2027, 3, 14, 1, 59), LA) == utc(2027, 3, 14, 9, 59)
    assert clock.instant(datetime(2027, 3, 14, 3, 0), LA) == utc(2027, 3, 14, 10, 0)


def test_an_hour_that_happens_twice_asks_which():
    with pytest.raises(clock.HourTwice) as refusal:
        clock.instant(datetime(2027, 11, 7, 1, 30), LA)
    assert refusal.value.choices == (
        (0, "1:30 AM the first time (daylight time, PDT)"),
        (1, "1:30 AM the second time (standard time, PST)"),
    )
    assert refusal.value.sentence == (
        "1:30 AM happens twice on Sun, Nov 7, 2027 in Los Angeles: the clocks go back. Choose 1:30 AM the first"
        " time (daylight time, PDT), or 1:30 AM the second time (standard time, PST)."
    )


@pytest.mark.parametrize(
    "zone, local, first, second, words",
    [
        (LA, datetime(2027, 11, 7, 1, 30), utc(2027, 11, 7, 8, 30), utc(2027, 11, 7, 9, 30), "PDT"),
        (
            "Australia/Lord_Howe",
            datetime(2027, 4, 4, 1, 45),
            utc(2027, 4, 3, 14, 45),
            utc(2027, 4, 3, 15, 15),
            "before the clocks go back, UTC+11",
        ),
        (
            "Europe/Dublin",
            datetime(2027, 10, 31, 1, 30),
            utc(2027, 10, 31, 0, 30),
            utc(2027, 10, 31, 1, 30),
            "before the clocks go back, IST",
        ),
    ],
)
def test_the_fold_decides_between_two_equal_hours(zone, local, first, second, words):
    with pytest.raises(clock.HourTwice) as refusal:
        clock.instant(local, zone)
    assert words in refusal.value.choices[0][1]
    assert clock.instant(local, zone, 0) == first
    assert clock.instant(local, zone, 1) == second
    assert (clock.wall_clock(first, zone).fold, clock.wall_clock(second, zone).fold) == (0, 1)


def test_a_fold_kept_from_another_hour_does_no_harm():
    assert clock.instant(datetime(2027, 1, 21, 18, 30), LA, 1) == PUB_NIGHT


def test_a_day_that_was_skipped_is_refused_too():
    with pytest.raises(clock.NoSuchHour) as refusal:
        clock.instant(datetime(2011, 12, 30, 12), "Pacific/Apia")
    assert refusal.value.offers == (datetime(2011, 12, 29, 12), datetime(2011, 12, 31, 12))


def test_times_with_and_without_a_zone_are_never_mixed_up():
    with pytest.raises(TypeError):
        clock.instant(PUB_NIGHT, LA)
    with pytest.raises(TypeError):
        clock.wall_clock(datetime(2027, 1, 21), LA)


@pytest.mark.parametrize("local, zone", [(datetime.min, "Asia/Tokyo"), (datetime.max, LA)])
def test_the_ends_of_time_are_refused(local, zone):
    with pytest.raises(clock.NotADate):
        clock.instant(local, zone)


WALL_CLOCKS = st.datetimes(datetime(1950, 1, 1), datetime(2200, 1, 1))


@settings(max_examples=200, deadline=None)
@given(local=WALL_CLOCKS, zone=st.sampled_from(ZONES), fold=st.sampled_from((0, 1)))
def test_saving_ten_times_moves_nothing(local, zone, fold):
    try:
        at = clock.instant(local, zone, fold)
    except clock.NoSuchHour as refusal:
        at = clock.instant(refusal.offers[fold], zone, fold)
    else:
        assert clock.wall_clock(at, zone) == local
    for _ in range(10):
        shown = clock.wall_clock(at, zone)
        assert clock.instant(shown, zone, shown.fold) == at


@settings(max_examples=200, deadline=None)
@given(at=st.datetimes(datetime(1950, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)), zone=st.sampled_from(ZONES))
def test_every_instant_has_a_wall_clock_that_leads_back(at, zone):
    shown = clock.wall_clock(at, zone)
    assert clock.instant(shown, zone, shown.fold) == at


@settings(max_examples=100, deadline=None)
@given(day=st.integers(0, 3 * 365), hour=st.integers(0, 23), zone=st.sampled_from(ZONES))
def test_both_offers_for_a_missing_hour_exist_and_lie_around_it(day, hour, zone):
    local = datetime(2026, 1, 1, hour) + timedelta(days=day)
    try:
        offers = (clock.wall_clock(clock.instant(local, zone, 0), zone), local)
    except clock.NoSuchHour as refusal:
        offers = refusal.offers
        earlier, later = (clock.instant(offer, zone) for offer in offers)
        assert earlier < later
    assert offers[0] < local < offers[1] or offers == (local, local)


# Zones


@pytest.mark.parametrize("name", [LA, "UTC", "US/Pacific", "Asia/Kathmandu", "America/Indiana/Knox"])
def test_zones_that_exist(name):
    assert clock.is_zone(name)


@pytest.mark.parametrize("name", ["", "Factory", "localtime", "america/los_angeles", "../../etc/passwd", "PDT", "a\0b"])
def test_zones_that_do_not_exist(name):
    assert not clock.is_zone(name)
    with pytest.raises(clock.UnknownZone) as refusal:
        clock.instant(datetime(2027, 1, 21), name)
    assert refusal.value.sentence.isprintable()


@pytest.mark.parametrize(
    "zone, name",
    [
        ("America/New_York", "Eastern"),
        (DETROIT, "Eastern"),
        (INDIANAPOLIS, "Eastern"),
        ("America/Toronto", "Eastern"),
        (CHICAGO, "Central"),
        ("America/Indiana/Knox", "Central"),
        ("America/Denver", "Mountain"),
        ("America/Boise", "Mountain"),
        ("Navajo", "Mountain"),
        ("America/Phoenix", "Arizona"),
        (LA, "Pacific"),
        ("America/Juneau", "Alaska"),
        ("Pacific/Honolulu", "Hawaii"),
        ("America/Halifax", "Atlantic"),
        ("America/St_Johns", "Newfoundland"),
        ("America/Regina", "Saskatchewan"),
        ("America/Havana", "Havana time"),  # CST and CDT as well, but Cuba's
        ("Asia/Shanghai", "Shanghai time"),
        (LONDON, "UK time"),
        ("Europe/Dublin", "Irish time"),
        ("Pacific/Auckland", "New Zealand time"),
        ("Australia/Sydney", "Sydney time"),
        ("America/Argentina/Salta", "Salta time"),
        ("Etc/GMT+5", "UTC-05"),
        ("Etc/UTC", "UTC"),
        ("UTC", "UTC"),
    ],
)
def test_what_people_call_their_time(zone, name):
    assert clock.zone_name(zone, PUB_NIGHT) == name
    assert clock.zone_name(zone, utc(2027, 7, 1)) == name


def test_a_zone_loses_the_name_when_it_no_longer_keeps_the_hours():
    """British Columbia stays on UTC-7 from November 2026, an hour off Seattle in winter."""
    assert clock.zone_name("America/Vancouver", utc(2025, 12, 15)) == "Pacific"
    assert clock.zone_name("America/Vancouver", utc(2026, 7, 15)) == "Pacific"
    assert clock.zone_name("America/Vancouver", utc(2026, 12, 15)) == "Vancouver time"
    assert clock.zone_name("America/Vancouver", utc(2027, 1, 15)) == "Vancouver time"


def test_the_list_of_zones_begins_with_the_common_ones():
    with clock.frozen(PUB_NIGHT):
        groups = clock.zone_choices()
    assert [group for group, _ in groups] == [
        *("United States", "Canada", "United Kingdom", "Ireland", "Australia", "New Zealand", "Africa"),
        *("America", "Antarctica", "Arctic", "Asia", "Atlantic", "Europe", "Indian Ocean", "Pacific", "UTC"),
    ]
    assert groups[0][1][:7] == [
        ("America/New_York", "Eastern time (New York)"),
        (CHICAGO, "Central time (Chicago)"),
        ("America/Denver", "Mountain time (Denver)"),
        ("America/Phoenix", "Arizona time (Phoenix)"),
        (LA, "Pacific time (Los Angeles)"),
        ("America/Anchorage", "Alaska time (Anchorage)"),
        ("Pacific/Honolulu", "Hawaii time (Honolulu)"),
    ]
    assert dict(groups)["United Kingdom"] == [(LONDON, "UK time (London)")]
    assert ("America/St_Johns", "Newfoundland time (St. John's)") in dict(groups)["Canada"]
    assert dict(groups)["UTC"] == [("UTC", "UTC")]


def test_every_zone_is_listed_once_with_a_label_of_its_own():
    pairs = [pair for _, zones in clock.zone_choices() for pair in zones]
    assert len(pairs) == len(dict(pairs)) == len({label for _, label in pairs})
    assert all(clock.is_zone(zone) for zone, _ in pairs)


def test_a_zone_the_list_leaves_out_can_be_added_but_not_doubled():
    assert clock.zone_choices("US/Michigan")[0] == ("Chosen", [("US/Michigan", "Eastern time (Michigan)")])
    assert clock.zone_choices(LA) == clock.zone_choices() == clock.zone_choices("Mars/Base")


# Showing


def test_the_evening_of_the_pub_night():
    ends = PUB_NIGHT + timedelta(hours=2)
    assert clock.show_when(PUB_NIGHT, LA) == "Thu, Jan 21, 2027, 6:30 PM Pacific"
    assert clock.show_time(PUB_NIGHT, LA) == "6:30 PM"
    assert clock.show_date(PUB_NIGHT, LA) == "Thu, Jan 21, 2027"
    assert clock.show_span(PUB_NIGHT, ends, LA) == "6:30–8:30 PM Pacific"
    assert clock.show_span(PUB_NIGHT, None, LA) == "6:30 PM Pacific"
    assert clock.show_day_parts(PUB_NIGHT, LA) == ("Thu", "21", "Jan")
    assert clock.iso_local(PUB_NIGHT, LA) == "2027-01-21T18:30-08:00"


@pytest.mark.parametrize(
    "starts, minutes, zone, shown",
    [
        (utc(2027, 4, 17, 16, 30), 50, CHICAGO, "11:30 AM–12:20 PM Central"),
        (PUB_NIGHT, 360, LA, "6:30 PM–Fri, Jan 22, 12:30 AM Pacific"),
        (utc(2027, 11, 7, 8, 30), 60, LA, "1:30 AM PDT–1:30 AM PST"),
        (utc(2027, 11, 7, 8, 30), 45, LA, "1:30 AM PDT–1:15 AM PST"),
        (utc(2027, 11, 7, 8, 30), 150, LA, "1:30–3:00 AM Pacific"),
        (utc(2027, 6, 1, 19, 0), 60, "America/New_York", "3:00–4:00 PM Eastern"),
    ],
)
def test_spans(starts, minutes, zone, shown):
    assert clock.show_span(starts, starts + timedelta(minutes=minutes), zone) == shown


@pytest.mark.parametrize("country", ["GB", "gb", "DE", "IE"])
def test_europe_reads_24_hours(country):
    at = utc(2027, 1, 21, 18, 30)
    assert clock.show_time(at, LONDON, country) == "18:30"
    assert clock.show_when(at, LONDON, country) == "Thu, Jan 21, 2027, 18:30 UK time"
    assert clock.show_span(at, at + timedelta(hours=2), LONDON, country) == "18:30–20:30 UK time"


@pytest.mark.parametrize("country", [None, "US", "CA", "AU", "NZ", ""])
def test_the_others_read_12_hours(country):
    assert clock.show_time(PUB_NIGHT, LA, country) == "6:30 PM"


@pytest.mark.parametrize("hour, shown", [(0, "12:05 AM"), (1, "1:05 AM"), (12, "12:05 PM"), (23, "11:05 PM")])
def test_noon_and_midnight(hour, shown):
    assert clock.show_time(utc(2027, 1, 1, hour, 5), "UTC") == shown


def test_the_tavern_across_the_border():
    assert clock.show_when(TAVERN, DETROIT) == "Thu, Feb 4, 2027, 6:30 PM Eastern"
    assert clock.readers_time(TAVERN, DETROIT, CHICAGO) == "5:30 PM your time"
    assert clock.readers_time(TAVERN, DETROIT, INDIANAPOLIS) is None
    assert clock.readers_time(TAVERN, DETROIT, LONDON, "GB") == "23:30 your time"
    assert clock.readers_time(TAVERN, DETROIT, "Australia/Sydney") == "Fri, Feb 5, 10:30 AM your time"


def test_two_zones_that_agree_only_in_winter():
    assert clock.readers_time(utc(2027, 1, 12, 21), "America/Phoenix", "America/Denver") is None
    assert clock.readers_time(utc(2027, 6, 12, 21), "America/Phoenix", "America/Denver") == "3:00 PM your time"
