"""Recaps as people write them, read whole: each expected structure is complete."""

from meetups.recaps.notation import WrittenEntry, WrittenRecap, WrittenResource, WrittenResponse, read, write
from meetups.recaps.terms import AgeGroup, Form, Kind, Origin, Outcome, ResourceType, Stance


def test_topic_headings_with_bullets():
    text = """\
Guerrilla in the Hallway

We met in the hallway by the ballroom, about 20 people, and
at least 24 people slowed down to stare.

Closing songs
• The goodbye train, everybody hooks on
• Same song as the opener, half as loud

Name tags (audience)
– Yarn loops, one color an age
– Skip them; learn two names a week

Did anyone find a way to keep the doors shut?

Photos are coming. Run one yourself!
"""
    assert read(text) == WrittenRecap(
        title="Guerrilla in the Hallway",
        head="We met in the hallway by the ballroom, about 20 people, and\nat least 24 people slowed down to stare.",
        entries=[
            WrittenEntry(
                prompt="Closing songs",
                outcome=Outcome.ANSWERED,
                responses=[
                    WrittenResponse(text="The goodbye train, everybody hooks on"),
                    WrittenResponse(text="Same song as the opener, half as loud"),
                ],
            ),
            WrittenEntry(
                prompt="Name tags",
                origin=Origin.AUDIENCE,
                outcome=Outcome.ANSWERED,
                responses=[
                    WrittenResponse(text="Yarn loops, one color an age"),
                    WrittenResponse(text="Skip them; learn two names a week"),
                ],
            ),
            WrittenEntry(prompt="Did anyone find a way to keep the doors shut?"),
        ],
        tail="Photos are coming. Run one yourself!",
    )
    assert read(write(read(text))) == read(text)


def test_numbered_questions_and_a_debate():
    text = """\
# What Cincinnati asked

1. How do you calm a room after bubbles?
   - Blow one last bubble and hold your breath.
   - "Bubbles all gone, where did they go?"

2) What would you do with a
theremin? (not really answered)
   - Somebody explained what it is: a box that sings when you wave.

3. Puppets that bite: yes or no? [from the group]
For:
   - They test the edge and laugh.
Against:
   - Half my babies cried.
   - It depends: snap at the sleeve, never the hand.
"""
    assert read(text) == WrittenRecap(
        title="What Cincinnati asked",
        entries=[
            WrittenEntry(
                prompt="How do you calm a room after bubbles?",
                outcome=Outcome.ANSWERED,
                responses=[
                    WrittenResponse(text="Blow one last bubble and hold your breath."),
                    WrittenResponse(text='"Bubbles all gone, where did they go?"', form=Form.SCRIPT),
                ],
            ),
            WrittenEntry(
                prompt="What would you do with a theremin?",
                outcome=Outcome.PARTLY,
                responses=[WrittenResponse(text="Somebody explained what it is: a box that sings when you wave.")],
            ),
            WrittenEntry(
                prompt="Puppets that bite: yes or no?",
                origin=Origin.AUDIENCE,
                kind=Kind.DEBATE,
                outcome=Outcome.ANSWERED,
                responses=[
                    WrittenResponse(text="They test the edge and laugh.", form=Form.OPINION, stance=Stance.FOR),
                    WrittenResponse(text="Half my babies cried.", form=Form.OPINION, stance=Stance.AGAINST),
                    WrittenResponse(
                        text="It depends: snap at the sleeve, never the hand.", form=Form.OPINION, stance=Stance.AGAINST
                    ),
                ],
            ),
        ],
    )
    assert read(write(read(text))) == read(text)


