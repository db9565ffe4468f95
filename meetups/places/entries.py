"""Access facts in words: what is stated, and plainly that the rest is not."""

from __future__ import annotations

from dataclasses import dataclass

from meetups.places.models import Access, Noise, YesNo


@dataclass(frozen=True)
class Fact:
    """One line of "Before you set out": a drawing, the words that matter, and whether anybody stated it."""

    icon: str
    words: str
    stated: bool = True


def access_facts(access: Access) -> list[Fact]:
    """Six facts, always in the same order; an unknown one says "not stated" instead of being left out."""
    return [
        _step_free(access),
        _noise(access),
        _fact("seat", f"Seating: {access.seating}" if access.seating else "", "Seating: not stated"),
        _door(access),
        _yes_no("glass", access.alcohol, "Alcohol is sold", "No alcohol", "Alcohol: not stated"),
        _yes_no("kid", access.children_welcome, "Children welcome", "Grown-ups only, please", "Children: not stated"),
    ]


def stated(access: Access) -> list[str]:
    """Only what somebody stated, for short texts."""
    return [fact.words for fact in access_facts(access) if fact.stated]


def _step_free(access: Access) -> Fact:
    icon = "stairs" if access.step_free is YesNo.NO else "step"
    return _yes_no(icon, access.step_free, "Step-free from the street", "Not step-free", "Step-free: not stated")


def _noise(access: Access) -> Fact:
    words = {Noise.QUIET: "Quiet", Noise.MEDIUM: "Medium noise", Noise.LOUD: "Loud"}
    return _fact("ear", words[access.noise] if access.noise else "", "Noise: not stated")


def _door(access: Access) -> Fact:
    age = f"{access.age_limit}+" if access.age_limit else ""
    check = {YesNo.YES: "ID checked", YesNo.NO: "no ID needed", None: ""}[access.id_required]
    words = ", ".join(part for part in (age, check) if part)
    return _fact("idcard", words[:1].upper() + words[1:], "Age and ID: not stated")


def _yes_no(icon: str, answer: YesNo | None, yes: str, no: str, unknown: str) -> Fact:
    return _fact(icon, {YesNo.YES: yes, YesNo.NO: no, None: ""}[answer], unknown)


def _fact(icon: str, words: str, unknown: str) -> Fact:
    return Fact(icon, words) if words else Fact(icon, unknown, stated=False)
