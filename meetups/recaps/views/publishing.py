"""Putting a recap up, taking it down, throwing a draft away."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for

from meetups.foundation import doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.pages import say
from meetups.foundation.refusals import Refusal
from meetups.recaps import actions
from meetups.recaps.views.editor import edit_page, to_edit
from meetups.recaps.views.finding import find_own, recaps


@recaps.post("/recaps/<code>/publish")
@doors.member
def publish(code: str) -> Any:
    recap = find_own(code)
    try:
        with unit_of_work():
            actions.publish(recap, group_credit_for_the_rest=request.form.get("do") == "group")
    except Refusal as refusal:
        return edit_page(recap, refusal=refusal)
    say("It is up. Everybody can read and find it now.")
    return redirect(url_for("recaps.show", code=code), 303)


@recaps.post("/recaps/<code>/withdraw")
@doors.member
def withdraw(code: str) -> Any:
    recap = find_own(code)
    with unit_of_work():
        actions.withdraw(recap)
    say("Taken down. Nobody can read or find it; you still can, and can put it up again.")
    return to_edit(recap, "publish")


@recaps.post("/recaps/<code>/throw-away")
@doors.member
def throw_away(code: str) -> Any:
    recap = find_own(code)
    with unit_of_work():
        actions.throw_away(recap)
    say("The draft is gone.")
    return redirect(url_for("library.recaps"), 303)
