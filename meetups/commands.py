"""What runs outside a request: `flask work`, `flask deliver-mail`, `flask purge` ... (docs/operators.md lists them)."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import Event, Thread

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy.exc import DatabaseError

from meetups.attendance import actions as attendance
from meetups.deck.actions import fill_the_cup
from meetups.demo.command import demo
from meetups.discovery.actions import tell_of_new
from meetups.foundation.addresses import absolute
from meetups.foundation.database import db, unit_of_work
from meetups.foundation.geocoding.memory import forget_old_answers
from meetups.foundation.mail import outbox
from meetups.foundation.mail.delivery import deliver_all, work_forever
from meetups.foundation.mail.health import dead_letters, health, masked
from meetups.foundation.mail.intake.mailbox import NoMailbox, empty, mailbox_at
from meetups.foundation.mail.intake.taking import NotNow, forget_old_mail, try_again
from meetups.foundation.mail.intake.watching import taking_mail
from meetups.foundation.refusals import Refusal
from meetups.foundation.schema import is_up_to_date
from meetups.library.command import export, library
from meetups.nearby.actions import forget_old_wishes
from meetups.people import actions as people
from meetups.people.letters import sign_in_path
from meetups.places.later import look_up_waiting, looking_up
from meetups.planning import actions as planning
from meetups.recaps import actions as recaps
from meetups.settings import PROJECT

# Beside the outbox's own, what the worker does once a minute, each in a unit of work of its own.
CHORES: tuple[Callable[[], None], ...] = (
    people.throw_away_old_links, forget_old_mail, forget_old_answers,
    attendance.expire_offers, attendance.purge_replies, attendance.forget_what_was_told, planning.forget_addresses,
    attendance.ask_hosts, attendance.send_notices, attendance.send_reminders, attendance.release_holds,
    recaps.send_nudges, tell_of_new, forget_old_wishes, recaps.sweep_photos,
)
people_commands = AppGroup("people", help="Signing in and moderators, from the operator's side.")


def register(app: Flask) -> None:
    """Add the commands to `flask`, those of Flask-Migrate among them."""
    _teach_migrations(app)
    for command in (work, deliver_mail, take_mail, letters, look_up, purge, people_commands, library, export, demo):
        _explain_unready_database(command)
        app.cli.add_command(command)


def _explain_unready_database(command: click.Command) -> None:
    """Make the command, and those of a group, end with a sentence where the database is not up to date."""
    for each in (command, *(command.commands.values() if isinstance(command, click.Group) else ())):
        if each.callback is not None and not hasattr(each.callback, "explains"):
            each.callback = _explaining(each.callback)


def _explaining(callback: Callable[..., None]) -> Callable[..., None]:
    @wraps(callback)
    def run(*args: object, **given: object) -> None:
        try:
            callback(*args, **given)
        except DatabaseError as wrong:
            if is_up_to_date():
                raise
            raise click.ClickException("The database is not up to date. Run this first: flask db upgrade") from wrong

    run.explains = True  # type: ignore[attr-defined]  # commands outlive an app, and there may be several
    return run


@click.command()
def work() -> None:
    """Deliver letters and do the chores until stopped. `make run` starts one of these beside the pages."""
    work_until_stopped(_this_app())


@click.command("deliver-mail")
def deliver_mail() -> None:
    """Deliver the letters that are due now, once; for operators who prefer cron to a worker."""
    report = deliver_all(_this_app())
    click.echo(f"{report.sent} sent, {report.kept} kept here, {report.later} later, {report.dead} given up.")
    if report.trouble:
        raise click.ClickException(f"The rest is waiting: {report.trouble}.")


@click.command("take-mail")
@click.option("--once", is_flag=True, help="Empty the mailbox of IMAP_URL once and return; for cron.")
@click.option("--again", is_flag=True, help="Try what was set aside once more and return.")
def take_mail(once: bool, again: bool) -> None:
    """Take answers that come by mail, until stopped. The worker does it as well, so few need this."""
    try:
        if again:
            through, left = try_again()
            click.echo(f"{through} went through, {left} still set aside.")
        elif once and (mailbox := mailbox_at(current_app.config["MEETUPS"].imap_url)):
            outcomes = empty(mailbox)
            click.echo(", ".join(f"{count} {outcome.value}" for outcome, count in outcomes.items()) or "Nothing new.")
        elif not once:
            with taking_mail(_this_app()):
                _until_told_to_stop().wait()
    except (NoMailbox, NotNow) as trouble:
        raise click.ClickException(f"No mail was taken: {trouble}.") from trouble


@click.group(invoke_without_command=True)
@click.pass_context
def letters(context: click.Context) -> None:
    """Say how the post is doing: letters by state, what is waiting, the dead ones (addresses in part)."""
    if context.invoked_subcommand is not None:
        return
    found = health()
    for state, count in found.counts.items():
        click.echo(f"{count:7} {state.label}")
    click.echo(f"{found.unconfirmed:7} sent, unconfirmed")
    click.echo(f"Due since {found.due_since:%Y-%m-%d %H:%M} UTC." if found.due_since else "Nothing is due.")
    for worker in found.workers:
        click.echo(f"Worker {worker.name}: seen {worker.seen_at:%Y-%m-%d %H:%M} UTC. {worker.trouble}".rstrip())
    for letter in dead_letters(20):
        click.echo(f"Letter {letter.id} to {masked(letter.to_address)}: {letter.last_error}")


@letters.command("retry")
@click.argument("which")
def retry_letters(which: str) -> None:
    """Try the dead letter with this number again, or all of them: WHICH is a number or "all"."""
    if which != "all" and not which.isdigit():
        raise click.ClickException("Give the number of a letter, or all.")
    with unit_of_work():
        revived = outbox.revive(None if which == "all" else int(which))
    click.echo(f"{revived} will be tried again.")


@click.command("look-up")
def look_up() -> None:
    """Ask the map service about places nobody could be asked about earlier, once; for cron. The worker does it too."""
    click.echo(f"{look_up_waiting()} found.")


@click.command()
def purge() -> None:
    """Throw away what is kept no longer: used links, the text of old letters, deleted photos. So does the worker."""
    for chore in (outbox.purge, *CHORES):
        with unit_of_work():
            chore()
    click.echo("Done.")


@people_commands.command("sign-in-link")
@click.argument("address")
def sign_in_link(address: str) -> None:
    """Print a one-use link that signs ADDRESS in, for when the mail is down. It lives 20 minutes."""
    with _plain_refusals(), unit_of_work():
        path = sign_in_path(people.new_link(address))
    click.echo(absolute(path))


@people_commands.command("make-moderator")
@click.argument("address")
def make_moderator(address: str) -> None:
    """Let ADDRESS moderate; the account is made if there is none yet."""
    with _plain_refusals(), unit_of_work():
        people.make_moderator(address)
    click.echo(f"{address} is a moderator.")


@contextmanager
def _plain_refusals() -> Iterator[None]:
    """A refusal ends the command with its sentence."""
    try:
        yield
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence) from refusal


def work_until_stopped(app: Flask) -> None:
    """The worker: letters out, mail in; returns after SIGTERM or Ctrl-C, with the letter in hand finished."""
    stop = _until_told_to_stop()
    with app.app_context():
        if is_up_to_date():
            with unit_of_work():
                fill_the_cup()
    with taking_mail(app), looking_up(app):
        work_forever(app, stop, CHORES)


def _until_told_to_stop() -> Event:
    """An event that SIGTERM and Ctrl-C set."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        if signal.getsignal(number) is not signal.SIG_IGN:
            # From a thread, because the one that is interrupted may be inside the event and hold its lock.
            signal.signal(number, lambda *_: Thread(target=stop.set).start())
    return stop


def bring_up_to_date() -> None:
    """Migrate if need be; two that start together take turns. Needs an application context."""
    if not is_up_to_date():
        _teach_migrations(_this_app())
        from flask_migrate import upgrade  # noqa: PLC0415 as below

        upgrade()


def _teach_migrations(app: Flask) -> None:
    from flask_migrate import Migrate  # noqa: PLC0415 4 MB, which a worker keeps for good and most starts need not

    Migrate(app, db, directory=str(PROJECT / "migrations"), render_as_batch=True)


def _this_app() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined]
