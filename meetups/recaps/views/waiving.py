"""The page behind "nothing to report" in a letter to the host."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from meetups.foundation import doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.pages import say
from meetups.foundation.refusals import LinkSpent
from meetups.foundation.tokens import number_in
from meetups.planning.models import Meetup
from meetups.planning.queries import meetup_numbered
from meetups.recaps import actions, queries
from meetups.recaps.letters import is_host_token
from meetups.recaps.views.finding import recaps


@recaps.route("/nothing-to-report/<token>", methods=["GET", "POST"])
@doors.link_holder
def nothing(token: str) -> Any:
    meetup = _meetup(token)
    if request.method == "POST":
        again = request.form.get("do") == "again"
        with unit_of_work():
            (actions.something_to_report if again else actions.nothing_to_report)(meetup)
        say("Good: it can be written up." if again else "Noted. No more letters about it.")
        return redirect(url_for("recaps.nothing", token=token), 303)
    return render_template("recaps/nothing.html", meetup=meetup, waived=queries.waiver_of(meetup) is not None)


def _meetup(token: str) -> Meetup:
    number = number_in(token)
    meetup = meetup_numbered(number) if number is not None else None
    if meetup is None or not meetup.is_on or not is_host_token(token, meetup):
        raise LinkSpent("This link does not work any more: somebody else hosts the meetup now, or it did not happen.")
    return meetup
