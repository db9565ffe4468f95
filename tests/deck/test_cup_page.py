"""The cup on a phone: no repeats, warm-ups first, skip and pass, nonsense in the address."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest

from meetups.deck import actions, queries
from meetups.deck.terms import AgeGroup, Category
from meetups.foundation.database import unit_of_work
from tests import cast


def test_the_seeds_go_in_once(app):
    assert len(queries.challenges()) == 60
    with unit_of_work():
        assert actions.fill_the_cup() == 0


def left(drawn=(), skipped=(), **more):
    return actions.draw(queries.sticks_of(queries.the_cup()), drawn, skipped, **more)


def test_sixty_draws_give_sixty_different_sticks_and_then_a_sentence(app):
    drawn: list[str] = []
    for _ in range(60):
        drawn.append(left(drawn).code)
    assert sorted(drawn) == sorted(each.code for each in queries.challenges())
    with pytest.raises(actions.DeckIsEmpty):
        left(drawn)


def test_the_first_two_sticks_are_warm_ups(app):
    first = left()
    second = left([first.code])
    assert (first.challenge.warm_up, second.challenge.warm_up) == (True, True)


def test_an_age_draws_only_sticks_that_suit(app):
    drawn: list[str] = []
    suited = [each.code for each in queries.sticks_of(queries.the_cup(), AgeGroup.BABY)]
    for _ in suited:
        drawn.append(left(drawn, age=AgeGroup.BABY).code)
    assert sorted(drawn) == sorted(suited)


def test_drawing_by_link_shows_the_stick_and_keeps_it_out(client):
    there = client.get("/cup/draw?out=c01").headers["Location"]
    codes = there.partition("out=")[2].split("-")
    assert codes[0] == "c01"
    assert len(codes) == 2
    assert queries.challenge_by_code(codes[1]).text in client.get(there).get_data(as_text=True).replace("&#39;", "'")


def test_a_skipped_stick_stays_out_for_the_round(client):
    there = client.get("/cup/draw?out=c01-c02&skip=1").headers["Location"]
    said = dict(parse_qsl(urlsplit(there).query))
    assert (said["out"][:4], said["skipped"]) == ("c01-", "c02")
    assert said["out"][4:] not in ("c01", "c02")


def test_skipping_all_the_way_shows_every_stick_once(client):
    there, seen = client.get("/cup/draw").headers["Location"], []
    while there:
        said = dict(parse_qsl(urlsplit(there).query))
        seen.append(said["out"].split("-")[-1])
        answer = client.get(there.replace("/cup?", "/cup/draw?") + "&skip=1")
        there = answer.headers.get("Location")
    assert sorted(seen) == sorted(each.code for each in queries.challenges())
    assert answer.status_code == 409


def test_the_first_two_that_are_kept_are_warm_ups_however_many_are_skipped(app):
    warm = {each.code for each in queries.challenges() if each.warm_up}
    assert left([], sorted(warm)[:3]).code in warm
    assert left([sorted(warm)[0]], sorted(warm)[1:4]).code in warm


def test_a_category_draws_only_its_own(app):
    assert left(category=Category.MISHAPS).challenge.category is Category.MISHAPS


@pytest.mark.parametrize("address", ["/cup?out=c99-%00-../-<b>", "/cup?age=dragon", "/cup/draw?out=" + "x-" * 900])
def test_nonsense_in_the_address_is_passed_over(client, address):
    assert client.get(address).status_code in (200, 303)


def test_an_empty_cup_says_so(client):
    everything = "-".join(each.code for each in queries.challenges())
    assert client.get(f"/cup/draw?out={everything}").status_code == 409


def test_what_may_be_kept_offline_is_the_same_for_everybody(client, signed_in):
    member = signed_in(cast.marisol())
    for path in ("/cup/offline", "/cup/decks/cup.json"):
        answers = [client.get(path), member.get(path)]
        assert {each.headers["Cache-Control"] for each in answers} == {"no-cache"}
        assert [each for each in answers if "Set-Cookie" in each.headers] == []
        assert answers[0].get_data() == answers[1].get_data()


def test_the_data_for_drawing_has_every_stick(client):
    data = client.get("/cup/decks/cup.json").json
    assert [each["code"] for each in data["sticks"]] == [each.code for each in queries.challenges()]
    assert (data["keep"], data["warm_ups_first"]) == (True, 2)
    assert client.get("/cup/decks/nothing.json").status_code == 404
