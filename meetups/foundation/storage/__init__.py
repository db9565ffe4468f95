"""Where files live: on this machine's disk, or in an S3-compatible store. One door, named by the settings.

A file is put once under a name nobody can guess and never changed; nothing but this app reads it for visitors.
"""

from __future__ import annotations

from typing import Protocol

from flask import current_app

from meetups.foundation.storage.disk import Disk
from meetups.foundation.storage.trouble import StoreAway

__all__ = ["Store", "StoreAway", "store"]


class Store(Protocol):
    """Files by key. Each method raises StoreAway when the store cannot be reached or will not have it."""

    def put(self, key: str, content: bytes, kind: str) -> None:
        """Keep the content under the key, whole or not at all; `kind` is its media type."""

    def get(self, key: str) -> bytes | None:
        """The content, or None when there is no such file."""

    def delete(self, key: str) -> None:
        """Throw the file away; one that is gone already is fine."""


def store() -> Store:
    """The store of this app, made at its first use in each process."""
    extensions = current_app.extensions
    if "store" not in extensions:
        settings = current_app.config["MEETUPS"]
        if settings.picture_store:
            from meetups.foundation.storage.s3 import Bucket  # noqa: PLC0415 slow import, and an extra

            extensions["store"] = Bucket(settings)
        else:
            extensions["store"] = Disk(settings.instance / "pictures")
    found: Store = extensions["store"]
    return found

