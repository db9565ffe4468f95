"""The scribe's page, as plain HTML; notes.js makes it work without signal."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, render_template, request, url_for

from meetups.deck.models import Deck
from meetups.deck.queries import decks_of, public_decks, the_cup
from meetups.deck.terms import AgeGroup
from meetups.foundation import clock, doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.markup import clean
from meetups.foundation.pages import say, without_cookies
from meetups.foundation.refusals import Refusal
from meetups.notes import actions, entries, queries
from meetups.notes.models import Session
from meetups.notes.notation import LONGEST_TEXT, new_id, read
from meetups.notes.permissions import leads, may_draw_from, may_start
from meetups.notes.views.finding import ROOM, find_led, find_meetup, find_noted, link_key, notes, shown
from meetups.planning.models import Meetup
from meetups.recaps.permissions import may_edit
from meetups.recaps.terms import Origin, Outcome

SAID = (Outcome.ANSWERED, Outcome.PARTLY, Outcome.UNANSWERED)
ASKED = (Origin.AUDIENCE, Origin.FACILITATOR)


@notes.get("/meetups/<code>/notes")
@doors.link_holder
def scribe(code: str) -> Any:
    """The page to note on; for the host the page to start from, until the notes are started."""
    meetup, person = find_meetup(code), person_here()
    if queries.session_of(meetup) is None and leads(person, meetup):
        open = may_start(person, meetup, clock.now())
        return render_template("notes/start.html", meetup=meetup, open=open, decks=_decks(meetup), ages=AgeGroup)
    return _page(find_noted(code))


def _decks(meetup: Meetup) -> list[Deck]:
    """What the host may draw from: the cup, their own decks, and those open to everybody."""
    cup = the_cup()
    every = [*([cup] if cup else []), *decks_of(person_here()), *public_decks()]
    return [deck for deck in dict.fromkeys(every) if may_draw_from(meetup, deck)]


@notes.get("/notes/offline")
@doors.everyone
def offline() -> Any:
    """The page without anything on it: what the service worker shows when the network does not answer."""
    without_cookies()
    page = render_template(
        "notes/scribe.html", bare=True, meetup=None, board=entries.board(None, ()), entry=None,
        outcomes=SAID, origins=ASKED,
    )
    return Response(page, headers={"Cache-Control": "no-cache"})


def _page(session: Session, typed: str = "", trouble: str = "") -> Any:
    board = shown(session)
    wanted = request.args.get("entry", "")
    refs = [entry["ref"] for entry in board["entries"]]
    chosen = wanted if wanted in refs else board["now"]
    out = {code for each in board["entries"] for code in each["sticks"]}
    page = render_template(
        "notes/scribe.html", meetup=session.meetup, session=session, board=board, new_id=new_id,
        entry=next((each for each in board["entries"] if each["ref"] == chosen), None), typed=typed, trouble=trouble,
        last=entries.last_ideas(board), key=request.args.get("key"), room_key=link_key(ROOM, session),
        left=sum(1 for stick in actions.sticks(session) if stick.code not in out),
        taken_back=actions.is_taken_back(session),
        leads=leads(person_here(), session.meetup),
        may_edit=session.recap is not None and may_edit(person_here(), session.recap),
        outcomes=SAID, origins=ASKED,
    )
    return page, 400 if trouble else 200


@notes.post("/meetups/<code>/notes/start")
@doors.member
def start(code: str) -> Any:
    meetup = find_led(code)
    deck = next((each for each in _decks(meetup) if each.code == request.form.get("deck")), None)
    typed = request.form.get("age", "")
    age = AgeGroup(typed) if typed in {each.value for each in AgeGroup} else None
    with unit_of_work():
        actions.start(person_here(), meetup, deck, age)
    return redirect(url_for("notes.scribe", code=code), 303)


@notes.post("/meetups/<code>/notes")
@doors.link_holder
def note(code: str) -> Any:
    """One press of a button where there is no script; its id was made with the page, so two presses are one deed."""
    session = find_noted(code)
    deed, _, about = request.form.get("do", "").partition(":")
    id, target = request.form.get("id", ""), request.form.get("target", "")
    if deed in ("outcome", "undo"):
        id = request.form.get(f"id:{about}", id)
    sent = {
        "id": id, "kind": deed, "target": about if deed == "undo" else target, "text": request.form.get("text", ""),
        "origin": request.form.get("origin", ""), "outcome": about if deed == "outcome" else "",
    }
    wishes, unread = read([sent | {"kind": "draw" if deed == "skip" else deed}])
    if not wishes:
        why = unread[0].why if unread else "That could not be read. Press again."
        return _page(session, typed=clean(request.form.get("text", ""))[:LONGEST_TEXT], trouble=why)
    with unit_of_work():
        taken = _do(session, deed, wishes[0])
    for refused in taken.refused:
        say(refused.why)
    stays = target if deed in ("idea", "outcome") else None
    return redirect(url_for("notes.scribe", code=code, key=request.args.get("key"), entry=stays, _anchor="now"), 303)


def _do(session: Session, deed: str, wish: Any) -> actions.Taken:
    if deed == "draw":
        return actions.draw(session, wish.id)
    if deed == "skip":
        return actions.skip(session, wish.id, wish.target)
    if deed in ("pass", "idea", "ask", "outcome", "undo"):
        return actions.take(session, [wish])
    raise Refusal("That button is not known here.")
