"""Reports from anyone, the moderators' desk, hiding and showing again."""

from __future__ import annotations

from datetime import timedelta
from urllib.robotparser import RobotFileParser

import pytest
import sqlalchemy as sa

from meetups.foundation.database import add, db, unit_of_work
from meetups.foundation.diary import Deed
from meetups.moderation import actions, queries
from meetups.moderation.models import Report
from meetups.recaps.models import Recap, RecapStatus
from tests import cast, makers


def make_report(about="/near", message="This is not right.", **source):
    with unit_of_work():
        return actions.report(about, message, "ana@example.org", **source)


def make_recap(title="What we did with wiggles"):
    at = actions.clock.now()
    with unit_of_work():
        return add(Recap(title=title, status=RecapStatus.PUBLISHED, created_at=at, updated_at=at, published_at=at))


def rows():
    return db.session.execute(sa.select(Report.about, Report.message, Report.address)).all()


def deeds():
    return db.session.execute(sa.select(Deed.what, Deed.about, Deed.who, Deed.note).order_by(Deed.id)).all()


@pytest.fixture
def noor(app):
    return cast.moderator()


@pytest.fixture
def desk(signed_in, noor):
    return signed_in(noor)


def test_anyone_reports_a_page(client):
    answer = client.submit("/report?about=/meetups/k7p2m9q", {"message": "He followed me.\nTwice."})
    assert answer.headers["Location"] == "/report/sent"
    assert client.get("/report/sent").status_code == 200
    assert rows() == [("/meetups/k7p2m9q", "He followed me.\nTwice.", None)]


def test_a_pasted_address_is_a_page_of_ours(client):
    client.submit("/report", {"message": "Look.", "about": "http://localhost/recaps/abc", "email": "Ana@example.org"})
    assert rows() == [("/recaps/abc", "Look.", "ana@example.org")]


@pytest.mark.parametrize("wrong", [
    {"message": ""}, {"message": "x" * 2001}, {"about": "https://evil.example/"}, {"about": "//evil.example"},
    {"email": "nonsense"}, {"email": "a@b.example\r\nBcc: c@d.example"},
])
def test_what_cannot_be_sent_is_kept_and_said(client, wrong):
    answer = client.forge("/report", {"message": "Look.", "about": "", "email": "", **wrong})
    assert answer.status_code == 400
    assert rows() == []


def test_an_address_elsewhere_is_not_taken_over_from_the_link(client):
    assert "evil" not in client.get("/report?about=https://evil.example/").text


def test_a_flood_ends_and_keeps_nobody_from_being_heard(client, signed_in, frozen, monkeypatch):
    monkeypatch.setattr(actions, "MOST_FROM_VISITORS", 12)
    for number in range(12):
        make_report("/meetups/k7p2m9q", network=f"192.0.2.{number // 5}")
    with pytest.raises(actions.TooManyReports, match="have arrived"):
        make_report("/meetups/k7p2m9q", network="192.0.2.1")
    answer = client.submit("/report?about=/meetups/k7p2m9q", {"message": "Me too."})
    assert answer.status_code == 429
    assert "Sign in and yours is taken" in client.text(answer)
    ana = signed_in(cast.ana())
    said = [ana.submit("/report?about=/meetups/k7p2m9q", {"message": "He followed me."}).status_code for _ in range(6)]
    assert said == [303] * 5 + [429]
    frozen.pass_time(timedelta(hours=1, seconds=1))
    make_report("/meetups/k7p2m9q", network="192.0.2.1")


def test_where_a_report_came_from_cannot_be_read_and_is_gone_when_it_is_settled(client, noor):
    client.submit("/report", {"message": "Look."})
    report = queries.open_reports()[0]
    assert len(report.source) == 64
    with unit_of_work():
        actions.settle(noor, report, "done")
    assert report.source == ""


def test_the_desk_is_for_moderators(client, signed_in):
    make_report(message="Between us.")
    assert client.get("/moderation").headers["Location"] == "/sign-in?next=/moderation"
    answer = signed_in(cast.ana()).get("/moderation")
    assert answer.status_code == 404
    assert "Between us." not in answer.text


