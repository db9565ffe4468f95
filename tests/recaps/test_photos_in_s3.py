"""The same photos with the files in an S3-compatible store; nobody but the app reads them there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from meetups.foundation.database import unit_of_work
from meetups.recaps import actions
from tests.foundation.mail.sink import free_port
from tests.foundation.pictures import plants
from tests.foundation.storage.stores import BUCKET, S3, s3_server
from tests.recaps.pictures import SHAKERS, address, all_photos, files_of, say, send
from tests.recaps.presses import start


@pytest.fixture(scope="module")
def s3() -> Iterator[S3]:
    with s3_server() as running:
        yield running


@pytest.fixture
def settings(settings, s3):
    named = {"picture_store": f"s3://{BUCKET}/storytime", "store_endpoint": s3.endpoint}
    return replace(settings, **named, store_key_id=s3.key_id, store_secret=s3.secret).completed()


@pytest.fixture
def recap(browser, meetup):
    recap = start(browser, meetup)
    with unit_of_work():
        actions.publish(recap, group_credit_for_the_rest=True)
    return recap


def test_a_photo_lives_in_the_bucket_is_served_from_here_and_goes(app, browser, client, recap, s3):
    assert send(browser, recap, SHAKERS).status_code == 303
    (photo,) = all_photos()
    say(browser, photo, "Hands and a parachute.", "adults")
    assert s3.keys() == sorted(f"storytime/{key}" for key in photo.keys)
    assert files_of(app) == []
    stored = s3.client().get_object(Bucket=BUCKET, Key=s3.keys()[0])["Body"].read()
    assert plants.words_in(stored) == set()
    seen = client.get(address(photo))
    assert (seen.status_code, seen.data[:3]) == (200, b"\xff\xd8\xff")
    client.submit(f"/photos/{photo.code}", {}, form="take-down")
    assert client.get(address(photo)).status_code == 404
    browser.submit(f"/recaps/{recap.code}/photos", {"do": "delete"}, form=f"words-{photo.code[:8]}")
    assert (all_photos(), s3.keys()) == ([], [])


def test_while_the_store_is_away_nothing_is_lost_and_nothing_hidden_comes_back(app, browser, client, recap, s3):
    send(browser, recap, SHAKERS)
    (photo,) = all_photos()
    say(browser, photo, "Hands and a parachute.", "adults")
    here = app.extensions.pop("store")
    app.config["MEETUPS"] = replace(app.config["MEETUPS"], store_endpoint=f"http://127.0.0.1:{free_port()}")
    assert client.get(address(photo)).status_code == 503
    answer = send(browser, recap, plants.png())
    assert answer.status_code == 409
    assert "does not answer" in browser.text(answer)
    browser.submit(f"/recaps/{recap.code}/photos", {"do": "delete"}, form=f"words-{photo.code[:8]}")
    assert client.get(address(photo)).status_code == 404
    assert len(s3.keys()) == 3, "the files wait for the store to come back"
    app.extensions["store"] = here
    with unit_of_work():
        actions.sweep_photos()
    assert s3.keys() == []
