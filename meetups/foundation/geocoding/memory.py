"""The memory of a whole installation, in its database: shared by every process that asks the map service.

Turns are given out in short units of work of their own and waited for outside of them: nobody holds a lock, or even a
snapshot, while the network is slow. Inside a unit of work nobody gets a turn at all.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from meetups.foundation import clock
from meetups.foundation.database import db, is_writing, lock, unit_of_work
from meetups.foundation.geocoding.answers import Found
from meetups.foundation.geocoding.rows import LookedUp, ServiceState
from meetups.foundation.geography import Point

PACE = timedelta(seconds=1.1)  # a little more than the second that public servers ask for, because networks jitter
LATE = timedelta(seconds=0.1)  # who comes so late to their turn takes another one
PATIENCE = timedelta(seconds=1.5)
NO_QUEUE = timedelta(minutes=1)  # a turn so far ahead was given out before the clock was set back
HIT_KEPT, MISS_KEPT = timedelta(days=180), timedelta(days=7)
ENOUGH_FAILURES = 3
SHORTEST_REST, LONGEST_REST = timedelta(minutes=1), timedelta(hours=1)
LONGEST_ASKED = timedelta(days=1)


class DatabaseMemory:
    """What is remembered of one map service. `patience`: how long a turn is waited for."""

    def __init__(
        self, service: str, patience: timedelta = PATIENCE, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.service, self.patience, self._sleep = service[:200], patience, sleep

    def recall(self, key: str) -> Sequence[Found] | None:
        row = db.session.get(LookedUp, self._digest(key))
        if row is None or row.expires_at <= clock.now():
            return None
        return [_unpacked(each) for each in row.hits]

    def remember(self, key: str, hits: Sequence[Found]) -> None:
        """An answer of any kind means that the service is well."""
        kept = HIT_KEPT if hits else MISS_KEPT
        with unit_of_work():
            state = self._state()
            state.failures, state.rests_until = 0, None
            answer = [_packed(each) for each in hits]
            db.session.merge(LookedUp(key=self._digest(key), hits=answer, expires_at=clock.now() + kept))

    def may_ask(self) -> bool:
        """Waits for a turn, up to `patience`; false while the service rests, and inside a unit of work."""
        if is_writing():
            return False
        for _ in range(2):
            turn = self._taken()
            if turn is None:
                return False
            if (wait := (turn - clock.now()).total_seconds()) > 0:
                self._sleep(wait)
            if clock.now() - turn < LATE:
                return True
        return False

    def note_trouble(self, rest_s: float | None) -> None:
        """Three failures in a row are a minute's rest, and each further one doubles it up to an hour. A rest that was
        asked for is kept from the first time, up to a day."""
        with unit_of_work():
            state, now = self._state(), clock.now()
            state.failures += 1
            if rest_s is not None:
                state.rests_until = now + min(max(timedelta(seconds=min(rest_s, 1e6)), SHORTEST_REST), LONGEST_ASKED)
            elif state.failures >= ENOUGH_FAILURES:
                doubled = SHORTEST_REST * 2 ** min(state.failures - ENOUGH_FAILURES, 10)
                state.rests_until = now + min(doubled, LONGEST_REST)

    def _taken(self) -> datetime | None:
        """The moment of our turn; None when it would be too long a wait, or the service rests."""
        with unit_of_work():
            state, now = self._state(), clock.now()
            if state.rests_until is not None and state.rests_until > now:
                return None
            turn = max(now, state.next_at) if state.next_at - now < NO_QUEUE else now
            if turn - now > self.patience:
                return None
            state.next_at = turn + PACE
            return turn

    def _state(self) -> ServiceState:
        dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
        insert: Any = dialect.insert(ServiceState.__table__)
        fresh = {"name": self.service, "next_at": clock.now(), "failures": 0}
        db.session.execute(insert.on_conflict_do_nothing(), fresh)
        return lock(db.session.get_one(ServiceState, self.service))

    def _digest(self, key: str) -> str:
        return hashlib.sha256(f"{self.service}|{key}".encode("utf-8", "replace")).hexdigest()


def forget_old_answers() -> None:
    """Delete what has expired. A chore of the worker."""
    db.session.execute(sa.delete(LookedUp).where(LookedUp.expires_at <= clock.now()))


def _packed(found: Found) -> dict[str, Any]:
    return {"at": [found.point.lat, found.point.lon], "precision": found.precision, "country": found.country,
            "region": found.region, "source": found.source, "around": list(found.around)}  # fmt: skip


def _unpacked(kept: dict[str, Any]) -> Found:
    return Found(Point(*kept["at"]), kept["precision"], kept["country"], kept["region"], kept["source"],
                 tuple(kept["around"]))  # fmt: skip
