"""When this happens in one room, do that in another: one table, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

TABLE: Mapping[type, Sequence[Callable[[Any], None]]] = {}
