"""A letter as plain text: 76 columns, an address alone on its line, nothing that HTML says left out."""

from __future__ import annotations

import textwrap
from functools import lru_cache

from meetups.foundation.mail.letters import (
    Block,
    Changed,
    Deed,
    Facts,
    Heading,
    Letter,
    Links,
    Note,
    Para,
    Quote,
    clean,
)

COLUMNS = 76


def render_plain(letter: Letter) -> str:
    """The whole letter as text, ending with a line break. Long words and addresses stay in one piece."""
    parts = [plain_block(block) for block in letter.lines]
    foot = _foot(letter)
    if foot:
        parts.append(f"-- \n{foot}")
    return "\n\n".join(part for part in parts if part) + "\n"


# Letters to many people share most of their blocks, and wrapping is what takes the time.
@lru_cache(maxsize=256)
def plain_block(block: Block) -> str:
    """One block as text, without a line break at the end."""
    match block:
        case Heading(text) | Para(text) | Note(text):
            return _wrapped(text)
        case Facts(rows):
            return "\n\n".join(f"{_wrapped(label.upper())}\n{_wrapped(text)}" for label, text in rows)
        case Changed(label, new, old):
            return "\n".join((_wrapped(f"{label.upper()} (CHANGED)"), _wrapped(f"Now: {new}"), _wrapped(f"Was: {old}")))
        case Deed(text, url):
            return _linked(text, url)
        case Links(links):
            return "\n\n".join(_linked(text, url) for text, url in links)
        case Quote(text):
            quoted = _wrapped(text, COLUMNS - 2).split("\n")
            return "\n".join(f"> {line}".rstrip() for line in quoted)


def _linked(text: str, url: str) -> str:
    return f"{_wrapped(f'{text}:')}\n{clean(url)}"


def _foot(letter: Letter) -> str:
    parts = [_wrapped(letter.why)] if letter.why else []
    if letter.unsubscribe_url:
        parts.append(_linked("Stop letters of this kind", letter.unsubscribe_url))
    if letter.choices_url:
        parts.append(_linked("Choose which letters come, and when", letter.choices_url))
    return "\n".join(parts)


def _wrapped(text: str, columns: int = COLUMNS) -> str:
    lines = clean(text).split("\n")
    return "\n".join(
        textwrap.fill(line, columns, break_long_words=False, break_on_hyphens=False) if len(line) > columns else line
        for line in lines
    )