@pytest.mark.parametrize("path", ["/moderation/hide", "/moderation/show", "/moderation/reports/1/settle"])
def test_members_cannot_do_what_moderators_do(signed_in, path):
    meetup = makers.make_meetup("Parachute night")
    make_report()
    ana = signed_in(cast.ana())
    assert ana.forge(path, {"about": f"/meetups/{meetup.code}", "outcome": "x"}).status_code == 404
    assert meetup.hidden_at is None
    assert len(queries.open_reports()) == 1


def test_settling_is_written_down_once(desk, noor):
    report = make_report()
    path = f"/moderation/reports/{report.id}/settle"
    assert "This is not right." in desk.text(desk.get("/moderation"))
    assert desk.submit("/moderation", {"outcome": "talked to them"}, form=path).status_code == 303
    desk.forge(path, {"outcome": "again"})
    assert "This is not right." not in desk.text(desk.get("/moderation"))
    assert (report.outcome, report.address) == ("talked to them", None)
    assert deeds() == [("settled a report", f"reports/{report.id}", noor.id, "talked to them")]


def test_a_hidden_meetup_is_gone_for_everybody_else(desk, client, noor):
    meetup = makers.make_meetup("Parachute night", host=cast.marisol())
    path = f"/meetups/{meetup.code}"
    assert "Parachute night" in client.get("/near?area=Tacoma").text
    desk.submit("/moderation", {"about": f"http://localhost{path}", "why": "an advertisement"}, form="by-hand")
    assert (client.get(path).status_code, desk.get(path).status_code) == (404, 200)
    assert "Parachute night" not in client.get("/near?area=Tacoma").text
    assert not meetup.listed
    desk.submit("/moderation", form="/moderation/show")
    assert client.get(path).status_code == 200
    assert meetup.listed
    assert deeds() == [("hid", path[1:], noor.id, "an advertisement"), ("showed again", path[1:], noor.id, "")]


def test_a_hidden_recap_is_gone_too(desk, client):
    recap = make_recap()
    path = f"/recaps/{recap.code}"
    assert client.get(path).status_code == 200
    make_report(path)
    desk.forge("/moderation/hide", {"about": path, "why": ""})
    assert client.get(path).status_code == 404
    assert "What we did with wiggles" not in client.get("/recaps").text


@pytest.mark.parametrize("about", ["", "/near", "/meetups/nosuch", "https://evil.example/meetups/abc", "/meetups/"])
def test_hiding_what_is_not_there_says_so(desk, about):
    answer = desk.forge("/moderation/hide", {"about": about, "why": ""})
    assert answer.status_code == 400
    assert deeds() == []


def test_the_desk_asks_as_much_for_thirty_reports_as_for_one(desk):
    asked = []
    sa.event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))

    def questions():
        asked.clear()
        assert desk.get("/moderation").status_code == 200
        return len(asked)

    make_report(f"/meetups/{makers.make_meetup('One').code}")
    few = questions()
    for number in range(29):
        make_report(f"/meetups/{makers.make_meetup(f'Meetup {number}').code}", network=str(number))
    assert questions() == few


@pytest.mark.parametrize("page", ["conduct", "privacy", "feeds", "origins"])
def test_what_anyone_may_read(client, page):
    assert client.get(f"/about/{page}").status_code == 200


def test_the_towns_are_credited(client):
    page = client.get("/about/privacy").text
    for words in ("GeoNames", "licenses/by/4.0", "ODbL"):
        assert words in page


def test_robots_stay_out_of_private_rooms_and_find_meetups(client):
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    lines = answer.text.splitlines()
    assert "Disallow: /me$" in lines
    rules = RobotFileParser()
    rules.parse(lines)
    open_to = {path: rules.can_fetch("*", path) for path in (
        "/rsvp/1-abc", "/sign-in", "/sign-in/abc", "/letters", "/letters/3", "/me/leave",
        "/", "/meetups/k7p2m9q", "/recaps", "/near", "/about/conduct",
    )}
    assert [path for path, is_open in open_to.items() if is_open] == [
        "/", "/meetups/k7p2m9q", "/recaps", "/near", "/about/conduct",
    ]
