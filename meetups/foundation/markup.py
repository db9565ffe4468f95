"""Member-written text: what is let in, and how it comes out as safe HTML, as plain text, as one line.

Every form field passes through `clean` or `clean_line`, so nothing further in needs to think about control
characters. Markdown is CommonMark without raw HTML, pictures and link definitions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

LONGEST = 100_000  # characters that are read as Markdown; longer text is shown as plain paragraphs
MOST_BRACKETS = 400  # each "[" makes the parser look for a link; past this many they are taken as they are
HIGHEST_HEADING = 3  # h1 is the page's title, h2 the page's own parts

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# C0 and C1 controls but tab and newline; marks that turn the reading direction of what follows; byte-order
# marks; halves of surrogate pairs, which no database takes. Joiners stay: emoji and Persian need them.
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_SCHEME = re.compile(r"(?:https?://|mailto:)[^\s]", re.IGNORECASE)
_BRACKET = re.compile(r"(?<!\\)\[")
LINK_LIKE = re.compile(r"[@/\\<>]|\bwww\b|\w\.\w{2,}")
_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "hr", "a", "h3", "h4", "h5", "h6"}


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable(["image", "reference"])


_MARKDOWN = _parser()


def clean(text: str) -> str:
    """What people typed, in NFC, with plain newlines, without control characters and direction overrides.

    Right-to-left letters and emoji stay as they are. Cleaning twice changes nothing more.
    """
    return unicodedata.normalize("NFC", _UNWANTED.sub("", _LINE_ENDS.sub("\n", text)))


def clean_line(text: str) -> str:
    """`clean` for a field of one line: every run of white space becomes one space, none at the ends."""
    return " ".join(clean(text).split())


def without_links(text: str) -> str:
    """The text on one line, without the words that a mail program might make into a link."""
    return " ".join(word for word in clean_line(text).split() if not LINK_LIKE.search(word))


def one_line(text: str, limit: int) -> str:
    """The text in at most `limit` characters on one line, cut after a word, with an ellipsis when cut."""
    line = clean_line(text)
    if len(line) <= limit:
        return line
    if limit < 1:
        return ""
    start = line[: limit - 1]
    at_word = start.rpartition(" ")[0] if line[limit - 1] != " " else start
    return (at_word or start).rstrip(" ,;:.-–—") + "…"


def to_html(markdown: str) -> Markup:
    """Safe HTML of what a member wrote: no h1 or h2, no pictures, links to http, https and mailto only.

    Links carry rel="nofollow ugc noopener". Takes time in proportion to the length, whatever is nested in it.
    """
    if len(markdown) > LONGEST:
        return _paragraphs(clean(markdown))
    tokens = _tokens(markdown)
    _lower_headings(tokens)
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    # S704: this is the one place where text becomes HTML, and nh3 has just gone over it.
    return Markup(_sanitized(html))  # noqa: S704


def to_plain(markdown: str) -> str:
    """The same text for letters and feeds: no marks of emphasis, bullets as "- ", addresses of links in ()."""
    if len(markdown) > LONGEST:
        return clean(markdown).strip()
    return _Plain().render(_tokens(markdown))


def _tokens(markdown: str) -> list[Token]:
    text = clean(markdown)
    if text.count("[") > MOST_BRACKETS:
        text = _BRACKET.sub(r"\\[", text)
    return _MARKDOWN.parse(text)


def _lower_headings(tokens: Iterable[Token]) -> None:
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + HIGHEST_HEADING - 1, 6)}"


def _sanitized(html: str) -> str:
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        attribute_filter=_kept_attribute,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow ugc noopener",
        strip_comments=True,
    )


def _kept_attribute(tag: str, name: str, value: str) -> str | None:
    """Addresses inside this site and addresses without a scheme are dropped: a reader cannot tell them apart."""
    if name == "href" and not _SCHEME.match(value):
        return None
    return value


def _paragraphs(text: str) -> Markup:
    parts = [part.strip() for part in text.split("\n\n")]
    return Markup("\n").join(Markup("<p>{}</p>").format(escape(part)) for part in parts if part)


class _Plain:
    """Walks the tokens of a text and writes the words down."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.lists: list[int | None] = []  # the next number of each list we are in, None in one with bullets
        self.bullet = ""

    def render(self, tokens: Sequence[Token]) -> str:
        for token in tokens:
            self._block(token)
        return "\n".join(self.blocks).strip("\n")

    def _block(self, token: Token) -> None:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            self.lists.append(int(token.attrGet("start") or 1) if token.type[0] == "o" else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self.lists.pop()
            self._gap()
        elif token.type == "list_item_open":
            self.bullet = self._next_bullet()
        elif token.type == "inline":
            self._write(_words(token.children or []))
        elif token.type in ("fence", "code_block"):
            self._write(token.content.rstrip("\n"))
            self._gap()
        elif token.type in ("paragraph_close", "heading_close") and not token.hidden:
            self._gap()

    def _next_bullet(self) -> str:
        number = self.lists[-1]
        if number is None:
            return "- "
        self.lists[-1] = number + 1
        return f"{number}. "

    def _write(self, words: str) -> None:
        margin = "  " * max(len(self.lists) - 1, 0)
        first = margin + self.bullet
        rest = " " * len(first) if self.bullet else margin + ("  " if self.lists else "")
        lines = words.split("\n")
        self.blocks.append("\n".join([(first or rest) + lines[0], *(rest + line for line in lines[1:])]))
        self.bullet = ""

    def _gap(self) -> None:
        if self.blocks and self.blocks[-1] and not self.lists:
            self.blocks.append("")


def _words(children: Sequence[Token]) -> str:
    """The words of one paragraph; a link's address follows in brackets when the words do not show it."""
    out: list[str] = []
    links: list[tuple[int, str]] = []
    for token in children:
        if token.type == "link_open":
            links.append((len(out), str(token.attrGet("href") or "")))
        elif token.type == "link_close":
            start, address = links.pop()
            shown = "".join(out[start:])
            if _SCHEME.match(address) and address.removeprefix("mailto:") != shown:
                out.append(f" ({address.removeprefix('mailto:')})")
        elif token.type in ("softbreak", "hardbreak"):
            out.append("\n")
        else:
            out.append(token.content)
    return "".join(out)
