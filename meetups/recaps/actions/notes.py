"""Starting a recap, and taking in pasted notes: one step from text to structure, nothing dropped."""

from __future__ import annotations

from collections.abc import Sequence

from meetups.foundation import clock
from meetups.foundation.database import add, flush
from meetups.foundation.markup import one_line
from meetups.people.models import Person
from meetups.planning.models import Meetup
from meetups.recaps import queries
from meetups.recaps.actions.holding import hold, keep
from meetups.recaps.actions.recognizing import Rows
from meetups.recaps.actions.refusals import StaleForm, TooMuchAtOnce
from meetups.recaps.actions.setting_aside import set_aside
from meetups.recaps.actions.singing import refuse_song_words
from meetups.recaps.actions.wishes import HeadWish
from meetups.recaps.entries import name_and_library
from meetups.recaps.models import (
    THE_GROUP,
    Attribution,
    Consent,
    CreditMode,
    Recap,
    RecapEntry,
    RecapStatus,
    Resource,
    Response,
)
from meetups.recaps.notation import WrittenEntry, WrittenRecap, WrittenResource, WrittenResponse, read
from meetups.recaps.notation.written import tidy

LONGEST_TITLE = 160
MOST_ENTRIES = 400
MOST_IDEAS = 2000
MOST_IDEAS_EACH = 200


def start(author: Person, meetup: Meetup | None, wish: HeadWish, notes: str = "") -> Recap:
    """A draft, with the pasted notes in it as entries.

    An author writes up a meetup once: pressing twice, or coming back, finds the recap there is, and notes that
    are in it already are not taken in again. Refuses TooMuchAtOnce.
    """
    queries.hold_author(author)
    standing = queries.recap_by(author, meetup) if meetup else queries.unlisted_draft_titled(author, wish.title)
    if standing is None:
        return _begin(author, meetup, wish, notes)
    written = read(notes)
    if notes.strip() and not _holds(hold(standing), written):
        return take_in(standing, notes)
    return standing


def _begin(author: Person, meetup: Meetup | None, wish: HeadWish, notes: str) -> Recap:
    at = clock.now()
    recap = Recap(
        author=author, meetup=meetup, status=RecapStatus.DRAFT, version=1, title=wish.title, head=wish.head,
        tail=wish.tail, held_on=wish.held_on, place_label=wish.place_label, headcount_from=wish.headcount_from,
        headcount_to=wish.headcount_to, qualifier=wish.qualifier, onlookers=wish.onlookers, created_at=at,
        updated_at=at, entries=[],
    )
    add(recap)
    _append(recap, read(notes))
    if not recap.title:
        recap.title = one_line(meetup.title, LONGEST_TITLE) if meetup else "A Guerrilla Storytime"
    return keep(recap)


def take_in(recap: Recap, notes: str) -> Recap:
    """Read pasted notes into entries after those there are; what is no entry goes to the head or the closing.

    Names found are pending: they read "the group" until their bearers agree. Refuses TooMuchAtOnce, SongWords.
    """
    hold(recap)
    _append(recap, read(notes))
    return _kept(recap)


def sort_again(recap: Recap, text: str, version: int) -> Recap:
    """Replace everything by what this text says.

    Challenges and ideas that can be recognized (see `recognizing`) stay the rows they are: credit and consent stay
    while the name does, and so does what other people have tied to them.

    Refuses StaleForm when anything was saved after `version`, TooMuchAtOnce, SongWords.
    """
    hold(recap)
    if version != recap.version:
        raise StaleForm
    written = read(text)
    _refuse_too_much([], written)
    rows = Rows(recap, written)
    recap.entries[:] = [_entry(each, rows) for each in written.entries]
    recap.entries.reorder()  # type: ignore[attr-defined]
    set_aside(recap, rows.left)
    recap.title = ""
    recap.head, recap.tail = "", ""
    _take_frame(recap, written)
    recap.title = recap.title or "A Guerrilla Storytime"
    return _kept(recap)


def _kept(recap: Recap) -> Recap:
    if recap.status is RecapStatus.PUBLISHED:
        refuse_song_words(recap)
    return keep(recap)


