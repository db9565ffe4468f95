"""HTML copied from a blog, as the lines it shows.

A scanner rather than a parser: what is not a well-formed tag is text and stays, whatever its length or nesting,
in time proportional to the length. Only what a page does not show is lost: comments, scripts and style sheets.
"""

from __future__ import annotations

import re
from html import unescape

LONGEST_HEADING = 150
WHERE_HEADINGS_ARE = 200_000  # characters from the beginning of a page
LONGEST_TAG = 4_000  # characters; anything longer is text with a "<" in it

_LOOKS_LIKE_HTML = re.compile(
    r"</(?:p|li|ul|ol|h[1-6]|div|span|a|strong|em|b|i)>|<(?:br|p|li)\b[^<>]{0,200}>", re.IGNORECASE
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])[^<]*>|<!--|<!(?:doctype|DOCTYPE)[^<>]*>")
_MAIN_HEADING = re.compile(r"<h1(?:\s[^<>]{0,400})?>(.{1,600}?)</h1>", re.IGNORECASE | re.DOTALL)
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_HIDDEN = {"script", "style", "head", "template", "noscript", "svg"}
_FLOWING = {"p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "figcaption"}
_SILENT = set(
    """a abbr address aside audio b blockquote body br button caption center cite code col colgroup del em embed
    font footer form hr html i iframe img input ins kbd label link main mark meta nav object ol option param
    picture q s small source span strike strong sub sup tbody tfoot thead time title tt u ul var video wbr big
    """.split()  # noqa: SIM905
)
_BREAKING = {"div", "tr", "table", "section", "article", "header", "footer", "figure", "dl", "dt", "dd", "pre"}
_KNOWN = _HIDDEN | _FLOWING | _BREAKING | _SILENT


def looks_like_html(text: str) -> bool:
    """Whether the text came as a page's source rather than as what the page shows."""
    return bool(_LOOKS_LIKE_HTML.search(text))


def main_heading(html: str) -> str:
    """What stands in the one heading of the first order; nothing when there are none or several."""
    found = _MAIN_HEADING.findall(html, 0, WHERE_HEADINGS_ARE)
    words = " ".join(lines_of(found[0]).split()) if len(found) == 1 else ""
    return words if len(words) <= LONGEST_HEADING else ""


def lines_of(html: str) -> str:
    """The text of a page: headings as "## ", items as "- " or "1. " by depth, links as [words](address)."""
    page = _Page()
    at = 0
    while at < len(html):
        start = html.find("<", at)
        if start < 0:
            break
        page.words(html[at:start])
        at = _step(html, start, page)
    page.words(html[at:])
    return "".join(page.out)


def _step(html: str, start: int, page: _Page) -> int:
    """Handles what begins with the "<" at `start`; returns where to go on."""
    stop = html.find(">", start, start + LONGEST_TAG) + 1
    comment = html.startswith("<!--", start)
    if comment:
        end = html.find("-->", start) if page.comments_close else -1
        page.comments_close = end >= 0
        if end >= 0:
            return end + 3
    tag = _TAG.fullmatch(html, start, stop) if stop and not comment else None
    if tag is None or (tag.group(2) and tag.group(2).lower() not in _KNOWN):
        page.words("<")
        return start + 1
    closing, name = tag.group(1), (tag.group(2) or "").lower()
    if name in _HIDDEN and not closing and name not in page.unclosed:
        hidden = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(html, stop)
        if hidden:
            return hidden.end()
        page.unclosed.add(name)
    if closing:
        page.close(name)
    else:
        page.open(name, tag.group())
    return stop


class _Page:
    """What has been shown so far."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.flowing = 0  # inside a paragraph, item or heading, where a newline is only a space
        self.lists: list[int | None] = []
        self.address = ""
        self.linked = 0  # where in `out` the words of the open link begin
        self.comments_close = True
        self.unclosed: set[str] = set()

    def words(self, source: str) -> None:
        text = unescape(source)
        if self.flowing:
            text = re.sub(r"\s+", " ", text)
        if text:
            self.out.append(text)

    def open(self, name: str, tag: str) -> None:
        if name == "br":
            self.out.append("\n" + "  " * len(self.lists) if self.lists else "\n")
        elif name in ("ul", "ol"):
            self.lists.append(1 if name == "ol" else None)
            self.flowing = 0
        elif name == "li":
            self.out.append("\n" + "  " * max(len(self.lists) - 1, 0) + self._bullet())
        elif name == "p":
            self.out.append("" if self.lists else "\n\n")
        elif name[0] == "h" and name[1:].isdigit():
            self.out.append("\n\n## ")
        elif name in _BREAKING or name in ("hr", "blockquote"):
            self.out.append("\n")
        elif name == "td":
            self.out.append(" ")
        elif name == "a":
            self._close_link()
            match = _HREF.search(tag)
            address = unescape(next(filter(None, match.groups()), "")).strip() if match else ""
            self.address = address if address.lower().startswith(("http://", "https://", "mailto:")) else ""
            self.linked = len(self.out)
        self.flowing += name in _FLOWING

    def close(self, name: str) -> None:
        if name == "a":
            self._close_link()
        elif name in ("ul", "ol"):
            if self.lists:
                self.lists.pop()
            self.out.append("\n" if self.lists else "\n\n")
        elif name == "p" or (name[0] == "h" and name[1:].isdigit()):
            self.out.append("\n" if self.lists else "\n\n")
        elif name in _BREAKING or name == "blockquote":
            self.out.append("\n")
        if name in _FLOWING:
            self.flowing = max(self.flowing - 1, 0)

    def _bullet(self) -> str:
        number = self.lists[-1] if self.lists else None
        if number is None:
            return "- "
        self.lists[-1] = number + 1
        return f"{number}. "

    def _close_link(self) -> None:
        shown = "".join(self.out[self.linked :])
        if self.address and shown.strip() != self.address.removeprefix("mailto:"):
            self.out[self.linked :] = [f"[{shown.strip()}]({self.address})" if shown.strip() else self.address]
        self.address = ""
