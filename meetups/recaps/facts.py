"""What has happened to recaps."""

from __future__ import annotations

from dataclasses import dataclass

from meetups.recaps.models import Recap


@dataclass(frozen=True)
class RecapPublished:
    """A recap went up, for the first time or again after it was taken down."""

    recap: Recap
