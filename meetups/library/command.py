"""`flask library ...`: what an operator does with the index of ideas."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from meetups.foundation.database import unit_of_work
from meetups.library import actions

library = AppGroup("library", help="The index of ideas, from the operator's side.")


@library.command()
def reindex() -> None:
    """Make the index of ideas anew from the public recaps; it is kept up to date by itself otherwise."""
    with unit_of_work():
        count = actions.reindex()
    click.echo(f"{count:,} ideas can be found.")
