"""What a few words mean; and that unclear ones mean nothing."""

import pytest

from meetups.attendance.models import Answer
from meetups.attendance.notation import Said, said_in

GOING, CANT, MAYBE = Said(Answer.GOING), Said(Answer.CANT), Said(Answer.MAYBE)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("yes", GOING), ("YES!!", GOING), ("Yes please", GOING), ("Count me in!", GOING), ("I'll be there", GOING),
        ("Hi Marisol,\n\nYes, we'll be there!\n\nKen", GOING), ("yes 🎉", GOING), ("Yes, can't wait!", GOING),
        ("Yes, looking forward to it!\nKen Doe\nChildren's Librarian\n+1 (253) 555-0100", GOING),
        ("no", CANT), ("No thanks", CANT), ("can't make it", CANT), ("Sorry, can’t make it this time.", CANT),
        ("Unfortunately I cannot attend.", CANT), ("I won't be able to make it", CANT), ("please cancel my seat", CANT),
        ("maybe", MAYBE), ("Not sure yet", MAYBE), ("I might", MAYBE),
        ("+2", Said(Answer.GOING, 2)), ("Yes, +1", Said(Answer.GOING, 1)), ("me and 2 more", Said(Answer.GOING, 2)),
        ("me and two friends", Said(Answer.GOING, 2)), ("We are 3", Said(Answer.GOING, 2)),
        ("I am coming with 2 guests", Said(Answer.GOING, 2)), ("Party of four.", Said(Answer.GOING, 3)),
        ("just me", Said(Answer.GOING, 0)), ("I’ll wait", Said(Answer.GOING, None, True)),
        ("we are 3, I’ll wait", Said(Answer.GOING, 2, True)),
        ("Yes\n\nKen\nLibrary\n324 S Meridian\n\nIf you are not the intended recipient, do not read this.", GOING),
    ],
)  # fmt: skip
def test_plain_words(text, said):
    assert said_in(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "", " \n ", "ok", "Thanks!", "2", "what is this?", "Yes and no", "yes\nno", "Yes but I may be late",
        "Yes\nbut only if it does not snow", "No problem, I'll be there", "I can't wait!",
        "Is there parking? Yes or no?",
        "Yes, me and my colleague", "we are 0", "+1 or +2", "yes, +1, +2", "x" * 5000, "yes " * 2000, "(" * 5000,
        "and " * 3000,
    ],
)  # fmt: skip
def test_unclear_words(text):
    assert said_in(text) is None
