"""The locator map: known shapes, strange corners of the world, hostile words, and its size."""

import gzip
import math
import re
from itertools import combinations

import pytest
from lxml import etree

from meetups.foundation.atlas import Area, Label, Pin, View, build, draw_locator
from meetups.foundation.atlas.clipping import clipped_lines, clipped_rings
from meetups.foundation.atlas.layers import TOLERANCES, layer, level_for
from meetups.foundation.atlas.lettering import Box, gathered, text_width, thinned_labels
from meetups.foundation.atlas.packing import UNITS, pack, unpack
from meetups.foundation.atlas.projection import Local, Wide, distance_km, projection_for

SVG = "{http://www.w3.org/2000/svg}"
TACOMA, DES_MOINES, LABASA = (47.25, -122.44), (41.59, -93.62), (-16.43, 179.37)
TOWNS = [
    ("Tacoma", 47.25, -122.44),
    ("Chicago", 41.88, -87.63),
    ("Boston", 42.36, -71.06),
    ("Toronto", 43.65, -79.38),
    ("Halifax", 44.65, -63.58),
    ("London", 51.51, -0.13),
    ("Bergen", 60.39, 5.32),
    ("Geneva", 46.2, 6.14),
    ("Suva", -18.14, 178.44),
    ("Wellington", -41.29, 174.78),
    ("Sydney", -33.87, 151.21),
    ("Tokyo", 35.68, 139.77),
]
LABELS = [Label(name, lat, lon, weight=100 - place) for place, (name, lat, lon) in enumerate(TOWNS)]
PINS = [Pin(lat, lon, number, f"Storytime in {name}") for number, (name, lat, lon) in enumerate(TOWNS, 1)]


def drawn(view, pins=(), **options):
    options = {"title": "Map", "description": "Where it is", **options}
    return draw_locator(view, pins, **options)


def tree(svg):
    return etree.fromstring(svg.encode())


def found(svg, kind):
    """All elements with a class."""
    return [e for e in tree(svg).iter() if kind in (e.get("class") or "").split()]


def rings(d):
    """The points of every closed ring of a path written with M, l and z, in units of the drawing."""
    for ring in re.findall(r"M([^Mz]*)z", d):
        start, _, steps = ring.partition("l")
        x, y = map(int, start.split())
        points = [(x / 2, y / 2)]
        numbers = list(map(int, re.findall(r"-?\d+", steps)))
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x / 2, y / 2))
        yield points


def covers(points, x, y):
    """Whether a ring holds a point (even-odd)."""
    inside = False
    for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
            inside = not inside
    return inside


def is_land(svg, view, lat, lon):
    """What color the map has at a place: land that no lake covers, or sea."""
    x, y = projection_for(view, 640, 480).spot(lat, lon)
    land = sum(covers(ring, x, y) for path in found(svg, "land") for ring in rings(path.get("d")))
    lake = sum(covers(ring, x, y) for path in found(svg, "lake") for ring in rings(path.get("d")))
    return land % 2 == 1 and lake % 2 == 0


@pytest.mark.parametrize(
    ("middle", "radius_km", "land", "sea"),
    [
        pytest.param(TACOMA, 56, (47.18, -122.29), (47.70, -122.44), id="puget-sound"),
        pytest.param((41.88, -87.63), 40, (41.85, -87.90), (41.95, -87.30), id="lake-michigan"),
        pytest.param((43.65, -79.38), 100, (43.9, -79.5), (43.4, -78.9), id="lake-ontario"),
        pytest.param((44.65, -63.58), 100, (44.9, -63.9), (44.3, -63.0), id="nova-scotia"),
        pytest.param((60.39, 5.32), 150, (60.6, 7.0), (60.4, 3.6), id="norway"),
        pytest.param(LABASA, 150, (-16.6, 179.2), (-17.3, 179.0), id="fiji-west-of-180"),
        pytest.param(LABASA, 150, (-17.8, 178.0), (-17.0, -179.6), id="fiji-east-of-180"),
        pytest.param((-16.85, -179.97), 60, (-16.87, 179.97), (-16.9, -179.2), id="taveuni-on-180"),
        pytest.param((-77.85, 166.7), 200, (-77.6, 161.0), (-76.5, 168.0), id="ross-sea"),
    ],
)
def test_land_is_land_and_sea_is_sea(middle, radius_km, land, sea):
    view = View.around([], radius_km, middle)
    svg = drawn(view)
    assert (is_land(svg, view, *land), is_land(svg, view, *sea)) == (True, False)


