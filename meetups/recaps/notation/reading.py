"""Notes and old recaps, as sloppy as they come, into structure. No word is dropped.

Understood in any mixture: questions or headings with bullets under them; numbered questions; "Q:" and "A:";
replies that begin or end with a name; quick notes (a star is a stick, "q:" a question from the group, "-" an
idea, "?? nobody knew", "- skipped"); headings as topics; labels in brackets; "For:" and "Against:"; "Literacy
tip:"; "Song:", "Book:", "Prop:" and the like; HTML copied from a blog; and exactly what `write` writes.
"""

from __future__ import annotations

import re

from meetups.foundation.labels import Labeled
from meetups.foundation.markup import clean
from meetups.recaps.notation import marks
from meetups.recaps.notation.exact import read_exact
from meetups.recaps.notation.labels import ages_line, outcome_named, take_labels, terms_named
from meetups.recaps.notation.lines import Line, Mark, classified, classify, leading_stance
from meetups.recaps.notation.responses import read_response
from meetups.recaps.notation.roles import Habits, Role, habits_of, roles_of
from meetups.recaps.notation.tags import lines_of, looks_like_html
from meetups.recaps.notation.written import (
    WrittenEntry,
    WrittenRecap,
    WrittenResponse,
    addresses_in,
    category_named,
    merged,
    normalised,
)
from meetups.recaps.terms import AgeGroup, Kind, Origin, Outcome, Stance

LONGEST_TITLE = 90

_CLOSING = re.compile(r"thanks?\b|thank you|that(?:'|’)?s (?:it|all)|until next|see you|many thanks|photos?\b", re.I)


def read(text: str) -> WrittenRecap:
    """The recap in a text, normalised; any text gives one, at worst all of it in the head."""
    text = clean(text)
    exact = read_exact(text)
    if exact is not None:
        return exact
    lines = classified(clean(lines_of(text)) if looks_like_html(text) else text)
    habits = habits_of(lines)
    return normalised(_Reading(habits).read(lines, roles_of(lines, habits)))


