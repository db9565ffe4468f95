"""What members propose for the cup: the moderators' queue."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from meetups.deck import actions, queries
from meetups.deck.forms import DeclineForm
from meetups.deck.models import Proposal
from meetups.deck.views.blueprint import deck
from meetups.foundation import doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.pages import say
from meetups.foundation.refusals import NotHere, Refusal


@deck.get("/cup/proposals")
@doors.moderator
def proposals() -> Any:
    return render_template("deck/proposals.html", proposals=queries.open_proposals())


@deck.post("/cup/proposals/<int:number>/accept")
@doors.moderator
def accept(number: int) -> Any:
    with unit_of_work():
        actions.accept(person_here(), _proposal(number))
    say("It is in the cup.")
    return redirect(url_for("deck.proposals"), 303)


@deck.post("/cup/proposals/<int:number>/decline")
@doors.moderator
def decline(number: int) -> Any:
    form = DeclineForm()
    if not form.validate_on_submit():
        raise Refusal("Say in a sentence why, 300 characters at most; then it is declined.",
                      way_on=("/cup/proposals", "Back"))
    with unit_of_work():
        actions.decline(person_here(), _proposal(number), form.reason.data)
    say("Declined. They get a letter with your reason.")
    return redirect(url_for("deck.proposals"), 303)


def _proposal(number: int) -> Proposal:
    found = queries.proposal_numbered(number)
    if found is None:
        raise NotHere("There is no such proposal.")
    return found
