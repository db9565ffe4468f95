"""Photos in recaps: sent, described, seen, taken down, thrown away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PIL import Image

from meetups.foundation.database import db, unit_of_work
from meetups.foundation.diary import Deed
from meetups.library.archive import broken_links, write_archive
from meetups.moderation.models import Report
from meetups.people import actions as people
from meetups.recaps import actions
from meetups.recaps.actions import AddedWords, Guest
from meetups.recaps.models import Photo
from tests import cast
from tests.browsing import parsed
from tests.foundation.pictures import plants
from tests.makers import make_person
from tests.recaps.pictures import SHAKERS, TODDLER, address, all_photos, files_of, say, send
from tests.recaps.presses import start

ALT = "Six adult hands hold the edge of a small striped parachute."


@pytest.fixture
def recap(browser, meetup):
    recap = start(browser, meetup)
    with unit_of_work():
        actions.publish(recap, group_credit_for_the_rest=True)
    return recap


@pytest.fixture
def photo(browser, recap):
    """One photo that everybody sees."""
    assert send(browser, recap, SHAKERS).status_code == 303
    (photo,) = all_photos()
    assert say(browser, photo, ALT, "adults").status_code == 303
    return photo


def test_a_photo_is_seen_only_once_it_is_said_what_is_in_it(app, browser, client, recap):
    assert send(browser, recap, SHAKERS).status_code == 303
    (photo,) = all_photos()
    assert [size[0] for size in photo.sizes] == [400, 800, 1000]
    assert files_of(app) == [f"{photo.code}-{width}.jpg" for width in (1000, 400, 800)]
    assert client.get(address(photo)).status_code == 404
    assert photo.code not in client.get(f"/recaps/{recap.code}").text
    mine = browser.get(address(photo))
    assert (mine.status_code, mine.headers["Cache-Control"]) == (200, "private, no-store")

    assert say(browser, photo, "  ", "adults").status_code == 400
    assert client.get(address(photo)).status_code == 404
    assert say(browser, photo, ALT, "adults").status_code == 303
    seen = client.get(address(photo))
    assert (seen.status_code, seen.mimetype, seen.headers["Cache-Control"]) == (200, "image/jpeg", "no-cache")
    assert "Set-Cookie" not in seen.headers
    assert seen.headers["X-Robots-Tag"] == "noindex"
    tree = client.tree(client.get(f"/recaps/{recap.code}"))
    (image,) = [each for each in tree.iter("img") if "/photos/" in each.get("src", "")]
    assert (image.get("alt"), image.get("width"), image.get("height")) == (ALT, "400", "280")
    assert (image.get("loading"), image.get("src")) == ("lazy", address(photo))
    assert [part.split()[1] for part in image.get("srcset").split(", ")] == ["400w", "800w", "1000w"]


def test_what_is_kept_and_served_says_nothing_of_where_and_when(app, browser, recap, photo):
    for path in (app.config["MEETUPS"].instance / "pictures").rglob("*.jpg"):
        assert plants.words_in(path.read_bytes()) == set()
    for width in (400, 800, 1000):
        assert plants.words_in(browser.get(address(photo, width)).data) == set()
    rows = db.session.execute(db.select(*Photo.__table__.c)).all()
    assert plants.words_in(str(rows).encode()) == set()
    assert plants.words_in(browser.get(f"/recaps/{recap.code}/photos").data) == set()


def test_a_toddler_stays_out_until_a_guardian_has_said_yes(app, browser, client, sol, recap):
    """Story S11, point 5: hands with shakers are fine, a toddler is not; both came with GPS."""
    send(browser, recap, SHAKERS, TODDLER)
    hands, toddler = all_photos()
    say(browser, hands, ALT, "adults")
    for people_in_it in ("children", "unsure"):
        say(browser, toddler, "A toddler looks into the bin.", people_in_it)
        assert client.get(address(hands)).status_code == 200
        assert client.get(address(toddler, 250)).status_code == 404
        assert toddler.code not in client.get(f"/recaps/{recap.code}").text
        assert "nobody responsible for that child has said yes" in browser.get(f"/recaps/{recap.code}/photos").text

    say(browser, toddler, "A toddler looks into the bin.", "children", guardian=True)
    db.session.refresh(toddler)
    assert (toddler.guardian_by_id, toddler.guardian_at is not None) == (sol.id, True)
    assert client.get(address(toddler, 250)).status_code == 200
    deeds = db.session.scalars(db.select(Deed.what).where(Deed.about == f"photos/{toddler.code}")).all()
    assert deeds == ["recorded a guardian’s consent"]

    say(browser, toddler, "A toddler looks into the bin.", "children", guardian=False)
    assert client.get(address(toddler, 250)).status_code == 404
    say(browser, toddler, "A bin.", "none", guardian=True)
    db.session.refresh(toddler)
    assert toddler.guardian_at is None


def test_a_photo_of_a_draft_or_hidden_recap_is_nobody_elses(browser, client, signed_in, recap, photo):
    ana = signed_in(cast.ana())
    assert ana.get(address(photo)).status_code == 200
    with unit_of_work():
        actions.withdraw(recap)
    for reader in (client, ana):
        assert [reader.get(path).status_code for path in (address(photo), f"/photos/{photo.code}")] == [404, 404]
    assert browser.get(address(photo)).status_code == 200


def test_one_press_without_an_account_takes_a_photo_down_for_everybody(browser, client, recap, photo, outbox, frozen):
    moderator = make_person("Nadia", address="nadia@example.org", is_moderator=True)
    before = client.get(address(photo))
    again = client.get(address(photo), headers={"If-None-Match": before.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")

    down = client.submit(f"/photos/{photo.code}", {"note": "That is my badge."}, form="take-down")
    assert down.status_code == 303
    assert "It is down" in client.get(down.headers["Location"]).text
    for path in (address(photo), address(photo, 800), f"/photos/{photo.code}"):
        assert client.get(path).status_code == 404
    cached = client.get(address(photo), headers={"If-None-Match": before.headers["ETag"]})
    assert cached.status_code == 404, "a copy that a browser kept is not confirmed"
    assert photo.code not in client.get(f"/recaps/{recap.code}").text

    to_author = outbox.to("sol@example.org")[-1]
    assert to_author.subject == "A photo was taken down: Fox Hollow swap"
    assert "That is my badge" not in to_author.plain
    assert [letter.to_address for letter in outbox][-1] == moderator.address
    (report,) = db.session.scalars(db.select(Report)).all()
    assert report.about == f"/photos/{photo.code}"
    assert "That is my badge." in report.message

    count = len(outbox)
    assert client.forge(f"/photos/{photo.code}/take-down").status_code == 303
    assert len(outbox) == count, "a second press tells nobody anything"


def test_only_a_moderator_shows_it_again_and_its_writers_delete_it(
    both_databases, app, browser, client, signed_in, photo
):
    with unit_of_work():
        actions.take_down(photo.code)
    assert "Taken down" in browser.get(f"/recaps/{photo.recap.code}/photos").text
    assert browser.forge(f"/photos/{photo.code}/put-back").status_code == 404
    moderator = signed_in(make_person("Nadia", is_moderator=True))
    assert moderator.submit(f"/photos/{photo.code}", {}, form="put-back").status_code == 303
    assert client.get(address(photo)).status_code == 200

    gone = browser.submit(f"/recaps/{photo.recap.code}/photos", {"do": "delete"}, form=f"words-{photo.code[:8]}")
    assert gone.status_code == 303
    assert (all_photos(), files_of(app)) == ([], [])
    assert client.get(f"/photos/{'0' * 32}-400.jpg").status_code == 404


def test_strangers_and_other_members_send_describe_and_delete_nothing(client, signed_in, recap, photo):
    ana = signed_in(cast.ana())
    path = f"/recaps/{recap.code}/photos"
    assert ana.get(path).status_code == 404
    assert ana.forge(path).status_code == 404
    assert ana.forge(f"{path}/{photo.code}", {"do": "delete"}).status_code == 404
    assert client.get(path).status_code == 303
    assert client.forge(f"{path}/{photo.code}", {"do": "delete"}).status_code == 401
    assert len(all_photos()) == 1


def test_the_same_photo_pressed_twice_stands_there_once(app, browser, recap):
    send(browser, recap, SHAKERS, SHAKERS)
    send(browser, recap, SHAKERS)
    assert len(all_photos()) == 1
    assert len(files_of(app)) == 3


def test_one_bad_file_among_several_keeps_no_other_out(browser, recap):
    answer = send(browser, recap, SHAKERS, b"<svg onload=alert(1)>", plants.png())
    assert answer.status_code == 409
    assert "Photo 2 was not taken. That is no photo we can read" in browser.text(answer)
    assert "2 taken" in browser.text(answer)
    assert len(all_photos()) == 2


@pytest.mark.parametrize("files", [(), (b"",)])
def test_nothing_chosen_is_said_so(browser, recap, files):
    answer = send(browser, recap, *files, name="")
    assert answer.status_code == 409
    assert "Choose at least one photo first." in browser.text(answer)


def test_too_much_at_once_is_a_sentence_of_its_own(client, browser, recap):
    path = f"/recaps/{recap.code}/photos"
    for reader, megabytes, sentence in ((browser, 61, "more than 60 MB"), (client, 3, "The limit is 2 MB")):
        answer = reader.post(path, data=multipart(megabytes), content_type="multipart/form-data; boundary=cut")
        assert answer.status_code == 413
        assert sentence in reader.text(answer)
    # what fits is read, and refused only for the key that is missing
    fits = browser.post(path, data=multipart(19), content_type="multipart/form-data; boundary=cut")
    assert fits.status_code == 400


def multipart(megabytes: int) -> bytes:
    head = b'--cut\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"\r\n\r\n'
    return head + bytes(megabytes * 1024 * 1024) + b"\r\n--cut--\r\n"


def test_a_recap_thrown_away_and_a_person_who_leaves_take_their_files_along(both_databases, app, browser, sol, meetup):
    draft = start(browser, meetup)
    send(browser, draft, SHAKERS)
    assert len(files_of(app)) == 3
    browser.submit(f"/recaps/{draft.code}/edit", {}, form="bin")
    assert app.test_cli_runner().invoke(args=["purge"]).exit_code == 0
    assert (all_photos(), files_of(app)) == ([], [])

    draft = start(browser, meetup)
    send(browser, draft, SHAKERS)
    with unit_of_work():
        people.leave(db.session.merge(sol))
    with unit_of_work():
        actions.sweep_photos()
    assert (all_photos(), files_of(app)) == ([], [])


def test_a_photo_in_a_recap_that_is_up_stays_when_its_sender_leaves(client, sol, recap, photo):
    with unit_of_work():
        people.leave(db.session.merge(sol))
    with unit_of_work():
        actions.sweep_photos()
    assert client.get(address(photo)).status_code == 200
    assert (all_photos()[0].added_by_id, all_photos()[0].recap_id) == (None, recap.id)


def test_an_upload_that_was_cut_short_is_swept_up_after_an_hour(app, browser, recap, frozen, monkeypatch):
    class Away(Exception):
        pass

    with monkeypatch.context() as cut:
        cut.setattr("meetups.foundation.storage.disk.os.replace", lambda *_: (_ for _ in ()).throw(Away))
        with pytest.raises(Away):
            send(browser, recap, SHAKERS)
    (row,) = all_photos()
    assert (row.kept_at, files_of(app)) == (None, [])
    assert browser.get(address(row)).status_code == 404
    frozen.pass_time(timedelta(minutes=59))
    with unit_of_work():
        actions.sweep_photos()
    assert len(all_photos()) == 1
    frozen.pass_time(timedelta(minutes=2))
    with unit_of_work():
        actions.sweep_photos()
    assert all_photos() == []


@pytest.mark.parametrize(
    "bent", ["-401.jpg", "-0.jpg", "-99999999999.jpg", "", "x-400.jpg", "%00-400.jpg", "/../a-400.jpg"]
)
def test_bent_addresses_find_nothing(client, photo, bent):
    path = f"/photos/{photo.code}{bent}" if bent.startswith("-") else f"/photos/{bent or 'zz'}"
    assert client.get(path).status_code == 404
    assert client.forge("/photos/zz/take-down").status_code == 404


@pytest.mark.parametrize("people_in_it", ["", "nobody", "x" * 10_000])
def test_odd_words_are_refused(browser, photo, people_in_it):
    code, path, prefix = photo.code, f"/recaps/{photo.recap.code}/photos", f"photo-{photo.code[:8]}-"
    typed = {f"{prefix}alt": "\x00\x07" + "a" * 10_000, f"{prefix}people": people_in_it, "do": "save"}
    assert browser.forge(f"{path}/{code}", typed).status_code == 400
    assert browser.forge(f"{path}/{'0' * 32}", typed).status_code == 404
    assert browser.forge(f"{path}/{code}", {"do": "delete"}).status_code == 303
    assert browser.forge(f"{path}/{code}", {"do": "delete"}).status_code == 404


def test_a_full_name_that_is_taken_back_leaves_the_words_for_a_photo_everywhere(
    browser, client, recap, meetup, photo, tmp_path
):
    send(browser, recap, TODDLER)
    _, down = all_photos()
    for each in (photo, down):
        say(browser, each, "Zyx  Qux holds a parachute; ZYX QUX’s shoes.", "adults")
    with unit_of_work():
        down.hidden_at = down.added_at
        said = actions.add_idea(recap, recap.entries[0].id, AddedWords("a bell", name="Zyx Qux"), Guest(meetup.host))
    places = [f"/recaps/{recap.code}", f"/recaps/{recap.code}.txt", f"/photos/{photo.code}", "/recaps.atom",
              "/recaps.json", "/ideas.atom", "/ideas.json"]

    def told() -> list[str]:
        write_archive(tmp_path / "archive")
        files = {each.name: each.read_text() for each in (tmp_path / "archive" / "recaps").iterdir()}
        pages = {path: client.get(path).text for path in places} | files
        pages["for writers"] = browser.get(f"/recaps/{recap.code}/photos").text
        return [name for name, text in pages.items() if "zyx" in text.casefold()]

    shown = {*places[:1], f"/photos/{photo.code}", f"{recap.code}.html", f"{recap.code}.json", "for writers"}
    assert set(told()) >= shown
    with unit_of_work():
        actions.withdraw_consent(said.response)
    assert told() == []
    assert [each.alt for each in all_photos()] == ["somebody holds a parachute; somebody’s shoes."] * 2
    assert 'alt="somebody holds a parachute; somebody’s shoes."' in client.get(f"/recaps/{recap.code}").text


def test_in_the_archive_a_photo_opens_from_disk(recap, photo, tmp_path):
    folder = tmp_path / "archive"
    assert write_archive(folder).photos == 1
    page = parsed((folder / "recaps" / f"{recap.code}.html").read_text())
    (frame,) = (each for each in page.iter() if each.get("class") == "photo-large")  # no wider than the page
    (shown,) = frame.iter("img")
    assert shown.get("alt") == ALT
    with Image.open(folder / "recaps" / shown.get("src")) as picture:
        picture.load()
        assert picture.size == (int(shown.get("width")), int(shown.get("height")))
        assert not picture.getexif()
    assert broken_links(folder) == []
