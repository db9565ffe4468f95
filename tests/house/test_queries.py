"""Pages with one row and with thirty cost the same number of queries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from meetups.deck import actions as deck
from meetups.foundation.database import add, db, flush, unit_of_work
from meetups.library.actions import index
from meetups.recaps.models import Recap, RecapEntry, RecapStatus, Response
from tests.makers import make_meetup, make_person, make_rsvp


@contextmanager
def counted() -> Iterator[list[str]]:
    """The SELECTs sent while inside."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        if statement.lstrip().upper().startswith("SELECT"):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def fill(host, rows: int):
    """A meetup with so many of everything."""
    with unit_of_work():
        deck.fill_the_cup()
    meetups = [make_meetup(f"Swap {n}", host=host) for n in range(rows)]
    for n in range(rows):
        make_rsvp(meetups[0], make_person(f"Guest {n}"))
    with unit_of_work():
        for n in range(rows):
            recap = add(Recap(code=f"recap{n}", title=f"Recap {n}", meetup=meetups[0], author=host,
                              status=RecapStatus.PUBLISHED, created_at=meetups[0].created_at,
                              updated_at=meetups[0].created_at, published_at=meetups[0].created_at))
            for _ in range(rows):
                ideas = [Response(text="Hungry bin"), Response(text="Sleep")]
                recap.entries.append(RecapEntry(prompt="Shakers", responses=ideas))
            flush()
            recap.settle()
            index(recap)
    return meetups[0]


PAGES = [
    "/", "/near", "/near?area=Tacoma", "/meetups/{code}", "/recaps", "/ideas", "/ideas?q=shakers", "/recaps/recap0",
    "/mine", "/meetups/{code}/guests", "/cup/sticks",
]


def queries_of(pages: list[str], browser, meetup) -> dict[str, int]:
    taken = {}
    for page in pages:
        db.session.expire_all()
        with counted() as sent:
            assert browser.get(page.format(code=meetup.code)).status_code == 200
        taken[page] = len(sent)
    return taken


def test_the_number_of_queries_does_not_grow(app, signed_in):
    host = make_person("Marisol")
    browser = signed_in(host)
    with_one = queries_of(PAGES, browser, fill(host, 1))
    assert queries_of(PAGES, browser, _more(host)) == with_one
    assert [page for page, number in with_one.items() if number > 12] == []


def _more(host):
    with unit_of_work():
        for recap in db.session.scalars(db.select(Recap)):
            recap.code = f"old-{recap.id}"
    return fill(host, 30)
