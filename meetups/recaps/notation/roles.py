"""What each line does in its text: a line of notes has a meaning only among its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from meetups.recaps.notation import marks
from meetups.recaps.notation.labels import take_labels
from meetups.recaps.notation.lines import Line, Mark, classify, leading_stance
from meetups.recaps.notation.names import leading_name

LONGEST_PROMPT = 400  # characters; a longer line above bullets is narrative
_WRAPPED = 45  # a line at least this long may have been broken by the width of a page

_BULLETS = (Mark.BULLET, Mark.STAR, Mark.NUMBER)
_BEGINNINGS = (*_BULLETS, Mark.ASKED, Mark.FROM_GROUP, Mark.REPLIED, Mark.TIP)


class Role(Enum):
    BLANK = auto()
    RULE = auto()
    TOPIC = auto()
    PROMPT = auto()
    LONE_QUESTION = auto()  # a prompt if challenges have begun, otherwise narrative
    IDEA = auto()
    TIP = auto()
    NOBODY = auto()
    MORE = auto()  # goes on from the line before
    TEXT = auto()


@dataclass(frozen=True)
class Habits:
    """How the writer of a text marks things, judged from all of it."""

    quick: bool  # a star is a stick, a dash an idea
    numbers_ask: bool  # numbered lines are questions, not ideas
    names_lead: bool  # ideas begin with a name
    any_ideas: bool  # there are bullets or replies at all


def habits_of(lines: list[Line]) -> Habits:
    """The habits of the whole text."""
    after = _next_lines(lines)
    bullets = [line for line in lines if line.mark in (Mark.BULLET, Mark.STAR)]
    named = sum(1 for line in bullets if leading_name(line.words, plain=True)[0])
    ideas = any(line.mark in (*_BULLETS, Mark.REPLIED) for line in lines)
    return Habits(_quick(lines, after), _numbers_ask(lines, after), 2 <= named >= len(bullets) / 2, ideas)


def _next_lines(lines: list[Line]) -> list[Line | None]:
    """For each line the next one that is not blank."""
    out: list[Line | None] = [None] * len(lines)
    following = None
    for number in range(len(lines) - 1, -1, -1):
        out[number] = following
        if lines[number].mark is not Mark.BLANK:
            following = lines[number]
    return out


def _quick(lines: list[Line], after: list[Line | None]) -> bool:
    marked = [line for line in lines if line.margin == 0 and line.mark in (Mark.STAR, Mark.BULLET, Mark.FROM_GROUP)]
    stars = any(line.mark is Mark.STAR for line in marked)
    others = any(line.mark is Mark.FROM_GROUP or line.label == "-" for line in marked)
    asked_above = any(
        line.mark in (Mark.PLAIN, Mark.ASKED, Mark.HEADING) and next_line and next_line.mark is Mark.STAR
        for line, next_line in zip(lines, after, strict=True)
        if line.asks or line.mark is Mark.HEADING
    )
    return stars and others and marked[0].mark is not Mark.BULLET and not asked_above


def _numbers_ask(lines: list[Line], after: list[Line | None]) -> bool:
    numbered = asking = 0
    for line, following in zip(lines, after, strict=True):
        if line.mark is Mark.NUMBER:
            numbered += 1
            asking += line.asks or bool(following and _answers(following, line))
    return numbered > 0 and 2 * asking >= numbered


def _answers(following: Line, line: Line) -> bool:
    if following.mark in (Mark.BULLET, Mark.STAR, Mark.REPLIED, Mark.TIP, Mark.NOBODY):
        return True
    if following.mark is Mark.NUMBER:
        return following.margin > line.margin
    return bool(marks.FACTS.match(following.words))


def roles_of(lines: list[Line], habits: Habits) -> list[Role]:
    """The role of each line, given the habits of the text."""
    more = _continuations(lines)
    roles, above = [Role.TEXT] * len(lines), _next_lines(lines[::-1])[::-1]
    following: Role | None = None
    beyond: Line | None = None  # the next line that is not blank
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number]
        if more[number]:
            roles[number] = Role.MORE
            continue
        role = _role(line, habits, following, beyond)
        if role is Role.PROMPT and _explains(line, above[number]):
            role = Role.TEXT
        if following is Role.PROMPT and role in (Role.TEXT, Role.LONE_QUESTION):
            role = _broken_prompt(lines, roles, number) or role
        roles[number] = role
        if role is not Role.BLANK:
            following, beyond = role, line
    return roles


def _explains(line: Line, above: Line | None) -> bool:
    """Whether a sentence stands between a question and its answers, and asks nothing itself."""
    question = above is not None and above.mark in (Mark.HEADING, Mark.ASKED, Mark.NUMBER) and above.asks
    return question and line.mark is Mark.PLAIN and not line.asks and line.words[-1] in ".!:…"


def _continuations(lines: list[Line]) -> list[bool]:
    out = [False] * len(lines)
    start: Line | None = None
    for number, line in enumerate(lines):
        if line.mark is Mark.PLAIN and start and number and _goes_on(start, lines[number - 1], line):
            out[number] = True
        else:
            start = line if line.mark in _BEGINNINGS else None
    return out


def _goes_on(start: Line, before: Line, line: Line) -> bool:
    """Whether a plain line right under a marked one is the rest of it."""
    if marks.FACTS.match(line.words) or marks.LABEL.match(line.words) or leading_stance(line.words)[0]:
        return False
    if start.mark in (Mark.ASKED, Mark.FROM_GROUP, Mark.NUMBER) and before.asks:
        return False
    if not before.words:
        return before is start
    unfinished = before.words[-1] not in '.!?:…”")'
    if start.mark in (Mark.ASKED, Mark.NUMBER) and unfinished and line.words[0].islower():
        return True
    if line.margin >= start.margin + 2:
        return True
    return len(before.words) >= _WRAPPED and (line.words[0].islower() or before.words[-1] not in '.!?:…”")')


def _role(line: Line, habits: Habits, following: Role | None, beyond: Line | None) -> Role:
    simple = {
        Mark.BLANK: Role.BLANK,
        Mark.RULE: Role.RULE,
        Mark.ASKED: Role.PROMPT,
        Mark.FROM_GROUP: Role.PROMPT,
        Mark.REPLIED: Role.IDEA,
        Mark.TIP: Role.TIP,
        Mark.NOBODY: Role.NOBODY,
    }.get(line.mark)
    if simple:
        return simple
    if line.mark in _BULLETS:
        return _role_of_bullet(line, habits, beyond)
    answered = following in (Role.IDEA, Role.NOBODY, Role.TIP)
    if line.mark is Mark.HEADING:
        return _role_of_heading(line, following, answered)
    if leading_stance(line.words) == (leading_stance(line.words)[0], "") or len(line.words) > LONGEST_PROMPT:
        return Role.TEXT
    if marks.FACTS.match(line.words) or (marks.LABEL.match(line.words) and not line.asks):
        return Role.TEXT
    if answered and not (beyond and beyond.mark is Mark.REPLIED and not line.asks):
        return Role.PROMPT
    return Role.LONE_QUESTION if line.asks and _one_sentence(line.words) else Role.TEXT


def _role_of_bullet(line: Line, habits: Habits, beyond: Line | None) -> Role:
    if line.mark is Mark.STAR and habits.quick and line.margin == 0:
        return Role.PROMPT
    if line.mark is Mark.NUMBER and habits.numbers_ask and line.margin < 4:
        return Role.PROMPT
    if beyond and beyond.mark in _BULLETS and beyond.margin > line.margin and line.asks:
        return Role.PROMPT
    return Role.IDEA


def _role_of_heading(line: Line, following: Role | None, answered: bool) -> Role:
    inner = classify(line.words).mark
    if answered or line.asks or inner in (Mark.ASKED, Mark.FROM_GROUP, Mark.NUMBER):
        return Role.PROMPT
    if following in (Role.PROMPT, Role.LONE_QUESTION, Role.TOPIC):
        return Role.TOPIC
    return Role.TEXT


def _one_sentence(words: str) -> bool:
    words = take_labels(words)[0].rstrip("?!)]”\"'*")
    return not any(stop in words for stop in (". ", "! ", "? "))


def _broken_prompt(lines: list[Line], roles: list[Role], number: int) -> Role | None:
    """A question broken over two lines: this is its first when it is long and its sentence is unfinished."""
    line = lines[number]
    below = lines[number + 1] if number + 1 < len(lines) else None
    whole = line.mark is Mark.PLAIN and below is not None and below.mark is Mark.PLAIN
    if not whole or below is None or not below.asks or roles[number + 1] is not Role.PROMPT:
        return None
    if len(line.words) < _WRAPPED or line.words[-1] in ".!?:" or marks.LABEL.match(line.words):
        return None
    roles[number + 1] = Role.MORE
    return Role.PROMPT
