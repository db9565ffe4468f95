"""Letters about what happened to the meetup: one function a letter, named by its news; what is new comes first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from meetups.attendance.entries import people_of, reply_token
from meetups.attendance.letters.lines import (
    CHANGE,
    SEAT,
    facts,
    knowledge,
    seat_address,
    seat_token,
    topic,
    with_calendar,
)
from meetups.attendance.models import Answer, Notice, NoticeKind, Rsvp
from meetups.foundation import clock
from meetups.foundation.addresses import absolute
from meetups.foundation.calendars import Invitation
from meetups.foundation.mail.letters import Block, Changed, Deed, Facts, Heading, Letter, Links, Para, Quote
from meetups.foundation.mail.return_address import replies_are_taken
from meetups.planning.models import Meetup

News = Mapping[str, tuple[str, str]]
LABELS = {"place": "Where", "time": "When"}
WHY = "You get this because you had answered."


def notice(rsvp: Rsvp, notice: Notice, news: News, *, late: bool = False) -> Letter:
    """The letter of a notice to one party, once each. `news` is what is not as they were told; `late`: to whoever
    answered while something stood that was taken back before anybody was told.
    """
    if late or notice.kind is NoticeKind.CORRECTION:
        letter = corrected(rsvp, news)
    elif notice.kind is NoticeKind.CANCELLATION:
        letter = cancelled(rsvp)
    elif notice.kind is NoticeKind.POSTPONEMENT:
        letter = postponed(rsvp, news)
    else:
        letter = changed(rsvp, news, notice.line)
    return replace(letter, key=notice_key(rsvp, notice, late=late))


def notice_key(rsvp: Rsvp, notice: Notice, *, late: bool = False) -> str:
    """What one party's letter of a notice is posted under, once."""
    return f"notice:{notice.id}:{'late:' if late else ''}{rsvp.id}"


def alike(rsvp: Rsvp) -> tuple[object, ...]:
    """Parties for whom this is equal get the same letter of a notice, but for their links (`own_strings`)."""
    seats = rsvp.party if rsvp.held_until else 0
    zone = rsvp.person.clock_zone if rsvp.person else None
    return rsvp.answer, rsvp.held_until, seats, knowledge(rsvp), zone


def own_strings(rsvp: Rsvp) -> tuple[str, ...]:
    """What nobody else's letter has in it."""
    return (seat_token(rsvp), reply_token(rsvp)) if replies_are_taken() else (seat_token(rsvp),)


def own_calendars(pattern: Letter) -> Callable[[Rsvp, tuple[str, ...]], bytes | None]:
    """What gives each party, by its own strings, its own calendar file; None where the pattern's will do."""
    if pattern.calendar is None or pattern.method == "PUBLISH":
        return lambda rsvp, own: None
    invitation = Invitation.cut(pattern.calendar)
    return lambda rsvp, own: invitation.to(people_of(rsvp, own[-1]))


def cancelled(rsvp: Rsvp) -> Letter:
    """It will not happen, or will not go on; takes the entry out of the calendar."""
    meetup = rsvp.meetup
    off = meetup.cancelled_at or clock.now()
    happens = "it had begun, and it does not go on" if meetup.has_begun(off) else "it will not happen"
    lines: list[Block] = [Heading(f"Cancelled: {meetup.title}"), Para(f"{_when(meetup)}: {happens}.")]
    if meetup.cancel_reason:
        lines.append(Facts((("The reason", meetup.cancel_reason),)))
    lines.append(Links((("The meetup’s page", _page(meetup)),)))
    return _letter(rsvp, f"Cancelled: {meetup.title}", lines)


def changed(rsvp: Rsvp, news: News, line: str = "") -> Letter:
    """A new time or place: the new first, the old second. `news` maps "time" and "place" to (old, new)."""
    meetup = rsvp.meetup
    first = f"Moved: {news['place'][1]}" if "place" in news else f"New time: {news['time'][1]}" if news else "Changed"
    lines: list[Block] = [Heading(first)]
    if line:
        lines.append(Quote(line))
    lines += _changes(news)
    if "time" not in news:
        lines.append(Para(f"Same time: {_when(meetup)}. Your answer still counts; there is nothing to do."))
    lines += [facts(rsvp), Deed("See or change my answer", seat_address(rsvp))]
    return _letter(rsvp, f"{first}: {meetup.title}", lines)


