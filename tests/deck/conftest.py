from __future__ import annotations

import pytest

from meetups.deck import actions
from meetups.foundation.database import unit_of_work


@pytest.fixture(autouse=True)
def full_cup(app):
    with unit_of_work():
        actions.fill_the_cup()
