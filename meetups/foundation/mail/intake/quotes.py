"""What somebody wrote on top of a letter they answer: without the quote, the signature and the telephone's greeting."""

from __future__ import annotations

import re

import nh3

LONGEST = 20_000
LONGEST_PAGE = 64_000
MOST_LINES = 400
# "On Thu, Jan 21, 2027 at 6:30 PM Guerrilla Storytime <...> wrote:", wrapped as it may be, in the languages near us.
_WROTE = re.compile(
    r"(On|Am|Le|El|Il|Op|Em|Den|W dniu)\b.{4,400}?(wrote|schrieb|a écrit|escribió|ha scritto|schreef|escreveu|skrev"
    r"|napisał\(a\))[^\n]{0,120}:",
    re.DOTALL,
)
_ORIGINAL = re.compile(r"-{3,}\s*(Original|Forwarded|Reply|Ursprüngliche|Message d)[^\n]*", re.IGNORECASE)
_HEADER = re.compile(r"\*?(From|Sent|Date|To|Subject|Von|De|Gesendet|Envoyé|Enviado)\s?\*?:", re.IGNORECASE)
_DEVICE = re.compile(
    r"(Sent|Von meinem|Envoyé|Enviado) (from|via|by|depuis|de|desde|iPhone|iPad|Handy)\b.*|Get Outlook for .*"
    r"|Von meinem .* gesendet.*|Sent with .*|Outlook for (iOS|Android).*|Yahoo Mail.*",
    re.IGNORECASE,
)
_RULE = re.compile(r"_{5,}|-{20,}|={10,}")


def top_of(text: str) -> str:
    """The lines above the first sign of a quote or a signature, trimmed; "" when there is nothing above it."""
    lines = [_plain(line) for line in text[:LONGEST].replace("\r\n", "\n").replace("\r", "\n").split("\n")[:MOST_LINES]]
    kept: list[str] = []
    for number, line in enumerate(lines):
        if _ends_here(line, lines[number : number + 6]):
            break
        kept.append(line)
    return "\n".join(kept).strip()


def text_of_html(html: str) -> str:
    """The words of a page of HTML, a line a block; quoted blocks begin with ">" and end what is read."""
    body = html[max(0, html.lower().find("<body")) :][:LONGEST_PAGE]  # after the style sheets of a text processor
    clean = nh3.clean(body, tags={"br", "p", "div", "li", "tr", "hr", "blockquote"}, attributes={}, link_rel=None)
    clean = clean.replace("\n", " ")
    clean = re.sub(r"<blockquote>", "\n> ", clean)
    clean = re.sub(r"<hr>", "\n________\n", clean)
    clean = re.sub(r"</?[a-z]+>", "\n", clean)
    for name, character in (("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&quot;", '"'), ("&amp;", "&")):
        clean = clean.replace(name, character)
    return clean


def _plain(line: str) -> str:
    """Without the blanks and invisible marks that programs put around a line."""
    return line.replace("\u00a0", " ").replace("\u200b", "").replace("\ufeff", "").replace("\u2060", "").rstrip()


def _ends_here(line: str, ahead: list[str]) -> bool:
    bare = line.strip()
    if line in ("--", "-- ") or bare == "--" or bare.startswith((">", "|")):
        return True
    if _ORIGINAL.match(bare) or _DEVICE.fullmatch(bare) or _RULE.fullmatch(bare):
        return True
    if _HEADER.match(bare) and sum(bool(_HEADER.match(each.strip())) for each in ahead) > 1:
        return True
    return bool(_WROTE.match("\n".join(each.strip() for each in ahead[:4])))