def test_the_middle_of_iowa_is_all_land_with_county_borders():
    view = View.around([], 80, DES_MOINES)
    svg = drawn(view)
    corners = [Local(view, 640, 480)._place(x, y) for x in (-310, 0, 310) for y in (-230, 0, 230)]
    assert [is_land(svg, view, lat, lon + view.lon) for lat, lon in corners] == [True] * 9
    assert found(svg, "lake") == []
    assert len(found(svg, "border-county")) == 1


def test_counties_are_drawn_in_close_views_only():
    assert found(drawn(View.around([], 300, DES_MOINES)), "border-county") == []
    assert found(drawn(View.around([], 50, (46.2, 6.14))), "border-county") == []


def test_the_south_pole_is_land_all_round_and_the_north_pole_is_sea():
    south, north = View(-89.5, 10, 300), View(89.0, 10, 300)
    around = [(-89.0, lon) for lon in range(-180, 180, 45)]
    assert [is_land(drawn(south), south, lat, lon) for lat, lon in around] == [True] * 8
    assert found(drawn(north), "land") == []


@pytest.mark.parametrize("lon", [-540, -180, 179.99, 180, 360, 540])
def test_a_view_may_be_named_by_any_turn_of_its_longitude(lon):
    base = View(-16.43, lon, 100)
    same = View(-16.43, (lon + 180) % 360 - 180, 100)
    spots = [projection_for(view, 640, 480).spot(-17.0, 179.0) for view in (base, same)]
    assert spots[0] == pytest.approx(spots[1], abs=1e-6)
    assert len(found(drawn(base), "land")) == len(found(drawn(same), "land")) == (0 if lon == 360 else 1)


@pytest.mark.parametrize("lat", [-90, -60, 0, 45, 78.2, 90])
@pytest.mark.parametrize("bearing", [0, 1, 2, 4])
def test_a_distance_on_paper_is_the_distance_on_the_ground(lat, bearing):
    projection = projection_for(View(lat, 179.5, 300), 640, 480)
    x, y = 320 + 200 * math.sin(bearing), 240 - 200 * math.cos(bearing)
    at_lat, east = projection._place(x - 320, 240 - y)
    far = distance_km((lat, 179.5), (at_lat, 179.5 + east))
    assert far == pytest.approx(200 * projection.km_a_unit, rel=0.002)
    assert projection.spot(at_lat, 179.5 + east) == pytest.approx((x, y), abs=0.01)


HOSTILE = "</text><script>alert('x')</script>\"&\x00\x1b\u202e\ud800\uffff"


def test_hostile_words_stay_words():
    svg = drawn(
        View.around([], 50, TACOMA),
        [Pin(*TACOMA, 1, HOSTILE), Pin(47.5, -122.4, 2, HOSTILE, approximate=True)],
        labels=[Label(HOSTILE, 47.2, -122.3)],
        area=Area(((47.1, -122.4), (47.2, -122.4), (47.2, -122.3)), HOSTILE),
        title=HOSTILE,
        description=HOSTILE,
        links=True,
    )
    assert {e.tag for e in tree(svg).iter()} == {
        SVG + name for name in ("svg", "title", "desc", "g", "rect", "path", "polygon", "circle", "text", "a")
    }
    attributes = {name for e in tree(svg).iter() for name in e.attrib}
    assert attributes.isdisjoint({"style", "onload", "onclick"})
    assert "<script" not in svg


def test_emoji_and_right_to_left_names_are_kept():
    svg = drawn(View.around([], 50, TACOMA), labels=[Label("ירושלים 🌧", *TACOMA)])
    assert next(text.text for text in found(svg, "halo")) == "ירושלים 🌧"


