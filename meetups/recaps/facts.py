"""What has happened to recaps."""

from __future__ import annotations

from dataclasses import dataclass

from meetups.recaps.models import Photo, Recap


@dataclass(frozen=True)
class RecapPublished:
    """A recap went up, for the first time or again after it was taken down."""

    recap: Recap


@dataclass(frozen=True)
class RecapChanged:
    """Something readers see of a recap may be different: words, names, or whether it is there at all."""

    recap: Recap


@dataclass(frozen=True)
class PhotoTakenDown:
    """Somebody did not want a photo seen; nobody sees it any more. `note` is what they said, if anything."""

    photo: Photo
    note: str
