"""The host's page: who takes notes, and the links to hand out."""

from __future__ import annotations

from typing import Any

from flask import current_app, redirect, render_template, request, url_for

from meetups.foundation import doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.pages import say
from meetups.foundation.qr import qr_code
from meetups.foundation.refusals import NotHere
from meetups.notes import actions, queries
from meetups.notes.views.finding import ROOM, SCRIBES, find_led, link_key, notes


@notes.route("/meetups/<code>/notes/people", methods=["GET", "POST"])
@doors.member
def people(code: str) -> Any:
    meetup = find_led(code)
    session = queries.session_of(meetup)
    if session is None:
        raise NotHere("The notes have not been started yet.")
    going = queries.members_going(meetup)
    if request.method == "POST":
        deed, _, number = request.form.get("do", "").partition(":")
        chosen = next((each for each in going if str(each.id) == request.form.get("person")), None)
        with unit_of_work():
            if deed == "name" and chosen is not None:
                actions.name_scribe(session, chosen)
            elif deed == "dismiss" and number.isdecimal() and len(number) < 10:
                actions.dismiss_scribe(session, int(number))
            elif deed == "links":
                actions.change_links(session)
                say("There are new links. The old ones open nothing any more.")
        return redirect(url_for("notes.people", code=code), 303)
    site = current_app.config["MEETUPS"].site_url
    scribe = site + url_for("notes.scribe", code=code, key=link_key(SCRIBES, session))
    screen = site + url_for("notes.screen", code=code, key=link_key(ROOM, session))
    scribes = queries.scribes_of(session)
    named = {each.person_id for each in scribes}
    return render_template(
        "notes/people.html", meetup=meetup, scribes=scribes, scribe_link=scribe, screen_link=screen,
        scribe_qr=qr_code(scribe, "QR code of the link for scribes"), others=[p for p in going if p.id not in named],
    )
