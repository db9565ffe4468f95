"""Blocks of a letter as plain data and back, for letters that wait for the weekly one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple
from typing import Any

from meetups.foundation.mail.letters import Block, Changed, Deed, Facts, Heading, Links, Note, Para, Quote

_BY_NAME: dict[str, type[Any]] = {
    each.__name__: each for each in (Heading, Para, Note, Facts, Changed, Deed, Links, Quote)
}


def packed(blocks: Iterable[Block]) -> list[list[Any]]:
    """Each block as its name and its fields, fit for JSON."""
    return [[type(block).__name__, list(astuple(block))] for block in blocks]


def unpacked(data: Iterable[Any]) -> list[Block]:
    """The blocks again, equal to what was packed."""
    return [_BY_NAME[name](*(_as_tuples(value) for value in fields)) for name, fields in data]


def _as_tuples(value: Any) -> Any:
    return tuple(_as_tuples(each) for each in value) if isinstance(value, list | tuple) else value
