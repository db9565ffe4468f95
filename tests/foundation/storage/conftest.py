"""One S3 server for all tests of stores."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.foundation.storage.stores import S3, s3_server


@pytest.fixture(scope="session")
def s3() -> Iterator[S3]:
    with s3_server() as running:
        yield running
