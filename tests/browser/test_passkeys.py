"""Passkeys with a real (virtual) authenticator in Chromium: added, used to sign in, removed, copied."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from meetups.foundation.database import db
from meetups.people.models import Passkey
from tests import cast
from tests.browser.looking import assert_accessible, assert_fits


@pytest.fixture
def device(open_context, live_server):
    """A page of Ken's, on a device that holds passkeys."""
    context = open_context(person=cast.ken(), viewport={"width": 1280, "height": 900})
    page = context.new_page()
    wires = context.new_cdp_session(page)
    wires.send("WebAuthn.enable")
    made = wires.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }})
    page.wires, page.authenticator = wires, made["authenticatorId"]
    return page


def add(page, name="phone"):
    page.goto("/me")
    page.get_by_label("Name of this device").fill(name)
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_text("The passkey is added.").wait_for()


def sign_out(page):
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_text("You are signed out").wait_for()


def use(page, path="/sign-in"):
    page.goto(path)
    page.get_by_role("button", name="Use a passkey").click()


def counters(live_server):
    with live_server.app.app_context():
        return db.session.execute(sa.select(Passkey.name, Passkey.sign_count)).all()


def test_added_then_used_to_come_back(device, live_server):
    add(device)
    [(name, before)] = counters(live_server)
    assert name == "phone"
    assert_fits(device)
    assert_accessible(device)
    sign_out(device)
    use(device, "/sign-in?next=/near/people")
    device.wait_for_url("**/near/people")
    device.get_by_text("Hello, Ken.").wait_for()
    [(_, after)] = counters(live_server)
    assert after > before


def test_the_same_device_is_not_added_twice(device, live_server):
    add(device)
    device.goto("/me")
    device.get_by_role("button", name="Add a passkey").click()
    device.get_by_text("This device has a passkey here already.").wait_for()
    assert len(counters(live_server)) == 1


def test_a_removed_passkey_opens_nothing(device, live_server):
    add(device)
    device.get_by_role("button", name="Remove phone").click()
    device.get_by_text("opens nothing here any more").wait_for()
    assert counters(live_server) == []
    sign_out(device)
    use(device)
    device.get_by_text("We do not know that passkey.").wait_for()
    assert device.goto("/me").url.endswith("/sign-in?next=/me")


def test_a_copied_device_is_found_out_by_its_counter(device, live_server):
    add(device)
    sign_out(device)
    with live_server.app.app_context():
        db.session.execute(sa.update(Passkey).values(sign_count=1000))
        db.session.commit()
    use(device)
    device.get_by_text("That passkey did not open the door.").wait_for()
    assert counters(live_server) == [("phone", 1000)]


def test_a_device_that_says_no_is_no_harm(device, live_server):
    device.wires.send("WebAuthn.setUserVerified", {"authenticatorId": device.authenticator, "isUserVerified": False})
    device.wires.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": device.authenticator})
    device.wires.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "u2f", "transport": "usb", "automaticPresenceSimulation": True,
    }})
    device.goto("/me")
    device.get_by_role("button", name="Add a passkey").click()
    device.get_by_text("Nothing happened: the device said no").wait_for()
    assert counters(live_server) == []


def test_without_script_no_dead_button_is_shown(no_script):
    no_script.goto("/sign-in")
    assert not no_script.get_by_role("button", name="Use a passkey").is_visible()
    assert no_script.get_by_role("button", name="Mail me a link").is_visible()
