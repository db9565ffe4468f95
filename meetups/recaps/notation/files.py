"""A file as the recaps in it: a WordPress export, or a page or notes in any usual encoding."""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from meetups.recaps.notation.reading import read
from meetups.recaps.notation.tags import main_heading
from meetups.recaps.notation.wordpress import NotAnExport, Post, read_export, recap_of
from meetups.recaps.notation.written import WrittenRecap

MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@dataclass(frozen=True)
class Find:
    """A recap in a file. `likely` when it has challenges and the blog showed it; `post` is where it comes from."""

    recap: WrittenRecap
    post: Post | None = None

    @property
    def likely(self) -> bool:
        return bool(self.recap.entries) and (self.post is None or self.post.was_public)


@dataclass(frozen=True)
class Finds:
    """Everything in a file, in its order, and what stays behind."""

    recaps: tuple[Find, ...]
    others: int = 0
    comments: int = 0

    def first(self, most: int) -> list[Find]:
        """At most so many, likely ones first, each kind in the order of the file."""
        return sorted(self.recaps, key=lambda find: not find.likely)[:most]


def recaps_in(data: bytes) -> Finds:
    """What the file holds. Refuses with NotAnExport when it is no text, XML of another kind, or broken."""
    if b"\0" in data and not data.startswith(tuple(MARKS)):
        raise NotAnExport("it is not text; a picture or a document of a word processor, perhaps")
    if not _is_xml(data):
        return Finds((Find(_page(text_of(data))),))
    export = read_export(data)
    return Finds(tuple(_told_apart(export.posts)), export.others, export.comments)


def _page(text: str) -> WrittenRecap:
    """What a page or notes hold. A page that was saved whole is called what its one large heading says, and not what
    the menu above it does; the menu is kept as text."""
    recap, name = read(text), main_heading(text)
    if name and recap.title != name:
        lines = recap.head.split("\n")
        rest = "\n".join(line for line in lines if line != f"## {name}").strip("\n")
        recap.head = "\n\n".join(part for part in (recap.title, rest) if part)
        recap.title = name
        for entry in recap.entries:
            entry.topic = None if entry.topic == name else entry.topic
    return recap


def text_of(data: bytes) -> str:
    """The characters of a file: by its mark, else UTF-8, else as Windows wrote it."""
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _is_xml(data: bytes) -> bool:
    start = text_of(data[:1000]).lstrip().lower()
    return start.startswith(("<?xml", "<rss")) and "<html" not in start


def _told_apart(posts: tuple[Post, ...]) -> Iterator[Find]:
    """Posts of the same title get their day behind it, or a number: a title is how drafts are told apart."""
    times = Counter(post.title for post in posts)
    seen: Counter[str] = Counter()
    for post in posts:
        title = post.title or "A post without a title"
        if times[post.title] > 1 and post.posted_on:
            title = f"{title[:140]} ({post.posted_on.isoformat()})"
        seen[title] += 1
        if seen[title] > 1:
            title = f"{title[:150]} ({seen[title]})"
        yield Find(recap_of(replace(post, title=title)), post)
