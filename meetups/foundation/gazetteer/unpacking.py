"""The data ships packed; each installation unpacks it once."""

import hashlib
import lzma
import os
import shutil
import tempfile
import time
from pathlib import Path

DATA = Path(__file__).with_name("data")
OLD_AFTER_S = 24 * 3600  # a process of the release before may still hold its file


def unpacked(packed: Path, folder: Path) -> Path:
    """The SQLite file inside `packed`, in `folder`, named by the content so that an upgrade makes a new one.

    Several processes may do this at once: each writes a file of its own, and the last rename wins with equal bytes.
    Files of earlier releases go away a day after they were made.
    """
    digest = hashlib.sha256(packed.read_bytes()).hexdigest()[:16]
    stem = packed.name.split(".")[0]
    target = folder / f"{stem}-{digest}.sqlite"
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix=f".{stem}-")
        try:
            with os.fdopen(handle, "wb") as out, lzma.open(packed) as source:
                shutil.copyfileobj(source, out, 1 << 20)
            os.chmod(name, 0o644)
            os.replace(name, target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _forget_old(folder, stem, target)
    return target


def _forget_old(folder: Path, stem: str, current: Path) -> None:
    for path in folder.glob(f"{stem}-*.sqlite"):
        try:
            if path != current and time.time() - path.stat().st_mtime > OLD_AFTER_S:
                path.unlink()
        except OSError:  # another process was quicker, or Windows still reads it
            continue
