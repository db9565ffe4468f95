"""Labeled: an enum whose members carry the word people read."""

from __future__ import annotations

from enum import Enum


class Labeled(Enum):
    """Members are written `NAME = ("value_in_database_and_forms", "Label on the screen")`."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Labeled:
        member = object.__new__(cls)
        member._value_ = value
        member.label = label
        return member
