"""Every page says who may enter; what nobody named is closed."""

from meetups.foundation.doors import Door, door_of, moderator
from tests import cast

PAGE = "<!doctype html><html lang=en><title>Powers</title><body><main>secret</main></body></html>"


def endpoints(app):
    return sorted({rule.endpoint for rule in app.url_map.iter_rules()})


def test_every_route_has_a_door(app):
    assert [each for each in endpoints(app) if door_of(app, each) is None] == []


def test_a_route_without_a_door_lets_nobody_in(app, signed_in):
    app.add_url_rule("/forgotten", "forgotten", lambda: PAGE)
    assert signed_in(cast.moderator()).get("/forgotten").status_code == 404


def addresses(app, door):
    """One address for each rule behind a door, with something in place of each part that varies."""
    for rule in app.url_map.iter_rules():
        if door_of(app, rule.endpoint) is door:
            values = {name: 1 if "Integer" in type(kind).__name__ else "2222222" for name, kind in
                      rule._converters.items()}
            yield rule, rule.build(values, append_unknown=False)[1]


def test_strangers_are_sent_to_sign_in_at_every_door_for_members_and_moderators(app, client):
    checked = 0
    for door in (Door.MEMBER, Door.MODERATOR):
        for rule, path in addresses(app, door):
            if "GET" in rule.methods:
                response = client.get(path)
                assert (path, response.status_code) == (path, 303)
                assert response.location.startswith("/sign-in?next=")
                checked += 1
    assert checked > 0


def test_the_doors_for_moderators_look_like_a_wall_to_members(app, signed_in):
    app.add_url_rule("/powers", "powers", moderator(lambda: PAGE))
    assert signed_in(cast.moderator()).get("/powers").status_code == 200
    member = signed_in(cast.ana())
    paths = [path for rule, path in addresses(app, Door.MODERATOR) if "GET" in rule.methods]
    assert "/powers" in paths
    assert {path: member.get(path).status_code for path in paths} == dict.fromkeys(paths, 404)


def test_what_the_operators_machine_shows_is_for_that_machine_alone(app, client):
    paths = [path for rule, path in addresses(app, Door.OWN_MACHINE) if "GET" in rule.methods]
    assert "/letters" in {path.rstrip("/") for path in paths}
    for path in paths:
        far = client.get(path, environ_overrides={"REMOTE_ADDR": "198.51.100.7"})
        through_a_proxy = client.get(path, headers={"X-Forwarded-For": "198.51.100.7"})
        rebound = client.get(path, base_url="http://letters.example")
        assert [each.status_code for each in (far, through_a_proxy, rebound)] == [404, 404, 404]


def test_an_address_of_data_never_answers_with_a_page(app, client):
    files = {rule.rule.rpartition("/")[2] for rule in app.url_map.iter_rules() if "GET" in rule.methods}
    endings = {name.rpartition(".")[2] for name in files if "." in name} - {"js", "jpg"}
    kinds = {ending: client.get(f"/nothing.{ending}").mimetype for ending in endings}
    assert {"ics", "json", "csv"} <= endings
    assert set(kinds.values()) == {"application/problem+json"}, kinds
