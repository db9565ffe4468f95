"""Who said it, as typed. A guess here costs a question to a writer; a name missed costs nothing but credit."""

from __future__ import annotations

import re

_WORD = r"[^\W\d_a-z][\w’'-]{1,19}"
_INITIAL = r"[^\W\d_a-z]\."
_NAME = rf"(?:{_WORD}|{_INITIAL})(?: (?:{_WORD}|{_INITIAL}|[^\W\d_a-z])){{0,2}}"
_PLACE = r"[^\W\d_a-z][^():;.!?“”\"]{1,58}"

_IN_FRONT = re.compile(rf"\**(?P<name>{_NAME})(?P<place> \({_PLACE}\)|, {_PLACE})?\**\s*(?P<sep>:\**|\s[-–—])\s+(?=\S)")
_AT_END = re.compile(
    rf"\s*(?P<dash>—|–|--|(?<=\s)-)\s*(?P<name>(?:{_NAME})|[^\W\d_a-z])(?P<place>, {_PLACE}| \({_PLACE}\))?$"
)
_NO_NAMES = frozenset(
    re.findall(
        r"\w+",
        """also another answer babies bonus book books bring bubbles but caution edit example examples exercise extra
        fingerplay finally first flannel for handout hint how idea ideas in instead it key last link links make
        materials mention music my next no note notes one option our parachute parents play playlist preschool
        preschoolers problem prop props puppet puppets question read recipe remember rhyme rhymes rule rules say
        scarf scarves second shaker shakers show sing so solution some song songs source step story stories supplies
        talk that the their then there these they third this tip tips title toddlers transition transitions try tune
        update use variation verse video warning we welcome what when where who why words write yes you your""",
    )
)


def leading_name(words: str, *, plain: bool) -> tuple[str | None, str]:
    """A name a reply begins with ("Mei: ...", "Mei (Alder Creek): ...", "J. - ..."), and the rest.

    A bare capitalized word with a colon is taken for a name only where replies begin with names (`plain`).
    """
    match = _IN_FRONT.match(words[:160])
    if not match or match.group("name").split()[0].casefold().strip("’'") in _NO_NAMES:
        return None, words
    sure = bool(match.group("place") and match.group("place")[1] == "(") or match.group("name")[-1] == "."
    if not (sure or plain) or (not sure and match.group("sep").strip()[0] != ":"):
        return None, words
    return match.group("name") + (match.group("place") or ""), words[match.end() :]


def trailing_name(words: str, *, quick: bool) -> tuple[str | None, str]:
    """A name a reply ends with ("... - Mei, Alder Creek", "... — J."), and what stands before.

    In quick notes any capitalized word after a dash is a name; elsewhere it needs a place, a single letter, or
    a finished sentence before the dash.
    """
    last = words[-110:]
    match = None
    for found in re.finditer(r"—|–|--|(?<=\s)-(?=\s)", last):
        match = _AT_END.match(last, found.start()) or match
    if not match or match.group("name").split()[0].casefold() in _NO_NAMES:
        return None, words
    before = words[: len(words) - (len(last) - match.start())].rstrip()
    name = match.group("name")
    sure = quick or bool(match.group("place")) or len(name.rstrip(".")) == 1
    if not before or not (sure or (before[-1] in '.!?”"’' and len(name.split()) < 3)):
        return None, words
    return name + (match.group("place") or ""), before
