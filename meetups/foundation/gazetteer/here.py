"""The gazetteer of the running app."""

from flask import current_app

from meetups.foundation.gazetteer import Gazetteer, open_gazetteer


def gazetteer_here() -> Gazetteer:
    """The one shipped with the app, unpacked into the instance folder."""
    return open_gazetteer(current_app.config["MEETUPS"].instance)
