"""The archive: every public page as a plain file, every link whole, and nothing in it that a stranger may not read."""

import json
from datetime import date

import pytest

from meetups.deck.models import Challenge
from meetups.foundation import clock
from meetups.foundation.database import add, unit_of_work
from meetups.library.archive import NotOurs, broken_links, write_archive
from meetups.recaps.models import Addition, Consent, RecapStatus
from meetups.recaps.terms import AdditionKind, AdditionState, Category, Kind
from tests import cast
from tests.browsing import parsed
from tests.library.conftest import entry, idea, make_recap
from tests.makers import make_meetup, make_person

SECRETS = ("Zqpending", "Zqwithdrawn", "Zqdraft", "Zqhidden", "Zqcontact", "Zqauthor", "zq-author@example.org",
           "marisol@example.org", "Zqownstick")  # fmt: skip


@pytest.fixture
def world(app, sticks):
    meetup = make_meetup("Swap <b>", host=cast.marisol(), contact="Zqcontact", description="Bring *shakers*.")
    make_meetup("Zqdraft", host=meetup.host, status=type(meetup.status).DRAFT)
    hidden = make_meetup("Zqhidden", host=meetup.host)
    with unit_of_work():
        hidden.hidden_at = hidden.created_at
    made = make_recap(
        "What \"we\" <kept>", entry("P & <q>", idea("Popcorn", name="Mei", things=[("song", "Ünïcode ж", "Ana")]),
                                    idea("Asked", name="Zqpending", consent=Consent.PENDING),
                                    idea("Back", name="Zqwithdrawn", consent=Consent.WITHDRAWN), stick=sticks["c01"]),
        meetup=meetup, held_on=date(2026, 4, 9),
    )
    own = Challenge(code="own00001", text="Zqownstick", category=Category.MISHAPS, kind=Kind.SHARE)  # in no open deck
    make_recap("No day", entry("R", idea("On my own stick"), stick=own),
               entry("Q", idea("Tunnel", things=[("book", "x" * 300, "")])), held_on=None)
    make_recap("Zqdraft recap", entry("Q", idea("Zqdraft idea")), status=RecapStatus.DRAFT)
    return made, meetup


def everything(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_page_opens_from_disk_and_every_link_leads_somewhere(world, tmp_path):
    recap, meetup = world
    written = write_archive(tmp_path / "archive")
    assert (written.recaps, written.meetups, written.sticks, written.things) == (2, 1, 1, 2)
    files = everything(tmp_path / "archive")
    assert {"index.html", f"recaps/{recap.code}.html", f"recaps/{recap.code}.json", f"meetups/{meetup.code}.html",
            f"meetups/{meetup.code}.ics", "sticks/c01.html", "recaps/in-2026.html", "recaps/in-no-date.html",
            "css/house.css"} <= set(files)  # fmt: skip
    assert broken_links(tmp_path / "archive") == []
    for name, body in files.items():
        if name.endswith(".html"):
            parsed(body.decode())
            assert b"<script" not in body
            assert b'"/' not in body
    assert b"Shown by <b><bdi>Mei</bdi></b>" in files[f"recaps/{recap.code}.html"]
    data = json.loads(files[f"recaps/{recap.code}.json"])
    assert [each["said_by"] for each in data["entries"][0]["ideas"]] == ["Mei", "the group", "the group"]


def test_nothing_that_is_not_public_is_in_any_byte(world, tmp_path):
    write_archive(tmp_path / "archive")
    files = everything(tmp_path / "archive")
    assert [(name, secret) for name, body in files.items() for secret in SECRETS if secret.encode() in body] == []


def test_a_link_that_leads_nowhere_is_told(world, tmp_path):
    recap, _ = world
    write_archive(tmp_path / "archive")
    (tmp_path / "archive" / "recaps" / f"{recap.code}.html").unlink()
    assert f"recaps/in-2026.html -> {recap.code}.html" in broken_links(tmp_path / "archive")


def test_a_link_that_leads_to_no_place_in_its_page_is_told(world, tmp_path):
    recap, _ = world
    folder = tmp_path / "archive"
    write_archive(folder)
    number = recap.entries[0].responses[0].id
    page = folder / "recaps" / f"{recap.code}.html"
    page.write_text(page.read_text().replace(f'id="i{number}"', ""))
    broken = broken_links(folder)
    assert f"sticks/c01.html -> ../recaps/{recap.code}.html#i{number}" in broken
    assert {line.partition("#")[2] for line in broken} == {f"i{number}"}


def test_what_stands_beside_a_recap_comes_along_without_who_wrote_it(world, tmp_path):
    recap, meetup = world
    ken, folder = make_person("Zqcommenter"), tmp_path / "archive"

    def beside(text, kind=AdditionKind.COMMENT, state=AdditionState.SHOWN, **given):
        add(Addition(kind=kind, state=state, text=text, person=ken, added_at=clock.now(), **given))

    with unit_of_work():
        beside("We <did> that too.", recap=recap)
        beside("Zqwaiting", recap=recap, state=AdditionState.WAITING)
        beside("Three days of it", AdditionKind.WRITEUP, meetup=meetup, name="Zqblogger", url="https://blog.example/one")
    write_archive(folder)
    page = (folder / "recaps" / f"{recap.code}.html").read_text()
    assert "We &lt;did&gt; that too." in page
    assert '<a href="https://blog.example/one" rel="nofollow ugc noopener"><bdi>Three days of it</bdi></a>' in page
    data = json.loads((folder / "recaps" / f"{recap.code}.json").read_text())
    assert [each["text"] for each in data["comments"]] == ["We <did> that too."]
    assert [each["url"] for each in data["writeups"]] == ["https://blog.example/one"]
    every = everything(folder)
    secrets = (b"Zqcommenter", b"Zqwaiting", b"Zqblogger")
    assert [name for name, body in every.items() if any(secret in body for secret in secrets)] == []
    assert broken_links(folder) == []


def test_an_earlier_archive_is_replaced_and_anything_else_is_left_alone(app, tmp_path):
    recap, folder = make_recap("R", entry("P", idea("Popcorn"))), tmp_path / "archive"
    write_archive(folder)
    with unit_of_work():
        recap.hidden_at = recap.published_at
    write_archive(folder)
    assert not (folder / "recaps" / f"{recap.code}.html").exists()
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("Dear")
    with pytest.raises(NotOurs):
        write_archive(mine)
    assert (mine / "letter.txt").read_text() == "Dear"


def test_the_command_says_what_it_wrote(world, app, tmp_path):
    said = app.test_cli_runner().invoke(args=["export", str(tmp_path / "archive")])
    assert said.exit_code == 0, said.output
    assert said.output.startswith("2 recaps, 1 meetups, 1 sticks, 2 songs")
