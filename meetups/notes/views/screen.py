"""The screen on the wall, and the events it listens to.

Events come in short answers: the newest one if there is a newer one, how long to wait before asking again, and the
end. No thread and no process waits for anybody, it passes any proxy, and several machines may answer in turns.
"""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for

from meetups.attendance.actions import what_is_wrong_with
from meetups.foundation import clock, doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.pages import without_cookies
from meetups.foundation.tokens import number_in, opens
from meetups.notes import queries
from meetups.notes.forms import CodeForm
from meetups.notes.permissions import LATE
from meetups.notes.queries import Pulse
from meetups.notes.views.finding import ROOM, find_meetup, find_watched, link_key, notes, shown

OFTEN_MS, SELDOM_MS = 600, 5000
QUIET = timedelta(minutes=15)


@notes.route("/meetups/<code>/screen", methods=["GET", "POST"])
@doors.link_holder
def screen(code: str) -> Any:
    session = find_watched(code)
    if session is None:
        return enter(code, "notes.screen", "The screen")
    board = shown(session)
    now = next((each for each in board["entries"] if each["ref"] == board["now"]), None)
    return render_template(
        "notes/screen.html", meetup=session.meetup, board=board, now=now, key=link_key(ROOM, session)
    )


def enter(code: str, endpoint: str, title: str) -> Any:
    """The door of the room: the code of the day. Wrong ones are counted, as for checking in."""
    meetup, form = find_meetup(code), CodeForm()
    if form.validate_on_submit():
        with unit_of_work():
            wrong = what_is_wrong_with(form.code.data, meetup)
            session = queries.session_of(meetup)
        if not wrong and session is not None:
            return redirect(url_for(endpoint, code=code, key=link_key(ROOM, session)), 303)
        form.form_errors.append(wrong or "Nobody has started the notes yet. Try again when the first stick is out.")
    page = render_template(
        "notes/enter.html", meetup=meetup, form=form, endpoint=endpoint, title=title, at=clock.now()
    )
    return page, 400 if form.errors else 200


@notes.get("/screen/<key>/events")
@doors.link_holder
def events(key: str) -> Response:
    """What is new since `Last-Event-ID`, then the end: the browser asks again by itself after `retry` milliseconds."""
    without_cookies()
    number = number_in(key)
    pulse = queries.pulse(number) if number is not None else None
    if pulse is None or number is None or not opens(key, ROOM, number, pulse.link_version):
        return _told(204)  # a browser that gets this asks no more
    now = clock.now()
    if pulse.hidden or now >= pulse.ends_at + LATE:
        return _told(204)
    lively = pulse.updated_at is not None and now - pulse.updated_at < QUIET
    wait = OFTEN_MS if lively or now < pulse.ends_at else SELDOM_MS
    if request.headers.get("Last-Event-ID") == pulse.mark:
        return _told(200, f"retry: {wait}\n\n")
    return _told(200, f"retry: {wait}\nid: {pulse.mark}\ndata: {_latest.data(number, pulse)}\n\n")


def _told(status: int, text: str = "") -> Response:
    answer = make_response(text, status)
    answer.headers["Content-Type"] = "text/event-stream; charset=utf-8"
    answer.headers["Cache-Control"] = "no-store"
    return answer


class Latest:
    """The newest board of each session as it is sent, made once a process: ninety listeners ask for the same."""

    MOST = 50

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[int, tuple[str, str]] = {}

    def data(self, number: int, pulse: Pulse) -> str:
        with self._lock:
            mark, data = self._kept.get(number, ("", ""))
            if mark == pulse.mark:
                return data
            session = queries.session_by_number(number)
            data = json.dumps(shown(session)) if session else "{}"
            if len(self._kept) >= self.MOST:
                self._kept.clear()
            self._kept[number] = (pulse.mark, data)
            return data


_latest = Latest()
