"""`flask library reindex` and `flask export`: what an operator does with the library."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from meetups.foundation.database import unit_of_work
from meetups.foundation.refusals import Refusal
from meetups.library import actions
from meetups.library.archive import broken_links, write_archive

library = AppGroup("library", help="The index of ideas, from the operator's side.")


@library.command()
def reindex() -> None:
    """Make the index of ideas anew from the public recaps; it is kept up to date by itself otherwise."""
    with unit_of_work():
        count = actions.reindex()
    click.echo(f"{count:,} ideas can be found.")


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(folder: Path) -> None:
    """Write the whole public archive into FOLDER as plain HTML, JSON and calendar files that need no server."""
    try:
        written = write_archive(folder)
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence) from None
    click.echo(f"{written.recaps:,} recaps, {written.meetups:,} meetups, {written.sticks:,} sticks, {written.things:,} "
               f"songs, books and props, {written.photos:,} photos. Open {folder / 'index.html'}.")  # fmt: skip
    if broken := broken_links(folder):
        raise click.ClickException("Links that lead nowhere: " + "; ".join(broken[:20]))