def _append(recap: Recap, written: WrittenRecap) -> None:
    _refuse_too_much(recap.entries, written)
    _take_frame(recap, written)
    for entry in written.entries:
        recap.entries.append(_entry(entry, Rows()))
    flush()


def _take_frame(recap: Recap, written: WrittenRecap) -> None:
    """Title, head and closing; a title that does not fit, or is not wanted, becomes the first line of the head."""
    title, head = written.title or "", written.head
    shortened = one_line(title, LONGEST_TITLE)
    if not recap.title:
        recap.title = shortened
    if title and title != recap.title:
        head = f"{title}\n\n{head}" if head else title
    recap.head = "\n\n".join(part for part in (recap.head, head) if part)
    recap.tail = "\n\n".join(part for part in (recap.tail, written.tail) if part)


def _refuse_too_much(standing: Sequence[RecapEntry], written: WrittenRecap) -> None:
    entries, ideas = len(written.entries), sum(len(entry.responses) for entry in written.entries)
    there = sum(len(entry.responses) for entry in standing)
    if len(standing) + entries > MOST_ENTRIES or there + ideas > MOST_IDEAS:
        raise TooMuchAtOnce(
            f"That reads as {entries:,} challenges with {ideas:,} ideas, and a recap holds {MOST_ENTRIES} with "
            f"{MOST_IDEAS:,}. Nothing was saved. Cut it into several recaps.",
            field="notes",
        )
    for entry in written.entries:
        if len(entry.responses) > MOST_IDEAS_EACH:
            raise TooMuchAtOnce(
                f"“{one_line(entry.prompt, 60)}” has {len(entry.responses):,} ideas under it, and a challenge holds "
                f"{MOST_IDEAS_EACH}. Nothing was saved. Cut it in two.",
                field="notes",
            )


def _holds(recap: Recap, written: WrittenRecap) -> bool:
    prompts = {tidy(entry.prompt) for entry in recap.entries}
    return written.head in recap.head and all(entry.prompt in prompts for entry in written.entries)


def _entry(written: WrittenEntry, rows: Rows) -> RecapEntry:
    """A challenge with its ideas; the row that stands for it already still knows which stick it was."""
    entry = rows.entry_for(written) or RecapEntry(responses=[])
    entry.prompt, entry.origin, entry.outcome = written.prompt, written.origin, written.outcome
    entry.kind, entry.category, entry.topic = written.kind, written.category, written.topic or ""
    entry.ages = [age.value for age in written.age_groups]
    entry.literacy_tip, entry.leftovers = written.literacy_tip or "", "\n\n".join(written.leftovers)
    entry.responses[:] = [_response(response, rows) for response in written.responses]
    entry.responses.reorder()  # type: ignore[attr-defined]  # ideas still know their former place
    return entry


def _response(written: WrittenResponse, rows: Rows) -> Response:
    response = rows.idea_for(written) or Response(credit=THE_GROUP, ask_version=0)
    response.text, response.form, response.stance = written.text, written.form, written.stance
    response.literacy_tip, response.links = written.literacy_tip or "", list(written.links)
    response.taken_out_of_id = None
    response.resources = [resource(thing) for thing in written.resources]
    credit_as(response, *name_and_library(written.said_by or ""))
    return response


def resource(thing: WrittenResource) -> Resource:
    return Resource(type=thing.type, title=thing.title, creator=thing.creator or "", url=thing.url or "")


def credit_as(response: Response, name: str, library: str) -> None:
    """A new or changed name waits for a yes, and links in letters about the former one open nothing any more.

    No name means the group. A no is final: only the link in the letter can change it.
    """
    credit = response.credit
    if credit.consent in (Consent.REFUSED, Consent.WITHDRAWN) or (credit.name, credit.library) == (name, library):
        return
    response.credit = Attribution(CreditMode.NAMED, name, library, Consent.PENDING, None) if name else THE_GROUP
    response.asked_address, response.claimed_at, response.claimed_by_id = None, None, None
    response.ask_version += 1
