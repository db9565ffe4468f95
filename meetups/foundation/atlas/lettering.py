"""Words and pins on a map: how much room they take, and which of them find room."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape

from meetups.foundation.atlas.projection import Spot

#: The size of lettering on a narrow screen, in units of the drawing; on a wide one it is smaller.
LETTER = 26.0
PIN_LETTER = 21.0
HEAD = 17.0
STEM = 31.0
ABOUT = 21.0
_LONGEST_LABEL = 28
_UNSAID = frozenset({"Cc", "Cs", "Cn", "Co"})
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NARROW, _WIDE = frozenset("iljtfrI.,:;'’()|! -"), frozenset("mwMW@%—")


@dataclass(frozen=True, slots=True)
class Pin:
    """A numbered place. `number` is that of the list beside the map, `name` is what is read aloud.

    `approximate` says that only the town or the postal code is known: a soft circle instead of a point.
    """

    lat: float
    lon: float
    number: int
    name: str
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A town to be lettered when there is room; a larger `weight` goes first (its residents, say)."""

    text: str
    lat: float
    lon: float
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def inside(self, width: float, height: float, margin: float = 4.0) -> bool:
        """Whether the box lies on the paper, `margin` units away from its edge."""
        return (
            self.left >= margin
            and self.top >= margin
            and self.right <= width - margin
            and self.bottom <= height - margin
        )


@dataclass(frozen=True, slots=True)
class Placed:
    """A word that found room: where its line begins, is centered or ends (`anchor`), and its box."""

    text: str
    x: float
    y: float
    anchor: str
    box: Box
    dot: Spot | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Pins that fall together, drawn as one."""

    x: float
    y: float
    pins: tuple[Pin, ...]

    @property
    def approximate(self) -> bool:
        """Soft only when every pin in it is."""
        return all(pin.approximate for pin in self.pins)

    @property
    def text(self) -> str:
        """What stands in its head: "3", "1, 2", "4–7" or "2 +5" (number 2 and five more)."""
        numbers = sorted(pin.number for pin in self.pins)
        if len(numbers) <= 2:
            return ", ".join(map(str, numbers))
        if numbers[-1] - numbers[0] == len(numbers) - 1:
            return f"{numbers[0]}–{numbers[-1]}"
        return f"{numbers[0]} +{len(numbers) - 1}"

    @property
    def name(self) -> str:
        """What is read aloud: every number with its name."""
        return "; ".join(f"{pin.number}: {pin.name}" for pin in sorted(self.pins, key=lambda p: p.number))

    @property
    def half_width(self) -> float:
        """Half the width of its head."""
        least = ABOUT if self.approximate else HEAD
        return max(least, text_width(self.text, PIN_LETTER) / 2 + (4 if len(self.text) < 3 else 8))

    @property
    def box(self) -> Box:
        """What it covers."""
        wide = self.half_width
        if self.approximate:
            return Box(self.x - wide, self.y - ABOUT, self.x + wide, self.y + ABOUT)
        return Box(self.x - wide, self.y - STEM - HEAD, self.x + wide, self.y)


def text_width(text: str, size: float) -> float:
    """How wide a text is at most, roughly: counted on the heavy cut of the text face, in units of `size`."""
    return size * sum(map(_advance, text))


def _advance(letter: str) -> float:
    if letter in _NARROW:
        return 0.36
    if letter in _WIDE or unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if unicodedata.combining(letter):
        return 0.0
    return 0.72 if letter.isupper() else 0.6


def said(text: str) -> str:
    """Escaped for XML, without the control characters it forbids and without bidirectional overrides.

    Joiners stay: Persian words and some emoji need them.
    """
    return escape("".join(" " if c in _TURNING or unicodedata.category(c) in _UNSAID else c for c in text))


def fitting(text: str) -> str:
    """One line, shortened to what a map can hold; not yet escaped."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_LABEL else line[: _LONGEST_LABEL - 1].rstrip() + "…"


