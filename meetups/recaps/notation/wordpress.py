"""A WordPress export (WXR, "WordPress eXtended RSS") as posts, and a post as a recap.

The file is somebody else's: entities and document types are refused (defusedxml), nothing in it is fetched. Comments
stay behind, because they carry other people's names and addresses; attachments, menus and the like are counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import parse

from meetups.foundation.markup import one_line
from meetups.recaps.notation.reading import read
from meetups.recaps.notation.written import WrittenRecap, normalised

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
WRITTEN = ("post", "page", "")
LONGEST_TITLE = 160
_WORDPRESS = re.compile(r"\{http://wordpress\.org/export/[\d.]+/\}(\w+)")  # the version is part of the name
_BLOCK = re.compile(
    r"</?(?:p|div|ul|ol|li|h[1-6]|blockquote|pre|table|thead|tbody|tr|td|th|figure|figcaption|hr|section|article)\b",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"\[/?caption\b[^\]]{0,500}\]")


class NotAnExport(ValueError):
    """Not XML that can be read, or not a WordPress export; says which."""


@dataclass(frozen=True)
class Post:
    """One post or page. `content` is HTML as WordPress keeps it; `was_public` on the blog without a password."""

    title: str
    content: str
    link: str = ""
    posted_on: date | None = None
    was_public: bool = True


@dataclass(frozen=True)
class Export:
    """The posts in the order of the file, and how much stays behind."""

    posts: tuple[Post, ...]
    others: int = 0
    comments: int = 0


def read_export(data: bytes) -> Export:
    """The posts in the file. Refuses with NotAnExport."""
    try:
        root = parse(BytesIO(data), forbid_dtd=True).getroot()
    except (DefusedXmlException, ParseError, ValueError, LookupError) as trouble:
        raise NotAnExport("it is broken, or not XML at all") from trouble
    items = root.findall("channel/item") if root is not None and root.tag == "rss" else []
    if not any(_WORDPRESS.fullmatch(part.tag) for item in items for part in item):
        raise NotAnExport("it is XML, but not what WordPress writes under Tools, Export")
    written = [item for item in items if _said(item, "post_type") in WRITTEN]
    comments = sum(1 for item in written for part in item if part.tag.endswith("}comment"))
    return Export(tuple(map(_post, written)), len(items) - len(written), comments)


def recap_of(post: Post) -> WrittenRecap:
    """The post as a recap, with where it was first published at its end."""
    written = read(_paragraphs(post.content))
    head = f"{written.title}\n\n{written.head}".strip() if written.title else written.head
    tail = "\n\n".join(part for part in (written.tail, _origin(post)) if part)
    return normalised(replace(written, title=one_line(post.title, LONGEST_TITLE) or None, head=head, tail=tail))


def _origin(post: Post) -> str:
    day = f" on {post.posted_on:%B} {post.posted_on.day}, {post.posted_on.year}" if post.posted_on else ""
    if post.link.startswith(("http://", "https://")):
        return f"First published{day}: {one_line(post.link, 2000)}"
    return f"First published{day} elsewhere." if day else ""


def _paragraphs(content: str) -> str:
    """WordPress keeps blank lines instead of paragraphs and makes them when it shows the post; so does this."""
    blocks = re.split(r"\n[ \t]*\n", _CAPTION.sub("", content.replace("\r\n", "\n")))
    return "\n".join(
        block if not block.strip() or _BLOCK.match(block.strip()) else f"<p>{_lines(block)}</p>" for block in blocks
    )


def _lines(block: str) -> str:
    """Each line of a paragraph is a line, but not beside a block of its own."""
    lines = block.strip().split("\n")
    return "".join(
        line if number == 0 or _BLOCK.match(line.strip()) or _BLOCK.match(lines[number - 1].strip()) else f"<br>{line}"
        for number, line in enumerate(lines)
    )


def _post(item: Element) -> Post:
    public = _said(item, "status") in ("publish", "") and not _said(item, "post_password")
    return Post(
        title=(item.findtext("title") or "").strip(), content=item.findtext(CONTENT) or "",
        link=(item.findtext("link") or "").strip(), posted_on=_day(item), was_public=public,
    )


def _day(item: Element) -> date | None:
    """The day on the blog's own clock; the feed's date where that is missing."""
    try:
        return datetime.strptime(_said(item, "post_date")[:10], "%Y-%m-%d").date()  # noqa: DTZ007 a day, not a moment
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(item.findtext("pubDate") or "").date()
    except (ValueError, TypeError, IndexError):
        return None


def _said(item: Element, name: str) -> str:
    """The text of a part that WordPress added to the feed."""
    for part in item:
        known = _WORDPRESS.fullmatch(part.tag) if isinstance(part.tag, str) else None
        if known and known.group(1) == name:
            return (part.text or "").strip()
    return ""
