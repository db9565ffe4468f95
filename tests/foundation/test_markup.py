"""Member-written text comes out safe, readable and in good time."""

import time
import unicodedata

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from meetups.foundation.markup import LONGEST, clean, clean_line, one_line, to_html, to_plain

ALLOWED = {
    "p": set(),
    "br": set(),
    "em": set(),
    "strong": set(),
    "ul": set(),
    "ol": {"start"},
    "li": set(),
    "blockquote": set(),
    "code": set(),
    "pre": set(),
    "hr": set(),
    "a": {"href", "title", "rel"},
    "h3": set(),
    "h4": set(),
    "h5": set(),
    "h6": set(),
}
NASTY = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt&#58;alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](//elsewhere.example)",
    "<javascript:alert(1)>",
    "![x](https://elsewhere.example/pixel.gif)",
    '[a](https://e.example "\\" onclick=alert(1) x=\\"")',
    "<svg/onload=alert(1)>",
    "`<script>`",
    "# one\n## two",
    "[a]: javascript:alert(1)\n\n[a]",
    "<a href='https://e.example' style='position:fixed'>x</a>",
    "    <script>",
    "```html onclick=x\n<iframe src=x>\n```",
    "1) a\n2) b",
    "&lt;script&gt;",
]
BOMB = 10_000


def assert_harmless(html):
    """Walks the page a browser would build from it and finds nothing but what is allowed."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    for element in tree.iter():
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        assert isinstance(element.tag, str), "a comment"
        assert set(element.attrib) <= ALLOWED[element.tag]
        if "href" in element.attrib:
            assert element.attrib["href"].lower().startswith(("http://", "https://", "mailto:"))
            assert element.attrib["rel"] == "nofollow ugc noopener"


@pytest.mark.parametrize("text", NASTY)
def test_nothing_harmful_comes_out_of_what_is_known_to_be_tried(text):
    assert_harmless(to_html(text))


@given(st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=30))).map(" ".join))
@example("[a](<javascript:alert(1)>)")
def test_nothing_harmful_comes_out_of_anything(text):
    assert_harmless(to_html(text))


def test_a_piece_of_everything_in_html():
    text = (
        "# Big\n\nplain *soft* **loud** `code`  \nnext\n\n- [a](https://e.example/?a=1&b=2)\n- <me@e.example>\n\n> said"
    )
    assert to_html(text) == (
        "<h3>Big</h3>\n<p>plain <em>soft</em> <strong>loud</strong> <code>code</code><br>\nnext</p>\n<ul>\n"
        '<li><a href="https://e.example/?a=1&amp;b=2" rel="nofollow ugc noopener">a</a></li>\n'
        '<li><a href="mailto:me@e.example" rel="nofollow ugc noopener">me@e.example</a></li>\n</ul>\n'
        "<blockquote>\n<p>said</p>\n</blockquote>\n"
    )


def test_headings_never_reach_the_page_s_own():
    assert to_html("# a\n## b\n### c\n#### d\n##### e\n###### f") == (
        "<h3>a</h3>\n<h4>b</h4>\n<h5>c</h5>\n<h6>d</h6>\n<h6>e</h6>\n<h6>f</h6>\n"
    )


def test_raw_html_is_shown_as_it_was_typed():
    assert to_html("<b>bold?</b>") == "<p>&lt;b&gt;bold?&lt;/b&gt;</p>\n"


def test_links_inside_the_site_lose_their_address_and_keep_their_words():
    assert to_html("[out](/sign-out)") == '<p><a rel="nofollow ugc noopener">out</a></p>\n'


def test_plain_text_keeps_the_words_and_the_shape():
    text = (
        "# Fox Hollow\n\nA *good* crowd,\nsee [the list](https://e.example/list) or <https://e.example>.\n\n"
        "3. third\n   - one\n   - two\n4. fourth\n\nWrite to <me@e.example>\n\n    in full\n\n> said & done"
    )
    assert to_plain(text) == (
        "Fox Hollow\n\nA good crowd,\nsee the list (https://e.example/list) or https://e.example.\n\n"
        "3. third\n  - one\n  - two\n4. fourth\n\nWrite to me@e.example\n\nin full\n\nsaid & done"
    )


@pytest.mark.parametrize(
    "bomb",
    [
        ">" * BOMB,
        "> " * (BOMB // 2),
        "[" * BOMB,
        "\\[" * (BOMB // 2),
        "[" * (BOMB // 2) + "]" * (BOMB // 2),
        "[a](" * (BOMB // 4),
        "*[" * (BOMB // 2),
        "*a_ " * (BOMB // 4),
        "- " * (BOMB // 2),
        "> - " * (BOMB // 4),
        "<" * BOMB,
        "`" * BOMB,
        "".join("`" * n + " " for n in range(140)),
        "\n".join(" " * n + "- a" for n in range(140)),
    ],
    ids=lambda bomb: bomb[:6],
)
@pytest.mark.parametrize("render", [to_html, to_plain])
def test_nesting_bombs_fizzle(render, bomb):
    taken = []
    for _ in range(3):
        start = time.process_time()
        render(bomb)
        taken.append(time.process_time() - start)
    assert min(taken) < 0.05


def test_text_beyond_the_limit_is_shown_as_paragraphs():
    text = "*one* <b>\n\n" + "x" * LONGEST
    assert to_html(text) == f"<p>*one* &lt;b&gt;</p>\n<p>{'x' * LONGEST}</p>"
    assert to_plain(text) == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc\u2028d\x85e\x0bf", "a\nb\nc\nd\ne\nf"),
        ("tab\there", "tab\there"),
        ("nul\x00 bell\x07 escape\x1b[0m c1\x9b del\x7f", "nul bell escape[0m c1 del"),
        ("\ufeffstart", "start"),
        ("user\u202egnp.exe", "usergnp.exe"),
        ("a\u2066b\u2069c", "abc"),
        ("half \ud83d pair", "half  pair"),
        ("Cafe\u0301", "Café"),
        ("שלום עולם", "שלום עולם"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩🏽\u200d🏫 reads", "👩🏽\u200d🏫 reads"),
    ],
)
def test_clean(typed, kept):
    assert clean(typed) == kept


@given(st.text(st.characters()))
def test_cleaning_twice_changes_nothing_more(text):
    once = clean(text)
    assert clean(once) == once
    once.encode("utf-8")
    assert not [c for c in once if unicodedata.category(c) == "Cc" and c not in "\n\t"]


def test_clean_line():
    assert clean_line("  two\u00a0 words\n\tand\r\nmore\x00 ") == "two words and more"


@pytest.mark.parametrize(
    ("text", "limit", "line"),
    [
        ("short", 5, "short"),
        ("one two three", 9, "one two…"),
        ("one two, three", 9, "one two…"),
        ("one two three", 8, "one two…"),
        ("unbreakable", 6, "unbre…"),
        ("two\nlines", 20, "two lines"),
        ("anything", 1, "…"),
        ("anything", 0, ""),
    ],
)
def test_one_line(text, limit, line):
    assert one_line(text, limit) == line


@given(st.text(), st.integers(0, 30))
def test_one_line_is_one_line_and_no_longer(text, limit):
    line = one_line(text, limit)
    assert len(line) <= limit
    assert "\n" not in line