def test_a_prefix_that_is_no_id_is_refused():
    with pytest.raises(ValueError, match="not an id"):
        drawn(View.around([], 50, TACOMA), prefix='a"b')


def test_two_maps_on_a_page_share_no_id():
    one, two = (drawn(View.around([], 50, TACOMA), PINS, prefix=prefix) for prefix in ("near", "far"))
    ids = [e.get("id") for svg in (one, two) for e in tree(svg).iter() if e.get("id")]
    assert ids == ["near-t", "near-d", "far-t", "far-d"]
    assert tree(one).get("aria-labelledby") == "near-t near-d"


WIDEST = View.around([(lat, lon) for _, lat, lon in TOWNS])
VIEWS = [
    *(View.around([], radius, (lat, lon)) for radius in (10, 50, 300) for _, lat, lon in TOWNS),
    *(View.around([], radius, middle) for radius in (50, 100, 300) for middle in (TACOMA, (62.5, 6.5))),
    View.around([(51.51, -0.13), (60.39, 5.32), (46.2, 6.14)]),
    View.around([(47.25, -122.44), (42.36, -71.06), (25.76, -80.19)]),
    View(-89.5, 10, 300),
    WIDEST,
]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: f"{view.lat:.0f},{view.lon:.0f},{view.half_km:.0f}")
def test_every_map_is_small_valid_and_free_of_nonsense(view):
    svg = drawn(view, PINS, labels=LABELS, radius_km=50, rings_km=[10, 25])
    assert len(gzip.compress(svg.encode(), 6)) < 10_000
    assert tree(svg).tag == SVG + "svg"
    assert re.search(r"nan|inf|\de[+-]?\d", svg, re.I) is None
    points = [point for path in found(svg, "land") for ring in rings(path.get("d")) for point in ring]
    assert all(-60 <= x <= 700 and -60 <= y <= 540 for x, y in points)


def test_the_same_input_gives_the_same_bytes():
    view = View.around([], 100, TACOMA)
    again = drawn(view, list(reversed(PINS)), labels=list(reversed(LABELS)))
    assert drawn(view, PINS, labels=LABELS) == again