def test_markdown_headings_labels_tips_and_songs():
    text = """\
## Transitions

How do you get from wiggly to sitting? (toddlers)
* Shake it slower - and slower.
* Song: "The Freeze" by Somebody Loud https://songs.example/freeze
    * Literacy tip: stopping on the beat is listening practice.
* Rhyme: Hands up high, hands down low

## From the audience

What do you say to a parent on the phone?
* "We missed you in the last verse!"
* Book: Llama Tales by Q. Writer
Literacy tip: talk to grown-ups while the song runs.
Ages: preschool, toddlers
"""
    assert read(text) == WrittenRecap(
        entries=[
            WrittenEntry(
                prompt="How do you get from wiggly to sitting?",
                topic="Transitions",
                age_groups=[AgeGroup.TODDLER],
                outcome=Outcome.ANSWERED,
                responses=[
                    WrittenResponse(text="Shake it slower - and slower."),
                    WrittenResponse(
                        text='"The Freeze" by Somebody Loud https://songs.example/freeze',
                        form=Form.SONG,
                        literacy_tip="stopping on the beat is listening practice.",
                        links=["https://songs.example/freeze"],
                        resources=[
                            WrittenResource(
                                type=ResourceType.SONG,
                                title="The Freeze",
                                creator="Somebody Loud",
                                url="https://songs.example/freeze",
                            )
                        ],
                    ),
                    WrittenResponse(
                        text="Hands up high, hands down low",
                        form=Form.RHYME,
                        resources=[WrittenResource(type=ResourceType.RHYME, title="Hands up high, hands down low")],
                    ),
                ],
            ),
            WrittenEntry(
                prompt="What do you say to a parent on the phone?",
                origin=Origin.AUDIENCE,
                age_groups=[AgeGroup.TODDLER, AgeGroup.PRESCHOOL],
                outcome=Outcome.ANSWERED,
                responses=[
                    WrittenResponse(text='"We missed you in the last verse!"', form=Form.SCRIPT),
                    WrittenResponse(
                        text="Llama Tales by Q. Writer",
                        form=Form.BOOK,
                        resources=[WrittenResource(type=ResourceType.BOOK, title="Llama Tales", creator="Q. Writer")],
                    ),
                ],
                literacy_tip="talk to grown-ups while the song runs.",
            ),
        ]
    )
    assert read(write(read(text))) == read(text)


def test_html_copied_from_a_blog():
    text = """\
<h2>Props &amp; puppets</h2>
<p><strong>What lives in your bag, for 1&ndash;3s?</strong></p>
<ul><li>Scarves, see <a href="https://blog.example/scarves">my list</a></li><li>A spoon<ul><li>wooden</li></ul></li>
</ul>
<!-- wp:paragraph --><p>Stick: Show us a hello<br>with no words</p>
<ol><li>Wave with your <em>feet</em></li><li>Peek-a-boo</li></ol><script>alert(1)</script>
<p>Thanks for coming!</p>"""
    assert read(text) == WrittenRecap(
        entries=[
            WrittenEntry(
                prompt="What lives in your bag, for 1–3s?",
                topic="Props & puppets",
                age_groups=[AgeGroup.TODDLER],
                outcome=Outcome.ANSWERED,
                responses=[
                    WrittenResponse(
                        text="Scarves, see [my list](https://blog.example/scarves)",
                        links=["https://blog.example/scarves"],
                    ),
                    WrittenResponse(text="A spoon\n  - wooden"),
                ],
            ),
            WrittenEntry(
                prompt="Show us a hello with no words",
                topic="Props & puppets",
                outcome=Outcome.ANSWERED,
                responses=[WrittenResponse(text="Wave with your feet"), WrittenResponse(text="Peek-a-boo")],
            ),
        ],
        tail="Thanks for coming!",
    )
    assert read(write(read(text))) == read(text)


def test_answers_in_paragraphs():
    text = """\
1. Which book do you hand to a family that speaks two languages at home?

Any book with few words and a lot of picture.
Let them read it their way.

2. Whose story is missing from your shelf?

Aside: count the covers with your regulars.

Ask the families first.

Thank you to everyone who stayed up late.
"""
    assert read(text) == WrittenRecap(
        entries=[
            WrittenEntry(
                prompt="Which book do you hand to a family that speaks two languages at home?",
                outcome=Outcome.ANSWERED,
                responses=[
                    WrittenResponse(text="Any book with few words and a lot of picture.\nLet them read it their way.")
                ],
            ),
            WrittenEntry(
                prompt="Whose story is missing from your shelf?",
                outcome=Outcome.ANSWERED,
                responses=[WrittenResponse(text="Ask the families first.")],
                literacy_tip="count the covers with your regulars.",
            ),
        ],
        tail="Thank you to everyone who stayed up late.",
    )
    assert read(write(read(text))) == read(text)
