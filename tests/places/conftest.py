"""The gazetteer is unpacked once for all tests of the room."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_login import LoginManager

from meetups.foundation.database import db
from meetups.foundation.gazetteer import Gazetteer, open_gazetteer
from meetups.people.models import Person


@pytest.fixture(scope="session")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    return open_gazetteer(tmp_path_factory.mktemp("gazetteer"))


@pytest.fixture(autouse=True)
def _unpacked_already(app: Flask, gazetteer: Gazetteer) -> None:
    app.extensions["gazetteer"] = gazetteer
    if not hasattr(app, "login_manager"):  # until signing in is built
        manager = LoginManager(app)
        manager.user_loader(lambda key: db.session.scalar(sa.select(Person).where(Person.session_key == key)))
