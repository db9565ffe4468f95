import pytest

from meetups.foundation.gazetteer import open_gazetteer
from tests.mapservice import MapService


@pytest.fixture
def service():
    made = MapService()
    yield made
    made.close()


@pytest.fixture(scope="session")
def gazetteer(tmp_path_factory):
    return open_gazetteer(tmp_path_factory.mktemp("gazetteer"))
