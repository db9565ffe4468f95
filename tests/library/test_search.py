"""Ideas by words and facets: the same answers on both databases, and true the moment something is taken out."""

from datetime import date

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from meetups.foundation.database import db, unit_of_work
from meetups.library.actions import index, reindex
from meetups.library.models import FacetBits, Idea, Mention, StickTally
from meetups.library.queries import Search, ideas_found
from meetups.library.spelling import index_words, is_wanted, singular, wanted_words
from meetups.library.terms import Facet
from meetups.recaps import actions as recaps
from meetups.recaps.models import Consent
from tests import cast
from tests.library.conftest import entry, idea, make_recap
from tests.makers import make_meetup


def found(words="", page=1, **chosen):
    facets = {Facet(name.rstrip("_")): (values,) if isinstance(values, str) else values
              for name, values in chosen.items()}
    return ideas_found(Search(words, facets), page)


def texts(words="", **chosen):
    return [each.text for each in found(words, **chosen).ideas]


@pytest.fixture
def shelf(both_databases, app):
    """Five ideas in two recaps."""
    make_recap(
        "Spring", entry(
            "End with all the scarves back in your hand", idea("Popcorn: the pot is your lap"),
            idea("The bin is hungry", things=[("song", "Hungry, hungry bin", "")]),
            category="transitions", ages=["toddler"]),
        entry("Nobody sings", idea("Sing off key yourself, they will join", tip="Songs slow words down"),
              category="songs_and_rhymes", ages=["baby", "toddler"]),
    )
    make_recap(
        "Guerilla night", entry("A café full of mice", idea("Whisper to the mouse"), idea("A scarf is a tunnel")),
        held_on=date(2025, 5, 1), place_label="The Lantern, Tacoma, WA",
    )


@pytest.mark.parametrize(("words", "answer"), [
    ("scarf", ["A scarf is a tunnel", "The bin is hungry", "Popcorn: the pot is your lap"]),
    ("scarves", ["A scarf is a tunnel", "The bin is hungry", "Popcorn: the pot is your lap"]),
    ("SCAR", ["A scarf is a tunnel", "The bin is hungry", "Popcorn: the pot is your lap"]),
    ("mice", ["A scarf is a tunnel", "Whisper to the mouse"]),
    ("cafe", ["A scarf is a tunnel", "Whisper to the mouse"]),
    ("Café mouse", ["A scarf is a tunnel", "Whisper to the mouse"]),
    ("song", ["Sing off key yourself, they will join"]),
    ("the hungry bins", ["The bin is hungry"]),
    ("hungry lap", []),
    ("zebra", []),
])  # fmt: skip
def test_words_find_plurals_accents_and_beginnings(shelf, words, answer):
    assert texts(words) == answer


def test_both_spellings_of_guerrilla(both_databases, app):
    make_recap("R", entry("Guerilla marketing", idea("one")), entry("Guerrilla storytime", idea("two")))
    assert texts("guerilla") == texts("guerrilla") == ["two", "one"]


def test_the_very_word_comes_before_words_that_begin_like_it(both_databases, app):
    make_recap("R", entry("P", idea("Read to a cat"), idea("Catch them early"), idea("Categories of rain")))
    assert texts("cat") == ["Read to a cat", "Categories of rain", "Catch them early"]


def test_facets_narrow_down_and_count_what_every_other_choice_would_give(shelf):
    assert texts(about="transitions") == ["The bin is hungry", "Popcorn: the pot is your lap"]
    assert texts(age="baby") == ["Sing off key yourself, they will join"]
    assert texts(age=("baby", "toddler"), with_="song") == ["The bin is hungry"]
    assert texts(with_="tip") == ["Sing off key yourself, they will join"]
    assert texts(year="2025") == texts(where="US-Washington") == ["A scarf is a tunnel", "Whisper to the mouse"]
    assert texts("scarf", about="transitions", age="toddler", year="2026", with_="song") == ["The bin is hungry"]
    counts = found("scarf", about="transitions").counts
    assert counts[Facet.ABOUT] == {"transitions": 2, "songs_and_rhymes": 0}
    assert counts[Facet.AGE] == {"toddler": 2, "baby": 0}
    assert counts[Facet.YEAR] == {"2026": 2, "2025": 0}
    assert found().total == found().library == 5


def test_counts_are_those_of_counting_one_by_one(shelf):
    chosen = {"age": "toddler", "year": "2026"}
    for words in ("", "scarf", "bin", "sing"):
        for around in ({}, {"about": "transitions"}, chosen, {**chosen, "about": "transitions"}):
            for facet, values in found(words, **around).counts.items():
                for value, count in values.items():
                    assert found(words, **{**around, facet.value: value}).total == count, (words, around, value)


def test_pages_hold_every_idea_once(app):
    make_recap("R", *(entry(f"Prompt {n}", *(idea(f"cat {n} {m}") for m in range(9))) for n in range(5)))
    make_recap("S", entry("P", *(idea(f"catalog {n}") for n in range(20))))
    pages = [[each.text for each in found("cat", page).ideas] for page in (1, 2, 3, 4, 5)]
    assert [len(page) for page in pages] == [20, 20, 20, 5, 0]
    assert len({text for page in pages for text in page}) == 65
    assert all(text.startswith("cat ") for text in [*pages[0], *pages[1], *pages[2][:5]])


