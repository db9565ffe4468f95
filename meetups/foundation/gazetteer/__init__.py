"""Towns, regions and postal codes of the world, looked up offline.

    gazetteer = open_gazetteer(instance_folder)
    gazetteer.choices("Portland")  ->  [Portland, Oregon; Portland, Maine]: ask
    gazetteer.choices("Tacoma")    ->  [Tacoma, WA]: clear

Data: GeoNames and others, see data/LICENSES.md. Compiled by `build.py`.
"""

from functools import lru_cache
from pathlib import Path

from meetups.foundation.gazetteer.lookup import CLEAR_LEAD, Gazetteer
from meetups.foundation.gazetteer.towns import Precision, Town
from meetups.foundation.gazetteer.unpacking import DATA, unpacked

__all__ = ["CLEAR_LEAD", "Gazetteer", "Precision", "Town", "open_gazetteer"]


@lru_cache(maxsize=4)
def open_gazetteer(folder: Path) -> Gazetteer:
    """The gazetteer shipped with the app, unpacked into `folder` the first time (about half a second)."""
    postal = DATA / "commonwealth.sqlite.xz"  # share-alike data: an operator may delete this file
    return Gazetteer(
        unpacked(DATA / "gazetteer.sqlite.xz", folder),
        unpacked(postal, folder) if postal.exists() else None,
    )
