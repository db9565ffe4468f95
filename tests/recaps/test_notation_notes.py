"""Notes of a note-taker as they come, read whole: each expected structure is complete."""

from meetups.recaps.notation import WrittenEntry, WrittenRecap, WrittenResponse, read, write
from meetups.recaps.terms import AgeGroup, Form, Kind, Origin, Outcome, Stance


def test_questions_with_named_answers():
    text = """\
Q: A baby sits in the middle and screams. What now?
Mei (Alder Creek): scoop up the song and sing it to the baby.
J. - Keep going, smile at the grown-up.
The group laughed for a while.

Q: How long is too long?
A: Twenty minutes. — Bea, Fox Hollow
A: Until the first shoe comes off.
"""
    assert read(text) == WrittenRecap(
        entries=[
            WrittenEntry(
                prompt="A baby sits in the middle and screams. What now?",
                outcome=Outcome.ANSWERED,
                responses=[
                    WrittenResponse(text="scoop up the song and sing it to the baby.", said_by="Mei (Alder Creek)"),
                    WrittenResponse(text="Keep going, smile at the grown-up.", said_by="J."),
                    WrittenResponse(text="The group laughed for a while."),
                ],
            ),
            WrittenEntry(
                prompt="How long is too long?",
                outcome=Outcome.ANSWERED,
                responses=[
                    WrittenResponse(text="Twenty minutes.", said_by="Bea, Fox Hollow"),
                    WrittenResponse(text="Until the first shoe comes off."),
                ],
            ),
        ]
    )
    assert read(write(read(text))) == read(text)


def test_our_own_print_after_somebody_changed_it():
    text = """\
Guerrilla Storytime recap
=========================

Title: Twelve sticks

Birch Room.

1. Themes: a gift or a trap?
   (from the group; debate; toddlers)
   Topic: Planning
   Also noted: ask bea

   - For: bear week.
     Said by: Mei, Alder Creek
     Link: https://e.example/bears
   - a new idea somebody typed in by hand, in a line that goes on and on and on
   oops
"""
    assert read(text) == WrittenRecap(
        title="Twelve sticks",
        head="Birch Room.",
        entries=[
            WrittenEntry(
                prompt="Themes: a gift or a trap?",
                origin=Origin.AUDIENCE,
                kind=Kind.DEBATE,
                topic="Planning",
                age_groups=[AgeGroup.TODDLER],
                outcome=Outcome.ANSWERED,
                responses=[
                    WrittenResponse(
                        text="bear week.",
                        form=Form.OPINION,
                        stance=Stance.FOR,
                        said_by="Mei, Alder Creek",
                        links=["https://e.example/bears"],
                    ),
                    WrittenResponse(
                        text="a new idea somebody typed in by hand, in a line that goes on and on and on oops"
                    ),
                ],
                leftovers=["ask bea"],
            )
        ],
    )
    assert read(write(read(text))) == read(text)


def test_questions_that_are_bullets_themselves():
    text = """\
Sent from the library, Apr 9

- How do you end on time?
    - Sing the clock
    - Thanks, bye
- Who brings the snack?
    - Nobody
- What about glue?
"""
    assert read(text) == WrittenRecap(
        title="Sent from the library, Apr 9",
        entries=[
            WrittenEntry(
                prompt="How do you end on time?",
                outcome=Outcome.ANSWERED,
                responses=[WrittenResponse(text="Sing the clock"), WrittenResponse(text="Thanks, bye")],
            ),
            WrittenEntry(
                prompt="Who brings the snack?", outcome=Outcome.ANSWERED, responses=[WrittenResponse(text="Nobody")]
            ),
            WrittenEntry(prompt="What about glue?"),
        ],
    )
    assert read(write(read(text))) == read(text)


def test_challenges_by_number_with_labels():
    text = """\
Challenge 1: Hello song without a voice (act it out, preschool)
- wave
- sign "hello" - J. - from Ohio
Challenge 2: A fire truck goes by (skipped)
Audience question: do you allow snacks?
- Yes, on the rug.

See https://blog.example/recap for pictures.
"""
    assert read(text) == WrittenRecap(
        entries=[
            WrittenEntry(
                prompt="Hello song without a voice",
                kind=Kind.ACT_OUT,
                age_groups=[AgeGroup.PRESCHOOL],
                outcome=Outcome.ANSWERED,
                responses=[WrittenResponse(text="wave"), WrittenResponse(text='sign "hello" - J. - from Ohio')],
            ),
            WrittenEntry(prompt="A fire truck goes by", outcome=Outcome.SKIPPED),
            WrittenEntry(
                prompt="do you allow snacks?",
                origin=Origin.AUDIENCE,
                outcome=Outcome.ANSWERED,
                responses=[WrittenResponse(text="Yes, on the rug.")],
            ),
        ],
        tail="See https://blog.example/recap for pictures.",
    )
    assert read(write(read(text))) == read(text)


def test_quick_notes_of_a_note_taker():
    text = """\
* shakers!!
- hungry bin, burps every 3rd egg
- slower slower asleep, whisper
- uke: eggs go home (who??)
* parachute to quiet book
- fold in 4, last corner picks - J
* seat under elbow
- elbows need room - Mei, Alder Creek
q: half my families speak somali
q: filmed every week??
?? nobody knew
* ducks - skipped
ask bea re lights
"""
    assert read(text) == WrittenRecap(
        entries=[
            WrittenEntry(
                prompt="shakers!!",
                outcome=Outcome.ANSWERED,
                responses=[
                    WrittenResponse(text="hungry bin, burps every 3rd egg"),
                    WrittenResponse(text="slower slower asleep, whisper"),
                    WrittenResponse(text="uke: eggs go home (who??)"),
                ],
            ),
            WrittenEntry(
                prompt="parachute to quiet book",
                outcome=Outcome.ANSWERED,
                responses=[WrittenResponse(text="fold in 4, last corner picks", said_by="J")],
            ),
            WrittenEntry(
                prompt="seat under elbow",
                outcome=Outcome.ANSWERED,
                responses=[WrittenResponse(text="elbows need room", said_by="Mei, Alder Creek")],
            ),
            WrittenEntry(prompt="half my families speak somali", origin=Origin.AUDIENCE),
            WrittenEntry(prompt="filmed every week??", origin=Origin.AUDIENCE),
            WrittenEntry(prompt="ducks", outcome=Outcome.SKIPPED, leftovers=["ask bea re lights"]),
        ]
    )
    assert read(write(read(text))) == read(text)
