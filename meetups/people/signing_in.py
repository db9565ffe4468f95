"""The cookie: who it belongs to, and how somebody is let in and out."""

from __future__ import annotations

from flask import Flask, session
from flask_login import LoginManager, login_user, logout_user

from meetups.foundation.database import unit_of_work
from meetups.people.actions import begin_visit, end_visit
from meetups.people.models import Person
from meetups.people.queries import person_by_visit

KEPT_AS = "_user_id"  # where Flask-Login looks for what its loader is to be asked with


def init_signing_in(app: Flask) -> None:
    """Teach the app whose cookie is whose. Doors decide who may enter; nothing here redirects."""
    manager = LoginManager()
    manager.session_protection = None  # phones change networks all day; the secret in the cookie is what counts
    manager.user_loader(person_by_visit)
    manager.init_app(app)


def let_in(person: Person) -> None:
    """Sign this browser in for 180 days, in a session that holds nothing from before."""
    with unit_of_work():
        _end_visit()
        token = begin_visit(person)
    session.clear()
    session.permanent = True
    login_user(person)
    session[KEPT_AS] = token


def let_out() -> None:
    """Sign this browser out, for every copy of its cookie too, and forget all it carried."""
    with unit_of_work():
        _end_visit()
    logout_user()
    session.clear()


def _end_visit() -> None:
    token = session.get(KEPT_AS)
    if isinstance(token, str):
        end_visit(token)
