"""S11: the recap of Fox Hollow. Mei and J. are asked, the ukulele player says it himself, and in June Mei is gone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from meetups.foundation.database import db, unit_of_work
from meetups.recaps import actions
from meetups.recaps.letters import consent_token
from meetups.recaps.models import Qualifier, Recap, Response
from tests import cast
from tests.house.test_leaks import crawled
from tests.makers import make_meetup, make_person, make_place, make_rsvp

MEI, LIBRARY = "Meiwyn Quillfeather", "Alder Zqcreek Library"
STARTS = datetime(2027, 4, 9, 13, 30, tzinfo=UTC)
CUP = "".join(f"* Stick {n} for toddlers (transitions)\n- one idea for {n}\n" for n in range(6))
NOTES = f"""\
* Lead a song (toddlers; transitions)
- scarves up, elbows in - {MEI}, {LIBRARY}
* Parachute to quiet book
- fold in 4, last corner picks - J.
* Play us in
- four chords on a ukulele
{CUP}* ducks - skipped
* bubbles - skipped
q: filmed every week?
?? nobody knew
q: shoes off?
- yes, and a rug
q: two languages?
- greet in both
"""


@pytest.fixture
def world(app, frozen):
    bea, sol = make_person("Bea", address="bea@example.org"), cast.sol()
    library = make_place("Fox Hollow Branch Library, Columbus, OH 43215", at=None, town="Columbus", region="Ohio",
                         country="US", time_zone="America/New_York")  # fmt: skip
    begins = datetime(2027, 4, 9, 9, 30)  # noqa: DTZ001
    meetup = make_meetup("Birch Room swap", host=bea, place=library, start=begins, end=begins + timedelta(hours=1))
    make_rsvp(meetup, sol)
    frozen.move_to(STARTS + timedelta(hours=2))
    return meetup, sol


def written(meetup, sol) -> Recap:
    with unit_of_work():
        return actions.start(sol, meetup, actions.HeadWish(
            "Twelve sticks", held_on=date(2027, 4, 9), place_label="Birch Room", headcount_from=18,
            qualifier=Qualifier.ABOUT, onlookers=6), NOTES)  # fmt: skip


def idea(recap: Recap, words: str) -> Response:
    db.session.refresh(recap)
    return next(each for entry in recap.entries for each in entry.responses if words in each.text)


def everywhere(client, recap) -> dict[str, str]:
    """Every byte a stranger reaches, and the feeds and texts nobody links to."""
    more = (f"/recaps/{recap.code}.txt", "/recaps.atom", "/recaps.json", "/ideas.atom?q=scarves",
            "/ideas.json?q=scarves", "/ideas?q=quillfeather", "/ideas?q=scarves")  # fmt: skip
    return dict(crawled(client)) | {path: client.get(path).get_data(as_text=True) for path in more}


def test_twelve_entries_eleven_answered_and_the_count_in_words(world, client):
    recap = written(*world)
    with unit_of_work():
        actions.publish(recap, group_credit_for_the_rest=True)
    text = client.text(client.get(f"/recaps/{recap.code}"))
    assert "11 of 12 answered" in text
    assert "About 18, plus 6 onlookers" in text
    plain = client.get(f"/recaps/{recap.code}.txt").get_data(as_text=True)
    assert max(len(line) for line in plain.splitlines()) <= 76
    assert "<" not in plain.replace("<https", "")


def test_names_are_asked_for_claimed_and_taken_back_everywhere(world, client, signed_in, frozen, outbox):
    meetup, sol = world
    recap, browser = written(meetup, sol), signed_in(sol)
    for words, address in (("scarves", "mei@example.org"), ("fold in 4", "j@example.org")):
        with unit_of_work():
            actions.ask_consent(idea(recap, words), address, sol)
    edit = f"/recaps/{recap.code}/edit"

    # 4. blocked until both answer; on Sunday Sol publishes with the group's credit for the rest
    with pytest.raises(actions.ConsentMissing), unit_of_work():
        actions.publish(recap)
    frozen.move_to(datetime(2027, 4, 11, 18, 0, tzinfo=UTC))
    assert browser.submit(edit, {"do": "group"}, form="put-up").status_code == 303
    assert MEI not in "".join(everywhere(client, recap).values())

    # 3. the ukulele player: the link for who was there, and the code
    told = {"idea": idea(recap, "ukulele").id, "name": "Tam", "code": meetup.check_in_code}
    client.submit(f"/recaps/{recap.code}/mine", told)
    assert "Shown by Tam" in client.text(client.get(f"/recaps/{recap.code}"))

    # Mei's yes comes later and shows at once, wherever people look
    client.submit(f"/consent/{consent_token(idea(recap, 'scarves'))}", {"do": "yes", "name": MEI, "library": LIBRARY})
    tag = client.get(f"/recaps/{recap.code}").headers["ETag"]
    shown = {path for path, text in everywhere(client, recap).items() if MEI in text}
    assert {f"/recaps/{recap.code}", f"/recaps/{recap.code}.txt"} < shown

    # 9. a passer-by's write-up
    told = {"url": "https://walks.example.org/birch", "text": "Noise behind a door", "who": "A passer-by",
            "perspective": "onlooker"}  # fmt: skip
    browser.submit(f"/recaps/{recap.code}/writeup", told)
    assert "Noise behind a door by A passer-by" in client.text(client.get(f"/meetups/{meetup.code}"))

    # 10. in June Mei withdraws
    frozen.move_to(datetime(2027, 6, 15, 9, 0, tzinfo=UTC))
    client.submit(f"/consent/{consent_token(idea(recap, 'scarves'))}", {"do": "no"})
    kept = client.get(f"/recaps/{recap.code}", headers={"If-None-Match": tag})
    assert kept.status_code == 200, "a copy somebody keeps is out of date"
    for words in ("Quillfeather", "Zqcreek"):
        assert [path for path, text in everywhere(client, recap).items() if words in text] == []
        assert [path for path in (edit, f"/recaps/{recap.code}/history", f"/recaps/{recap.code}/history/1")
                if words in browser.get(path).text] == []  # fmt: skip
    tables = [table for table in db.metadata.sorted_tables if table.name != "outbox"]
    assert "Quillfeather" not in " ".join(str(row) for table in tables for row in db.session.execute(sa.select(table)))
