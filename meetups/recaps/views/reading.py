"""One recap, as a page and as plain text."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for

from meetups.foundation import clock, doors
from meetups.foundation.doors import person_here
from meetups.people.queries import blocked_either_way
from meetups.recaps import actions, entries, permissions, queries
from meetups.recaps.models import Recap
from meetups.recaps.terms import AdditionKind
from meetups.recaps.views.finding import find_own, find_readable, recaps


@recaps.get("/recaps/<code>")
@doors.everyone
def show(code: str) -> Any:
    recap = find_readable(code)
    if not recap.is_public:
        return redirect(url_for("recaps.preview", code=code), 303)
    answer = make_response(_page(recap, preview=False))
    answer.add_etag(weak=True)
    return answer.make_conditional(request)


@recaps.get("/recaps/<code>/preview")
@doors.member
def preview(code: str) -> Any:
    return _page(find_own(code), preview=True)


def _page(recap: Recap, *, preview: bool) -> str:
    person = person_here()
    unseen = blocked_either_way(person)
    beside = queries.shown_beside(recap, unseen)
    return render_template(
        "recaps/show.html", tell=entries, recap=recap, preview=preview,
        others=queries.other_recaps_of(recap, unseen), comments=beside[AdditionKind.COMMENT],
        writeups=beside[AdditionKind.WRITEUP], at=clock.now(), open_for=actions.OPEN_FOR,
        may_edit=permissions.may_edit(person, recap), photos=queries.shown_photos_of(recap),
        meetup=recap.meetup if recap.meetup and recap.meetup.is_public else None,
    )


@recaps.get("/recaps/<code>.txt")
@doors.everyone
def text(code: str) -> Response:
    return Response(entries.public_text(find_readable(code)), mimetype="text/plain")
