"""What a single line of notes is, seen on its own: its margin, its bullet or label, and its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from meetups.recaps.notation.marks import RESOURCES
from meetups.recaps.terms import Form, ResourceType, Stance


class Mark(Enum):
    BLANK = auto()
    RULE = auto()  # a line of dashes or stars
    HEADING = auto()  # "## words", "**words**", or words underlined by the next line
    BULLET = auto()
    STAR = auto()  # "*", which may be a bullet or a stick
    NUMBER = auto()  # "3." or "3)", which may be a bullet or a question
    ASKED = auto()  # "Q:", "Challenge 3:", "Stick:"
    FROM_GROUP = auto()  # "q:" in quick notes
    REPLIED = auto()  # "A:", "A (Mei):"
    TIP = auto()  # "Literacy tip:"
    NOBODY = auto()  # "?? nobody knew"
    PLAIN = auto()


@dataclass(frozen=True, slots=True)
class Line:
    mark: Mark
    words: str  # without the mark
    margin: int = 0
    label: str = ""  # the mark as typed

    @property
    def asks(self) -> bool:
        return ends_asking(self.words)

    @property
    def whole(self) -> str:
        """The line with its mark, for where the mark has no meaning."""
        if self.mark is Mark.HEADING:
            return f"## {self.words}"
        return " ".join(part for part in (self.label, self.words) if part)


_ASKED = r"(?:q(?:uestion)?|challenge|stick|prompt|scenario|from the cup)"
_WHO = r"[^\W\d_a-z][^():]{0,60}(?: \([^():]{1,60}\))?"
_PATTERNS = [
    (Mark.RULE, re.compile(r"(?P<label>(?:[-*_=~•] ?){3,})$")),
    (Mark.HEADING, re.compile(r"(?P<label>#{1,6})\s+(?P<words>.*)$")),
    (Mark.HEADING, re.compile(r"(?P<label>\*\*|__)(?P<words>[^*_]+)(?:\*\*|__):?$")),
    (Mark.NOBODY, re.compile(r"(?P<label>\?\?+)\s*(?P<words>.*)$")),
    (Mark.FROM_GROUP, re.compile(r"(?P<label>q[:.)])\s*(?P<words>.*)$")),
    (Mark.ASKED, re.compile(rf"(?P<label>{_ASKED}(?:\s*#?\d{{1,4}})?\s*[:.)])(?:\s+|$)(?P<words>.*)$", re.I)),
    (Mark.ASKED, re.compile(r"(?P<label>q\d{1,4})\s+(?P<words>.*)$", re.I)),
    (Mark.REPLIED, re.compile(r"(?P<label>a(?:nswers?|\d{1,3})?\s*:|a\d{1,3}[.)](?=\s))\s*(?P<words>.*)$", re.I)),
    (
        Mark.REPLIED,
        re.compile(
            rf"(?P<label>A(?:nswer)?) ?(?:\((?P<who>{_WHO})\)|(?:[-–—]|from|by) (?P<by>{_WHO})) ?:(?P<words> .*)$"
        ),
    ),
    (
        Mark.TIP,
        re.compile(
            r"(?P<label>(?:(?:early[- ]|el )?literacy tip|el tip|ecrr tip|(?:parent|caregiver|grown-?up) tip|aside)"
            r"\s*[:–—-])\s*(?P<words>.*)$",
            re.I,
        ),
    ),
    (Mark.STAR, re.compile(r"(?P<label>\*)(?:\s+(?P<words>.*))?$")),
    (Mark.STAR, re.compile(r"(?P<label>\*)(?P<words>[^\s*][^*]*)$")),
    (Mark.BULLET, re.compile(r"(?P<label>[-–—•·▪◦●○‣►+§]|o(?=\s))(?:\s+(?P<words>.*))?$")),
    (Mark.BULLET, re.compile(r"(?P<label>[•·▪◦●○‣►-])(?P<words>[^\s\d-].*)$")),
    (Mark.BULLET, re.compile(r"(?P<label>\(?[a-p]\))\s+(?P<words>.*)$")),
    (Mark.NUMBER, re.compile(r"(?P<label>\(?\d{1,3}[.)])(?:\s+(?P<words>.*))?$")),
]


def classify(raw: str) -> Line:
    """What one line is, without looking at its neighbours."""
    margin = len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())
    line = " ".join(raw.split())
    if not line:
        return Line(Mark.BLANK, "")
    for mark, pattern in _PATTERNS:
        match = pattern.match(line)
        if match:
            found = match.groupdict()
            words = (found.get("words") or "").strip()
            who = found.get("who") or found.get("by")
            words = f"{who}: {words}" if who else words
            return Line(mark, words.rstrip("#").rstrip() if mark is Mark.HEADING else words, margin, found["label"])
    return Line(Mark.PLAIN, line, margin)


def classified(text: str) -> list[Line]:
    """All lines; a line underlined with = or - becomes a heading, its underline goes."""
    out: list[Line] = []
    for raw in text.split("\n"):
        line = classify(raw)
        before = out[-1] if out else None
        under = line.mark is Mark.RULE and len(line.label) > 3 and set(line.label) in ({"="}, {"-"})
        if under and before and before.mark is Mark.PLAIN:
            out[-1] = Line(Mark.HEADING, before.words, before.margin, line.label[0])
        else:
            out.append(line)
    return out


_ASKING = re.compile(r"\?[)\]”\"’'*_!?]*(?:\s*[\[(][^\[\]()]*[\])])*$")


def ends_asking(words: str) -> bool:
    """Whether the words end in a question mark, quotes and a label in brackets aside."""
    return bool(_ASKING.search(words[-200:]))


STANCE = re.compile(r"(?P<for>for|pros?|in favou?r|yes)|(?P<against>against|cons?|no)|(?P<mixed>both|mixed)", re.I)
_STANCE_LABEL = re.compile(rf"\**(?:{STANCE.pattern})\s*(?::|\.(?=\*\*))\**\s*(?P<rest>.*)$", re.I | re.S)


def leading_stance(words: str) -> tuple[Stance | None, str]:
    """The side a line says it takes ("For: ..."), and the rest of it."""
    match = _STANCE_LABEL.match(words)
    if not match:
        return None, words
    side = next(stance for stance in Stance if match.group(stance.value))
    return side, match.group("rest")


_KINDS = {label.lower(): kind for label, kind in RESOURCES.items()} | {
    "finger play": ResourceType.FINGERPLAY,
    "felt": ResourceType.FLANNEL,
    "flannelboard": ResourceType.FLANNEL,
    "props": ResourceType.PROP,
    "books": ResourceType.BOOK,
    "songs": ResourceType.SONG,
    "rhymes": ResourceType.RHYME,
}
_FORMS = {
    "tip": Form.TIP,
    "say": Form.SCRIPT,
    "script": Form.SCRIPT,
    "demo": Form.DEMO,
    "story": Form.STORY,
    "opinion": Form.OPINION,
}
_LEAD = re.compile(rf"({'|'.join([*_KINDS, *_FORMS])})\s*:\s*(?=\S)", re.I)


def leading_kind(words: str) -> tuple[ResourceType | Form | None, str]:
    """What a line says it is ("Song: ...", "Tip: ..."), and the rest of it."""
    match = _LEAD.match(words)
    if not match:
        return None, words
    label = match.group(1).lower()
    return _KINDS.get(label) or _FORMS[label], words[match.end() :]
