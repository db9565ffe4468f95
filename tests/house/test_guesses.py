"""Whoever knows every code and guesses every address reads nothing that is not theirs.

Other than the crawl (test_leaks), this follows no links: each page is asked for with the code of each thing there is,
by a stranger and by a member who has nothing to do with any of it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.routing import IntegerConverter, Rule

from meetups.attendance.letters import arrival_address, seat_token
from meetups.attendance.models import Rsvp
from meetups.attendance.views.feeds import FEED_PURPOSE
from meetups.deck import actions as deck
from meetups.deck.models import PUBLIC_DECK, Challenge, Deck, Stick
from meetups.deck.terms import Category, Kind, Sharing
from meetups.foundation import clock
from meetups.foundation.database import add, db, unit_of_work
from meetups.foundation.storage import store
from meetups.foundation.tokens import keyed
from meetups.library.actions import index
from meetups.library.models import TriedIdea
from meetups.notes.models import Session
from meetups.notes.views.finding import ROOM, SCRIBES
from meetups.people.actions import block
from meetups.people.models import Person
from meetups.places.models import Place, PlaceKind
from meetups.planning.models import HostEvent, Meetup, Status
from meetups.recaps.models import Photo, Recap, RecapEntry, RecapStatus, Response
from tests import cast
from tests.house.test_leaks import SECRETS, _recap, planted  # noqa: F401 the world, with more planted below
from tests.makers import make_meetup, make_person, make_place

# what whoever knows the address may read, and what members may read of one another
OPEN_TO_MEMBERS = {"a member’s name"}
FAMILIES = {"meetups": Meetup, "m": Meetup, "places": Place, "recaps": Recap, "photos": Photo, "conferences": HostEvent,
            "people": Person, "near": Person, "ideas": TriedIdea}  # fmt: skip
SHELF = {"library.things": {"shelf": "songs"}, "library.thing": {"shelf": "songs"}}
SEARCHED = ("Zqdraft", "Zqhidden", "Zqcellar", "Zqgone", "Zqunsaid", "Zqrecalled", "Zqtheirs", "Zqsaid", "Zqhome")
MORE = {
    "the place of a hidden meetup": "Zqcellar",
    "a conference of drafts": "Zqconference",
    "a deck that moderators hid": "Zqrudedeck",
    "a stick of it": "Zqrudestick",
    "a recap that moderators hid": "Zqgone",
    "an idea of it": "Zqunsaid",
    "a withdrawn recap": "Zqrecalled",
    "a file of a photo": "ZQJPEG",
}
BLOCKER = {"who blocks the reader": "Zqblocker", "their meetup": "Zqtheirs", "their deck": "Zqowndeck",
           "their recap": "Zqsaid"}  # fmt: skip


@pytest.fixture
def world(planted) -> dict[str, str]:  # noqa: F811 the fixture
    host, hidden = make_person("Priya"), db.session.scalars(sa.select(Meetup).where(Meetup.title == "Zqhidden")).one()
    with unit_of_work():
        hidden.place = add(Place(words="Zqcellar, Tacoma", kind=PlaceKind.PUB, added_at=clock.now()))
        event = add(HostEvent(name="Zqconference", name_folded="zqconference"))
    make_meetup("Zqdraft too", host=host, status=Status.DRAFT, host_event=event, place=make_place("Zqcellar two"))
    with unit_of_work():
        rude = deck.begin_deck(host, deck.DeckWish("Zqrudedeck", sharing=Sharing.PUBLIC))
        deck.write_stick(rude, deck.StickWish("Zqrudestick", Category.MISHAPS, Kind.SHARE))
        rude.hidden_at = clock.now()
    _recap(hidden, RecapStatus.PUBLISHED, "About what is hidden")
    for title, changes in (("Zqgone", {"hidden_at": clock.now()}), ("Zqrecalled", {"status": RecapStatus.WITHDRAWN})):
        recap = _written(title, "Zqunsaid", author=host)
        with unit_of_work():
            for name, value in changes.items():
                setattr(recap, name, value)
            index(recap)
    for photo in db.session.scalars(sa.select(Photo)):
        store().put(photo.key(400), b"ZQJPEG" if photo.alt != "Zqshown" else b"shown", "image/jpeg")
    return planted | MORE


def _written(title: str, said: str, **given) -> Recap:
    at = clock.now()
    with unit_of_work():
        recap = add(Recap(title=title, status=RecapStatus.PUBLISHED, created_at=at, updated_at=at, published_at=at,
                          **given))  # fmt: skip
        recap.entries.append(RecapEntry(prompt=title, responses=[Response(text=said)]))
    with unit_of_work():
        recap.settle()
        index(recap)
    return recap


def _things_of_a_blocker(reader: Person) -> None:
    them = make_person("Zqblocker")
    make_meetup("Zqtheirs", host=them)
    _written("Zqsaid recap", "Zqsaid idea", author=them)
    with unit_of_work():
        theirs = deck.begin_deck(them, deck.DeckWish("Zqowndeck", sharing=Sharing.PUBLIC))
        deck.write_stick(theirs, deck.StickWish("Zqowndeck stick", Category.MISHAPS, Kind.SHARE))
        block(them, reader)


def guesses(app) -> Iterator[str]:
    """Every address that takes GET, with every code that may stand there; and each code behind a question mark."""
    codes = {first: list(db.session.scalars(sa.select(model.code))) for first, model in FAMILIES.items()}
    shut = sa.or_(Deck.sharing != Sharing.LINK, Deck.hidden_at.is_not(None))  # an open link may be known to anybody
    codes["cup"] = list(db.session.scalars(sa.select(Deck.code).where(shut)))
    own = sa.select(Challenge.code).join(Stick).join(Deck).where(shut, Deck.code != PUBLIC_DECK)
    codes["sticks"] = list(db.session.scalars(own))
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and rule.endpoint != "asset":
            yield from _filled(rule, codes)
    yield from _asked(codes)


def _filled(rule: Rule, codes: dict[str, list[str]]) -> Iterator[str]:
    first, second, *_ = *rule.rule.strip("/").split("/"), ""
    names = {name: isinstance(rule._converters[name], IntegerConverter) for name in rule.arguments}
    there = codes["sticks"] if second == "sticks" else codes.get(first, ["2"])
    numbers = [400] if "width" in names else range(1, 5) if any(names.values()) else [0]
    for code in there if not all(names.values()) else [""]:
        for number in numbers:
            values = {name: number if whole else code for name, whole in names.items()}
            yield rule.build(values | SHELF.get(rule.endpoint, {}), append_unknown=False)[1]


def _asked(codes: dict[str, list[str]]) -> Iterator[str]:
    """Codes and words behind a question mark."""
    asked = {"/propose?place=": "places", "/recaps/new?meetup=": "meetups", "/recaps/import?meetup=": "meetups",
             "/cup/draw?deck=": "cup", "/cup?deck=": "cup", "/cup/draw?out=": "sticks", "/cup?out=": "sticks",
             "/cup/sticks/new?into=": "cup", "/report?about=/meetups/": "meetups"}  # fmt: skip
    yield from (path + code for path, family in asked.items() for code in codes[family])
    pages = ("/near?when=past&q=", "/near.json?q=", "/ideas?q=", "/recaps?q=", "/ideas.json?q=", "/places?q=")
    yield from (page + word for page in pages for word in SEARCHED)


def told(browser, paths, secrets: dict[str, str]) -> list[tuple[str, str]]:
    """Which secrets stand in which answers; what was asked for may be repeated."""
    found = []
    for path in paths:
        db.session.rollback()
        with browser.application.app_context():
            answer = FlaskClient.open(browser, path)  # not looked at as a page, which takes longer than all else
        assert answer.status_code < 500, path
        body = f"{answer.headers}\n{answer.get_data().decode(errors='replace')}"
        echoed = path.partition("?")[2]
        found += [(what, path) for what, secret in secrets.items() if secret in body and secret not in echoed]
    return found


def test_a_stranger_who_knows_every_code_reads_no_secret(app, world, client):
    paths = list(guesses(app))
    assert told(client, paths, world) == []
    assert len(paths) > 500
    assert "What Tacoma worked out" in "".join(client.get(path).text for path in paths if path.endswith(".txt"))


def test_nor_does_a_member_who_has_nothing_to_do_with_it(app, world, signed_in):
    """Feeds and frames are the same for everybody, so what a blocker opened to everybody is in them."""
    ana = cast.ana()
    _things_of_a_blocker(ana)
    secrets = {what: secret for what, secret in world.items() if what not in OPEN_TO_MEMBERS} | BLOCKER
    found = told(signed_in(ana), guesses(app), secrets)
    same_for_all = (".atom", ".json", ".ics", ".geojson", "/embed")
    assert [(what, path) for what, path in found
            if what not in BLOCKER or not path.partition("?")[0].endswith(same_for_all)] == []  # fmt: skip


def test_links_that_were_replaced_open_nothing(world, client):
    session = db.session.scalars(sa.select(Session)).one()
    seats = list(db.session.scalars(sa.select(Rsvp).where(Rsvp.person_id.is_(None))))
    person = db.session.scalars(sa.select(Person).where(Person.display_name == "Zqmember")).one()

    def links() -> list[str]:
        scribe, room = (keyed(each, session.id, session.link_version) for each in (SCRIBES, ROOM))
        path = f"/meetups/{session.meetup.code}"
        return [
            f"/feeds/{keyed(FEED_PURPOSE, person.id, person.feed_version)}.ics", f"/screen/{room}/events",
            f"{path}/notes?key={scribe}", f"{path}/notes/sync.json?key={scribe}", f"{path}/screen?key={room}",
            f"{path}/ideas?key={room}",
            *(f"/rsvp/{seat_token(seat)}{ending}" for seat in seats for ending in ("", ".ics", "/recap")),
            *(arrival_address(seat).partition("localhost")[2] for seat in seats),
        ]  # fmt: skip

    old = links()
    secrets = {what: secret for what, secret in world.items() if secret not in "".join(old)}
    assert len({path for _, path in told(client, old, secrets)}) > 4
    with unit_of_work():
        session.link_version += 1
        person.feed_version += 1
        for seat in seats:
            seat.link_version += 1
    assert set(links()) & set(old) == set()
    assert told(client, old, secrets) == []


def test_what_a_visitor_has_seen_is_gone_once_it_is_hidden(world, client):
    photo = db.session.scalars(sa.select(Photo).where(Photo.alt == "Zqshown")).first()
    meetup, recap = photo.recap.meetup, photo.recap
    files = [f"/photos/{photo.code}", f"/photos/{photo.code}-400.jpg"]
    pages = [f"/recaps/{recap.code}", f"/recaps/{recap.code}.txt"]
    near = [f"/meetups/{meetup.code}", f"/meetups/{meetup.code}.ics", f"/m/{meetup.code}"]
    kept = {path: client.get(path).headers.get("ETag", "") for path in files + pages + near}
    steps = ((photo, files, files), (recap, pages, files + pages), (meetup, near[:2], files + pages + near[:2]))
    for row, gone, every in steps:
        assert {client.get(path).status_code for path in gone} == {200}
        with unit_of_work():
            row.hidden_at = clock.now()
            meetup.settle(meetup.place.public_words)
        answers = [client.get(path, headers={"If-None-Match": kept[path]}) for path in every]
        assert {answer.status_code for answer in answers} == {404}
    assert "A pub night" not in client.get("/near").text
