"""The outbox: one row a letter, written by the deed's own transaction; the worker claims it afterwards.

What an address wants (preferences.py) is applied here, at every posting: a kind that is off is not posted, one wanted
weekly is collected, and what falls into quiet hours waits until they end.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from meetups.foundation import clock
from meetups.foundation.addresses import absolute
from meetups.foundation.database import db
from meetups.foundation.mail import preferences
from meetups.foundation.mail.blocks import packed
from meetups.foundation.mail.kinds import DIGEST, kinds_to_choose
from meetups.foundation.mail.letters import Letter, handle, once_an_address, one_line
from meetups.foundation.mail.paper import render_html
from meetups.foundation.mail.plain import render_plain
from meetups.foundation.mail.preferences import Delivery, Rules, rules_for
from meetups.foundation.mail.rows import DOOR_PREFIX, EMPTY, UNDELIVERED, UNSENT, OutboxLetter, State, opens_a_door
from meetups.foundation.tokens import sealed, unsealed

__all__ = ["DOOR_PREFIX", "OutboxLetter", "State", "opens_a_door", "post", "post_many"]
READABLE_FOR = timedelta(days=7)
DOOR_READABLE_FOR = timedelta(hours=1)
LINK = "letters"  # what the tokens in the foot of letters are sealed for


def post(letter: Letter, *, not_before: datetime | None = None, occasion: str = "") -> None:
    """Put a letter into the outbox, in the current transaction: rolled back with it, delivered after its commit.

    Nothing happens when a letter with this key was ever posted, or when the address does not want such letters.
    `not_before`: the earliest moment of delivery; quiet hours may make it later. `occasion`: see `post_many`.
    """
    post_many((letter,), not_before=not_before, occasion=occasion)


def post_many(letters: Iterable[Letter], *, not_before: datetime | None = None, occasion: str = "") -> None:
    """Post thousands of letters with one statement; as `post` for each.

    With an `occasion`, for example `changed:12:7`, every address gets one letter for it, whatever roles it has and
    however many postings name the occasion: the first one counts, so write to hosts before guests. The letters' own
    keys are replaced by `<occasion>:<digest of the address>`; `withdraw_all("changed:12:7:")` takes them all back.
    """
    at = clock.now()
    batch = [once_an_address(letter, occasion) if occasion else letter for letter in letters]
    rules = rules_for(letter.to for letter in batch)
    rows = [row for letter in batch if (row := row_of(letter, rules, at, not_before or at)) is not None]
    insert_rows(rows)


def insert_rows(rows: list[dict[str, Any]]) -> None:
    """Put rows into the table with one statement; those whose key is there already are left out."""
    if rows:
        _let_older_go_first(rows)
        dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
        insert: Any = dialect.insert(OutboxLetter.__table__)  # the key and the handle that follows from it are unique
        db.session.execute(insert.on_conflict_do_nothing(), rows)


def _let_older_go_first(rows: list[dict[str, Any]]) -> None:
    """News does not overtake older news of the same kind, or an older letter a mail server has put off, about the same
    topic to the same address: the old room must not be what they read last. The attempt it makes out of turn does not
    count: who gets much news in an hour in which their mailbox is full loses none of it.
    """
    latest_first = sorted(rows, key=lambda row: row["not_before"], reverse=True)
    first = {(row["to_address"], row["topic"]): row for row in latest_first
             if row["topic"] and row["state"] is State.WAITING}  # fmt: skip
    if not first:
        return
    columns = (OutboxLetter.id, OutboxLetter.to_address, OutboxLetter.topic, OutboxLetter.kind, OutboxLetter.failed_at)
    soonest = latest_first[-1]["not_before"]
    waiting = (OutboxLetter.state == State.WAITING, OutboxLetter.not_before > soonest)
    topics = OutboxLetter.topic.in_({topic for _, topic in first})
    for number, to_address, topic, kind, failed_at in db.session.execute(sa.select(*columns).where(*waiting, topics)):
        row = first.get((to_address, topic))
        if row is not None and (failed_at is not None or kind == row["kind"]):
            at = row["not_before"]
            older = sa.update(OutboxLetter).where(OutboxLetter.id == number, OutboxLetter.not_before > at)
            fewer = {"attempts": OutboxLetter.attempts - 1} if failed_at is not None else {}
            db.session.execute(older.values(not_before=at, **fewer).where(OutboxLetter.attempts >= len(fewer)))


def stop(address: str, *, kind: str = "", topic: str = "") -> None:
    """No more letters of this kind, or about this topic, or of this kind about this topic; waiting ones are taken back.

    A muted topic holds back essential letters as well, save answers to what the person does themselves.
    """
    preferences.choose(address, kind, Delivery.OFF, topic=topic)
    theirs = [sa.func.lower(OutboxLetter.to_address) == address.lower()]
    if kind:
        collected = kind == DIGEST and not topic
        theirs.append(sa.or_(OutboxLetter.kind == kind, OutboxLetter.state == State.COLLECTED) if collected else
                      OutboxLetter.kind == kind)  # fmt: skip
    theirs += [OutboxLetter.topic == topic] if topic else []
    _take_back(sa.and_(*theirs))


def letter_of(token: str, purpose: str = LINK) -> OutboxLetter | None:
    """The letter whose sealed token this is: from a link in its foot, its envelope or its Message-ID."""
    name = unsealed(token, purpose)
    return db.session.scalar(sa.select(OutboxLetter).where(OutboxLetter.handle == name)) if name else None


def withdraw(*keys: str) -> int:
    """Take letters back that were not delivered yet; returns how many. Their keys may be posted again."""
    return _take_back(OutboxLetter.key.in_(keys))


def withdraw_all(prefix: str) -> int:
    """As `withdraw`, for every letter whose key begins so: `reminder:k7p2m9q:`."""
    return _take_back(OutboxLetter.key.startswith(prefix, autoescape=True))


def withdraw_about(topic: str, address: str) -> int:
    """As `withdraw`, for every letter about this topic to this address."""
    return _take_back(sa.and_(OutboxLetter.topic == topic, sa.func.lower(OutboxLetter.to_address) == address.lower()))


def forget(address: str) -> None:
    """Somebody has left: waiting letters to the address are withdrawn, the others lose address, subject and body.

    What the address had chosen is forgotten as well.
    """
    theirs = OutboxLetter.to_address == address
    _take_back(theirs)
    preferences.forget(address)
    db.session.execute(sa.update(OutboxLetter).where(theirs).values(to_address="", subject="", **EMPTY))


def letters_since(address: str, since: datetime, prefix: str = "") -> int:
    """How many letters with keys that begin so were posted to an address since then: for limits."""
    query = sa.select(sa.func.count()).where(
        OutboxLetter.to_address == address,
        OutboxLetter.posted_at >= since,
        OutboxLetter.key.startswith(prefix, autoescape=True),
    )
    return db.session.scalar(query) or 0


def may_have_another(address: str, prefix: str, an_hour: int, at_least_in: timedelta) -> bool:
    """Whether one more may go to an address that anybody can type: so many an hour, then one in a while."""
    now = clock.now()
    few = letters_since(address, now - timedelta(hours=1), prefix) < an_hour
    return few or letters_since(address, now - at_least_in, prefix) == 0


def purge() -> None:
    """Empty the letters delivered (or kept, or given up) 7 days ago; kept sign-in letters after an hour.

    The rows stay, so that their keys are never posted again. What still waits is taken back when it is no more than a
    courtesy and its moment has gone by: no reminder comes after the start.
    """
    at = clock.now()
    last_touched = sa.func.coalesce(OutboxLetter.sent_at, OutboxLetter.failed_at, OutboxLetter.not_before)
    door = OutboxLetter.key.startswith(DOOR_PREFIX, autoescape=True)
    old = sa.or_(last_touched < at - READABLE_FOR, sa.and_(door, last_touched < at - DOOR_READABLE_FOR))
    done = sa.update(OutboxLetter).where(OutboxLetter.state.not_in(UNSENT), OutboxLetter.plain != "", old)
    db.session.execute(done.values(**EMPTY).execution_options(synchronize_session=False))
    _drop_what_is_over(at)


def newest(limit: int) -> list[OutboxLetter]:
    """The letters posted last, newest first."""
    return list(db.session.scalars(sa.select(OutboxLetter).order_by(OutboxLetter.id.desc()).limit(limit)))


def letter_numbered(number: int) -> OutboxLetter | None:
    return db.session.get(OutboxLetter, number)


def revive(number: int | None = None) -> int:
    """Try a dead or returned letter (without a number: all of them) again from the beginning; returns how many.

    0 when it is neither, or when its text is gone.
    """
    which = sa.true() if number is None else OutboxLetter.id == number
    dead = sa.update(OutboxLetter).where(which, OutboxLetter.state.in_(UNDELIVERED), OutboxLetter.plain != "")
    anew = {"state": State.WAITING, "attempts": 0, "failed_at": None, "bounced_at": None, "last_error": ""}
    fresh = dead.values(**anew, not_before=clock.now())
    return len(db.session.execute(fresh.returning(OutboxLetter.id)).all())


def _drop_what_is_over(at: datetime) -> None:
    """The weekly letter sorts out for itself what it does not say any more."""
    courtesies = OutboxLetter.kind.in_([kind.name for kind in kinds_to_choose()])
    gone = sa.delete(OutboxLetter).where(OutboxLetter.state == State.WAITING, courtesies, OutboxLetter.about_at <= at)
    db.session.execute(gone.execution_options(synchronize_session=False))


def _take_back(which: sa.ColumnElement[bool]) -> int:
    waiting = sa.delete(OutboxLetter).where(which, OutboxLetter.state.in_(UNSENT))
    return len(db.session.execute(waiting.returning(OutboxLetter.id)).all())


def row_of(letter: Letter, rules: Rules, at: datetime, not_before: datetime) -> dict[str, Any] | None:
    """The letter as a row of the table; None when the address does not want it."""
    delivery = rules.delivery(letter)
    if delivery is Delivery.OFF:
        return None
    name = handle(letter.key)
    letter = _with_links(letter, name)
    collected = delivery is Delivery.DIGEST
    return {
        "key": letter.key,
        "handle": name,
        "kind": letter.kind,
        "topic": letter.topic,
        "about_at": letter.about_at,
        "to_address": letter.to,
        "subject": letter.subject,
        "plain": render_plain(letter),
        "html": render_html(letter),
        "calendar": letter.calendar,
        "calendar_method": letter.method,
        "headers": _headers(letter),
        "state": State.COLLECTED if collected else State.WAITING,
        "blocks": packed(letter.lines) if collected else None,
        "posted_at": at,
        "not_before": rules.earliest(letter, not_before),
    }


def _with_links(letter: Letter, name: str) -> Letter:
    """Every letter of a kind says how to choose, and one that is not essential how to stop its kind."""
    if not letter.kind:
        return letter
    token = sealed(LINK, name)
    stop_url = letter.unsubscribe_url or (None if letter.essential else absolute(f"/letters/stop/{token}"))
    return replace(letter, unsubscribe_url=stop_url, choices_url=absolute(f"/letters/choose/{token}"))


def _headers(letter: Letter) -> dict[str, str]:
    headers = {}
    if letter.reply_to:
        headers["Reply-To"] = one_line(letter.reply_to)
    if letter.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{one_line(letter.unsubscribe_url)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers
