"""A stranger reads every byte there is: no address, no token, no hidden place, no name without a yes.

Each secret is planted where it could leak; the crawl starts at the front page and follows every link on the site.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import pytest

from meetups.attendance.entries import reply_token
from meetups.attendance.letters import arrival_address, seat_token
from meetups.attendance.models import Answer, Rsvp
from meetups.attendance.views.feeds import FEED_PURPOSE
from meetups.deck import actions as deck
from meetups.deck.terms import Category, Kind, Sharing
from meetups.discovery.models import Alert
from meetups.foundation import clock
from meetups.foundation.database import add, db, flush, unit_of_work
from meetups.foundation.tokens import keyed
from meetups.library.actions import index
from meetups.library.models import SavedIdea, TriedIdea
from meetups.nearby.models import WouldCome
from meetups.notes import actions as notes
from meetups.notes.notation import DeedWish, new_id
from meetups.notes.terms import DeedKind
from meetups.places.actions import correct
from meetups.places.models import Access, PlaceKind
from meetups.planning.models import HostEvent, Meetup, Status
from meetups.recaps.models import (
    Addition,
    Consent,
    CreditMode,
    Photo,
    PhotoPeople,
    Recap,
    RecapEntry,
    RecapStatus,
    Response,
)
from meetups.recaps.terms import AdditionKind, AdditionState
from tests.browsing import Browser, parsed
from tests.makers import make_home_area, make_meetup, make_person, make_place, make_rsvp

SECRETS = {
    "the host’s address": "zq-host@example.org",
    "how to reach the host": "zqcontact",
    "the address of a home": "99 Zqhome Lane",
    "the room of a home": "zqattic",
    "a join link": "zqjoin",
    "a visitor’s name": "Zqvisitor",
    "a visitor’s address": "zq-visitor@example.org",
    "a member’s name": "Zqmember",
    "a note to the host": "zqnote",
    "a draft": "Zqdraft",
    "a hidden meetup": "Zqhidden",
    "a name without a yes": "Zqpending",
    "a name taken back": "Zqwithdrawn",
    "a draft recap": "Zqunpublished",
    "what waits for a nod": "zqaddition",
    "what is being noted": "Zqlive",
    "an address that was asked": "zq-asked@example.org",
    "somebody’s area": "Zqtown",
    "an area somebody would come to": "Zqwish",
    "a saved search": "Zqalert",
    "words for a photo that was taken down": "Zqdown",
    "words for a photo with a child": "Zqchild",
    "words for a photo of a draft": "Zqsketch",
    "a private deck": "Zqdeck",
    "a stick shared by its link": "Zqlinkedstick",
    "a stick proposed for the cup": "Zqproposed",
    "a note in a folder": "Zqfolder",
    "a note that moderators hid": "Zqrude",
}
FILES = (".ics", "/announcement.txt")


@pytest.fixture
def planted(app) -> dict[str, str]:
    """A world with a secret in every corner; returns the secrets, tokens included."""
    with unit_of_work():
        deck.fill_the_cup()
        event = add(HostEvent(name="Prairie States Conference", name_folded="prairie states conference"))
    host = make_person("Marisol", address=SECRETS["the host’s address"])
    member = make_person("Zqmember")
    make_home_area(member, 0x85280000FFFFFFF, "around Zqtown", "US", "America/Los_Angeles")
    with unit_of_work():
        add(WouldCome(person_id=member.id, cell=0x85280000FFFFFFF, label="around Zqwish", said_at=clock.now()))
        add(Alert(person_id=member.id, label="near Zqalert", address="/near?area=Zqalert", address_digest="", x=0, y=0,
                  z=0, reach_m2=1, made_at=clock.now()))
    common = {"host": host, "contact": "zqcontact 555", "host_event": event}
    pub = make_meetup("A pub night", **common)
    home = make_place(SECRETS["the address of a home"], kind=PlaceKind.HOME)
    backyard = make_meetup("A backyard", place=home, spot="zqattic", room="zqattic", **common)
    online = make_place("Online", at=None, kind=PlaceKind.ONLINE, time_zone="America/Los_Angeles")
    make_meetup("On a screen", place=online, join_url="https://video.example/zqjoin", **common)
    make_meetup("Zqdraft", status=Status.DRAFT, **common)
    hidden = make_meetup("Zqhidden", **common)
    with unit_of_work():
        hidden.hidden_at = hidden.created_at
        hidden.settle(hidden.place.public_words)
    make_meetup("Off", status=Status.CANCELLED, **common)
    with unit_of_work():
        correct(pub.place, member, 1, words=pub.place.words, kind=pub.place.kind, access=Access(seating="Benches"))
    tokens = {}
    for number, meetup in enumerate((pub, backyard)):
        visitor = make_rsvp(meetup, "Zqvisitor", address=SECRETS["a visitor’s address"], note="zqnote")
        make_rsvp(meetup, member, Answer.WAITING if number else Answer.GOING)
        tokens |= _tokens(number, visitor)
    _decks(make_person("Robin"))
    _keep_and_try(_recap(pub, RecapStatus.PUBLISHED, "What Tacoma worked out"), member, host)
    _recap(pub, RecapStatus.DRAFT, "Zqunpublished")
    tokens |= _live_notes(make_meetup("Under way", start=clock.now() - timedelta(minutes=5), zone="UTC", **common))
    tokens["a member’s calendar"] = keyed(FEED_PURPOSE, member.id, member.feed_version)
    tokens["a code of the day"] = pub.check_in_code
    return SECRETS | tokens


def _tokens(number: int, visitor: Rsvp) -> dict[str, str]:
    """What opens a party's page, answers for it by mail, and marks it as here."""
    return {
        f"seat {number}": seat_token(visitor), f"reply {number}": reply_token(visitor),
        f"arrival {number}": arrival_address(visitor).rpartition("/")[2],
        f"the seat’s version {number}": str(visitor.link_version),
    }  # fmt: skip