def gathered(pins: Iterable[tuple[Spot, Pin]]) -> list[Group]:
    """The pins by number, those that would cover each other as one group in their middle."""
    groups: list[Group] = []
    spots = {}
    for spot, pin in sorted(pins, key=lambda placed: placed[1].number):
        spots[pin] = spot
        group = Group(*spot, (pin,))
        while hit := next((other for other in groups if _cover(group, other)), None):
            groups.remove(hit)
            members = hit.pins + group.pins
            x = sum(spots[member][0] for member in members) / len(members)
            y = sum(spots[member][1] for member in members) / len(members)
            group = Group(x, y, members)
        groups.append(group)
    return sorted(groups, key=lambda group: (group.y, group.x))


def _cover(one: Group, other: Group) -> bool:
    """Whether so much is covered that a number could not be read; heads may touch."""
    a, b = one.box, other.box
    return Box(a.left + 4, a.top + 4, a.right - 4, a.bottom - 4).meets(b)


def thinned_labels(
    labels: Iterable[tuple[Spot, Label]], taken: Sequence[Box], width: float, height: float, most: int
) -> list[Placed]:
    """The weightiest labels that overlap neither each other nor what is `taken`, at most `most` of them.

    Each tries right, left, above and below its dot, then beside what stands on its dot (a town under its own pin);
    what finds no room is left out.
    """
    placed: list[Placed] = []
    full = list(taken)
    seen = set()
    for (x, y), label in sorted(labels, key=lambda pair: (-pair[1].weight, pair[1].text, pair[0])):
        text = fitting(label.text)
        if len(placed) >= most:
            break
        if not text or text in seen or not (0 <= x <= width and 0 <= y <= height):
            continue
        choices = around(text, x, y, 8.0) + [
            one for box in taken if box.meets(Box(x - 5, y - 5, x + 5, y + 5)) for one in beside(text, box)
        ]
        found = next((c for c in choices if c.box.inside(width, height) and _free(c.box, full)), None)
        if found:
            seen.add(text)
            placed.append(found)
            dot = Box(x - 5, y - 5, x + 5, y + 5)
            full += [found.box, dot]
    return placed


def _free(box: Box, full: Iterable[Box]) -> bool:
    return not any(box.meets(other) for other in full)


def around(text: str, x: float, y: float, gap: float) -> list[Placed]:
    """The four ways to letter a dot, best first."""
    wide, rise, drop = text_width(text, LETTER), LETTER * 0.76, LETTER * 0.26
    tall = rise + drop
    spots = (
        ("start", x + gap, y + LETTER * 0.3),
        ("end", x - gap, y + LETTER * 0.3),
        ("middle", x, y - gap - drop),
        ("middle", x, y + gap + rise),
    )
    placed = []
    for anchor, at_x, at_y in spots:
        left = {"start": at_x, "end": at_x - wide, "middle": at_x - wide / 2}[anchor]
        box = Box(left, at_y - rise, left + wide, at_y - rise + tall)
        placed.append(Placed(text, at_x, at_y, anchor, box, (x, y)))
    return placed


def beside(text: str, box: Box) -> list[Placed]:
    """The word right, left, below and above something that covers its dot; the dot itself is not drawn."""
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    gap_x, gap_y = (box.right - box.left) / 2 + 4, (box.bottom - box.top) / 2 + 2
    right, left, *_ = around(text, x, y, gap_x)
    *_, above, below = around(text, x, y, gap_y)
    return [replace(one, dot=None) for one in (right, left, below, above)]


def nice_length(most: float) -> float:
    """The largest of 1, 2, 5, 10, 20 ... (or 0.1, 0.2, 0.5) that is not above `most`."""
    power = 10.0 ** math.floor(math.log10(most))
    return max(step * power for step in (1, 2, 5) if step * power <= most * 1.000001)
