"""A page for each stick, song, book and prop: everything under one title, and how often it came up."""

from meetups.foundation.database import db, unit_of_work
from meetups.library.entries.finding import isbn_of
from meetups.people import actions as people
from meetups.recaps import actions as recaps
from meetups.recaps.models import Resource
from meetups.recaps.terms import Outcome, ResourceType
from tests import cast
from tests.library.conftest import entry, idea, make_recap


def test_a_stick_tells_where_it_was_asked_and_every_idea(client, sticks):
    stick = sticks["c01"]
    make_recap("Tacoma", entry("P", idea("Popcorn"), idea("Tunnel"), stick=stick))
    make_recap("Worcester", entry("P", stick=stick, outcome=Outcome.UNANSWERED))
    gone = make_recap("Gone", entry("P", idea("Zebra"), stick=stick))
    make_recap("Laid back", entry("P", stick=stick, outcome=Outcome.SKIPPED))
    with unit_of_work():
        recaps.withdraw(gone)
    page = client.text(client.get("/cup/sticks/c01"))
    assert "Asked at 2 gatherings, 2 ideas" in page
    assert "Popcorn" in page
    assert "Zebra" not in page
    assert "asked at 2 gatherings, 2 ideas" in client.text(client.get("/cup/sticks"))
    assert "Nobody has drawn it yet" in client.text(client.get("/cup/sticks/c02"))


def test_the_same_title_is_the_same_thing_however_it_is_written(client, app):
    make_recap("Tacoma", entry("P", idea("One", things=[("song", "The Itsy-Bitsy Spider", "")])))
    make_recap("Omaha", entry("P", idea("Two", things=[("fingerplay", "Itsy bitsy spider", "traditional")])))
    answer = client.get("/ideas/songs/itsy-bitsy-spider")
    page = client.text(answer)
    assert "Shared at 2 gatherings" in page
    assert "One" in page
    assert "Two" in page
    assert "shared at 2 gatherings" in client.text(client.get("/ideas/songs"))
    assert client.get("/ideas/books/itsy-bitsy-spider").status_code == 404


def test_a_book_is_known_by_its_number(client, app):
    make_recap("R", entry("P", idea("One", things=[("book", "Hush! A Thai Lullaby (ISBN 978-0-531-07166-3)", "")]),
                          idea("Two", things=[("book", "Hush", "0531071669")])))  # fmt: skip
    found = client.get("/ideas/books/9780531071663")
    assert found.status_code == 301
    page = client.text(client.get(found.headers["Location"]))
    assert "One" in page
    assert "Two" in page
    assert "ISBN 9780531071663" in page


def test_numbers_with_a_wrong_check_digit_are_not_isbns():
    def of(title):
        return isbn_of(Resource(type=ResourceType.BOOK, title=title, creator="", url=""))

    assert of("0-531-07166-9") == of("9780531071663") == "9780531071663"
    assert of("080442957X") == "9780804429573"
    assert of("9780531071664") == of("1234567890") == of("12") == ""


def test_what_is_not_there_and_what_nobody_would_type(client, app):
    for path in ("songs/zebra", "books/9780000000000", "props/%00", "songs/" + "x" * 5000, "songs/%F0%9F%90%BB",
                 "toys"):  # fmt: skip
        assert client.get(f"/ideas/{path}").status_code == 404
    for shelf in ("songs", "books", "props"):
        assert "Nothing on this shelf yet" in client.text(client.get(f"/ideas/{shelf}?page=99999"))


def test_a_recap_leads_to_the_page_of_each_thing(client, app):
    recap = make_recap("R", entry("P", idea("One", things=[("song", "Hungry bin", ""), ("video", "A film", "")])))
    html = client.get(f"/recaps/{recap.code}").get_data(as_text=True)
    assert 'href="/ideas/songs/hungry-bin"' in html
    assert "/ideas/videos" not in html


def test_a_copied_stick_is_counted_with_what_it_was_copied_from(client, sticks):
    original = sticks["c01"]
    copy = type(original)(text=original.text, category=original.category, kind=original.kind, source_id=original.id,
                          code="copied01")  # fmt: skip
    with unit_of_work():
        db.session.add(copy)
    make_recap("R", entry("P", idea("One"), stick=copy))
    make_recap("S", entry("P", idea("Two"), stick=original))
    assert "Asked at 2 gatherings, 2 ideas" in client.text(client.get("/cup/sticks/c01"))


def test_shelves_and_sticks_count_nothing_by_somebody_the_reader_does_not_see(both_databases, app, sticks, signed_in):
    sol, ana = cast.sol(), cast.ana()
    bunny, numbered = ("song", "Sleeping Bunnies", ""), ("book", "Hush", "0531071669")
    make_recap("Sol", entry("P", idea("One", things=[bunny, numbered, ("song", "Icky", "")]), stick=sticks["c01"]),
               author=sol)  # fmt: skip
    make_recap("Nobody", entry("P", idea("Two", things=[bunny]), idea("Three"), stick=sticks["c01"]))
    browser, other = signed_in(ana), signed_in(cast.ken())
    with unit_of_work():
        people.block(sol, ana)
    songs, seen = browser.text(browser.get("/ideas/songs")), other.text(other.get("/ideas/songs"))
    assert ("1 from A to Z" in songs, "Icky" in songs, "shared at 1 gathering" in songs) == (True, False, True)
    assert ("2 from A to Z" in seen, "Icky" in seen, "shared at 2 gatherings" in seen) == (True, True, True)
    assert [each.get("/ideas/books/9780531071663").status_code for each in (browser, other)] == [404, 301]
    assert "Asked at 1 gathering, 2 ideas" in browser.text(browser.get("/cup/sticks/c01"))
    assert "asked at 1 gathering, 2 ideas" in browser.text(browser.get("/cup/sticks"))
    assert "asked at 2 gatherings, 3 ideas" in other.text(other.get("/cup/sticks"))
