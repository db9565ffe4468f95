import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from h3.api import basic_int as h3

from meetups.foundation.gazetteer import Gazetteer, open_gazetteer
from meetups.foundation.gazetteer.unpacking import DATA, unpacked
from meetups.foundation.geography import Point, cell, home_cell


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory) -> Gazetteer:
    return open_gazetteer(tmp_path_factory.mktemp("gazetteer"))


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        ("Portland, Maine", ["Portland, Maine"]),
        ("Portland, OR", ["Portland, Oregon"]),
        ("Portland", ["Portland, Oregon", "Portland, Maine"]),
        ("Portland Oregon USA", ["Portland, Oregon"]),
        ("Skokie IL", ["Skokie, Illinois"]),
        ("Las Vegas, New Mexico", ["Las Vegas, New Mexico"]),
        ("Springfield, MO", ["Springfield, Missouri"]),
        ("Paris, Texas", ["Paris, Texas"]),
        ("London, Ontario", ["London, Ontario"]),
        ("NYC", ["New York City, New York"]),
        ("New York", ["New York City, New York"]),
        ("München", ["Munich, Germany"]),
        ("Munchen", ["Munich, Germany"]),
        ("東京", ["Tokyo, Japan"]),
        ("St. Paul, MN", ["Saint Paul, Minnesota"]),
        ("Coeur d\u2019Alene, ID", ["Coeur d'Alene, Idaho"]),
        ("Winston-Salem NC", ["Winston-Salem, North Carolina"]),
        ("Paradise NS", ["Paradise, Nova Scotia"]),
        ("Kentville", ["Kentville, Nova Scotia"]),
        ("Halifax NS Canada", ["Halifax, Nova Scotia"]),
        ("Toronto, Canada", ["Toronto, Ontario"]),
        ("Chicago", ["Chicago, Illinois"]),
        ("Tacoma", ["Tacoma, Washington"]),
        ("Puyallup", ["Puyallup, Washington"]),
        ("Kitchener", ["Kitchener, Ontario"]),
        ("Boston", ["Boston, Massachusetts", "Boston, United Kingdom"]),
        ("Perth, WA", ["Perth, Western Australia"]),
        ("Washington, DC", ["Washington, District of Columbia"]),
        ("Washington", ["Washington", "Washington, District of Columbia"]),
        ("WY", ["Wyoming"]),
        ("Nova Scotia", ["Nova Scotia"]),
        ("Bath, United Kingdom", ["Bath, United Kingdom"]),
        ("Bath, Narnia", []),
        ("Room B2", []),
        ("Suite 10001", []),
        ("Portland, WA 97201", []),
    ],
)
def test_choices(gazetteer, typed, choices):
    assert [town.long_label for town in gazetteer.choices(typed)] == choices


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("98402", ("Tacoma, WA", "98402", "America/Los_Angeles")),
        ("60076-1234", ("Skokie, IL", "60076", "America/Chicago")),
        ("Tacoma, WA 98402", ("Tacoma, WA", "98402", "America/Los_Angeles")),
        ("98402, USA", ("Tacoma, WA", "98402", "America/Los_Angeles")),
        ("M5V 3L9", ("Downtown Toronto, Ontario", "M5V", "America/Toronto")),
        ("b0s1r0", ("Middleton, Nova Scotia", "B0S", "America/Halifax")),
        ("SW1A 1AA", ("London South West, United Kingdom", "SW", "Europe/London")),
        ("Melbourne VIC 3000", ("Melbourne, Victoria", "3000", "Australia/Melbourne")),
        ("Auckland 1010", ("Waitematā, New Zealand", "1010", "Pacific/Auckland")),
    ],
)
def test_postal_codes(gazetteer, typed, answer):
    town = gazetteer.find(typed)[0]
    assert (town.label, town.postal_code, town.time_zone, town.precision) == (*answer, "postal")


@pytest.mark.parametrize(
    ("address", "label"),
    [
        ("The Lantern & Ladle, 802 Pacific Ave, Tacoma, WA 98402", "Tacoma, WA"),
        ("Juniper Branch Library, Puyallup", "Puyallup, WA"),
        ("Hall B, Riverfront Convention Hall, Omaha, NE 68102", "Omaha, NE"),
        ("802 Pacific Ave Tacoma WA", "Tacoma, WA"),
        ("12 Elm Street, Wolfville, Nova Scotia B4P 1A1", "Wolfville, Nova Scotia"),
        ("10 Downing St, London SW1A 2AA, UK", "London South West, United Kingdom"),
        ("Room 3, Level 2", None),
        ("The pub", None),
    ],
)
def test_the_town_at_the_end_of_an_address(gazetteer, address, label):
    assert next((town.label for town in gazetteer.find_in_address(address)), None) == label


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        ",,,",
        "\x00\x1b[2J\u202e",
        "a" * 10_000,
        ", " * 5_000,
        "x " * 5_000,
        "'; drop table town; --",
        'NEAR("a" "b") OR *',
        "[a-z]*?%_",
        "🎪🎭",
        "مكتبة الأطفال",
        "\ud800",
        "١٢٣٤٥",
        "²³",
        "USA",
        "Canada, Canada",
    ],
)
def test_any_text_is_survived_and_finds_nothing(gazetteer, typed):
    assert [gazetteer.find(typed), gazetteer.choices(typed), gazetteer.find_in_address(typed)] == [[], [], []]


def test_a_country_narrows(gazetteer):
    assert [town.long_label for town in gazetteer.choices("Portland", country="AU")] == [
        "Portland, Victoria",
        "Portland, New South Wales",
    ]


def test_nearest_town_and_zones(gazetteer):
    assert gazetteer.nearest_town(Point(47.25, -122.44)).label == "Tacoma, WA"
    assert gazetteer.nearest_town(Point(-17.0, 179.99)).country == "FJ"
    assert gazetteer.nearest_town(Point(-90, 0)) is None
    assert gazetteer.zones_of_country("NZ") == ["Pacific/Auckland", "Pacific/Chatham"]


def test_residents_of_an_area_are_those_of_its_parts(gazetteer):
    home = cell(Point(47.25288, -122.44429), 5)
    wide = h3.cell_to_parent(home, 3)
    parts = sum(gazetteer.residents_within_cell(one) for one in h3.cell_to_children(wide, 5))
    assert gazetteer.residents_within_cell(wide) == parts > gazetteer.residents_within_cell(home) > 200_000


def test_a_home_in_sparse_country_is_kept_as_a_wide_area(gazetteer):
    area = home_cell(Point(44.27, -105.5), gazetteer.residents_within_cell)
    lonely = home_cell(Point(43.0, -107.5), gazetteer.residents_within_cell)
    assert gazetteer.residents_within_cell(area) >= 20_000
    assert h3.get_resolution(lonely) < 5


def test_many_threads_may_unpack_and_ask_at_once(tmp_path):
    start = threading.Barrier(4)

    def ask(_):
        start.wait()
        path = unpacked(DATA / "gazetteer.sqlite.xz", tmp_path)
        return path, Gazetteer(path).find("Tacoma")[0].label

    with ThreadPoolExecutor(4) as pool:
        answers = set(pool.map(ask, range(4)))
    assert answers == {(next(tmp_path.iterdir()), "Tacoma, WA")}


def test_without_the_share_alike_file_only_its_codes_are_missing(tmp_path):
    gazetteer = Gazetteer(unpacked(DATA / "gazetteer.sqlite.xz", tmp_path))
    assert [gazetteer.find("SW1A 1AA"), gazetteer.find("98402")[0].label] == [[], "Tacoma, WA"]