class _Reading:
    """Goes down the lines and remembers where the next one belongs."""

    def __init__(self, habits: Habits) -> None:
        self.habits = habits
        self.head: list[str] = []
        self.loose: list[str] = []  # lines since the last idea that may turn out to be the closing
        self.recap = WrittenRecap()
        self.topic: str | None = None
        self.origin: Origin | None = None  # named by the heading we are under
        self.unused = False  # no challenge has come under the heading yet
        self.side: Stance | None = None
        self.outcome: Outcome | None = None
        self.response: WrittenResponse | None = None
        self.prompt_margin = self.idea_margin = 0
        self.apart = False  # a blank line or a rule came right before
        self.closing = False  # the loose lines stand apart from the last entry

    @property
    def entry(self) -> WrittenEntry | None:
        return self.recap.entries[-1] if self.recap.entries else None

    def read(self, lines: list[Line], roles: list[Role]) -> WrittenRecap:
        start = self._title(lines, roles)
        doing = {
            Role.TOPIC: self._topic,
            Role.PROMPT: self._prompt,
            Role.LONE_QUESTION: self._lone_question,
            Role.IDEA: self._idea,
            Role.TIP: self._tip,
            Role.NOBODY: self._nobody,
            Role.MORE: self._more,
            Role.TEXT: self._text,
        }
        for line, role in zip(lines[start:], roles[start:], strict=True):
            if role in (Role.BLANK, Role.RULE):
                self._gap()
            else:
                doing[role](line)
                self.apart = False
        self._end_entry()
        if self.habits.quick or not self.closing:
            self._place_loose()
        self.recap.head = "\n".join(self.head)
        self.recap.tail = "\n".join(self.loose)
        return self.recap

    def _title(self, lines: list[Line], roles: list[Role]) -> int:
        """Takes the title from the first lines, if it is one; returns where the rest begins."""
        shown = [number for number, line in enumerate(lines) if line.mark is not Mark.BLANK][:3]
        if shown and lines[shown[0]].words == marks.SIGNATURE:
            shown = shown[1:]
        if len(shown) < 2:
            return shown[0] if shown else len(lines)
        number = shown[0]
        line, role = lines[number], roles[number]
        labeled = line.mark is Mark.PLAIN and line.words.startswith(f"{marks.TITLE}: ")
        if labeled:
            self.recap.title = line.words.removeprefix(f"{marks.TITLE}: ")
        elif line.mark is Mark.HEADING and role in (Role.TOPIC, Role.TEXT):
            if role is Role.TOPIC and (terms_named(line.words) or category_named(line.words)):
                return number
            self.recap.title = line.words
        elif role is Role.TEXT and line.mark is Mark.PLAIN and shown[1] > number + 1 and _like_a_title(line.words):
            self.recap.title = line.words
        return number + 1 if self.recap.title else number

    def _gap(self) -> None:
        self.apart = True
        for held in (self.loose, self.head if not self.entry else []):
            if held:
                held.append("")

    def _topic(self, line: Line) -> None:
        self._end_entry()
        self._place_loose()
        words, terms = take_labels(line.words)
        origins = [term for term in terms + terms_named(words) if isinstance(term, Origin)]
        topic = None if origins and terms_named(words) else words or None
        if self.unused:  # two headings in a row
            topic = " / ".join(part for part in (self.topic, topic) if part) or None
            origins.append(self.origin or Origin.CUP)
        self.origin = origins[0] if origins else None
        self.topic, self.unused = topic, True
        self.response = None

    def _prompt(self, line: Line) -> None:
        self._end_entry()
        self._place_loose()
        quick_question = line.mark is Mark.FROM_GROUP
        if line.mark is Mark.HEADING:
            self.origin = None
            inner = classify(line.words)
            if inner.mark in (Mark.ASKED, Mark.FROM_GROUP, Mark.NUMBER):
                line = Line(inner.mark, inner.words, line.margin, inner.label)
        group = quick_question or (line.mark is Mark.ASKED and self.habits.quick and line.label[0] in "qQ")
        entry = WrittenEntry("", Origin.AUDIENCE if group else self.origin or Origin.CUP, topic=self.topic)
        self.recap.entries.append(entry)
        words, terms = take_labels(line.words)
        self._apply(terms)
        entry.prompt = words
        self.response, self.side, self.unused = None, None, False
        self.prompt_margin, self.idea_margin = line.margin, -1

    def _apply(self, terms: list[Labeled]) -> None:
        entry = self.recap.entries[-1]
        for term in terms:
            if isinstance(term, Origin):
                entry.origin = term
            elif isinstance(term, Kind):
                entry.kind = term
            elif isinstance(term, AgeGroup):
                entry.age_groups.append(term)
            elif isinstance(term, Outcome):
                self.outcome = term

    def _lone_question(self, line: Line) -> None:
        if self.entry or not self.habits.any_ideas:
            self._prompt(line)
        else:
            self._text(line)

    def _idea(self, line: Line) -> None:
        entry = self.entry
        if entry is None:
            self.head.append(" " * line.margin + line.whole)
            return
        if line.asks and line.margin <= self.prompt_margin < self.idea_margin:
            self._prompt(line)  # as deep as the question above, and no idea
            return
        self._place_loose()
        inner = classify(line.words)
        if inner.mark in (Mark.TIP, Mark.NOBODY):
            inner = Line(inner.mark, inner.words, line.margin, inner.label)
            (self._tip if inner.mark is Mark.TIP else self._nobody)(inner)
            return
        deeper = self.response is not None and self.idea_margin >= 0 and line.margin > self.idea_margin + 1
        if deeper and self.response and line.mark is not Mark.REPLIED:
            self.response.text += f"\n{' ' * (line.margin - self.idea_margin)}{line.whole}"
            return
        if line.words:
            self._respond(line)
        else:
            self.response = None

    def _respond(self, line: Line) -> None:
        entry = self.recap.entries[-1]
        outcome = outcome_named(line.words)
        if outcome and not entry.responses:
            self.outcome = outcome
            return
        plain = self.habits.names_lead or line.mark in (Mark.PLAIN, Mark.REPLIED)
        self.response = read_response(line.words, self.side, quick=self.habits.quick, plain=plain)
        entry.responses.append(self.response)
        self.idea_margin = line.margin

    def _tip(self, line: Line) -> None:
        entry = self.entry
        if entry is None:
            self.head.append(line.whole)
            return
        self._place_loose()
        response = self.response
        if response and line.margin > self.idea_margin:
            response.literacy_tip = _joined(response.literacy_tip, line.words)
        else:
            entry.literacy_tip = _joined(entry.literacy_tip, line.words)
            self.response = None

    def _nobody(self, line: Line) -> None:
        if self.entry is None:
            self.head.append(line.whole)
            return
        self._place_loose()
        self.outcome = Outcome.UNANSWERED
        if line.words and not outcome_named(line.words):
            self.entry.leftovers.append(line.words)

    def _more(self, line: Line) -> None:
        """The rest of the line before, wherever that went."""
        entry = self.entry
        if entry is None:
            self.head.append(line.words)
        elif self.loose:
            self.loose.append(line.words)
        elif self.response is not None:
            self.response.text = _joined(self.response.text, line.words, " ")
            self.response.links = merged(self.response.links, addresses_in(line.words))
        elif entry.responses or entry.literacy_tip:
            entry.leftovers.append(line.words)
        else:
            words, terms = take_labels(_joined(entry.prompt, line.words, " "))
            self._apply(terms)
            entry.prompt = words

    def _text(self, line: Line) -> None:
        entry = self.entry
        if entry is None:
            if self.unused and self.topic:  # what it stood over is narrative
                self.head.append(f"## {self.topic}")
            self.topic, self.unused = None, False
            self.head.append(" " * line.margin + line.whole)
        elif not self._fact(entry, line) and not self._reply(entry, line):
            self.closing = self.closing if self.loose else self.apart or line.mark is Mark.HEADING
            self.loose.append(" " * line.margin + line.whole)

    def _fact(self, entry: WrittenEntry, line: Line) -> bool:
        """A line that says something about the prompt or the idea above it."""
        words, terms = take_labels(line.words)
        groups = ages_line(line.words)
        side, rest = leading_stance(line.words)
        if terms and not words:
            self._apply(terms)
        elif groups:
            self._apply([*groups])
        elif side and not rest:
            self.side = side
        else:
            match = marks.LABEL.match(line.words)
            return bool(match and self._field(entry, match.group(1), line.words[match.end() :]))
        return True

    def _field(self, entry: WrittenEntry, label: str, text: str) -> bool:
        """A line of `write`'s own notation in a text that was changed since."""
        if label == marks.TOPIC and not entry.topic:
            entry.topic = text
        elif label == marks.NOTED:
            entry.leftovers.append(text)
        elif label == marks.SAID_BY and self.response and not self.response.said_by:
            self.response.said_by = text
        elif label == marks.LINK and self.response and addresses_in(text) == [text]:
            self.response.links.append(text)
        else:
            return False
        return True

    def _reply(self, entry: WrittenEntry, line: Line) -> bool:
        """A line without a bullet that answers: it has a name or a label, or nothing else answers yet."""
        response = read_response(line.words, self.side, quick=False, plain=True)
        told = response.said_by or response.stance or response.resources
        bare = bool(entry.responses) and self.idea_margin >= 0
        if line.mark is not Mark.PLAIN or self.loose or (_CLOSING.match(line.words) and not told):
            return False
        if not told and (self.habits.quick or bare or (self.apart and not _asked(entry))):
            return False
        if self.response and not self.response.said_by and not told and not self.apart:
            self.response.text += "\n" + line.words
            return True
        entry.responses.append(response)
        self.response = response
        return True

    def _place_loose(self) -> None:
        """What stood between ideas, or before the next challenge, is a leftover of the entry above."""
        if self.entry and self.loose:
            self.entry.leftovers += [part for part in "\n".join(self.loose).split("\n\n") if part.strip()]
        self.loose = []

    def _end_entry(self) -> None:
        entry = self.entry
        if entry is None:
            return
        usual = Outcome.ANSWERED if entry.responses else Outcome.UNANSWERED
        entry.outcome = self.outcome or usual if entry.outcome is Outcome.UNANSWERED else entry.outcome
        if entry.outcome is Outcome.UNANSWERED and entry.responses:
            entry.outcome = Outcome.PARTLY
        if entry.kind is None and any(response.stance for response in entry.responses):
            entry.kind = Kind.DEBATE
        self.outcome = None


def _asked(entry: WrittenEntry) -> bool:
    return "?" in entry.prompt


def _joined(before: str | None, words: str, by: str = "\n") -> str:
    return f"{before}{by}{words}" if before else words


def _like_a_title(words: str) -> bool:
    return len(words) <= LONGEST_TITLE and words[-1] not in ".?:,;" and not addresses_in(words)
