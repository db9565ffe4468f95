"""Files in a bucket of any S3-compatible store, through obstore (the extra "s3")."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlsplit

from obstore.exceptions import BaseError
from obstore.store import S3Store

from meetups.foundation.storage.trouble import StoreAway
from meetups.settings import Settings

log = logging.getLogger(__name__)
SECONDS = timedelta(seconds=10)


class Bucket:
    """A bucket, or a folder in one. Nothing in it has to be public."""

    def __init__(self, settings: Settings) -> None:
        where = urlsplit(settings.picture_store)
        self._store = S3Store(
            where.netloc, prefix=where.path.strip("/") or None, endpoint=settings.store_endpoint or None,
            region=settings.store_region, access_key_id=settings.store_key_id, secret_access_key=settings.store_secret,
            virtual_hosted_style_request=False,
            client_options={
                "timeout": SECONDS, "connect_timeout": timedelta(seconds=5),
                "allow_http": settings.store_endpoint.startswith("http://"),
            },
            retry_config={"max_retries": 2, "retry_timeout": SECONDS},
        )

    def put(self, key: str, content: bytes, kind: str) -> None:
        with _told():
            self._store.put(key, content, attributes={"Content-Type": kind}, use_multipart=False)

    def get(self, key: str) -> bytes | None:
        with _told():
            try:
                return bytes(self._store.get(key).bytes())
            except FileNotFoundError:
                return None

    def delete(self, key: str) -> None:
        with _told():
            try:
                self._store.delete(key)
            except FileNotFoundError:
                return


@contextmanager
def _told() -> Iterator[None]:
    """Whatever the store says instead of doing it: into the log, and a sentence for the person."""
    try:
        yield
    except (BaseError, OSError) as trouble:
        log.error("the picture store: %s", str(trouble).partition("\n")[0])
        raise StoreAway from trouble
