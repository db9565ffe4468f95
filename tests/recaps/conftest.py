"""Sol, who was there, about to write it up."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import cast
from tests.makers import make_meetup, make_rsvp


@pytest.fixture
def meetup(app, frozen):
    """Begun an hour ago; Sol was going."""
    meetup = make_meetup("Fox Hollow swap", host=cast.marisol())
    frozen.move_to(meetup.starts_at + timedelta(hours=1))
    return meetup


@pytest.fixture
def sol(meetup):
    sol = cast.sol()
    make_rsvp(meetup, sol)
    return sol


@pytest.fixture
def browser(sol, signed_in):
    return signed_in(sol)
