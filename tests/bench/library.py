"""Searching 200,000 ideas of 20,000 recaps by words and three facets, on each database: the whole page, as it is sent.

    python -m tests.bench.library

Ideas are sentences of the demo, each with a tail of words drawn as often as they are frequent there (Zipf). Words
searched are drawn the same way, so that the frequent ones, which find a good part of the library, are asked for most.
"""

from __future__ import annotations

import random
import re
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa

from meetups.deck.actions import fill_the_cup
from meetups.deck.models import Challenge
from meetups.demo.ideas import ideas
from meetups.foundation import clock
from meetups.foundation.database import db, unit_of_work
from meetups.library.actions import fill
from meetups.library.entries import Laid
from meetups.library.spelling import EVERYWHERE, index_words
from meetups.library.terms import Facet
from meetups.recaps.models import Qualifier, Recap, RecapEntry, RecapStatus, Response
from meetups.recaps.terms import Form, Origin, Outcome
from meetups.settings import Settings
from tests.conftest import SECRET, make_schema, started
from tests.databases import cluster

RECAPS, ENTRIES, IDEAS = 20_000, 5, 2  # a recap has so many entries, an entry so many ideas
SEARCHES, WARM = 200, 10
TAIL = 12
BATCH = 500
STATES = ("Washington", "Ohio", "Indiana", "Texas", "Oregon", "Maine", "Vermont", "Nevada", "Iowa", "Georgia")
YEARS = tuple(range(2014, 2027))


def figures() -> dict[str, float]:
    """p95 in milliseconds on each database."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="library-bench-") as folder, cluster() as running:
        where = Path(folder)
        for name, url in (("sqlite", f"sqlite:///{where / 'library.sqlite'}"), ("postgresql", running.make("library"))):
            make_schema(url, where / name)
            settings = Settings(instance=where / name, database_url=url, secret_key=SECRET).completed()
            with started(settings) as app, app.app_context():
                dice = random.Random(5)
                with unit_of_work():
                    frequency = fill_library(dice)
                _settle_down()
                found[f"ideas_200k_p95_ms_{name}"] = round(_measure(app, dice, frequency), 1)
    return found


def fill_library(dice: random.Random, how_many: int = RECAPS) -> Counter[str]:
    """The rows and their index; returns how often each word was written."""
    fill_the_cup()
    sticks = db.session.scalars(sa.select(Challenge)).all()
    sentences = [idea.text for each in ideas().by_stick.values() for idea in each]
    said = (word for text in sentences for word in re.findall(r"[a-z]{3,}", text.lower()))
    seen = Counter(word for word in said if word not in EVERYWHERE)
    words, weights = [*seen], [*seen.values()]
    written: Counter[str] = Counter()

    def batches() -> Iterator[tuple[list[Laid], list[Any]]]:
        number = 0
        for first in range(1, how_many + 1, BATCH):
            recaps, entries, responses, laid = [], [], [], []
            for recap in range(first, min(first + BATCH, how_many + 1)):
                recaps.append(_recap(recap))
                shared = [f"where:US-{dice.choice(STATES)}", f"year:{dice.choices(YEARS, range(1, 14))[0]}"]
                for stick in dice.sample(sticks, ENTRIES):
                    entries.append(_entry(recap, stick, len(entries) % ENTRIES))
                    for _ in range(IDEAS):
                        number += 1
                        tail = dice.choices(words, weights, k=TAIL)
                        written.update(set(tail))
                        text = f"{dice.choice(sentences)} {' '.join(tail)}."
                        responses.append(_response(number, entries[-1]["id"], text))
                        facets = [*shared, f"about:{stick.category.value}", *(f"age:{age}" for age in stick.ages),
                                  *(f"skill:{skill}" for skill in stick.skills),
                                  *(["with:song"] if dice.random() < 0.2 else [])]  # fmt: skip
                        laid.append(Laid(number, recap, stick.id, facets, index_words([text, stick.text])))
            for model, rows in ((Recap, recaps), (RecapEntry, entries), (Response, responses)):
                db.session.execute(sa.insert(model), rows)
            yield laid, []

    fill(batches())
    return written


def _recap(number: int) -> dict[str, Any]:
    at = clock.now() - timedelta(hours=RECAPS - number)
    return {
        "id": number, "code": f"r{number}", "status": RecapStatus.PUBLISHED, "version": 1, "title": f"Swap {number}",
        "head": "", "tail": "", "held_on": at.date(), "place_label": "Tacoma", "qualifier": Qualifier.ABOUT,
        "created_at": at, "updated_at": at, "published_at": at, "idea_count": ENTRIES * IDEAS,
    }  # fmt: skip


def _entry(recap: int, stick: Challenge, ordinal: int) -> dict[str, Any]:
    return {
        "id": recap * ENTRIES + ordinal, "recap_id": recap, "ordinal": ordinal, "origin": Origin.CUP,
        "challenge_id": stick.id, "prompt": stick.text, "category": stick.category, "kind": stick.kind,
        "ages": stick.ages, "outcome": Outcome.ANSWERED, "topic": "", "literacy_tip": "", "leftovers": "",
    }  # fmt: skip


def _response(number: int, entry: int, text: str) -> dict[str, Any]:
    return {
        "id": number, "entry_id": entry, "ordinal": number % IDEAS, "form": Form.TIP, "text": text, "literacy_tip": "",
        "links": [], "credit_mode": "group", "credit_name": "", "credit_library": "", "consent": "not_needed",
        "ask_version": 0,
    }  # fmt: skip


def _settle_down() -> None:
    with db.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql(
            "analyze" if connection.dialect.name == "sqlite" else "vacuum analyze"
        )


def _measure(app: Any, dice: random.Random, frequency: Counter[str]) -> float:
    words, weights = [*frequency], [*frequency.values()]
    client, times = app.test_client(), []
    for _ in range(SEARCHES + WARM):
        typed = " ".join(dice.choices(words, weights, k=dice.choice((1, 1, 2))))
        stick = dice.choice(db.session.scalars(sa.select(Challenge)).all())
        three = {Facet.ABOUT: stick.category.value, Facet.AGE: stick.ages[0], Facet.YEAR: dice.choice(YEARS)}
        address = "/ideas?" + urlencode({"q": typed, **{facet.value: value for facet, value in three.items()}})
        db.session.rollback()
        began = time.perf_counter()
        answer = client.get(address)
        times.append(time.perf_counter() - began)
        assert answer.status_code == 200
    return statistics.quantiles(times[WARM:], n=100)[94] * 1000


if __name__ == "__main__":
    for name, value in figures().items():
        print(name, value)
