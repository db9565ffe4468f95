"""What members of the invented world keep: a deck, a picture in a recap, a storytime folder, and what they tried."""

from __future__ import annotations

import hashlib
import io
import random
from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from meetups.deck.models import Challenge, Deck, Stick
from meetups.deck.terms import AgeGroup, Category, Kind, Sharing
from meetups.demo import words
from meetups.demo.world import World
from meetups.foundation.database import add, db, flush
from meetups.foundation.storage import store
from meetups.library.models import Idea, SavedIdea, TriedIdea
from meetups.people.models import Person
from meetups.recaps.models import Photo, PhotoPeople, Recap
from meetups.recaps.queries import PUBLIC

IN_THE_FOLDER, TRIED = 6, 12  # ideas
COPIED = 10  # sticks of the cup that are in the deck, too
WIDE, NARROW = (800, 534), (400, 267)
PAPER, TABLE, CUP, BAND = "#f4ead7", "#c58f57", "#2f6f73", "#f2c14e"


def keep_things(world: World, seed: int) -> None:
    """For Marisol, whom the demo signs in, and her neighbors. These dice are others: all the rest stays as it is.

    Ideas are taken from the index, so that has to be made first.
    """
    world.rng = random.Random(f"{seed} kept")
    neighbors = [person for some in world.neighbors for person in some]
    marisol = neighbors[0]
    _deck(world, marisol)
    recap = db.session.scalar(sa.select(Recap).where(*PUBLIC).order_by(Recap.published_at.desc(), Recap.id).limit(1))
    if recap is not None:
        _photo(world, recap)
    numbers = db.session.scalars(sa.select(Idea.id).order_by(Idea.id.desc()).limit(200)).all()
    some = world.rng.sample(numbers, min(len(numbers), TRIED))
    for number in some[:IN_THE_FOLDER]:
        note = world.either(words.FOLDER_NOTES, chance=0.7, otherwise="")
        add(SavedIdea(person_id=marisol.id, idea_id=number, note=note, saved_at=_lately(world)))
    for number in some:
        _tried(world, number, neighbors[1:])
    flush()


def _deck(world: World, owner: Person) -> None:
    made = _lately(world)
    deck = add(Deck(
        code=world.key(8), title=words.DECK_TITLE, about=words.DECK_ABOUT, owner=owner, sharing=Sharing.PUBLIC,
        created_at=made, updated_at=made,
    ))  # fmt: skip
    own = [
        Challenge(code=world.key(4), text=text, category=Category.WIGGLES_AND_MOVEMENT, kind=Kind.LEAD_US,
                  ages=[AgeGroup.TODDLER.value], skills=[], warm_up=True)
        for text in words.OWN_STICKS
    ]  # fmt: skip
    copied = [
        Challenge(code=world.key(4), text=each.text, category=each.category, kind=each.kind, ages=list(each.ages),
                  skills=list(each.skills), warm_up=each.warm_up, source_id=each.id)
        for each in world.rng.sample(list(world.sticks), COPIED)
    ]  # fmt: skip
    for place, challenge in enumerate([*own, *copied]):
        add(Stick(deck=deck, challenge=challenge, place=place))
        flush()  # row by row, so that numbers follow the order


def _photo(world: World, recap: Recap) -> None:
    jpegs = draw_cup(WIDE, NARROW)
    photo = add(Photo(
        code=world.key(16), recap=recap, added_by=recap.author, added_at=recap.updated_at, kept_at=recap.updated_at,
        sizes=[list(NARROW), list(WIDE)], print=hashlib.sha256(jpegs[0]).hexdigest(), alt=words.PHOTO_ALT,
        people=PhotoPeople.NONE,
    ))  # fmt: skip
    for key, jpeg in zip(reversed(photo.keys), jpegs, strict=True):
        store().put(key, jpeg, "image/jpeg")


def draw_cup(*sizes: tuple[int, int]) -> list[bytes]:
    """A paper cup full of craft sticks on a table, as a JPEG of each size."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 slow import, and nothing else of the demo needs it

    picture = Image.new("RGB", (1600, 1068), PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 800, 1600, 1068), fill=TABLE)
    for number, color in enumerate(("#e2b27a", "#d9a066", "#efc995", "#e2b27a", "#d9a066", "#efc995", "#e2b27a")):
        foot, head = 640 + 50 * number, 400 + 130 * number
        draw.line((foot, 620, head, 190 + 22 * abs(number - 3)), fill=color, width=58)
    draw.polygon(((560, 470), (1040, 470), (985, 900), (615, 900)), fill=CUP)
    draw.polygon(((573, 570), (1027, 570), (1014, 670), (586, 670)), fill=BAND)
    jpegs = []
    for size in sizes:
        paper = io.BytesIO()
        picture.resize(size, Image.Resampling.LANCZOS).save(paper, "JPEG", quality=80, optimize=True)
        jpegs.append(paper.getvalue())
    return jpegs


def _tried(world: World, number: int, people: Sequence[Person]) -> None:
    for person in world.rng.sample(people, world.rng.randint(1, min(5, len(people)))):
        note = world.either(words.TRIED_NOTES, chance=0.5, otherwise="")
        add(TriedIdea(code=world.key(5), person_id=person.id, idea_id=number, note=note, tried_at=_lately(world)))


def _lately(world: World) -> datetime:
    return world.at - timedelta(minutes=world.rng.randint(60, 60 * 24 * 40))
