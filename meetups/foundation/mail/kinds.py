"""Kinds of letters: what a person can choose about. The rooms that write letters declare them."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_KIND = 32
_declared: dict[str, Kind] = {}


@dataclass(frozen=True)
class Kind:
    """`name` is what letters carry, `label` and `hint` what people read beside the choice.

    An `essential` kind is not chosen about. An `awaited` one answers something the person did a moment ago and is
    waiting for at the screen: neither quiet hours nor a muted topic hold it back. A `timely` one is of no use days
    later, so it comes by itself or not at all, never in the weekly letter.
    """

    name: str
    label: str
    hint: str = ""
    essential: bool = False
    awaited: bool = False
    timely: bool = False


def declare(kind: Kind) -> str:
    """Add a kind when its room is imported; returns its name. Refuses (ValueError) a second meaning for a name."""
    if len(kind.name) > LONGEST_KIND or _declared.setdefault(kind.name, kind) != kind:
        raise ValueError(f"the kind of letter {kind.name!r} is declared twice, or its name is too long")
    return kind.name


def kind_named(name: str) -> Kind | None:
    return _declared.get(name)


def is_awaited(name: str) -> bool:
    kind = kind_named(name)
    return kind is not None and kind.awaited


def is_timely(name: str) -> bool:
    kind = kind_named(name)
    return kind is not None and kind.timely


def kinds_to_choose() -> list[Kind]:
    """The kinds that can be had one by one, in the weekly letter, or not at all; by label."""
    return sorted((kind for kind in _declared.values() if not kind.essential), key=lambda kind: kind.label)


DIGEST = declare(Kind("digest", "The weekly letter", essential=True))
