"""The cookie: who it belongs to, and how somebody is let in and out."""

from __future__ import annotations

from flask import Flask, session
from flask_login import LoginManager, login_user, logout_user

from meetups.people.models import Person
from meetups.people.queries import person_by_session_key


def init_signing_in(app: Flask) -> None:
    """Teach the app whose cookie is whose. Doors decide who may enter; nothing here redirects."""
    manager = LoginManager()
    manager.session_protection = None  # phones change networks all day; the key in the cookie is what counts
    manager.user_loader(person_by_session_key)
    manager.init_app(app)


def let_in(person: Person) -> None:
    """Sign this browser in for 180 days, in a session that holds nothing from before."""
    session.clear()
    session.permanent = True
    login_user(person)


def let_out() -> None:
    """Sign this browser out and forget all it carried."""
    logout_user()
    session.clear()
