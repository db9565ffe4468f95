"""The gazetteer is unpacked once for all tests of the room."""

from __future__ import annotations

import pytest
from flask import Flask

from meetups.foundation.gazetteer import Gazetteer, open_gazetteer


@pytest.fixture(scope="session")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    folder = tmp_path_factory.mktemp("gazetteer")
    return open_gazetteer(folder)


@pytest.fixture(autouse=True)
def _unpacked_already(app: Flask, gazetteer: Gazetteer) -> None:
    app.extensions["gazetteer"] = gazetteer
