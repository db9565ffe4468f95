"""The parts of a profile, and who may see each."""

from __future__ import annotations

from meetups.foundation.labels import Labeled


class Seen(Labeled):
    """Who sees a part, from the narrowest circle to the widest."""

    ME = ("me", "Only me")
    MET = ("met", "People I met")
    MEMBERS = ("members", "Members")
    EVERYBODY = ("everybody", "Everybody")

    @property
    def width(self) -> int:
        return list(Seen).index(self)

    def reaches(self, circle: Seen) -> bool:
        """Whether somebody of this circle (ME: the owner; MET, MEMBERS, EVERYBODY: a visitor) sees the part."""
        return self.width >= circle.width


class Field(Labeled):
    NAME = ("name", "Name")
    PLACE = ("place", "Library or region")
    AGES = ("ages", "Ages")
    LANGUAGES = ("languages", "Languages")
    SPECIALTIES = ("specialties", "Ask me about")
    ABOUT = ("about", "About")
    LINKS = ("links", "Links")


class Age(Labeled):
    """Whom people do storytime for."""

    BABY = ("baby", "Babies")
    TODDLER = ("toddler", "Toddlers")
    PRESCHOOL = ("preschool", "Preschool")
    SCHOOL_AGE = ("school_age", "School age")
    MIXED = ("mixed", "Mixed ages")
