"""Reporting, and the moderators' desk."""

from __future__ import annotations

import ipaddress
from typing import Any

from flask import current_app, redirect, render_template, request, url_for

from meetups.deck.queries import proposals_waiting
from meetups.foundation import doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.pages import say
from meetups.foundation.refusals import NotHere, Refusal
from meetups.moderation import actions, queries
from meetups.moderation.forms import HideForm, ReportForm, SettleForm, SuspendForm, path_on_this_site
from meetups.moderation.views.blueprint import moderation


def _site_url() -> str:
    return str(current_app.config["MEETUPS"].site_url)


def _network() -> str:
    """The part of a visitor's address that many share: neighbors on it count as one."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    return str(ipaddress.ip_network(f"{address}/{24 if address.version == 4 else 56}", strict=False))


@moderation.route("/report", methods=["GET", "POST"])
@doors.everyone
def report() -> Any:
    about = path_on_this_site(request.args.get("about"), _site_url())
    form = ReportForm(_site_url(), data={"about": about})
    status = 400 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            with unit_of_work():
                page = path_on_this_site(form.about.data, _site_url())
                actions.report(
                    page, form.message.data, form.email.data or None, by=person_here(), network=_network()
                )
            return redirect(url_for("moderation.reported"), 303)
        except Refusal as refusal:
            form.take(refusal)
            status = refusal.status
    return render_template("moderation/report.html", form=form), status


@moderation.get("/report/sent")
@doors.everyone
def reported() -> Any:
    return render_template("moderation/reported.html")


@moderation.get("/moderation")
@doors.moderator
def desk() -> Any:
    return _desk()


def _desk(form: HideForm | None = None, status: int = 200, *, closing: SuspendForm | None = None) -> Any:
    reports = queries.open_reports()
    things = queries.things_at(each.about for each in reports)
    hidden = [(queries.path_of(each), each) for each in queries.hidden_things()]
    page = render_template(
        "moderation/desk.html", reports=reports, things=things, hidden=hidden, deeds=queries.last_deeds(),
        form=form or HideForm(formdata=None), closing=closing or SuspendForm(formdata=None),
        suspended=queries.suspended(), sticks=proposals_waiting(), zone=person_here().time_zone or "UTC",
    )
    return page, status


@moderation.post("/moderation/reports/<int:number>/settle")
@doors.moderator
def settle(number: int) -> Any:
    found, form = queries.report_by_number(number), SettleForm()
    if found is None:
        raise NotHere("There is no such report.")
    if not form.validate_on_submit():
        raise Refusal("Say in a few words what was done; then the report is settled.", way_on=("/moderation", "Back"))
    with unit_of_work():
        actions.settle(person_here(), found, form.outcome.data)
    say("Settled.")
    return redirect(url_for("moderation.desk"), 303)


@moderation.post("/moderation/hide")
@doors.moderator
def hide() -> Any:
    return _turn(hidden=True)


@moderation.post("/moderation/show")
@doors.moderator
def show() -> Any:
    return _turn(hidden=False)


def _turn(*, hidden: bool) -> Any:
    form = HideForm()
    if not form.validate_on_submit():
        return _desk(form, 400)
    thing = queries.thing_at(path_on_this_site(form.about.data, _site_url()))
    if thing is None:
        form.about.errors = ["No meetup, recap, deck or note has that address. Copy it from the address bar."]
        return _desk(form, 400)
    with unit_of_work():
        (actions.hide if hidden else actions.show)(person_here(), thing, form.why.data or "")
    say("Hidden. Only moderators see it now." if hidden else "Everybody sees it again.")
    return redirect(url_for("moderation.desk"), 303)


@moderation.post("/moderation/people/close")
@doors.moderator
def suspend() -> Any:
    form = SuspendForm()
    if not form.validate_on_submit():
        return _desk(status=400, closing=form)
    typed = form.who.data
    person = queries.person_meant(typed if "@" in typed else path_on_this_site(typed, _site_url()))
    if person is None:
        form.who.errors = ["Nobody has that address, and no meetup of somebody’s stands there."]
        return _desk(status=400, closing=form)
    try:
        with unit_of_work():
            actions.suspend(person_here(), person, form.reason.data)
    except Refusal as refusal:
        form.take(refusal)
        return _desk(status=refusal.status, closing=form)
    say("Closed. They are signed out everywhere.")
    return redirect(url_for("moderation.desk"), 303)


@moderation.post("/moderation/people/<int:number>/open")
@doors.moderator
def lift(number: int) -> Any:
    person = queries.member_numbered(number)
    if person is None:
        raise NotHere("There is no such account.")
    with unit_of_work():
        actions.lift(person_here(), person)
    say("Open again. They can sign in.")
    return redirect(url_for("moderation.desk"), 303)
