"""Files in a folder of this machine, readable by the app's own account only."""

from __future__ import annotations

import logging
import os
import tempfile
from pathlib import Path

from meetups.foundation.storage.trouble import StoreAway

log = logging.getLogger(__name__)


class Disk:
    """A folder; keys with slashes are folders in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, key: str, content: bytes, kind: str) -> None:
        """Written beside its place, flushed to the disk, then moved there in one step."""
        try:
            self._write(self.folder / key, content)
        except OSError as trouble:
            log.exception("a picture could not be written")
            raise StoreAway from trouble

    def _write(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise

    def get(self, key: str) -> bytes | None:
        try:
            return (self.folder / key).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as trouble:
            log.exception("a picture could not be read")
            raise StoreAway from trouble

    def delete(self, key: str) -> None:
        try:
            (self.folder / key).unlink(missing_ok=True)
        except OSError as trouble:
            log.exception("a picture could not be thrown away")
            raise StoreAway from trouble
