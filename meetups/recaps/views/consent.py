"""The page behind the link in a letter: may your name stand here?"""

from __future__ import annotations

from typing import Any

from flask import make_response, redirect, render_template, request, url_for

from meetups.foundation import doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.pages import say
from meetups.foundation.refusals import LinkSpent
from meetups.foundation.tokens import number_in
from meetups.recaps import actions, queries
from meetups.recaps.forms import ConsentForm
from meetups.recaps.letters import is_consent_token
from meetups.recaps.models import Consent, Response
from meetups.recaps.views.finding import recaps


@recaps.route("/consent/<token>", methods=["GET", "POST"])
@doors.link_holder
def consent(token: str) -> Any:
    idea = _idea(token)
    form = ConsentForm(data={"name": idea.credit.name, "library": idea.credit.library})
    deed = request.form.get("do", "")
    if request.method == "POST" and (deed in ("no", "everywhere") or (deed == "yes" and form.validate())):
        with unit_of_work():
            if deed == "everywhere":
                actions.withdraw_everywhere(idea)
                say("Your name is gone, here and everywhere. The ideas read “the group.”")
            elif deed == "yes":
                actions.give_consent(idea, form.name.data, form.library.data)
                say("Thank you. Your name stands beside the idea from now on.")
            elif idea.credit.consent is Consent.GIVEN:
                actions.withdraw_consent(idea)
                say("Your name is gone, here and everywhere. The idea reads “the group.”")
            else:
                actions.refuse_consent(idea)
                say("Noted. The idea reads “the group”, and your name is deleted.")
        return redirect(url_for("recaps.consent", token=token), 303)
    answer = make_response(render_template(
        "recaps/consent.html", idea=idea, recap=idea.entry.recap, form=form, others=len(queries.named_beside(idea))
    ))
    answer.headers["Cache-Control"] = "no-store"
    return answer, 400 if form.errors else 200


def _idea(token: str) -> Response:
    number = number_in(token)
    idea = queries.response_by_number(number) if number is not None else None
    if idea is None or not is_consent_token(token, idea):
        raise LinkSpent(
            "This link does not work any more: the idea or the name was changed or taken out since, or the link was "
            "cut short by the mail program. Nothing was changed, and no name is shown without a yes."
        )
    return idea
