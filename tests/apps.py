"""Apps for tests: made once for each set of settings, then led from database to database.

Making an app takes longer than most tests do, and an engine of its own would compile every statement anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from meetups.foundation.announce import install
from meetups.foundation.database import db
from meetups.settings import Settings


@dataclass
class Kept:
    """An app, and what was in it before a test had it."""

    app: Flask
    engine: sa.Engine
    pages: int
    reactions: Mapping[type, Any]
    tables: list[tuple[dict[str, Any], dict[str, Any]]]

    def as_new(self, settings: Settings) -> Flask:
        """The app as if just made with these settings."""
        for table, before in self.tables:
            table.clear()
            table.update(before)
        install(self.reactions)
        self.app.config.update(MEETUPS=settings, SQLALCHEMY_DATABASE_URI=settings.database_url)
        self.app._got_first_request = False
        self.app.test_client_class = None
        self.engine.url = sa.make_url(settings.database_url)
        return self.app

    def is_whole(self) -> bool:
        """Whether the test added no page to it."""
        return len(list(self.app.url_map.iter_rules())) == self.pages


_idle: defaultdict[Settings, list[Kept]] = defaultdict(list)


@contextmanager
def started(settings: Settings) -> Iterator[Flask]:
    """An app whose connections are closed at the end, so that nothing is left for the garbage collector to report."""
    kind = replace(settings, instance=Path(), database_url=sa.make_url(settings.database_url).drivername)
    kept = _idle[kind].pop() if _idle[kind] else _made(settings)
    app = kept.as_new(settings)
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            kept.engine.dispose()
        if kept.is_whole():
            _idle[kind].append(kept)


def _made(settings: Settings) -> Kept:
    # slow imports; tests of pure functions go without
    from meetups.app import create_app  # noqa: PLC0415
    from meetups.reactions import TABLE  # noqa: PLC0415

    app = create_app(settings)
    with app.app_context():
        engine = db.engine

    @event.listens_for(engine, "do_connect")
    def lead(dialect: sa.Dialect, _record: Any, arguments: list[Any], named: dict[str, Any]) -> None:
        arguments[:], options = dialect.create_connect_args(engine.url)
        named.update(options)

    tables = [(table, dict(table)) for table in (app.config, app.extensions, app.jinja_env.globals)]
    return Kept(app, engine, len(list(app.url_map.iter_rules())), TABLE, tables)