HOSTILE = ["AND OR NEAR", '"', "'", "*", "a*", "NEAR(a b)", "words:bin", "{words}: bin", "^bin", "- bin", "bin\x00",
           "\\", "%_", "' OR 1=1 --", "!|&", ":*", "x" * 10_000, "bin " * 3000, "ﬀ ǆ ß İ", "🐻", "\ud800", "٣", "²"]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_words(shelf, words):
    assert found(words).total >= 0


@given(st.text(max_size=40))
@example("𝘼𝘽 Ⓢtorytime")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_written_is_found_by_its_own_words(app, text):
    words = index_words([text])
    assert words == index_words([words])
    for each in wanted_words(text):
        assert set(each) <= set(words.split())


def test_plurals():
    pairs = {"scarves": "scarf", "stories": "story", "glasses": "glass", "boxes": "box", "shoes": "shoe", "bus": "bus",
             "buses": "bus", "houses": "house", "children": "child", "class": "class", "its": "its", "ties": "tie",
             "rhymes": "rhyme", "cookies": "cookie"}  # fmt: skip
    assert {word: singular(word) for word in pairs} == pairs
    assert is_wanted("Scarves", wanted_words("scarf"))
    assert is_wanted("scarf", wanted_words("scarves"))
    assert not is_wanted("scary", wanted_words("scarf"))


# what is taken out is out


def test_a_name_is_found_only_while_its_bearer_agrees(both_databases, app):
    recap = make_recap("R", entry("P", idea("Popcorn", name="Zyxholm", consent=Consent.PENDING)))
    said = recap.entries[0].responses[0]
    assert texts("zyxholm") == []
    with unit_of_work():
        recaps.give_consent(said, "Zyxholm", "Alder Creek")
    assert texts("zyxholm") == texts("alder") == ["Popcorn"]
    with unit_of_work():
        recaps.withdraw_consent(said)
    assert texts("zyxholm") == texts("alder") == []
    assert texts("popcorn") == ["Popcorn"]


def test_a_recap_that_is_taken_down_is_gone_from_words_counts_and_things(both_databases, app, sticks):
    recap = make_recap("R", entry("P", idea("Popcorn", things=[("song", "Pop", "")]), stick=sticks["c01"],
                                  category="mishaps"))
    other = make_recap("S", entry("P", idea("Corn"), stick=sticks["c01"]))
    assert db.session.get(StickTally, sticks["c01"].id).gatherings == 2
    with unit_of_work():
        recaps.withdraw(recap)
    db.session.expire_all()
    assert texts("pop") == []
    assert found().counts[Facet.ABOUT] == {sticks["c01"].category.value: 1}
    assert db.session.scalars(sa.select(Mention)).all() == []
    assert [each.recap_id for each in db.session.scalars(sa.select(Idea))] == [other.id]
    tally = db.session.get(StickTally, sticks["c01"].id)
    assert (tally.gatherings, tally.ideas) == (1, 1)
    with unit_of_work():
        recaps.publish(recap)
    assert texts("pop") == ["Popcorn"]


def test_an_idea_that_is_taken_out_of_a_published_recap(both_databases, app):
    recap = make_recap("R", entry("P", idea("Popcorn")), entry("Q", idea("Tunnel")))
    with unit_of_work():
        recaps.remove_entry(recap, recap.entries[0].id)
    assert texts() == ["Tunnel"]
    assert texts("popcorn") == []


def everything():
    """The index, row by row, without the numbers of mentions."""
    rows = {model: sorted(map(repr, db.session.execute(sa.select(*(
        column for column in model.__table__.columns if (model, column.name) != (Mention, "id")
    ))).all())) for model in (Idea, FacetBits, Mention, StickTally)}
    return rows | {"words": [texts(word) for word in ("pop", "tunnel", "ana", "sing", "song", "café")]}


def test_made_anew_the_index_is_what_it_was(both_databases, app, sticks):
    first = make_recap("R", entry("P", idea("Pop", things=[("book", "Hush", "Ana")]), stick=sticks["c02"]),
                       entry("Q", idea("Tunnel", name="Ana"), category="mishaps"))
    make_recap("S", entry("Café", idea("Sing a song")), place_label="Omaha, Nebraska")
    with unit_of_work():
        recaps.remove_entry(first, first.entries[0].id)
    before = everything()
    with unit_of_work():
        assert reindex() == 2
    assert everything() == before
    with unit_of_work():
        index(first)
    assert everything() == before


def test_the_place_of_a_home_is_its_region_and_online_is_online(app):
    meetup = make_meetup("Swap", host=cast.marisol())
    make_recap("R", entry("P", idea("Popcorn")), meetup=meetup)
    assert list(found().counts[Facet.WHERE]) == [f"US-{meetup.place.region}".rstrip("-")]