def postponed(rsvp: Rsvp, news: News) -> Letter:
    """A new date, and the question whether it suits; reason and date come first."""
    meetup = rsvp.meetup
    reason = meetup.postponed[-1]["reason"]
    head = f"{reason[:1].upper()}{reason[1:]}: postponed to {_when(meetup)}"
    lines: list[Block] = [Heading(head)]
    lines += [*_changes(news), Para(_asked(rsvp)), facts(rsvp), Deed(_question(rsvp), seat_address(rsvp))]
    day = clock.show_date(meetup.starts_at, meetup.time_zone)
    return _letter(rsvp, f"Postponed to {day}: {meetup.title}", lines)


def corrected(rsvp: Rsvp, news: News) -> Letter:
    """The last letter was taken back: what stands is what stood before it."""
    meetup = rsvp.meetup
    stands = "; ".join(new for _, new in (news[name] for name in LABELS if name in news)) or _when(meetup)
    lines: list[Block] = [
        Heading(f"Correction: {stands}, after all"), Para("Please forget our last letter; that was taken back."),
        *_changes(news), facts(rsvp), Deed("See or change my answer", seat_address(rsvp)),
    ]  # fmt: skip
    return _letter(rsvp, f"Correction, {stands}: {meetup.title}", lines)


def seat_held(rsvp: Rsvp) -> Letter:
    """To a party that was in line and has not said yet whether the new date suits it: a seat came free and is held."""
    lines: list[Block] = [Heading("A seat came free on the new date"), Para(_asked(rsvp)), facts(rsvp),
                          Deed(_question(rsvp), seat_address(rsvp))]  # fmt: skip
    letter = _letter(rsvp, f"A seat is held for you: {rsvp.meetup.title}", lines, calendar=False)
    return replace(letter, kind=SEAT, key=f"held:{rsvp.id}:{rsvp.meetup.sequence}")


def seat_went_on(rsvp: Rsvp) -> Letter:
    """The seat held on the new date was not taken up in time, so it goes to whoever waits."""
    lines: list[Block] = [
        Heading("Your seat is open to others now"),
        Para("The meetup was postponed, and we held your seat for the new date as long as we said. You are still "
             "welcome: press, and you have a seat if one is free, else a place in the line."),
        facts(rsvp), Deed("Answer for the new date", seat_address(rsvp)),
    ]  # fmt: skip
    letter = _letter(rsvp, f"Your seat is open to others: {rsvp.meetup.title}", lines, calendar=False)
    return replace(letter, key=f"hold-over:{rsvp.id}:{rsvp.meetup.sequence}")


def _letter(rsvp: Rsvp, subject: str, lines: list[Block], *, calendar: bool = True) -> Letter:
    letter = Letter(
        key=f"notice:{rsvp.id}", to=rsvp.mail_address, subject=subject, lines=tuple(lines), why=WHY,
        kind=CHANGE, topic=topic(rsvp.meetup), about_at=rsvp.meetup.starts_at,
    )  # fmt: skip
    return with_calendar(letter, rsvp) if calendar else letter


def _changes(news: News) -> list[Block]:
    return [Changed(LABELS[name], news[name][1], news[name][0]) for name in LABELS if name in news]


def _asked(rsvp: Rsvp) -> str:
    meetup = rsvp.meetup
    if rsvp.answer is Answer.ASKED and rsvp.held_until is not None:
        until = clock.show_when(rsvp.held_until, meetup.time_zone, meetup.place.country)
        seat = "Your seat is" if rsvp.party == 1 else f"Your {rsvp.party} seats are"
        return f"{seat} held until {until}. Press to say whether you are still coming."
    if rsvp.answer is Answer.ASKED:
        return "You keep your old place in the line. Press to say whether the new date suits you."
    return "Does the new date suit you? Press to say so."


def _question(rsvp: Rsvp) -> str:
    return "Still coming? Yes or no" if rsvp.answer is Answer.ASKED else "See or change my answer"


def _when(meetup: Meetup) -> str:
    return clock.show_when(meetup.starts_at, meetup.time_zone, meetup.place.country)


def _page(meetup: Meetup) -> str:
    return absolute(f"/meetups/{meetup.code}")
