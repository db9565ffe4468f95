"""Whatever is typed into the search near a town: an answer or a sentence, never an error page."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests import makers

AREAS = (
    "0,0", "47,-122,3", "-122,47", "91,181", "nan,nan", "inf,-inf", "1e400,3", "90,0", "-90,180", "0,-180",
    "x" * 10_000, "'; drop table meetups;--", '"a" OR b* NEAR/2 (c', "\x00", "‮", "98402, Canada",
    "Toronto, WA M5V 3L9", "00000",
    "١٢٣٤٥", "🎉" * 500, "%", "_", "\\",
)  # fmt: skip
FILTERS = (
    "within=-1", "within=0", "within=1e9", "within=nan", "within=" + "9" * 400, "within=٣", "unit=parsec", "order=zz",
    "q=" + quote('"' * 300), "q=" + quote("a' OR 1=1 -- *"), "q=" + "x+" * 5000, "q=%00", "q=%ff%fe", "kind=zz",
    "age=1e9", "conference=" + quote("%_\\" * 300), "from=0000-00-00", "until=9999-12-31",
    "from=9999-12-31&until=0001-01-01",
    "after=25:99", "page=-1", "page=" + "9" * 40, "when=zz", "area[]=x", "area=Tacoma&area=Seattle",
)  # fmt: skip
SAID = {
    "-122,47": "Latitude comes first: did you mean 47, -122?",
    "0,0": "0, 0 is in the open sea",
    "nan,nan": "Those numbers are no place on earth.",
    "98402, Canada": "We don’t know that place.",
}


@pytest.fixture
def something_near(app):
    return makers.make_meetup()


@pytest.mark.parametrize("area", AREAS)
def test_any_area(something_near, client, area):
    page = client.get(f"/near?area={quote(area)}&within=100")
    assert page.status_code == 200
    assert SAID.get(area, "") in client.text(page)
    assert client.get(f"/near.geojson?area={quote(area)}").status_code in (200, 400)


def test_any_filter(something_near, client):
    answers = {filters: client.get(f"/near?area=Tacoma,+WA&{filters}").status_code for filters in FILTERS}
    assert {filters[:40]: status for filters, status in answers.items() if status != 200} == {}
    assert [client.get(f"/near.ics?{filters}").status_code for filters in FILTERS[:8]] == [200] * 8
