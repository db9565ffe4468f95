"""`flask demo`: make the invented world and say how to walk into it."""

from __future__ import annotations

import click
from flask import current_app

from meetups.demo.actions import MOST, make_world
from meetups.foundation.database import unit_of_work
from meetups.foundation.refusals import Refusal
from meetups.foundation.whereabouts import current_gazetteer

HOST = "marisol@example.org"


@click.command("demo")
@click.option("--meetups", default=400, show_default=True, type=click.IntRange(1, MOST), help="How many meetups.")
@click.option("--seed", default=1, show_default=True, help="Another number makes another world.")
def demo(meetups: int, seed: int) -> None:
    """Fill an empty database with an invented world. Changes nothing where there is one, or where people are real."""
    try:
        with unit_of_work():
            made = make_world(meetups, seed, current_gazetteer())
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence) from None
    click.echo(f"The invented world {'is made' if made.new else 'stands already; nothing was changed'}: {made.note}.")
    click.echo(f"Sign in as one of its hosts: flask people sign-in-link {HOST}")
    click.echo(f"Then open {current_app.config['MEETUPS'].site_url} (after `make run`).")
