"""What is said about a picture."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField

from meetups.foundation.forms import ChoiceField, Form, prose
from meetups.recaps.actions import PhotoWish
from meetups.recaps.models import Photo, PhotoPeople


class PhotoForm(Form):
    """What is said about one picture; there are several on a page, so that each has names of its own."""

    alt = prose(
        "What is in it, for someone who can’t see it", most=600,
        needed="Say in a sentence what is in it; before that nobody sees the photo.",
    )
    people = ChoiceField("Who can be recognized in it?", PhotoPeople, needed="Choose one; “Not sure” is an answer.")
    guardian = BooleanField("A parent or guardian of each child said yes to this photo being shown here")

    def __init__(self, photo: Photo, **more: Any) -> None:
        self.photo = photo
        standing = {"alt": photo.alt, "people": photo.people, "guardian": photo.guardian_at is not None}
        super().__init__(prefix=f"photo-{photo.code[:8]}-", data=standing, **more)

    def wish(self) -> PhotoWish:
        return PhotoWish(" ".join(self.alt.data.split()), self.people.data, bool(self.guardian.data))
