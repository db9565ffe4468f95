"""Finding recaps by words, on both databases, and at a constant cost."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa

from meetups.foundation import clock
from meetups.foundation.database import db, unit_of_work
from meetups.recaps import queries
from meetups.recaps.models import RecapStatus
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


def titles(words: str = "", page: int = 1) -> list[str]:
    return [row.recap.title for row in queries.recaps_found(words, page).rows]


@pytest.fixture
def three(frozen):
    made = []
    for title, notes in (
        ("First", "* Scarves back?\n- Popcorn in the pot."),
        ("Second", "q: Crème brûlée?\n- Guerilla cooks say no."),
        ("Third", "* Shakers?\n- Feed the bin.\n* Light switch?\n- Tape over it."),
    ):
        made.append(make_recap(notes, title, place_label="Fox Hollow"))
        frozen.pass_time(timedelta(hours=1))
    return made


def test_newest_first(three):
    assert titles() == ["Third", "Second", "First"]


@pytest.mark.parametrize(
    "words, found",
    [
        ("scarves", ["First"]), ("SCARV", ["First"]), ("popcorn pot", ["First"]), ("creme brulee", ["Second"]),
        ("guerrilla", ["Second"]), ("fox", ["Third", "Second", "First"]), ("popcorn bin", []), ("opcorn", []),
        ("%", ["Third", "Second", "First"]), ("a_b%", []), ("tape shakers", ["Third"]), ("third", ["Third"]),
    ],
)
def test_words_are_found_as_prefixes_without_accents(three, words, found):
    assert titles(words) == found


def test_the_piece_that_has_the_words_is_shown(three):
    row = queries.recaps_found("tape").rows[0]
    assert (row.prompt, row.idea) == ("Light switch?", "Tape over it.")
    row = queries.recaps_found("light").rows[0]
    assert (row.prompt, row.idea) == ("Light switch?", "")
    row = queries.recaps_found("").rows[0]
    assert (row.prompt, row.idea) == ("Shakers?", "")


def test_skipped_sticks_are_not_found(app):
    make_recap("* ducks - skipped\n* eggs\n- yes", "One")
    assert titles("ducks") == []
    assert queries.recaps_found("eggs").rows[0].prompt == "eggs"


def test_only_what_is_public_is_found(three):
    first, second, _ = three
    with unit_of_work():
        first.status = RecapStatus.DRAFT
        second.hidden_at = clock.now()
    assert titles() == ["Third"]
    assert queries.counts() == (2, 1)


def test_pages(app):
    for number in range(21):
        make_recap("* a\n- b", f"Recap {number}")
    assert [len(titles(page=page)) for page in (1, 2, 3)] == [20, 1, 0]
    assert queries.recaps_found("").total == 21


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


def test_the_list_costs_the_same_however_much_it_finds(app):
    costs = []
    for number in (1, 19):
        for each in range(number):
            make_recap(big(3), f"{number} {each}")
        for words in ("", "idea 2"):
            db.session.rollback()
            with counted() as seen:
                rows = queries.recaps_found(words).rows
            assert len(rows) == (1 if number == 1 else 20)
            costs.append(len(seen))
    assert set(costs) == {3}
