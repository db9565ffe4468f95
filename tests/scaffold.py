"""While the rooms are being built: an app of the rooms that can be imported already. Goes away with the last gap."""

from __future__ import annotations

import importlib
from typing import Any

from flask import Flask
from flask_migrate import Migrate

from meetups.foundation.assets import init_assets
from meetups.foundation.database import db, init_database
from meetups.foundation.doors import init_doors
from meetups.foundation.pages import init_pages
from meetups.settings import PROJECT, Settings

ROOMS = ("people", "places", "deck", "nearby", "planning", "attendance", "recaps", "moderation", "discovery")


def _try(module: str, name: str) -> Any:
    try:
        return getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as gap:
        print(f"scaffold: {module}.{name} is missing: {gap}")
        return None


def create_app(settings: Settings) -> Flask:
    app = Flask("meetups", template_folder=str(PROJECT / "templates"), static_folder=None)
    app.config.update(
        MEETUPS=settings, SECRET_KEY=settings.secret_key, TESTING=settings.testing,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
    )
    init_database(app)
    Migrate(app, db, directory=str(PROJECT / "migrations"), render_as_batch=True)
    init_pages(app)
    init_assets(app)
    for room in ROOMS:
        for part in ("models", "queries", "actions"):
            try:
                importlib.import_module(f"meetups.{room}.{part}")
            except ImportError as gap:
                print(f"scaffold: {gap}")
    for module, name in (("meetups.foundation.gazetteer", "init_gazetteer"),
                         ("meetups.people.signing_in", "init_signing_in")):
        start = _try(module, name)
        if start:
            start(app)
    init_doors(app)
    for room in ROOMS:
        blueprint = _try(f"meetups.{room}.views", room)
        if blueprint:
            app.register_blueprint(blueprint)
    reading_room = _try("meetups.foundation.mail.reading_room", "reading_room")
    if reading_room:
        app.register_blueprint(reading_room)
    table = _try("meetups.reactions", "TABLE")
    if table is not None:
        importlib.import_module("meetups.foundation.announce").install(table)
    return app
