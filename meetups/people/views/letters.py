"""Which letters come, and when: by the link in any letter, or on one's own page; stopping a kind with one POST."""

from __future__ import annotations

from typing import Any

from flask import make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from meetups.foundation import doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.mail import outbox
from meetups.foundation.mail.health import masked
from meetups.foundation.mail.kinds import DIGEST, Kind, kind_named
from meetups.foundation.mail.rows import OutboxLetter
from meetups.foundation.pages import csrf, say
from meetups.foundation.refusals import LinkSpent
from meetups.people import actions
from meetups.people.forms import letters_form
from meetups.people.views.blueprint import people


def _letter(token: str) -> OutboxLetter:
    """The letter in whose foot this link stood."""
    letter = outbox.letter_of(token)
    if letter is None or not letter.to_address:
        raise LinkSpent("This link does not work any more, and nothing was changed. Use the link in a newer letter.")
    return letter


def _kind(letter: OutboxLetter) -> Kind | None:
    """What can be stopped: a kind that is chosen about, or the weekly letter."""
    kind = kind_named(letter.kind)
    return kind if kind is not None and (kind.name == DIGEST or not kind.essential) else None


@people.get("/letters/stop/<token>")
@doors.link_holder
def stop_letters(token: str) -> Any:
    """Mail scanners open links: looking changes nothing."""
    letter = _letter(token)
    kind = _kind(letter)
    if kind is None:
        return redirect(url_for("people.choose_letters", token=token), 303)
    address = masked(letter.to_address)
    return _quiet(render_template("people/stop.html", kind=kind, address=address, token=token, done=False))


@people.post("/letters/stop/<token>")
@csrf.exempt
@doors.link_holder
def stop_letters_now(token: str) -> Any:
    """RFC 8058: the mail program posts this by itself, without a cookie; the token is the proof. Never a redirect."""
    letter = _letter(token)
    kind = _kind(letter)
    if kind is None:
        raise LinkSpent("Letters of this kind cannot be stopped as a whole. Nothing was changed.")
    address = letter.to_address  # the letter itself may be among those taken back
    with unit_of_work():
        outbox.stop(address, kind=kind.name)
    return _quiet(render_template("people/stop.html", kind=kind, address=masked(address), token=token, done=True))


@people.route("/letters/choose/<token>", methods=["GET", "POST"])
@doors.link_holder
def choose_letters(token: str) -> Any:
    letter = _letter(token)
    form = letters_form(letter.to_address)
    if not form.validate_on_submit():
        page = render_template("people/letters.html", form=form, token=token, address=masked(letter.to_address))
        return _quiet(page, 400 if form.errors else 200)
    with unit_of_work():
        actions.choose_letters(letter.to_address, form.deliveries, form.quiet_hours)
    say("Saved. Letters to this address follow it from now on.")
    return redirect(url_for("people.choose_letters", token=token), 303)


@people.post("/me/letters")
@doors.member
def my_letters() -> Any:
    person = person_here()
    form = letters_form(person.address, person.clock_zone)
    if not form.validate_on_submit():
        return _quiet(render_template("people/letters.html", form=form, token=None, address=person.address), 400)
    with unit_of_work():
        actions.choose_letters(person.address, form.deliveries, form.quiet_hours)
    say("Saved.")
    return redirect(url_for("people.me", _anchor="letters"), 303)


def _quiet(page: str, status: int = 200) -> Response:
    """The token stays out of Referer headers, search engines and caches."""
    response = make_response(page, status)
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "no-store"
    return response