def _decks(owner) -> None:
    with unit_of_work():
        for sharing, title, text in (
            (Sharing.PRIVATE, "Zqdeck", "Zqproposed"), (Sharing.LINK, "Zqdeck", "Zqlinkedstick"),
            (Sharing.PUBLIC, "Felt", "Shared with all"),
        ):
            made = deck.begin_deck(owner, deck.DeckWish(title, sharing=sharing))
            stick = deck.write_stick(made, deck.StickWish(text, Category.MISHAPS, Kind.SHARE))
            if sharing is Sharing.PRIVATE:
                deck.propose(owner, stick)


def _live_notes(meetup: Meetup) -> dict[str, str]:
    """Notes under way, from the room as well; returns the links, whose keys are secrets too."""
    first = new_id()
    with unit_of_work():
        session = notes.start(meetup.host, meetup)
        notes.take(session, [DeedWish(first, DeedKind.ASK, text="Zqlive question")])
        notes.add_idea(session, DeedWish(new_id(), DeedKind.IDEA, target=first, text="Zqlive idea"), "Zqpending")
    keys = {purpose: keyed(purpose, session.id, session.link_version) for purpose in ("notes: scribe", "notes: room")}
    return {**keys, "the code of the day": meetup.check_in_code}


def _recap(meetup, status: RecapStatus, title: str) -> Recap:
    credits = [("Zqpending", Consent.PENDING), ("Zqwithdrawn", Consent.WITHDRAWN), ("Mei", Consent.GIVEN)]
    with unit_of_work():
        responses = [
            Response(text=f"Idea {n}", credit_mode=CreditMode.NAMED, credit_name=name, consent=consent,
                     asked_address=SECRETS["an address that was asked"])
            for n, (name, consent) in enumerate(credits)
        ]
        recap = add(Recap(title=title, meetup=meetup, status=status, created_at=meetup.created_at,
                          updated_at=meetup.created_at, published_at=meetup.created_at))
        recap.entries.append(RecapEntry(prompt="Shakers back in the bin", responses=responses))
        seen = "Zqshown" if status is RecapStatus.PUBLISHED else "Zqsketch"
        pictures = (("Zqdown", PhotoPeople.ADULTS, meetup.created_at), ("Zqchild", PhotoPeople.CHILDREN, None),
                    (seen, PhotoPeople.NONE, None))
        for word, people, hidden_at in pictures:
            add(Photo(recap=recap, alt=word, people=people, added_at=meetup.created_at, kept_at=meetup.created_at,
                      sizes=[[400, 300]], hidden_at=hidden_at))
        flush()
        recap.settle()
        index(recap)
        for kind in (AdditionKind.COMMENT, AdditionKind.WRITEUP):
            for state in (AdditionState.WAITING, AdditionState.DECLINED):
                add(Addition(recap=recap, kind=kind, state=state, text="zqaddition", name="zqaddition",
                             url="https://zqaddition.example/", added_at=meetup.created_at))  # fmt: skip
    return recap


