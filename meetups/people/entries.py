"""How a member looks to others: as much of the profile as a circle may see."""

from __future__ import annotations

from dataclasses import dataclass

from meetups.people.models import Person, Profile
from meetups.people.terms import Age, Field, Seen


@dataclass(frozen=True)
class Sight:
    """What one circle sees; what it may not see is empty, as if it had never been filled in."""

    name: str
    place: str = ""
    ages: tuple[str, ...] = ()
    languages: str = ""
    specialties: str = ""
    about: str = ""
    links: tuple[str, ...] = ()


def sight_of(person: Person, circle: Seen) -> Sight | None:
    """The profile as this circle sees it; None when not even the name is shown to it: then there is no page."""
    profile = person.profile or Profile(ages=[], links=[], seen={}, place="", languages="", specialties="", about="")
    shown = {field for field in Field if profile.seen_by(field).reaches(circle)}
    if Field.NAME not in shown:
        return None
    return Sight(
        name=person.name,
        place=profile.place if Field.PLACE in shown else "",
        ages=tuple(age.label for age in Age if age.value in profile.ages) if Field.AGES in shown else (),
        languages=profile.languages if Field.LANGUAGES in shown else "",
        specialties=profile.specialties if Field.SPECIALTIES in shown else "",
        about=profile.about if Field.ABOUT in shown else "",
        links=tuple(profile.links) if Field.LINKS in shown else (),
    )
