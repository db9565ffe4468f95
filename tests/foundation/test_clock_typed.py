"""Dates and times as people type them where the browser has no field for them."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetups.foundation import clock


@pytest.mark.parametrize(
    "text",
    [
        *("2027-01-21", " 2027-1-21 ", "2027/01/21", "1/21/2027", "01/21/27", "21/1/2027", "21.1.2027"),
        *("Jan 21, 2027", "jan. 21 2027", "January 21st, 2027", "21 Jan 2027", "21. january 2027", "21-Jan-2027"),
        *("Thu, Jan 21, 2027", "Thursday 21 January 2027", "2027\N{FULLWIDTH HYPHEN-MINUS}01-21"),
    ],
)
def test_dates_people_type(text):
    assert clock.typed_date(text) == date(2027, 1, 21)


def test_which_number_is_the_month():
    assert clock.typed_date("5/1/2027") == date(2027, 5, 1)
    assert clock.typed_date("5/1/2027", day_first=True) == date(2027, 1, 5)
    assert clock.typed_date("5.1.2027") == date(2027, 1, 5)


@pytest.mark.parametrize("text", ["2027-02-30", "Feb 29, 2027", "13/13/2027", "0000-01-01", "2027-00-10"])
def test_dates_the_calendar_does_not_have(text):
    with pytest.raises(clock.NotADate) as refusal:
        clock.typed_date(text)
    assert refusal.value.sentence == f"There is no such day as “{text}”. Check the day and the month."


@pytest.mark.parametrize("text", ["", "tomorrow", "Jan 21", "21/1", "2027-1/21", "Foo 21, 2027", "\0\n", "1" * 5000])
def test_what_is_no_date(text):
    with pytest.raises(clock.NotADate) as refusal:
        clock.typed_date(text)
    assert refusal.value.sentence.endswith("Type it like 2027-01-21 or Jan 21, 2027.")
    assert len(refusal.value.sentence) < 120
    assert refusal.value.sentence.isprintable()


@pytest.mark.parametrize(
    "text, hour, minute",
    [
        *[(text, 18, 30) for text in ("6:30 PM", "6.30pm", "06:30 p.m.", "18:30", "1830", "18h30", "18:30:00")],
        *[(text, 18, 0) for text in ("6pm", "6 PM", "6 p.m.", "18", "18:00:00.000")],
        *[(text, 9, 30) for text in ("09:30", "9:30", "9:30 AM", "930 am", "0930")],
        *[("12 AM", 0, 0), ("12:05 am", 0, 5), ("12 PM", 12, 0), ("noon", 12, 0), ("Midnight", 0, 0)],
        *[("00:15", 0, 15), ("23:59", 23, 59), ("18:30 PM", 18, 30)],
    ],
)
def test_times_people_type(text, hour, minute):
    assert clock.typed_time(text) == time(hour, minute)


@pytest.mark.parametrize("text, hint", [("9", "like 9 PM"), ("12", "like 12 PM"), ("06", "like 6 PM")])
def test_a_bare_hour_asks_morning_or_evening(text, hint):
    with pytest.raises(clock.NotATime) as refusal:
        clock.typed_time(text)
    assert refusal.value.sentence == f"Is “{text}” in the morning or in the evening? Add AM or PM, {hint}."


@pytest.mark.parametrize(
    "text", ["", "six", "25:00", "24:00", "18:60", "13 am", "6:3 PM", "-1:00", "6:30 XM", "9" * 999]
)
def test_what_is_no_time(text):
    with pytest.raises(clock.NotATime) as refusal:
        clock.typed_time(text)
    assert refusal.value.sentence.endswith("Type it like 6:30 PM or 18:30.")


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused(text):
    sentences = []
    for read in (clock.typed_date, clock.typed_time):
        try:
            read(text)
        except clock.ClockRefusal as refusal:
            sentences.append(refusal.sentence)
    assert all(sentence.isprintable() for sentence in sentences)


@given(st.dates(date(1000, 1, 1)), st.times())
def test_what_a_browser_sends_is_read_exactly(day, at):
    assert clock.typed_date(day.isoformat()) == day
    assert clock.typed_time(f"{at:%H:%M}") == at.replace(second=0, microsecond=0)
