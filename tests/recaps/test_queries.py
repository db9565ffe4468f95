"""Recaps by code, author and meetup, on both databases, and at a constant cost."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from meetups.foundation.database import db
from meetups.recaps import queries
from tests import cast
from tests.makers import make_meetup
from tests.recaps.written import make_recap

pytestmark = pytest.mark.usefixtures("both_databases", "app")


@contextmanager
def counted():
    """The statements sent meanwhile, BEGIN apart."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_more):
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)


def test_drafts_are_their_authors_only(app):
    sol, ana = cast.sol(), cast.ana()
    draft = make_recap(author=sol, public=False)
    make_recap("* a\n- b", "Up", author=sol)
    assert [recap.id for recap in queries.drafts_of(sol)] == [draft.id]
    assert queries.drafts_of(ana) == []


def test_write_ups_of_one_meetup(app):
    meetup = make_meetup()
    one, two = make_recap(author=cast.sol(), meetup=meetup), make_recap(author=cast.ana(), meetup=meetup)
    make_recap(author=cast.dee(), meetup=meetup, public=False)
    make_recap("* a\n- b", "Elsewhere")
    assert [recap.id for recap in queries.recaps_of(meetup)] == [one.id, two.id]
    assert [recap.id for recap in queries.other_recaps_of(one)] == [two.id]


def big(number: int) -> str:
    return "".join(f"* stick {n}\n" + f"- idea {n} - Mei, Oak\nSong: “S{n}” by B\n" * 3 for n in range(number))


def test_a_recap_costs_the_same_however_long_it_is(app):
    codes = [make_recap(big(number), f"{number}").code for number in (1, 30)]
    costs = []
    for code in codes:
        db.session.rollback()
        with counted() as seen:
            recap = queries.recap_by_code(code)
            assert [resource.title for e in recap.entries for r in e.responses for resource in r.resources]
            assert recap.author.name
        costs.append(len(seen))
    assert costs[0] == costs[1] == 4