def test_no_two_words_overlap_each_other_or_a_pin():
    view = View.around([], 100, TACOMA)
    projection = projection_for(view, 640, 480)
    crowd = [Label(f"Town {n}", 47.25 + n % 7 * 0.07, -122.9 + n // 7 * 0.11, n) for n in range(70)]
    groups = gathered((projection.spot(*TACOMA), pin) for pin in [Pin(*TACOMA, 1, "Pub")])
    spots = [(projection.spot(label.lat, label.lon), label) for label in crowd]
    placed = thinned_labels(spots, [groups[0].box], 640, 480, 50)
    boxes = [word.box for word in placed] + [groups[0].box]
    assert [pair for pair in combinations(boxes, 2) if pair[0].meets(pair[1])] == []
    assert 8 < len(placed) < 50
    assert placed[0].text == "Town 69"


def test_a_drawing_has_at_most_twelve_towns_the_weightiest_first():
    labels = [Label(f"T{n}", 46.6 + n % 6 * 0.25, -123.6 + n // 6 * 0.5, weight=n) for n in range(30)]
    svg = drawn(View.around([], 100, TACOMA), labels=labels)
    names = [text.text for text in found(svg, "halo") if text.text.startswith("T")]
    assert len(found(svg, "town")) == len(names) == 12
    assert names == [f"T{n}" for n in range(29, 17, -1)]


def numbers(svg):
    return sorted(text.text for text in found(svg, "pin-text"))


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        pytest.param([1, 2], ["1, 2"], id="two"),
        pytest.param([4, 5, 6, 7], ["4–7"], id="in-a-row"),
        pytest.param([2, 3, 9], ["2 +2"], id="scattered"),
    ],
)
def test_pins_that_fall_together_become_one(places, expected):
    pins = [Pin(TACOMA[0] + n * 1e-4, TACOMA[1], n, "Pub") for n in places]
    svg = drawn(View.around([], 50, TACOMA), pins)
    assert numbers(svg) == expected
    assert len(found(svg, "pin")) == 1


def test_pins_apart_stay_apart_and_those_outside_are_left_out():
    pins = [Pin(*TACOMA, 1, "Pub"), Pin(47.6, -122.3, 2, "Cafe"), Pin(10.0, 10.0, 3, "Far")]
    assert numbers(drawn(View.around([], 50, TACOMA), pins)) == ["1", "2"]


@pytest.mark.parametrize("lat", [math.nan, math.inf, 91.0, -1e9])
def test_a_pin_without_a_place_on_earth_is_left_out(lat):
    svg = drawn(View.around([], 50, TACOMA), [Pin(lat, -122.4, 1, "Nowhere")])
    assert numbers(svg) == []


def test_an_approximate_place_is_a_soft_circle():
    exact, about = Pin(*TACOMA, 1, "Pub"), Pin(47.5, -122.1, 2, "Home", approximate=True)
    svg = drawn(View.around([], 50, TACOMA), [exact, about])
    assert (len(found(svg, "pin")), len(found(svg, "pin-about"))) == (1, 1)
    beside = drawn(View.around([], 50, TACOMA), [exact, Pin(*TACOMA, 2, "Home", approximate=True)])
    assert (len(found(beside, "pin")), len(found(beside, "pin-about"))) == (1, 0)


def test_links_have_names_and_lead_to_the_list():
    pins = [Pin(*TACOMA, 2, "Pub"), Pin(*TACOMA, 3, "Cafe & bar"), Pin(47.6, -122.2, 1, "Park")]
    svg = drawn(View.around([], 50, TACOMA), pins, links=True)
    links = [(a.get("href"), a.get("aria-label")) for a in tree(svg).iter(SVG + "a")]
    assert links == [("#m1", "1: Park"), ("#m2", "2: Pub; 3: Cafe & bar")]
    assert tree(svg).get("role") == "group"
    plain = drawn(View.around([], 50, TACOMA), pins)
    assert (list(tree(plain).iter(SVG + "a")), tree(plain).get("role")) == ([], "img")


def test_the_radius_is_a_circle_of_its_size_with_its_length_in_words():
    view = View.around([], 35 * 1.609344, TACOMA)
    svg = drawn(view, radius_km=35 * 1.609344, rings_km=[10 * 1.609344], miles=True)
    assert [float(circle.get("r")) for circle in found(svg, "ring")] == [54.9, 192.0]
    assert [text.text for text in found(svg, "ring-text")] == ["10 mi", "35 mi"]


@pytest.mark.parametrize("radius", [-1.0, math.nan, math.inf])
def test_a_radius_that_is_no_length_is_refused(radius):
    with pytest.raises(ValueError, match="radius"):
        drawn(View.around([], 50, TACOMA), radius_km=radius)


@pytest.mark.parametrize(("miles", "words", "length"), [(False, "20 km", 96), (True, "20 mi", 154.5)])
def test_the_scale_bar_is_as_long_as_it_says(miles, words, length):
    svg = drawn(View.around([], 40, DES_MOINES), miles=miles)
    assert [text.text for text in found(svg, "halo")] == [words]
    (bar,) = found(svg, "scale")
    assert float(re.search(r"h([\d.]+)", bar.get("d"))[1]) == length


def test_the_scale_bar_makes_way_for_a_pin():
    view = View.around([], 40, DES_MOINES)
    lat, east = Local(view, 640, 480)._place(-260, -215)
    svg = drawn(view, [Pin(lat, DES_MOINES[1] + east, 1, "Corner")])
    (bar,) = found(svg, "scale")
    assert float(bar.get("d")[1:].split()[0]) > 320


def test_a_view_around_points_shows_them_all_and_crosses_the_antimeridian():
    view = View.around([(-18.14, 178.44), (-16.8, -179.99), (-13.8, -171.8)])
    assert view.lon == pytest.approx(-176.68, abs=0.01)
    spots = [projection_for(view, 640, 480).spot(*p) for p in [(-18.14, 178.44), (-13.8, -171.8)]]
    assert all(20 < x < 620 and 40 < y < 460 for x, y in spots)


@pytest.mark.parametrize("pair", combinations([(lat, lon) for _, lat, lon in TOWNS], 2))
def test_a_view_around_two_towns_shows_both(pair):
    projection = projection_for(View.around(pair), 640, 480)
    assert all(0 < x < 640 and 0 < y < 480 for x, y in (projection.spot(*place) for place in pair))


def test_a_view_without_points_shows_the_neighborhood_or_the_world():
    assert View.around([], None, TACOMA) == View(*TACOMA, 25.0)
    assert isinstance(projection_for(View.around([]), 640, 480), Wide)
    assert View.around([TACOMA], 1e9).half_km == 20_000


@pytest.mark.parametrize("bad", [(91, 0, 50), (math.nan, 0, 50), (0, 1e9, 50), (0, 0, 0), (0, 0, math.nan)])
def test_a_view_that_is_nowhere_is_refused(bad):
    with pytest.raises(ValueError, match="no such view"):
        View(*bad)


def test_a_layer_survives_packing():
    lines = [[(0, 0), (1, -1), (300, 20_000)], [(-360_000, 5), (-359_000, 6)]]
    read = unpack(pack(lines))
    assert list(zip(read.x, read.y, strict=True)) == [point for line in lines for point in line]
    assert (list(read.starts), read.boxes[1], read.extent) == (
        [0, 3, 5],
        (-360_000, 5, -359_000, 6),
        (-360_000, -1, 300, 20_000),
    )


def test_clipping_a_ring_by_chunks_gives_the_area_of_the_box():
    ring = [(math.cos(a / 500 * math.tau), math.sin(a / 500 * math.tau)) for a in range(501)]
    disc = unpack(pack([[(round(x * 10_000), round(y * 10_000)) for x, y in ring]]))
    (inner,) = clipped_rings(disc, (-2000, -1000, 2000, 1000))
    assert _area(inner) == 4000 * 2000
    (half,) = clipped_rings(disc, (0, -20_000, 20_000, 20_000))
    assert _area(half) == pytest.approx(math.pi / 2 * 1e8, rel=0.001)
    assert list(clipped_rings(disc, (20_000, 0, 30_000, 10))) == []


def _area(ring):
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs)) / 2


