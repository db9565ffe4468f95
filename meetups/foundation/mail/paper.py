"""A letter as HTML: the blocks come from templates/mail/blocks.html, the sheet around them from letter.html."""

from __future__ import annotations

from functools import lru_cache

from flask import current_app
from jinja2 import Template
from markupsafe import Markup

from meetups.foundation.addresses import site_name
from meetups.foundation.mail.letters import Block, Heading, Letter, clean, is_web_address


def render_html(letter: Letter) -> str:
    """The whole letter as one HTML page without pictures, scripts or anything fetched from elsewhere."""
    title = next((block for block in letter.lines if isinstance(block, Heading)), None)
    blocks = [_title_html(block) if block is title else html_block(block) for block in letter.lines]
    return _template("letter").render(
        subject=letter.subject,
        site=site_name(),
        blocks=blocks,
        why=_lines(letter.why),
        unsubscribe_url=letter.unsubscribe_url,
        choices_url=letter.choices_url,
    )


# Letters to many people share most of their blocks.
@lru_cache(maxsize=256)
def html_block(block: Block) -> Markup:
    """One block as HTML; all text is escaped."""
    return _macro(type(block).__name__.lower(), block)


@lru_cache(maxsize=64)
def _title_html(block: Heading) -> Markup:
    return _macro("title", block)


def _macro(name: str, block: Block) -> Markup:
    draw = getattr(_template("blocks").module, name)
    return Markup(draw(block, lines=_lines, paragraphs=_paragraphs, pressable=is_web_address))  # noqa: S704 escaped there


def _template(name: str) -> Template:
    return current_app.jinja_env.get_template(f"mail/{name}.html")


def _lines(text: str) -> list[str]:
    return [line for line in clean(text).split("\n") if line.strip()]


def _paragraphs(text: str) -> list[list[str]]:
    return [lines for lines in map(_lines, clean(text).split("\n\n")) if lines]
