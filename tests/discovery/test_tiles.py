"""Street tiles come only where the operator named a server, and then from that host alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from meetups.settings import Settings, WrongSetting

TILES = "https://tiles.example/{z}/{x}/{y}.png"


class TestWithTiles:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, tile_url=TILES, tile_credit="Map people <3")

    def test_the_policy_names_the_host_where_a_map_is(self, client):
        near, bare = (client.get(path).headers["Content-Security-Policy"] for path in ("/near?area=Tacoma", "/near"))
        assert "img-src 'self' data: https://tiles.example;" in near
        assert "img-src 'self' data:;" in bare

    def test_the_map_knows_them(self, client):
        figure = client.tree(client.get("/near?area=Tacoma")).find(".//figure[@data-map]")
        assert (figure.get("data-tiles"), figure.get("data-credit")) == (TILES, "Map people <3")


def test_without_a_tile_server_nothing_is_loaded_from_elsewhere(client):
    answer = client.get("/near?area=Tacoma")
    assert "img-src 'self' data:;" in answer.headers["Content-Security-Policy"]
    assert client.tree(answer).find(".//figure[@data-map]").get("data-tiles") is None


@pytest.mark.parametrize(
    ("url", "credit", "says"),
    [
        ("tiles.example/{z}/{x}/{y}.png", "us", "TILE_URL looks like https://tiles.example/{z}/{x}/{y}.png."),
        ("https://tiles.example/1/2/3.png", "us", "TILE_URL looks like https://tiles.example/{z}/{x}/{y}.png."),
        ("https://a; script-src */{z}/{x}/{y}", "us", "TILE_URL looks like https://tiles.example/{z}/{x}/{y}.png."),
        (TILES, "", "TILE_URL needs TILE_CREDIT: say whose map it is."),
    ],
)
def test_odd_tile_servers_are_refused(tmp_path, url, credit, says):
    with pytest.raises(WrongSetting) as refused:
        Settings(instance=tmp_path, tile_url=url, tile_credit=credit).completed()
    assert str(refused.value) == says
