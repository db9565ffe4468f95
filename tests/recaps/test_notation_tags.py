"""HTML as the lines it shows."""

import pytest

from meetups.recaps.notation.tags import lines_of, looks_like_html


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>one\n two</p><p>three</p>", ["one two", "three"]),
        ("<h3>Top</h3>text", ["## Top", "text"]),
        ("<ul><li>a<ol><li>b</li><li>c</li></ol></li><li>d</ul>", ["- a", "  1. b", "  2. c", "- d"]),
        ("<p>a<br/>b</p>", ["a", "b"]),
        ("<p>&lt;b&gt; &amp; &#8220;c&#8221;</p>", ["<b> & “c”"]),
        ("<a href='https://e.example/?a=1&amp;b=2'>here</a>", ["[here](https://e.example/?a=1&b=2)"]),
        ('<a href="https://e.example/">https://e.example/</a>', ["https://e.example/"]),
        ('<a href="javascript:alert(1)">here</a>', ["here"]),
        ("<p>a<!-- hidden > -->b<script>if (a<b) c()</script><style>p {}</style>d</p>", ["abd"]),
        ("<p>a <!-- never closed</p>", ["a <!-- never closed"]),
        ("<p>a<script>never closed</p>", ["anever closed"]),
        ("<p>1 < 2 and <3 and <cats></p>", ["1 < 2 and <3 and <cats>"]),
        ("<p>cut <b", ["cut <b"]),
    ],
)
def test_what_a_page_shows(html, lines):
    assert [line for line in lines_of(html).split("\n") if line.strip()] == lines


@pytest.mark.parametrize(
    ("text", "is_html"),
    [("a <b> c", False), ("<3 & <cats>", False), ("a<br>b", True), ("<b>a</b>", True), ("<li class='x'>a", True)],
)
def test_when_text_is_taken_for_html(text, is_html):
    assert looks_like_html(text) is is_html
