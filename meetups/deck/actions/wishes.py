"""What members ask for when they write a deck or a stick."""

from __future__ import annotations

from dataclasses import dataclass

from meetups.deck.models import Challenge
from meetups.deck.terms import AgeGroup, Category, Kind, Sharing, Skill


@dataclass(frozen=True)
class DeckWish:
    title: str
    about: str = ""
    sharing: Sharing = Sharing.PRIVATE


@dataclass(frozen=True)
class StickWish:
    """The words, and what they are about. Ages and skills are kept in the order of their lists."""

    text: str
    category: Category
    kind: Kind
    ages: tuple[AgeGroup, ...] = ()
    skills: tuple[Skill, ...] = ()
    warm_up: bool = False

    def write_on(self, challenge: Challenge) -> Challenge:
        """Put these words on a challenge; one that says something else than before is a copy of nothing."""
        if challenge.text and challenge.text != self.text:
            challenge.source = None
        challenge.text, challenge.category, challenge.kind = self.text, self.category, self.kind
        challenge.ages = [age.value for age in AgeGroup if age in self.ages]
        challenge.skills = [skill.value for skill in Skill if skill in self.skills]
        challenge.warm_up = self.warm_up
        return challenge

    def challenge(self) -> Challenge:
        """A challenge with these words that is in no database yet, and has no code."""
        return self.write_on(Challenge(code=""))

    @classmethod
    def of(cls, challenge: Challenge) -> StickWish:
        """What stands on a challenge now."""
        return cls(
            challenge.text, challenge.category, challenge.kind, tuple(AgeGroup(each) for each in challenge.ages),
            tuple(Skill(each) for each in challenge.skills), challenge.warm_up,
        )
