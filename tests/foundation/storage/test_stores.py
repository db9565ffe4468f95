"""Files on the disk and in an S3-compatible store: the same deeds, the same answers."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from meetups.foundation.storage import StoreAway
from meetups.foundation.storage.disk import Disk
from meetups.foundation.storage.s3 import Bucket
from meetups.settings import Settings, WrongSetting
from tests.foundation.mail.sink import free_port
from tests.foundation.storage.stores import BUCKET

KEY = "ab/abcdef0123456789-400.jpg"
DOTS = bytes(range(256)) * 300


@pytest.fixture(params=["disk", "s3"])
def place(request, tmp_path):
    return Disk(tmp_path / "pictures") if request.param == "disk" else Bucket(request.getfixturevalue("s3").settings())


def test_what_is_put_comes_back_and_goes(place):
    assert place.get(KEY) is None
    place.put(KEY, DOTS, "image/jpeg")
    place.put(KEY, DOTS, "image/jpeg")
    assert place.get(KEY) == DOTS
    place.delete(KEY)
    place.delete(KEY)
    assert place.get(KEY) is None


def test_many_at_once(place):
    keys = [f"cd/{number:032x}-800.jpg" for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda key: place.put(key, key.encode(), "image/jpeg"), keys))
        assert list(pool.map(place.get, keys)) == [key.encode() for key in keys]
        list(pool.map(place.delete, keys))
    assert place.get(keys[0]) is None


def test_amazons_own_library_finds_the_same_bytes(s3):
    Bucket(s3.settings()).put(KEY, DOTS, "image/jpeg")
    found = s3.client().get_object(Bucket=BUCKET, Key=f"storytime/{KEY}")
    assert (found["Body"].read(), found["ContentType"]) == (DOTS, "image/jpeg")
    assert s3.keys() == [f"storytime/{KEY}"]
    Bucket(s3.settings()).delete(KEY)
    assert s3.keys() == []


@pytest.mark.parametrize(
    "wrong",
    [{"store_secret": "not-the-secret"}, {"picture_store": "s3://another-bucket"}, {"store_key_id": "AKIANOBODY"}],
)
def test_a_store_that_will_not_have_us_says_so_in_a_sentence(s3, wrong, caplog):
    place = Bucket(s3.settings(**wrong))
    with pytest.raises(StoreAway) as away:
        place.put(KEY, DOTS, "image/jpeg")
    assert away.value.status == 503
    assert s3.keys() == []
    assert s3.secret not in caplog.text
    assert "the picture store" in caplog.text


def test_a_store_that_is_not_there_is_given_up_soon(s3):
    place = Bucket(s3.settings(store_endpoint=f"http://127.0.0.1:{free_port()}"))
    for deed in (lambda: place.put(KEY, DOTS, "image/jpeg"), lambda: place.get(KEY), lambda: place.delete(KEY)):
        with pytest.raises(StoreAway):
            deed()


def test_on_the_disk_only_we_can_read_it_and_nothing_half_written_stays(tmp_path):
    place = Disk(tmp_path / "pictures")
    place.put(KEY, DOTS, "image/jpeg")
    path = tmp_path / "pictures" / KEY
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_full_or_forbidden_disk_is_a_refusal(tmp_path):
    (tmp_path / "pictures").write_text("a file where the folder should be")
    place = Disk(tmp_path / "pictures")
    for deed in (lambda: place.put(KEY, DOTS, "image/jpeg"), lambda: place.get(KEY), lambda: place.delete(KEY)):
        with pytest.raises(StoreAway):
            deed()


@pytest.mark.parametrize(
    "given",
    [
        {"picture_store": "pictures"}, {"picture_store": "s3://"}, {"picture_store": "s3://UPPER"},
        {"picture_store": "s3://bucket?x=1"}, {"picture_store": "https://s3.example/bucket"},
        {"picture_store": "s3://bucket"}, {"picture_store": "s3://bucket", "store_key_id": "k"},
        {"picture_store": "s3://bucket", "store_key_id": "k", "store_secret": "s", "store_endpoint": "s3.example"},
    ],
)
def test_a_store_that_cannot_be_used_stops_the_start(tmp_path, given):
    with pytest.raises(WrongSetting, match=r"PICTURE_STORE|STORE_"):
        Settings(instance=tmp_path, **given).completed()