def test_a_line_is_cut_where_it_leaves_the_box():
    cross = unpack(pack([[(-100, 0), (0, 0), (100, 50)], [(500, 500), (600, 600)]]))
    assert list(clipped_lines(cross, (-50, -50, 50, 50))) == [[(-50, 0), (0, 0), (50, 25)]]


@pytest.mark.parametrize(("km", "level"), [(0.05, 0), (0.3, 0), (1.2, 1), (5, 2), (8, 3), (60, 4)])
def test_detail_follows_scale(km, level):
    assert level_for(km) == level


def test_every_level_ships_and_coarser_ones_are_smaller():
    for name in ("land", "lakes", "countries", "states"):
        sizes = [len(layer(name, level).x) for level in range(len(TOLERANCES))]
        assert sizes == sorted(sizes, reverse=True)
        assert sizes[-1] > 0


def test_no_step_of_a_line_is_longer_than_a_degree():
    land = layer("land", 4)
    steps = [
        max(abs(land.x[i + 1] - land.x[i]), abs(land.y[i + 1] - land.y[i]))
        for start, stop in zip(land.starts, land.starts[1:], strict=False)
        for i in range(start, stop - 1)
    ]
    assert max(steps) == UNITS


def test_letters_are_counted_generously():
    assert text_width("MMM", 10) > text_width("aaa", 10) > text_width("iii", 10)
    assert Box(0, 0, 10, 10).meets(Box(10, 0, 20, 10)) is False


def test_a_line_across_the_antimeridian_is_unrolled_thinned_and_joined():
    edge, turn = 179 * UNITS, 360 * UNITS
    assert build.unrolled([(edge, 0), (edge - turn + 4000, 1)]) == [(edge, 0), (edge + 4000, 1)]
    assert build.thinned([(0, 0), (50, 1), (100, 0), (100, 90)], 2) == [(0, 0), (100, 0), (100, 90)]
    assert build.joined([[(0, 0), (1, 1)], [(3, 0), (1, 1)]]) == [[(0, 0), (1, 1), (3, 0)]]
