"""What tests of photos share: a recap that is up, and pictures sent to it as a phone would."""

from __future__ import annotations

import io

import sqlalchemy as sa

from meetups.foundation.database import db
from meetups.recaps.models import Photo, Recap
from tests.foundation.pictures import plants


def send(browser, recap: Recap, *files: bytes, name: str = "IMG_Wren_at_home_4711.jpg"):
    """Press "Send them" with these files chosen."""
    path = f"/recaps/{recap.code}/photos"
    data = {"csrf_token": browser.token(), "photos": [(io.BytesIO(raw), name) for raw in files]}
    return browser.post(path, data=data, content_type="multipart/form-data")


def say(browser, photo: Photo, alt: str, people: str, guardian: bool | None = None, **more: str):
    """Press "Save these words"."""
    prefix = f"photo-{photo.code[:8]}-"
    typed = {f"{prefix}alt": alt, f"{prefix}people": people, "do": "save", **more}
    if guardian is not None:
        typed[f"{prefix}guardian"] = guardian
    return browser.submit(f"/recaps/{photo.recap.code}/photos", typed, form=f"words-{photo.code[:8]}")


def all_photos() -> list[Photo]:
    return list(db.session.scalars(sa.select(Photo).order_by(Photo.id)))


def files_of(app) -> list[str]:
    folder = app.config["MEETUPS"].instance / "pictures"
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def address(photo: Photo, width: int = 400) -> str:
    return f"/photos/{photo.code}-{width}.jpg"


SHAKERS = plants.jpeg(picture=plants.scene((1000, 700)))
TODDLER = plants.heic(picture=plants.scene((500, 800)))
