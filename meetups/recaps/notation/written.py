"""A recap as it was written down: the structure between text and the database.

Nothing here has been agreed to: `said_by` is a name as somebody typed it and may not be shown to anyone but
the writers of the recap before its bearer said yes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from meetups.foundation.markup import clean, clean_line
from meetups.recaps.terms import AgeGroup, Category, Form, Kind, Origin, Outcome, ResourceType, Stance

DEEPEST_MARGIN = 12  # spaces kept in front of a line, for lists inside lists

_ADDRESS = re.compile(r"https?://[^\s<>\"“”]{1,1000}", re.IGNORECASE)
_AFTER_ADDRESS = ".,;:!?'’*_|\\"


@dataclass
class WrittenResource:
    """A song, book or thing mentioned in a response."""

    type: ResourceType
    title: str
    creator: str | None = None
    url: str | None = None


@dataclass
class WrittenResponse:
    """One idea. `links` are the addresses in the text, then those that came beside it."""

    text: str
    form: Form = Form.TIP
    stance: Stance | None = None
    said_by: str | None = None
    literacy_tip: str | None = None
    links: list[str] = field(default_factory=list)
    resources: list[WrittenResource] = field(default_factory=list)


@dataclass
class WrittenEntry:
    """One challenge as it was asked. `topic` is the heading it stood under, as typed."""

    prompt: str
    origin: Origin = Origin.CUP
    kind: Kind | None = None
    topic: str | None = None
    age_groups: list[AgeGroup] = field(default_factory=list)
    outcome: Outcome = Outcome.UNANSWERED
    responses: list[WrittenResponse] = field(default_factory=list)
    literacy_tip: str | None = None
    leftovers: list[str] = field(default_factory=list)

    @property
    def category(self) -> Category | None:
        """The category the topic names, if it names one."""
        return category_named(self.topic) if self.topic else None


@dataclass
class WrittenRecap:
    """Head and tail are Markdown; the place, the date and the head-count stay in their words."""

    title: str | None = None
    head: str = ""
    entries: list[WrittenEntry] = field(default_factory=list)
    tail: str = ""

    def all_text(self) -> str:
        """Every word kept, one field a line: what to search in when asking whether something was dropped."""
        return "\n".join(text for text in _texts(self) if text)


def _texts(recap: WrittenRecap) -> Iterator[str | None]:
    yield from (recap.title, recap.head)
    for entry in recap.entries:
        yield from (entry.topic, entry.prompt, entry.literacy_tip, *entry.leftovers)
        for response in entry.responses:
            yield from (response.text, response.said_by, response.literacy_tip)
            # an address or a title that the text shows already is one occurrence, not two
            beside = [link for link in response.links if link not in response.text]
            for thing in response.resources:
                beside += [part for part in (thing.title, thing.creator, thing.url) if part]
            yield from (part for part in beside if part not in response.text)
    yield recap.tail


_CATEGORY_WORDS = {
    Category.BEHAVIOR_MANAGEMENT: ("behavior", "behaviour", "management", "crowd control", "classroom"),
    Category.TRANSITIONS: ("transition", "attention"),
    Category.EARLY_LITERACY: ("literacy", "phonological", "letters", "ecrr", "vocabulary"),
    Category.CAREGIVERS: ("caregiver", "grown-up", "grownup", "parent", "adults"),
    Category.SONGS_AND_RHYMES: ("song", "rhyme", "fingerplay", "music", "singing"),
    Category.WIGGLES_AND_MOVEMENT: ("wiggle", "movement", "dancing"),
    Category.INCLUSION_AND_ACCESS: ("inclusion", "inclusive", "access", "justice", "diversity"),
    Category.PROPS_AND_FLANNELS: ("prop", "puppet", "flannel", "felt", "shaker", "scarves"),
    Category.BOOKS_AND_TELLING: ("book", "telling", "reading aloud"),
    Category.PLANNING_AND_LOGISTICS: ("planning", "logistic", "space", "promotion", "room layout"),
    Category.MISHAPS: ("mishap", "sideways", "disaster", "going wrong"),
    Category.ADVOCACY_AND_US: ("advocacy", "looking after ourselves", "self-care"),
}


def category_named(words: str) -> Category | None:
    """The category whose label, value or usual word stands in these words; None when none or they are long."""
    said = words.casefold()
    for category in Category:
        if said in (category.label.casefold(), category.value):
            return category
    if len(said) > 60 or "?" in said:
        return None
    for category, usual in _CATEGORY_WORDS.items():
        if any(re.search(rf"\b{word}", said) for word in usual):
            return category
    return None


def addresses_in(text: str) -> list[str]:
    """The web addresses in a text, each once, without the punctuation that follows them."""
    found = (_trimmed(match.group()) for match in _ADDRESS.finditer(text))
    return list(dict.fromkeys(address for address in found if address))


def _trimmed(address: str) -> str:
    address = address.rstrip(_AFTER_ADDRESS)
    while address.endswith((")", "]")):
        opening, closing = ("(", ")") if address.endswith(")") else ("[", "]")
        if address.count(opening) >= address.count(closing):
            break
        address = address[:-1].rstrip(_AFTER_ADDRESS)
    return address if len(address.partition("://")[2]) else ""


def tidy(text: str) -> str:
    """The text as the notation can hold it: cleaned, one space between words, one blank line between paragraphs.

    Spaces in front of a line stay, up to DEEPEST_MARGIN; a tab counts as four.
    """
    if not text:
        return ""
    lines: list[str] = []
    for raw in clean(text).split("\n"):
        words = " ".join(raw.split())
        if words:
            margin = len(raw.replace("\t", "    ")) - len(raw.replace("\t", "    ").lstrip())
            lines.append(" " * min(margin, DEEPEST_MARGIN) + words)
        elif lines and lines[-1]:
            lines.append("")
    return "\n".join(lines).rstrip("\n")


def normalised(recap: WrittenRecap) -> WrittenRecap:
    """The same recap in the one way in which `write` and `read` are exact inverses of each other."""
    return WrittenRecap(
        title=_line(recap.title),
        head=tidy(recap.head),
        entries=[_normalised_entry(entry) for entry in recap.entries],
        tail=tidy(recap.tail),
    )


def _normalised_entry(entry: WrittenEntry) -> WrittenEntry:
    return WrittenEntry(
        prompt=tidy(entry.prompt),
        origin=entry.origin,
        kind=entry.kind,
        topic=_line(entry.topic),
        age_groups=[group for group in AgeGroup if group in entry.age_groups] if entry.age_groups else [],
        outcome=entry.outcome,
        responses=[_normalised_response(response) for response in entry.responses],
        literacy_tip=tidy(entry.literacy_tip or "") or None,
        leftovers=[text for text in map(tidy, entry.leftovers) if text],
    )


def _normalised_response(response: WrittenResponse) -> WrittenResponse:
    text = tidy(response.text)
    resources = [
        WrittenResource(thing.type, _line(thing.title) or "", _line(thing.creator), _address(thing.url))
        for thing in response.resources
    ]
    return WrittenResponse(
        text=text,
        form=response.form,
        stance=response.stance,
        said_by=_line(response.said_by),
        literacy_tip=tidy(response.literacy_tip or "") or None,
        links=merged(addresses_in(text), filter(None, map(_address, response.links))),
        resources=[thing for thing in resources if thing.title or thing.creator or thing.url],
    )


def merged(first: Iterable[str], then: Iterable[str]) -> list[str]:
    """Both, in order, each once."""
    return list(dict.fromkeys([*first, *then]))


def _line(text: str | None) -> str | None:
    return clean_line(text) or None if text else None


def _address(text: str | None) -> str | None:
    return "".join(clean(text or "").split()) or None
