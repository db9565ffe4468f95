"""What people want to hear of: saved searches, and areas in which they would come."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from meetups.discovery import actions, queries
from meetups.discovery.forms import filters_of, fit_to_keep
from meetups.discovery.views.front import discovery
from meetups.foundation import clock, doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.pages import say
from meetups.foundation.refusals import NotHere
from meetups.foundation.whereabouts import current_gazetteer
from meetups.nearby.queries import wishes_of


@discovery.get("/near/alerts")
@doors.member
def alerts() -> Any:
    person = person_here()
    return render_template("discovery/alerts.html", alerts=queries.alerts_of(person), wishes=wishes_of(person))


@discovery.post("/near/alerts")
@doors.member
def save_search() -> Any:
    """From the list of meetups: tell me of new ones that would stand in it."""
    filters = filters_of(request.form, current_gazetteer())
    if filters.point is None or filters.troubles:
        say("Nothing was saved: choose a town first, and mend what the form complains of.")
        return redirect(filters.address("/near"), 303)
    kept = fit_to_keep(filters, current_gazetteer())
    with unit_of_work():
        alert = actions.save_search(person_here(), kept.search(clock.now()), kept.in_words, kept.address("/near"))
        label = alert.label
    say(f"You will hear of new meetups {label}.")
    return redirect(url_for("discovery.alerts"), 303)


@discovery.post("/near/alerts/<int:number>/drop")
@doors.member
def drop(number: int) -> Any:
    alert = queries.alert_numbered(person_here(), number) if number < 2**31 else None
    if alert is None:
        raise NotHere("It is not on your list any more.")
    with unit_of_work():
        actions.drop(alert)
    say("Dropped. No more letters for that one.")
    return redirect(url_for("discovery.alerts"), 303)
