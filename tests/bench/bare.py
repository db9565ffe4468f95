"""What a page costs that does nothing: Flask, Jinja and SQLAlchemy, the same rows, the same bytes, the same server.

It knows no sessions, forms, doors, maps or letters. One SELECT fetches the rows of the page (meetups with place and
host, every column, as ORM objects); one template prints some columns of each and then, line by line and escaped, as
much text as the house's own page has. `python -m tests.bench.bare` serves it; the environment says which rows and how
many bytes.
"""

from __future__ import annotations

import gc
import json
import os
from typing import Any

import sqlalchemy as sa
from flask import Flask, render_template
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from jinja2 import DictLoader
from sqlalchemy.orm import DeclarativeBase, Session, joinedload, relationship

from meetups.settings import Settings

LINE = "A line of text about as long as one in a list: who, what, where & when, and how to spot us there."
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title></head><body>
{% for row in rows %}<article><h2>{{ row.title }}</h2>
<p>{{ row.local_start }} {{ row.time_zone }}</p><p>{{ row.place.words }}</p><p>{{ row.host.display_name }}</p>
{% for line in fill %}<p class="{{ row.status }}">{{ line }}</p>
{% endfor %}</article>
{% endfor %}</body></html>
"""


def create_app(database_url: str, pages: dict[str, dict[str, Any]]) -> Flask:
    """`pages` maps the name in the address to {"ids": rows to show, "bytes": how long the page is}."""
    engine = sa.create_engine(database_url)
    meetup = _models(engine)
    app = Flask("bare")
    app.jinja_loader = DictLoader({"page.html": PAGE})  # compiled once
    fills: dict[str, list[str]] = {}

    @app.get("/<name>")
    def page(name: str) -> str:
        with Session(engine) as session:
            query = sa.select(meetup).where(meetup.id.in_(pages[name]["ids"])).order_by(meetup.id)
            rows = session.scalars(query.options(joinedload(meetup.place), joinedload(meetup.host))).all()
            return render_template("page.html", title=name, rows=rows, fill=fills.get(name, ()))

    for name, wanted in pages.items():
        fills[name] = _fill(app, name, wanted)
    return app


def _fill(app: Flask, name: str, wanted: dict[str, Any]) -> list[str]:
    """As many lines a row as bring the page to its length."""
    with app.test_client() as client:
        lacking = max(0, wanted["bytes"] - len(client.get(f"/{name}").data)) // max(1, len(wanted["ids"]))
    a_line = len(LINE) + len('<p class="confirmed"></p>\n') + 4  # the & is escaped
    return [LINE] * (lacking // a_line) + [LINE[: max(0, lacking % a_line - 26)]]


def _models(engine: sa.Engine) -> Any:
    """Plain classes on the tables as they are in the database, all columns."""

    class Base(DeclarativeBase):
        pass

    Base.metadata.reflect(engine, only=["meetups", "places", "people", "host_events"])

    class Place(Base):
        __table__ = Base.metadata.tables["places"]

    class Person(Base):
        __table__ = Base.metadata.tables["people"]

    class Meetup(Base):
        __table__ = Base.metadata.tables["meetups"]
        place = relationship(Place)
        host = relationship(Person, foreign_keys=[__table__.c.host_id])

    return Meetup


def load() -> Flask:
    """In the process that answers: the app, with the collector at rest as in the house's."""
    app = create_app(os.environ["BARE_DATABASE"], json.loads(os.environ["BARE_PAGES"]))
    gc.collect()
    gc.freeze()
    return app


if __name__ == "__main__":
    settings = Settings()  # as many workers and threads as `python -m meetups`
    Granian(
        "tests.bench.bare:load", address="127.0.0.1", port=int(os.environ["PORT"]), interface=Interfaces.WSGI,
        factory=True, workers=settings.web_workers, blocking_threads=settings.web_threads, websockets=False,
        log_level=LogLevels.error, log_access=False,
    ).serve()
