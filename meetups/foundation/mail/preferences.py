"""What an address wants: each kind of letter one by one, in the weekly letter or not at all; and when not to write.

The outbox asks here at every posting, so no caller can forget to. Rows belong to an address, not to an account:
people without one choose through the link in any letter they got.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from meetups.foundation import clock
from meetups.foundation.database import Model, db, named
from meetups.foundation.labels import Labeled
from meetups.foundation.mail.kinds import DIGEST, LONGEST_KIND, is_awaited, is_timely, kinds_to_choose
from meetups.foundation.mail.letters import LONGEST_ADDRESS, LONGEST_TOPIC, Letter

NEAR = timedelta(hours=12)
JUST_BEFORE = timedelta(hours=1)
ASKED_AT_ONCE = 500


class Delivery(Labeled):
    SINGLE = ("single", "A letter each")
    DIGEST = ("digest", "In the weekly letter")
    OFF = ("off", "None")


class LetterChoice(Model):
    """One choice of one address. Without a topic it is about a kind everywhere; without a kind, about all of a topic.

    No row means single letters.
    """

    __tablename__ = "letter_choices"

    address: Mapped[str] = mapped_column(sa.String(LONGEST_ADDRESS), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(LONGEST_KIND), primary_key=True, default="")
    topic: Mapped[str] = mapped_column(sa.String(LONGEST_TOPIC), primary_key=True, default="")
    delivery: Mapped[Delivery] = mapped_column(named(Delivery))
    chosen_at: Mapped[datetime]


class QuietHours(Model):
    """From `begins` to `ends`, in minutes after midnight on the clock of `time_zone`, an address gets no letters."""

    __tablename__ = "quiet_hours"

    address: Mapped[str] = mapped_column(sa.String(LONGEST_ADDRESS), primary_key=True)
    time_zone: Mapped[str] = mapped_column(sa.String(64))
    begins: Mapped[int]
    ends: Mapped[int]

    def over_at(self, at: datetime) -> datetime | None:
        """When these hours end, if `at` lies inside them; None outside."""
        here = clock.wall_clock(at, self.time_zone)
        minute = here.hour * 60 + here.minute
        if self.begins < self.ends:
            inside = self.begins <= minute < self.ends
        else:
            inside = self.begins != self.ends and (minute >= self.begins or minute < self.ends)
        if not inside:
            return None
        day = here.date() + timedelta(days=1 if minute >= self.ends else 0)
        morning = datetime.combine(day, time(*divmod(self.ends, 60)), clock.zone_info(self.time_zone))
        return morning.astimezone(at.tzinfo)


@dataclass(frozen=True)
class Rules:
    """The choices of some addresses, read once for a whole posting."""

    choices: Mapping[str, Mapping[tuple[str, str], Delivery]] = field(default_factory=dict)
    quiet: Mapping[str, QuietHours] = field(default_factory=dict)

    def delivery(self, letter: Letter) -> Delivery:
        """How this letter may go out. An essential one is only held back by who muted its very topic."""
        choices = self.choices.get(letter.to.lower())
        if choices is None or is_awaited(letter.kind):
            return Delivery.SINGLE
        about = (choices.get(("", letter.topic)), choices.get((letter.kind, letter.topic))) if letter.topic else ()
        if Delivery.OFF in about:
            return Delivery.OFF
        return Delivery.SINGLE if letter.essential else _possible(letter.kind, choices.get((letter.kind, "")))

    def earliest(self, letter: Letter, at: datetime) -> datetime:
        """`at`, or the end of the quiet hours it lies in. Essential news of the next 12 hours does not wait, nor news
        that would wait until an hour before what it is about, or longer.
        """
        hours = self.quiet.get(letter.to.lower())
        over = hours.over_at(at) if hours is not None and not is_awaited(letter.kind) else None
        if over is None:
            return at
        about = letter.about_at if letter.essential else None
        near = about is not None and (about - at <= NEAR or about - over <= JUST_BEFORE)
        return at if near else over


def _possible(kind: str, chosen: Delivery | None) -> Delivery:
    """What was chosen for a kind; a letter each where nothing was, or where a week is too long to wait."""
    too_late = chosen is Delivery.DIGEST and is_timely(kind)
    return Delivery.SINGLE if chosen is None or too_late else chosen


def rules_for(addresses: Iterable[str]) -> Rules:
    """What these addresses have chosen, in a few queries however many they are."""
    wanted = sorted({address.lower() for address in addresses})
    choices: dict[str, dict[tuple[str, str], Delivery]] = {}
    quiet: dict[str, QuietHours] = {}
    for start in range(0, len(wanted), ASKED_AT_ONCE):
        some = wanted[start : start + ASKED_AT_ONCE]
        for row in db.session.scalars(sa.select(LetterChoice).where(LetterChoice.address.in_(some))):
            choices.setdefault(row.address, {})[(row.kind, row.topic)] = row.delivery
        for hours in db.session.scalars(sa.select(QuietHours).where(QuietHours.address.in_(some))):
            quiet[hours.address] = hours
    return Rules(choices, quiet)


def choices_of(address: str) -> dict[str, Delivery]:
    """Every kind that can be chosen about, with what this address chose."""
    chosen = rules_for([address]).choices.get(address.lower(), {})
    return {kind.name: _possible(kind.name, chosen.get((kind.name, ""))) for kind in kinds_to_choose()}


def choose(address: str, kind: str, delivery: Delivery, *, topic: str = "") -> None:
    """From now on letters of this kind (about this topic) reach the address so; what waits already stays as it is.

    Stopping the weekly letter stops every kind in it.
    """
    if kind == DIGEST and not topic:
        _stop_what_is_in_the_digest(address)
        return
    key = (address.lower(), kind, topic)
    standing = db.session.get(LetterChoice, key)
    if standing is None:
        standing = LetterChoice(address=key[0], kind=kind, topic=topic, delivery=delivery, chosen_at=clock.now())
        db.session.add(standing)
    standing.delivery, standing.chosen_at = delivery, clock.now()
    db.session.flush()


def unmute(address: str, topic: str) -> None:
    """Letters about this topic again, as chosen by kind."""
    gone = (LetterChoice.address == address.lower(), LetterChoice.topic == topic)
    db.session.execute(sa.delete(LetterChoice).where(*gone))
    db.session.expire_all()


def is_muted(address: str, topic: str) -> bool:
    choice = db.session.get(LetterChoice, (address.lower(), "", topic))
    return choice is not None and choice.delivery is Delivery.OFF


def quiet_hours_of(address: str) -> QuietHours | None:
    return db.session.get(QuietHours, address.lower())


def keep_quiet(address: str, time_zone: str, begins: int, ends: int) -> None:
    """No letters between these minutes of the day, on the clock of this zone; the same twice means none are set."""
    standing = quiet_hours_of(address)
    if begins == ends:
        if standing is not None:
            db.session.delete(standing)
    elif standing is None:
        db.session.add(QuietHours(address=address.lower(), time_zone=time_zone, begins=begins, ends=ends))
    else:
        standing.time_zone, standing.begins, standing.ends = time_zone, begins, ends
    db.session.flush()


def follow_zone(address: str, time_zone: str) -> None:
    """Somebody lives on another clock now; their quiet hours, if any, move with them."""
    standing = quiet_hours_of(address)
    if standing is not None:
        standing.time_zone = time_zone


def forget(address: str) -> None:
    """Throw away what this address chose."""
    for table in (LetterChoice, QuietHours):
        db.session.execute(sa.delete(table).where(table.address == address.lower()))


def _stop_what_is_in_the_digest(address: str) -> None:
    theirs = (LetterChoice.address == address.lower(), LetterChoice.delivery == Delivery.DIGEST)
    db.session.execute(sa.update(LetterChoice).where(*theirs).values(delivery=Delivery.OFF, chosen_at=clock.now()))
    db.session.expire_all()