def _keep_and_try(recap: Recap, member, host) -> None:
    """An idea of this recap in a folder, and tried by two: what one says is hidden, what the other says is shown."""
    number, at = recap.entries[0].responses[0].id, clock.now()
    with unit_of_work():
        add(SavedIdea(person_id=member.id, idea_id=number, note="Zqfolder", saved_at=at))
        add(TriedIdea(person_id=member.id, idea_id=number, note="Two rounds", tried_at=at))
        add(TriedIdea(person_id=host.id, idea_id=number, note="Zqrude", tried_at=at, hidden_at=at))


def crawled(browser: Browser) -> Iterator[tuple[str, str]]:
    """Every page and file a stranger reaches by following links, with its body and headers."""
    waiting, seen = ["/", "/near?area=Tacoma&within=50", "/near?when=past", "/ideas?q=shakers", "/cup/sticks"], set()
    while waiting and len(seen) < 400:
        path = waiting.pop(0)
        if path in seen or path.startswith(("/static/", "/cup/draw", "/cup?")):
            continue
        seen.add(path)
        answer = browser.get(path)
        assert answer.status_code < 500, path
        body = answer.get_data(as_text=True)
        yield path, f"{answer.headers}\n{body}"
        if answer.mimetype == "text/html":
            waiting += _links(path, body)
        elif "Location" in answer.headers:
            waiting.append(_path(answer.headers["Location"]))


def _links(path: str, body: str) -> list[str]:
    found = []
    for element in parsed(body).iter():
        href = element.get("href") or ""
        there = urljoin(f"http://localhost{path}", href)
        if href and urlsplit(there).netloc == "localhost":
            found.append(_path(there))
    found += [path + ending for ending in FILES if path.startswith("/meetups/") and path.count("/") == 2]
    return found


def _path(address: str) -> str:
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def test_a_stranger_finds_no_secret_in_any_byte(planted, client):
    pages = dict(crawled(client))
    leaks = [(what, path) for path, text in pages.items() for what, secret in planted.items() if secret in text]
    assert leaks == []
    reached = {path for path in pages if path.startswith(("/meetups/", "/recaps/"))}
    assert len(reached) > 8
    assert "Mei" in "".join(pages.values())
    assert "Zqshown" in "".join(pages.values())
    assert "Shared with all" in "".join(pages.values())
    assert "Two rounds" in "".join(text for path, text in pages.items() if path.startswith("/ideas/"))


def test_a_hidden_meetup_and_a_draft_look_like_nothing(planted, client):
    rows = db.session.scalars(db.select(Meetup).where(Meetup.title.in_(["Zqdraft", "Zqhidden"]))).all()
    nothing = client.get("/meetups/2222222")
    answers = [client.get(f"/meetups/{meetup.code}{ending}") for meetup in rows for ending in ("", *FILES)]
    assert {answer.status_code for answer in answers} == {404}
    assert {answer.get_data() for answer in answers if answer.mimetype == "text/html"} == {nothing.get_data()}
