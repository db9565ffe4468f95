"""The roof: what is switched on. Nobody imports this but wsgi.py, commands and the tests."""

from __future__ import annotations

from flask import Flask

from meetups import reactions
from meetups.attendance.views import attendance
from meetups.deck.views import deck
from meetups.discovery.views import discovery
from meetups.foundation.announce import install
from meetups.foundation.assets import init_assets
from meetups.foundation.database import init_database
from meetups.foundation.doors import init_doors
from meetups.foundation.mail.post_office import post_office
from meetups.foundation.mail.reading_room import reading_room
from meetups.foundation.offline import init_offline
from meetups.foundation.pages import init_pages
from meetups.library.views import library
from meetups.moderation.views import moderation
from meetups.nearby.views import nearby
from meetups.notes.views import notes
from meetups.people.signing_in import init_signing_in
from meetups.people.views import people
from meetups.planning.views import planning
from meetups.recaps.views import recaps
from meetups.settings import PROJECT, Settings

ROOMS = (
    people, deck, nearby, planning, attendance, recaps, notes, library, moderation, discovery, reading_room,
    post_office,
)  # fmt: skip


def create_app(settings: Settings | None = None, *, serving: bool = False) -> Flask:
    """The application, ready to serve; settings come from the environment unless given.

    `serving` leaves out what only the `flask` command and the worker need, mail servers and migrations among it.
    """
    settings = settings or Settings.from_environment()
    app = Flask("meetups", template_folder=str(PROJECT / "templates"), static_folder=None)
    app.config.update(
        MEETUPS=settings,
        SECRET_KEY=settings.secret_key,
        TESTING=settings.testing,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={
            "pool_pre_ping": not settings.database_url.startswith("sqlite"),
            "hide_parameters": True,  # addresses and tokens stay out of tracebacks in the log
        },
    )
    init_database(app)
    init_pages(app)
    init_assets(app)
    init_signing_in(app)
    init_doors(app)
    init_offline(app)
    for room in ROOMS:
        app.register_blueprint(room)
    install(reactions.TABLE)
    if not serving:
        from meetups import commands  # noqa: PLC0415 a tenth of the memory, which answering pages can do without

        commands.register(app)
    return app
