"""The cup: draw on a phone, without script and without an account. Where you are stands in the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, jsonify, redirect, render_template, request, url_for

from meetups.deck import actions, entries, queries
from meetups.deck.models import Deck
from meetups.deck.terms import AgeGroup, Category, Sharing
from meetups.deck.views.blueprint import deck
from meetups.deck.views.finding import age_asked, category_asked, deck_asked, find_deck
from meetups.foundation import doors
from meetups.foundation.pages import without_cookies

MOST_DRAWN = 400
LONGEST_LIST = 3600  # servers take request lines of about 4,000 characters


@dataclass(frozen=True)
class Round:
    """One round of drawing as its address says it: which sticks are out and skipped, oldest first, and for whom."""

    deck: Deck | None
    out: tuple[str, ...]
    skipped: tuple[str, ...]
    age: AgeGroup | None
    category: Category | None

    def arguments(self, **changed: Any) -> dict[str, Any]:
        """For `url_for`: this round with something changed; what is empty is left out."""
        said: dict[str, Any] = {name: getattr(self, name) for name in ("deck", "out", "skipped", "age", "category")}
        more = {name: value for name, value in changed.items() if name not in said}
        said |= changed
        return more | {
            "deck": None if said["deck"] is None or said["deck"].is_cup else said["deck"].code,
            "out": "-".join(said["out"]) or None,
            "skipped": "-".join(said["skipped"]) or None,
            "age": said["age"].value if said["age"] else None,
            "category": said["category"].value if said["category"] else None,
        }


def _codes(name: str, most: int = LONGEST_LIST) -> tuple[str, ...]:
    """Codes of sticks, oldest first, each once."""
    typed = request.args.get(name, "")[:most].split("-")
    return tuple(dict.fromkeys(code for code in typed if code.isalnum() and len(code) <= 16))[:MOST_DRAWN]


def _round() -> Round:
    out = _codes("out")
    skipped = tuple(code for code in _codes("skipped") if code not in out)
    return Round(deck_asked(), out, skipped, age_asked(), category_asked())


@deck.get("/cup")
@doors.everyone
def cup() -> Any:
    return _page(_round())


def _page(now: Round, **more: Any) -> str:
    sticks = queries.sticks_of(now.deck)
    by_code = {each.code: each.challenge for each in sticks}
    return render_template(
        "deck/cup.html", now=now, deck=now.deck, out=[by_code[code] for code in now.out if code in by_code],
        left=len(queries.sticks_in(sticks, now.out, now.skipped, now.age, now.category)),
        passed=request.args.get("passed") == "1", ages=AgeGroup, categories=Category, **more,
    )


@deck.get("/cup/offline")
@doors.everyone
def offline() -> Any:
    """The full cup, the same for everybody: what the service worker shows when the network does not answer."""
    without_cookies()
    page = _page(Round(queries.the_cup(), (), (), None, None), bare=True, noindex=True)
    return Response(page, headers={"Cache-Control": "no-cache"})


@deck.get("/cup/decks/<code>.json")
@doors.everyone
def sticks_as_data(code: str) -> Any:
    """A deck for static/js/cup.js. What is private is not to be kept on a disk; the rest is the same for everybody."""
    found = find_deck(code)
    answer = jsonify(entries.for_drawing(found, queries.sticks_of(found)))
    if found.sharing is not Sharing.PRIVATE and found.hidden_at is None:
        without_cookies()
        answer.headers["Cache-Control"] = "no-cache"
    answer.add_etag()
    return answer.make_conditional(request)


@deck.get("/cup/draw")
@doors.everyone
def draw() -> Any:
    """Pick a stick and go to the address that shows it. `skip=1` lays the last one aside first, for this round."""
    now = _round()
    out, skipped = now.out, now.skipped
    if request.args.get("skip") and out:
        out, skipped = out[:-1], (*skipped, out[-1])
    stick = actions.draw(queries.sticks_of(now.deck), out, skipped, now.age, now.category)
    return redirect(url_for("deck.cup", **now.arguments(out=(*out, stick.code), skipped=skipped)), 303)
