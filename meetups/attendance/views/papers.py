"""Things to print: the poster with the short link, and the host's sheet for when there is no signal."""

from __future__ import annotations

from typing import Any

from flask import render_template

from meetups.attendance import queries
from meetups.attendance.views.finding import attendance, find_hosted, find_meetup
from meetups.foundation import doors
from meetups.foundation.addresses import absolute
from meetups.foundation.qr import qr_code


@attendance.get("/meetups/<code>/poster")
@doors.everyone
def poster(code: str) -> Any:
    meetup = find_meetup(code)
    link = absolute(f"/m/{meetup.code}")
    drawn = qr_code(link, f"QR code for {link}")
    return render_template("attendance/poster.html", meetup=meetup, link=link, drawn=drawn)


@attendance.get("/meetups/<code>/sheet")
@doors.member
def sheet(code: str) -> Any:
    meetup = find_hosted(code)
    return render_template(
        "attendance/sheet.html", meetup=meetup, going=queries.going(meetup), waiting=queries.in_line(meetup),
        wanted=queries.bring_list(meetup),
    )
