"""What a worker has in its hands, written where a SIGKILL cannot take it: so that a letter is neither lost nor doubled.

SMTP has no transactions (RFC 1047): the server takes a letter when it gets the last byte, and says 250 a little later.
A worker that dies in between cannot know, and neither can anybody else. The database cannot help, because a commit
takes longer than that moment. So every worker keeps a small file, its logbook, and writes one line with one `write`,
some microseconds, as soon as a letter's last byte is with the operating system, and another when the server did not
take it. What is written survives the process (though not a power cut, after which letters may come twice, never not at
all). Another worker sees by the file's lock that its owner is dead, and settles:

- not handed over: free at once, no waiting for the lease to run out;
- handed over, answer unknown: counts as sent, because the server had every byte and servers refuse after the last one
  very rarely; it is shown to the operator as unconfirmed, who may send it again;
- handed over and refused: free.

What is left: a death in the microseconds between the operating system's taking the last byte and the line, after which
the letter is sent again (twice, never not at all; as the same message, with the same Message-ID). The byte leaves the
machine only after the line is written (`envelope._cork`), so that nobody is woken in between who would keep us waiting.
If a connection breaks while the worker lives, the standard's rule holds: the letter is tried again.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

HANDED, REFUSED = b"+", b"-"


class Logbook:
    """The file of one worker, locked as long as it lives. `name` marks its claims in the outbox."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.name = f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(6)}"
        self._path = folder / f"{self.name}.log"
        unready = folder / f".{self.name}"
        self._file = os.open(unready, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        fcntl.flock(self._file, fcntl.LOCK_EX)
        unready.rename(self._path)  # nobody sees it before it is locked

    def handed_over(self, number: int) -> None:
        """The letter's last byte has left."""
        self._write(HANDED, number)

    def refused(self, number: int) -> None:
        """The mail server answered, and did not take it."""
        self._write(REFUSED, number)

    def unsettled(self) -> set[int]:
        """What was handed over since the last `clear`."""
        return _handed(self._file)

    def clear(self) -> None:
        """Everything is in the database."""
        os.ftruncate(self._file, 0)

    def close(self) -> None:
        self._path.unlink(missing_ok=True)
        os.close(self._file)

    def _write(self, sign: bytes, number: int) -> None:
        with suppress(OSError):  # a full disk: then a death in the wrong moment means a letter twice
            os.write(self._file, b"%s%d\n" % (sign, number))


@contextmanager
def dead_logbooks(folder: Path) -> Iterator[list[tuple[str, set[int]]]]:
    """Name and handed-over letters of every worker that died; the files are gone when the block ends well.

    Locked meanwhile, so that two workers do not both settle; an error leaves the files for the next attempt.
    """
    found: list[tuple[Path, int]] = []
    try:
        for path in sorted(folder.glob("*.log")):
            file = _locked(path)
            if file is not None:
                found.append((path, file))
        yield [(path.stem, _handed(file)) for path, file in found]
        for path, _ in found:
            path.unlink(missing_ok=True)
    finally:
        for _, file in found:
            os.close(file)


def _locked(path: Path) -> int | None:
    """The file, if its owner is dead."""
    try:
        file = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return None
    return file


def _handed(file: int) -> set[int]:
    """The numbers handed over and not refused; a line cut short by a full disk says nothing."""
    handed: set[int] = set()
    for line in os.pread(file, os.fstat(file).st_size, 0).split(b"\n")[:-1]:
        sign, number = line[:1], line[1:]
        if number.isdigit():
            (handed.add if sign == HANDED else handed.discard)(int(number))
    return handed
