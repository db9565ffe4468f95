"""The same letter to thousands: rendered once, then copied with each recipient's own links put in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from meetups.foundation import clock
from meetups.foundation.mail import outbox
from meetups.foundation.mail.letters import Letter, handle
from meetups.foundation.mail.preferences import Rules, rules_for
from meetups.foundation.tokens import sealed


@dataclass(frozen=True)
class Copy:
    """One recipient. `own` are the strings that are only theirs, in the order of the pattern's; `calendar` is their own
    file, where the pattern has one that names its reader.
    """

    key: str
    to: str
    own: tuple[str, ...]
    calendar: bytes | None = None


def post_round(pattern: Letter, own: tuple[str, ...], copies: Iterable[Copy]) -> None:
    """Post a letter for each copy, equal to one rendered by itself: `own` of the pattern gives way to the copy's.

    Meant for letters that differ in nothing else. Who has chosen something about letters gets theirs through
    `outbox.post_many`.
    """
    wanted = list(copies)
    rules = rules_for(copy.to for copy in wanted)
    plain = [copy for copy in wanted if not _chose(rules, copy)]
    outbox.post_many(_alone(pattern, own, copy) for copy in wanted if _chose(rules, copy))
    if not plain:
        return
    at = clock.now()
    row = outbox.row_of(_alone(pattern, own, plain[0]), Rules(), at, at)
    if row is not None:
        known = (*plain[0].own, sealed(outbox.LINK, row["handle"]))
        outbox.insert_rows([_row(row, known, copy) for copy in plain])


def _chose(rules: Rules, copy: Copy) -> bool:
    address = copy.to.lower()
    return address in rules.choices or address in rules.quiet


def _row(row: dict[str, Any], known: tuple[str, ...], copy: Copy) -> dict[str, Any]:
    name = handle(copy.key)
    texts = {"plain": row["plain"], "html": row["html"]}
    headers = row["headers"]
    for old, new in zip(known, (*copy.own, sealed(outbox.LINK, name)), strict=True):
        texts = {part: text.replace(old, new) for part, text in texts.items()}
        headers = {header: text.replace(old, new) for header, text in headers.items()}
    calendar = copy.calendar or row["calendar"]
    own = {"key": copy.key, "handle": name, "to_address": copy.to, "calendar": calendar, "headers": headers}
    return {**row, **texts, **own}


def _alone(pattern: Letter, own: tuple[str, ...], copy: Copy) -> Letter:
    """The letter of one copy, to be rendered by itself."""
    return replace(
        pattern, key=copy.key, to=copy.to, lines=tuple(_put_in(b, own, copy.own) for b in pattern.lines),
        reply_to=_swapped(pattern.reply_to, own, copy.own), calendar=copy.calendar or pattern.calendar,
    )  # fmt: skip


def _put_in(block: Any, own: tuple[str, ...], theirs: tuple[str, ...]) -> Any:
    changed = {name: _swapped(value, own, theirs) for name, value in vars(block).items()}
    return replace(block, **changed)


def _swapped(value: Any, own: tuple[str, ...], theirs: tuple[str, ...]) -> Any:
    if isinstance(value, tuple):
        return tuple(_swapped(each, own, theirs) for each in value)
    for old, new in zip(own, theirs, strict=True) if value else ():
        value = value.replace(old, new)
    return value
