"""What the invented rooms worked out: recaps with sticks, ideas, credits in every state, and questions left open."""

from __future__ import annotations

import re
from datetime import timedelta

from meetups.demo import words
from meetups.demo.gatherings import Gathering
from meetups.demo.ideas import Idea, Question, ideas
from meetups.demo.world import World
from meetups.foundation.database import add
from meetups.places.models import Place
from meetups.recaps.models import (
    THE_GROUP,
    Attribution,
    Consent,
    CreditMode,
    Qualifier,
    Recap,
    RecapEntry,
    RecapStatus,
    Resource,
    Response,
)
from meetups.recaps.terms import Category, Form, Origin, Outcome, ResourceType

WRITTEN_UP = 0.35  # of the meetups that took place
TITLED = {Form.SONG: ResourceType.SONG, Form.RHYME: ResourceType.RHYME}
CONSENTS = (Consent.GIVEN, Consent.GIVEN, Consent.GIVEN, Consent.PENDING, Consent.REFUSED, Consent.WITHDRAWN)


def write_up(world: World, gathering: Gathering) -> bool:
    """A recap of a meetup that took place, for about every third; whether there is one."""
    meetup = gathering.meetup
    if not (meetup.listed and meetup.is_over(world.at) and world.chance(WRITTEN_UP)):
        return False
    rng, place = world.rng, meetup.place
    written = world.between(meetup.ends_at, min(world.at, meetup.ends_at + timedelta(days=rng.choice((1, 2, 4, 14)))))
    status = rng.choices((RecapStatus.PUBLISHED, RecapStatus.DRAFT, RecapStatus.WITHDRAWN), (92, 5, 3))[0]
    people = rng.randint(5, 40)
    author = rng.choice(world.neighbors[gathering.number])
    recap = Recap(
        code=world.code(), meetup=meetup, author=author, version=1, status=status,
        title=meetup.title if world.chance(0.5) else f"{meetup.title}: what we kept",
        head=rng.choice(words.RECAP_HEADS), tail=rng.choice(words.RECAP_TAILS), held_on=meetup.local_start.date(),
        place_label=_label(place), headcount_from=people, headcount_to=people + 5 if world.chance(0.2) else None,
        qualifier=rng.choice(tuple(Qualifier)), onlookers=rng.randint(1, 9) if world.chance(0.3) else None,
        created_at=written, updated_at=written, entries=[],
        published_at=None if status is RecapStatus.DRAFT else written,
        hidden_at=world.at if world.chance(0.01) else None,
    )  # fmt: skip
    recap.entries.extend(_entries(world))
    recap.settle()
    add(recap)
    return True


def _label(place: Place) -> str:
    """As much of a place as anybody may read."""
    words_for_all = place.public_words
    return words_for_all if not place.town or place.town in words_for_all else f"{words_for_all}, {place.town}"


def _entries(world: World) -> list[RecapEntry]:
    """Sticks first, then what the room asked; once in a while a stick was laid back."""
    entries = [_drawn(world, n) for n in world.rng.sample(range(len(world.sticks)), world.rng.randint(4, 9))]
    questions = world.rng.sample(ideas().questions, world.rng.randint(0, 3))
    return entries + [_asked(world, question) for question in questions]


def _drawn(world: World, number: int) -> RecapEntry:
    stick = world.sticks[number]
    skipped = world.chance(0.05)
    known = ideas().by_stick.get(stick.code, [])
    some = [] if skipped else world.rng.sample(known, min(len(known), world.rng.randint(2, 4)))
    return RecapEntry(
        challenge_id=stick.id, prompt=stick.text, origin=Origin.CUP, category=stick.category, kind=stick.kind,
        ages=list(stick.ages), outcome=Outcome.SKIPPED if skipped else Outcome.ANSWERED, topic="", leftovers="",
        literacy_tip=world.either(words.TIPS, chance=0.0 if skipped else 0.2, otherwise=""),
        responses=[_response(world, idea, stick.category) for idea in some],
    )  # fmt: skip


def _asked(world: World, question: Question) -> RecapEntry:
    outcome = world.rng.choices((Outcome.ANSWERED, Outcome.PARTLY, Outcome.UNANSWERED), (60, 20, 20))[0]
    some = [] if outcome is Outcome.UNANSWERED else question.ideas
    return RecapEntry(
        prompt=question.text, origin=Origin.AUDIENCE, category=question.category, kind=None, ages=[], outcome=outcome,
        topic="", leftovers=world.either(words.ASIDES, chance=0.1, otherwise=""), literacy_tip="",
        responses=[_response(world, idea, question.category) for idea in some],
    )  # fmt: skip


def _response(world: World, idea: Idea, category: Category) -> Response:
    reason = world.either([*ideas().reasons[category], *words.ASIDES], chance=0.45, otherwise="")
    title = re.match(r"“([^”]{4,60})”", idea.text) if idea.form in TITLED else None
    response = Response(
        form=idea.form, stance=None, text=f"{idea.text} {reason}".strip(), literacy_tip="", links=[], ask_version=0,
        credit=THE_GROUP, resources=[Resource(type=TITLED[idea.form], title=title[1], creator="traditional", url="")]
        if title else [],
    )  # fmt: skip
    if world.chance(0.15):
        _credit(world, response)
    return response


def _credit(world: World, response: Response) -> None:
    """Somebody was asked whether their name may stand there; a no has taken the name out."""
    consent = world.rng.choice(CONSENTS)
    kept = consent in (Consent.GIVEN, Consent.PENDING)
    name, address = world.visitor()
    library = world.rng.choice(words.LIBRARIES) if kept else ""
    asked = world.at - timedelta(days=world.rng.randint(1, 200))
    response.credit = Attribution(CreditMode.NAMED, name if kept else "", library, consent, asked)
    response.asked_address, response.ask_version = address, 1
