"""A recap as plain text at 76 columns, and back again."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from meetups.recaps.notation import (
    WrittenEntry,
    WrittenRecap,
    WrittenResource,
    WrittenResponse,
    normalised,
    read,
    write,
)
from meetups.recaps.notation.folding import fold, unfold
from meetups.recaps.notation.written import tidy
from meetups.recaps.terms import AgeGroup, Form, Kind, Origin, Outcome, ResourceType, Stance

LOOK_ALIKES = [
    "-",
    "1.",
    "/",
    "\\",
    "\\/",
    "\\_",
    "* * *",
    "Song:",
    "For:",
    "Said by:",
    "(song)",
    "(from the cup;",
    "\n",
    "\n\n",
    "    ",
    "|",
    "by",
    "https://e.example/a_b",
    "Guerrilla Storytime recap",
    "=====",
    "“quoted”",
    "ספר",
    "x" * 80,
]
texts = st.lists(st.one_of(st.sampled_from(LOOK_ALIKES), st.text(max_size=12)), max_size=12).flatmap(
    lambda words: st.sampled_from([" ".join(words), "".join(words)])
)
maybe = st.none() | texts
resources = st.builds(WrittenResource, st.sampled_from(ResourceType), texts, maybe, maybe)
responses = st.builds(
    WrittenResponse,
    texts,
    st.sampled_from(Form),
    st.none() | st.sampled_from(Stance),
    maybe,
    maybe,
    st.lists(texts, max_size=2),
    st.lists(resources, max_size=2),
)
entries = st.builds(
    WrittenEntry,
    texts,
    st.sampled_from(Origin),
    st.none() | st.sampled_from(Kind),
    maybe,
    st.lists(st.sampled_from(AgeGroup), max_size=6),
    st.sampled_from(Outcome),
    st.lists(responses, max_size=3),
    maybe,
    st.lists(texts, max_size=2),
)
recaps = st.builds(WrittenRecap, maybe, texts, st.lists(entries, max_size=3), texts)

FULL = WrittenRecap(
    title="Twelve sticks before the doors opened",
    head="Birch Room, Fox Hollow Branch Library, Columbus, OH. About 18 people, plus 6 onlookers who swore they "
    "were only passing.\n\nLed by Bea. Notes by Sol.",
    entries=[
        WrittenEntry(
            "Two three-year-olds both want the seat right under your elbow, and the shoving has begun. Show us "
            "your next ten seconds.",
            Origin.CUP,
            Kind.ACT_OUT,
            "Behavior and group management",
            [AgeGroup.PRESCHOOL],
            Outcome.ANSWERED,
            [
                WrittenResponse("Move yourself, not them. Scoot back a foot mid-sentence and the seat is gone."),
                WrittenResponse("“My elbows need room to tell this.”", Form.SCRIPT, None, "Mei, Alder Creek"),
            ],
            "Turning pages is print awareness.",
            ["ask bea re lights"],
        ),
        WrittenEntry(
            "Weekly themes: a gift or a trap?",
            Origin.AUDIENCE,
            Kind.DEBATE,
            outcome=Outcome.PARTLY,
            responses=[
                WrittenResponse("Families remember bear week.", Form.OPINION, Stance.FOR),
                WrittenResponse(
                    "Eggs Go Home by Sol, https://e.example/eggs\n1. eggs go home\n- - -",
                    Form.SONG,
                    None,
                    None,
                    "Slow songs\nshow syllables.",
                    ["https://e.example/eggs", "https://e.example/more"],
                    [
                        WrittenResource(ResourceType.SONG, "Eggs Go Home", "Sol", "https://e.example/eggs"),
                        WrittenResource(ResourceType.PROP, "20 eggs | one dishpan"),
                    ],
                ),
            ],
        ),
        WrittenEntry("No ducks, no monkeys", outcome=Outcome.SKIPPED),
        WrittenEntry("Filmed every week?", Origin.AUDIENCE),
    ],
    tail="Thanks to the branch.\n\n* * *\n\n- and/or\n  - a nested one /",
)
PRINTED = r"""Guerrilla Storytime recap
=========================

Title: Twelve sticks before the doors opened

Birch Room, Fox Hollow Branch Library, Columbus, OH. About 18 people,
plus 6 onlookers who swore they were only passing.

Led by Bea. Notes by Sol.

1. Two three-year-olds both want the seat right under your elbow, and
   the shoving has begun. Show us your next ten seconds.
   (from the cup; act it out; preschool)
   Topic: Behavior and group management
   Literacy tip: Turning pages is print awareness.
   Also noted: ask bea re lights

   - Move yourself, not them. Scoot back a foot mid-sentence and the
     seat is gone.
   - “My elbows need room to tell this.”
     Said by: Mei, Alder Creek

2. Weekly themes: a gift or a trap?
   (from the group; debate; partly answered)

   - For: Families remember bear week.
   - Song: Eggs Go Home by Sol, https://e.example/eggs /
     \1. eggs go home /
     \- - -
     Prop: 20 eggs \| one dishpan
     Link: https://e.example/more
     Literacy tip: Slow songs /
     show syllables.

3. No ducks, no monkeys
   (from the cup; skipped)

4. Filmed every week?
   (from the group)

* * *

Thanks to the branch.

\* * *

\- and/or /
\__ - a nested one \/
"""


def test_a_recap_in_print():
    assert write(FULL) == PRINTED


def test_the_print_reads_back_as_the_recap():
    assert normalised(FULL) == FULL
    assert read(PRINTED) == FULL


def test_nothing_at_all():
    assert write(WrittenRecap()) == "Guerrilla Storytime recap\n=========================\n"
    assert read(write(WrittenRecap())) == WrittenRecap()


@settings(max_examples=300, deadline=None)
@given(recaps)
@example(FULL)
def test_whatever_is_written_reads_back_the_same(recap):
    assert read(write(recap)) == normalised(recap)


@settings(max_examples=100, deadline=None)
@given(recaps)
def test_what_is_normal_stays_as_it_is(recap):
    once = normalised(recap)
    assert normalised(once) == once


@settings(max_examples=100, deadline=None)
@given(recaps)
def test_no_line_is_wider_than_76_but_for_one_word(recap):
    wide = [line for line in write(recap).split("\n") if len(line) > 76]
    assert [line for line in wide if max(map(len, line.split())) < 60] == []


@given(texts.map(tidy))
def test_folding_and_unfolding(text):
    assert unfold(fold(text)) == text
    assert unfold(line + "  " for line in fold(text, margin=7)) == text


def test_windows_newlines_and_lost_margins_change_nothing():
    assert read(PRINTED.replace("\n", "\r\n")) == FULL
    assert read("\n".join(line.strip() for line in PRINTED.split("\n"))) == FULL


def test_a_mailing_list_s_footer_goes_into_the_closing():
    footer = "\n_______________\nlist mailing list\n"
    recap = read(PRINTED + footer)
    assert recap.entries == FULL.entries
    assert recap.tail == FULL.tail + "\n\n_______________ list mailing list"


def test_a_song_that_text_alone_tells_is_printed_once():
    response = WrittenResponse("“The Freeze” by Somebody Loud", Form.SONG)
    response.resources = [WrittenResource(ResourceType.SONG, "The Freeze", "Somebody Loud")]
    recap = WrittenRecap(entries=[WrittenEntry("Go", responses=[response], outcome=Outcome.ANSWERED)])
    assert "   - Song: “The Freeze” by Somebody Loud\n" in write(recap)
    assert read(write(recap)) == recap
