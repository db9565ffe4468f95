"""What single lines of notes are taken for."""

import pytest

from meetups.recaps.notation import WrittenEntry, WrittenRecap, WrittenResponse, category_named, read, write
from meetups.recaps.terms import AgeGroup, Category, Origin, Outcome


@pytest.mark.parametrize(
    ("line", "name", "text"),
    [
        ("Mei (Alder Creek): scoop up the song", "Mei (Alder Creek)", "scoop up the song"),
        ("J. - keep going", "J.", "keep going"),
        ("keep going — J.", "J.", "keep going"),
        ("Keep going. - Bea", "Bea", "Keep going."),
        ("“Elbows need room.” — Mei, Alder Creek", "Mei, Alder Creek", "“Elbows need room.”"),
        ("Scarves: toss them", None, "Scarves: toss them"),
        ("Sing it - Twinkle Twinkle", None, "Sing it - Twinkle Twinkle"),
        ("Mei: one lone colon is no habit", None, "Mei: one lone colon is no habit"),
        ("self-control - not mine", None, "self-control - not mine"),
    ],
)
def test_names_before_and_after_an_idea(line, name, text):
    (response,) = read(f"Why?\n- {line}\n").entries[0].responses
    assert (response.said_by, response.text) == (name, text)


def test_bullets_that_begin_with_names_when_most_do():
    recap = read("Why?\n- Mei: because\n- Bea: why not\n- silence\n")
    assert [response.said_by for response in recap.entries[0].responses] == ["Mei", "Bea", None]


@pytest.mark.parametrize(
    ("words", "groups"),
    [
        ("for 1–3s", [AgeGroup.TODDLER]),
        ("ages 3-5", [AgeGroup.PRESCHOOL]),
        ("ages 0 to 5", [AgeGroup.BABY, AgeGroup.TODDLER, AgeGroup.PRESCHOOL]),
        ("ages 5-12", [AgeGroup.SCHOOL_AGE]),
        ("for 20-30 children", []),
    ],
)
def test_ages_in_years_stay_in_the_words(words, groups):
    entry = read(f"A hello, {words}\n- wave\n").entries[0]
    assert (entry.prompt, entry.age_groups) == (f"A hello, {words}", groups)


def test_bullets_of_every_kind():
    recap = read("Why?\n- a\n* b\n• c\n– d\n◦ e\no f\n1. g\n2) h\n")
    assert [response.text for response in recap.entries[0].responses] == list("abcdefgh")


def test_text_without_any_challenge_is_all_head():
    assert read("Just a thank you.\r\n\r\nSee you\tin May.") == WrittenRecap(
        head="Just a thank you.\n\nSee you in May."
    )


def test_nothing():
    assert read("") == read(" \n\t\r\n") == WrittenRecap()


def test_a_less_than_sign_is_not_a_tag():
    assert read("<3 all of you & your <cats>").head == "<3 all of you & your <cats>"


def test_links_are_found_without_their_punctuation():
    recap = read("Where?\n- At (https://e.example/a_(b)), or https://e.example/c.\n")
    assert recap.entries[0].responses[0].links == ["https://e.example/a_(b)", "https://e.example/c"]


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("Transitions", Category.TRANSITIONS),
        ("books_and_telling", Category.BOOKS_AND_TELLING),
        ("Props, puppets, flannels", Category.PROPS_AND_FLANNELS),
        ("Working with parents", Category.CAREGIVERS),
        ("Odds and ends", None),
        ("What is a book?", None),
    ],
)
def test_categories_are_known_by_their_usual_words(words, category):
    assert category_named(words) == category
    assert WrittenEntry("", topic=words).category == category


def test_replies_labeled_with_a_name_or_a_number():
    text = """Q: How do you end?
A (Mei, Alder Creek): We wave.
A - Noa: hats
Answer from Sol: bubbles
A: a bell

Q2. Punching?
A1. Step in.
A2. Leave it to the grown-up.
"""
    said = [[(each.said_by, each.text) for each in entry.responses] for entry in read(text).entries]
    assert said == [
        [("Mei, Alder Creek", "We wave."), ("Noa", "hats"), ("Sol", "bubbles"), (None, "a bell")],
        [(None, "Step in."), (None, "Leave it to the grown-up.")],
    ]


def test_lettered_lines_are_ideas():
    (entry,) = read("1. How do you begin?\na) Bell\nb) Hum\n").entries
    assert [each.text for each in entry.responses] == ["Bell", "Hum"]


def test_a_sentence_between_a_question_and_its_answers_is_no_question():
    for text in (
        "<h3>How do you begin?</h3><p>We talked about it for a while.</p><ul><li>Bell</li><li>Hum</li></ul>",
        "Q: How do you begin?\n\nWe talked about it for a while.\n\n- Bell\n- Hum\n",
    ):
        (entry,) = read(text).entries
        said = [each.text for each in entry.responses]
        assert (entry.prompt, said[-2:]) == ("How do you begin?", ["Bell", "Hum"])
        assert "We talked about it for a while." in [*said, *entry.leftovers]


@pytest.mark.parametrize("words", ["A (Mei): we wave", "A1. no", "a) Bell", "A - Noa: hats", "Answer by Sol: x"])
def test_words_that_look_like_a_reply_are_read_back_as_they_were_written(words):
    idea = WrittenResponse(text=f"{words}\n{words}")
    entry = WrittenEntry(words, Origin.CUP, responses=[idea], leftovers=[words], outcome=Outcome.ANSWERED)
    recap = WrittenRecap(title="T", head=words, entries=[entry], tail=words)
    assert read(write(recap)) == recap


@pytest.mark.parametrize(("line", "title", "creator", "url"), [
    ("Song: Hungry bin | by Ana", "Hungry bin", "Ana", None),
    ("Book: Hush! | by Minfong Ho | https://books.example/hush", "Hush!", "Minfong Ho", "https://books.example/hush"),
    ("Song: Left | right", "Left | right", None, None),
])  # fmt: skip
def test_a_thing_with_bars_is_read_in_notes_as_everywhere(line, title, creator, url):
    recap = read(f"* One?\n- {line}\n")
    (thing,) = recap.entries[0].responses[0].resources
    assert (thing.title, thing.creator, thing.url) == (title, creator, url)
    assert read(write(recap)) == recap
