"""Reading drops no word, whatever it is given, and is quick about it."""

import re
import time
from collections import Counter
from html import unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from meetups.foundation.markup import clean
from meetups.recaps.notation import normalised, read, write
from meetups.recaps.notation.tags import looks_like_html

# The only words that may turn into structure: labels and numbers.
_MARKS = """a q answer challenge stick literacy tip el parent aside song book prop rhyme say for against both pro con
    audience group from the cup toddlers preschool ages skipped nobody knew unanswered o topic said by"""
MARKS = set(_MARKS.split())
NUMBERS = {f"{letter}{number}" for letter in ("", "q", "a") for number in range(1000)}
NUMBERS |= {f"{number:0{width}}" for number in range(100) for width in (2, 3)}
_WORDS = """shakers go back in bin burps egg slower asleep whisper Mei Alder Creek J. parachute quiet? Why how? What
    next? Sing it! Twinkle https://e.example/a_(b) “quoted” don’t עברית 👩🏽‍🏫 naïve 3rd 20 (maybe) [sic] *soft* and/or
    by Somebody - – — / \\ ... Thanks everyone. <3 & <b> </b> <a href='https://e.example/x'> </a>"""
VOCABULARY = _WORDS.split() + sorted(MARKS)
STARTS = [
    "",
    "",
    "",
    "- ",
    "* ",
    "• ",
    "  - ",
    "    * ",
    "1. ",
    "2) ",
    "Q: ",
    "q: ",
    "Q3: ",
    "A: ",
    "Challenge 4: ",
    "## ",
    "Literacy tip: ",
    "  Literacy tip: ",
    "For: ",
    "Against:",
    "Song: ",
    "?? ",
    "Mei: ",
    "J. - ",
    "> ",
    "\t",
    "(audience) ",
    "<li>",
    "<p>",
    "Said by: ",
    "Topic: ",
]
ENDS = [
    "",
    "",
    "?",
    ".",
    " - J",
    " — Mei, Alder Creek",
    " - skipped",
    " (toddlers)",
    "</li>",
    "</p>",
    "<br>",
    ":",
    " /",
]
lines = st.builds(
    lambda start, words, end: start + " ".join(words) + end,
    st.sampled_from(STARTS),
    st.lists(st.sampled_from(VOCABULARY) | st.text(st.characters(exclude_characters="<>"), max_size=6), max_size=9),
    st.sampled_from(ENDS),
)
notes = st.lists(lines | st.sampled_from(["", "", "---", "===="]), max_size=14).map("\n".join)


def words(text):
    return Counter(re.findall(r"[^\W_]+", clean(text)))


def dropped(text):
    """The words of the text that the recap has fewer of, apart from marks and the insides of tags.

    In HTML "&gt" is no word but the sign it stands for.
    """
    shown = re.sub(r"</?(?:b|a|li|p|br)\b[^<>]*>", " ", clean(text), flags=re.IGNORECASE)
    if looks_like_html(clean(text)):
        shown = unescape(shown)
    missing = words(shown) - words(read(text).all_text())
    return {word for word in missing if word.casefold() not in MARKS | NUMBERS}


@settings(max_examples=600, deadline=None)
@given(notes)
@example("&gt</li>")
@example("- x\n\n## Shakers\nWhy now?")
@example("a?\n- b\n\n## Shakers\nWhy now?\n\n## Eggs\n\ngoodbye all")
@example("## Shakers\n## Eggs\nWhy now?\n- x")
@example("Title\n\nhead\n- bullet without a question\n")
@example("* a\n- b\n\nc\n\n* d - skipped\nfoo")
@example("What now?\n- one\n\nloose words\n\nAnd then?\n- two\n\nThanks all")
def test_no_word_is_dropped(text):
    assert dropped(text) == set()


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_no_word_of_anything_at_all_is_dropped(text):
    assert dropped(text) == set()


@settings(max_examples=200, deadline=None)
@given(notes)
def test_what_was_read_is_normal_and_survives_being_printed(text):
    recap = read(text)
    assert normalised(recap) == recap
    assert read(write(recap)) == recap


SIZE = 200_000


@pytest.mark.parametrize(
    "unit",
    [
        "word ",
        "x",
        "?",
        "#",
        "# #",
        "-",
        "- ",
        "* ",
        "*",
        "(",
        "[a](",
        "<",
        "<a '",
        "<p>",
        "<!--",
        "<script>",
        "<li>a<li>b",
        "https://",
        "https://e.example/" + ")" * 300 + " ",
        "- https://e.example/)))\n",
        "Mei: ",
        " - J",
        "q: a\n",
        "Q:\n",
        "a\n",
        "(audience) ",
        "1. a?\n",
        "1.\n",
        "\t",
        " /\n",
        "For: \n",
        "Song: a by B\n",
        "Literacy tip: a. Literacy tip: ",
        "“",
        "|",
        "a long line of more than forty-five characters, unfinished\n",
        "- a\n  b\n",
        "Guerrilla Storytime recap\n====\n1. a\n",
    ],
    ids=repr,
)
def test_nothing_hostile_takes_long(unit):
    """Up to 65,000 lines of three characters; anything quadratic would take minutes."""
    text = (unit * (SIZE // len(unit) + 1))[:SIZE]
    start = time.process_time()
    read("Why?\n- b\n" + text + "\n- c")
    assert time.process_time() - start < 3


def test_200_kb_of_notes_take_less_than_a_second():
    unit = "How do you get a room of toddlers to sit?\n- Sing it, slower every time, until they lie down\n- Mei: sh\n\n"
    text = (unit * (SIZE // len(unit) + 1))[:SIZE]
    taken = []
    for _ in range(3):
        start = time.process_time()
        read(text)
        taken.append(time.process_time() - start)
    assert min(taken) < 1


def test_a_long_text_that_we_wrote_takes_less_than_a_second():
    text = write(read("How do you get them to sit?\n- sing it\n- Mei: whisper it\n\n" * 3000))
    start = time.process_time()
    assert len(read(text).entries) == 3000
    assert time.process_time() - start < 3
