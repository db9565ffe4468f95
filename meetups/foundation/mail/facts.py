"""What has happened to letters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LetterBounced:
    """A letter could not be delivered: its address was refused, or it came back. `topic` is what it was about."""

    key: str
    address: str
    topic: str
