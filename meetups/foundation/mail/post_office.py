"""For moderators: how the post is doing, letters that could not be delivered. For mail services: what came back."""

from __future__ import annotations

import hmac
from typing import Any

from flask import Blueprint, current_app, jsonify, redirect, render_template, request, url_for

from meetups.foundation import doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.diary import write_down
from meetups.foundation.doors import person_here
from meetups.foundation.mail import outbox
from meetups.foundation.mail.bounces import letter_of_first, mark_bounced, tokens_in
from meetups.foundation.mail.health import dead_letters, health, masked
from meetups.foundation.pages import csrf, not_here, say

SHOWN = 100
MOST_AT_ONCE = 1000
post_office = Blueprint("post_office", __name__)


@post_office.get("/moderation/letters")
@doors.moderator
def letters() -> Any:
    return render_template(
        "post_office/letters.html", health=health(), dead=dead_letters(SHOWN), masked=masked,
        zone=person_here().clock_zone or "UTC",
    )


@post_office.post("/moderation/letters/retry")
@doors.moderator
def retry() -> Any:
    """One letter by its number, or all of them."""
    typed = request.form.get("letter", "")
    if typed != "all" and not (typed.isascii() and typed.isdigit() and len(typed) < 18):
        raise not_here()
    with unit_of_work():
        revived = outbox.revive(None if typed == "all" else int(typed))
        write_down("letters tried again", "letters", who=person_here().id, note=f"{typed}: {revived}")
    say(f"{revived} will be tried again now." if revived else "Nothing to try again: the texts are gone after a week.")
    return redirect(url_for("post_office.letters"), 303)


@post_office.post("/letters/bounced")
@csrf.exempt
@doors.everyone
def bounced() -> Any:
    """A mail service tells what came back: JSON, one report or a list, with `Authorization: Bearer BOUNCE_SECRET`.

    A report is `{"message_id": "<...>", "status": "5.1.1"}`; instead of `message_id`, `token` from the return address
    does as well. A status that is not 5.x.x is a delay and changes nothing. Answers how many letters were found.
    """
    secret = current_app.config["MEETUPS"].bounce_secret
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    if not secret or not hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode()):
        raise not_here()
    reports = request.get_json(silent=True)
    reports = reports if isinstance(reports, list) else [reports]
    return jsonify(found=sum(_take(report) for report in reports[:MOST_AT_ONCE]))


def _take(report: Any) -> bool:
    if not isinstance(report, dict):
        return False
    named, status = report.get("message_id") or report.get("token"), str(report.get("status") or "5.0.0")
    letter = letter_of_first(tokens_in(f"{str(named)[:500]}@"))
    if letter is not None and status.startswith("5"):
        mark_bounced(letter, status[:12])
    return letter is not None
