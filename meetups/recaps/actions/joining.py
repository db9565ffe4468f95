"""What others add to a recap that is up: late ideas, comments, write-ups elsewhere, and "that was mine".

Whoever was there proves it with an answer that stands, with the link in their letter, or with the code of the day.
The first thing a newcomer adds waits for the nod of an author or the host, and so does everything that came with the
code alone, because nobody can tell who typed it. A claim needs no nod: the consent is the claimer's own; the author is
told, and can give the credit back to the group.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from meetups.attendance.models import Rsvp
from meetups.attendance.permissions import may_see_first_names
from meetups.foundation import clock
from meetups.foundation.database import add, delete, flush
from meetups.foundation.mail.outbox import post_many
from meetups.people.models import Person
from meetups.planning.models import Meetup
from meetups.recaps import letters, permissions, queries
from meetups.recaps.actions.history import forget_idea
from meetups.recaps.actions.holding import hold, keep
from meetups.recaps.actions.notes import MOST_IDEAS_EACH
from meetups.recaps.actions.refusals import NotNow, TooManyAdded
from meetups.recaps.models import THE_GROUP, Addition, Attribution, Consent, CreditMode, Recap, RecapEntry, Response
from meetups.recaps.notation.written import addresses_in
from meetups.recaps.terms import AdditionKind, AdditionState, Form, Origin, Perspective

OPEN_FOR = timedelta(days=30)
A_DAY = timedelta(days=1)
ADDED_A_DAY = 10  # by one person beside one recap
WAITING_AT_MOST = 30  # beside one recap
CAME_LATER = "Ideas that came later"
NOT_FOR_YOU = "This is not available."


@dataclass(frozen=True)
class Guest:
    """Who adds something. Neither `person` nor `rsvp`: somebody who knew the code of the day."""

    person: Person | None = None
    rsvp: Rsvp | None = None
    knew_the_code: bool = False

    def was_there(self, meetup: Meetup | None) -> bool:
        """Whether there is proof: an answer that stands, having hosted it, the code."""
        if meetup is None:
            return False
        came = self.rsvp is not None and may_see_first_names(self.rsvp) and self.rsvp.attended is not False
        hosted = self.person is not None and self.person.id == meetup.host_id
        return self.knew_the_code or hosted or (came and self.rsvp is not None and self.rsvp.meetup_id == meetup.id)


@dataclass(frozen=True)
class AddedWords:
    """What somebody adds, and how they want to be called."""

    text: str
    name: str = ""
    library: str = ""
    url: str = ""
    perspective: Perspective | None = None


def add_idea(recap: Recap, number: int, words: AddedWords, guest: Guest) -> Addition:
    """An idea under challenge `number`, for 30 days after publication, by whoever was there.

    Refuses NotNow when that is over, TooManyAdded. The same words twice are added once.
    """
    hold(recap)
    _refuse_closed(recap, guest)
    if recap.published_at is None or clock.now() >= recap.published_at + OPEN_FOR:
        raise NotNow("Ideas can be added for 30 days after a recap goes up, and that is over. Nothing was added.")
    if not guest.was_there(recap.meetup):
        raise NotNow("Ideas are added by people who were there. Nothing was added.")
    entry = next((each for each in recap.shown_entries if each.id == number), None)
    if entry is None:
        raise NotNow("That challenge is not there any more. Choose another one.", field="entry")
    return _add(Addition(kind=AdditionKind.IDEA, recap=recap, entry=entry), words, guest)


def comment(recap: Recap, words: AddedWords, guest: Guest) -> Addition:
    """A comment, by a member or by somebody who was there; until a writer freezes the recap."""
    hold(recap)
    _refuse_closed(recap, guest)
    if guest.person is None and not guest.was_there(recap.meetup):
        raise NotNow("Comments are by members and by people who were there. Nothing was added.")
    return _add(Addition(kind=AdditionKind.COMMENT, recap=recap), words, guest)


def add_writeup(recap: Recap | None, meetup: Meetup | None, words: AddedWords, guest: Guest) -> Addition:
    """A link to a write-up on another site, of a meetup that has begun or of a recap; by members and who was there."""
    if recap is not None:
        hold(recap)
        _refuse_closed(recap, guest)
    about = recap.meetup if recap is not None else meetup
    if guest.person is None and not guest.was_there(about):
        raise NotNow("Write-ups are added by members and by people who were there. Nothing was added.")
    if about is not None and (not about.is_public or not about.has_begun(clock.now())):
        raise NotNow("It has not begun yet, so nobody can have written about it.")
    addition = Addition(kind=AdditionKind.WRITEUP, recap=None if about else recap, meetup=about)
    return _add(addition, words, guest)


def claim(recap: Recap, number: int, name: str, library: str, guest: Guest) -> Response:
    """ "That was my idea": the name stands there from now on, and its bearer holds the link that takes it out.

    Only an idea that reads "the group" and about which nobody was asked. The writers are told, once a day.
    """
    hold(recap)
    _refuse_closed(recap, guest, frozen_too=False)
    if not guest.was_there(recap.meetup):
        raise NotNow("Only people who were there can say so. Nothing was changed.")
    idea = next((each for each in queries.free_to_claim(recap) if each.id == number), None)
    if idea is None:
        raise NotNow("Somebody is asked or named for that idea already. Nothing was changed.", field="idea")
    idea.credit = Attribution(CreditMode.NAMED, name, library, Consent.GIVEN, clock.now())
    idea.claimed_at, idea.asked_address = clock.now(), None
    idea.claimed_by_id = guest.person.id if guest.person else None
    idea.ask_version += 1
    keep(recap)
    _tell_writers(recap, letters.somebody_claimed)
    return idea


def nod(addition: Addition) -> None:
    """Show what waits. Pressing twice shows it once; what its writer took back stays back."""
    if addition.recap is not None:
        hold(addition.recap)
    if addition.state in (AdditionState.WAITING, AdditionState.DECLINED):
        addition.state, addition.decided_at = AdditionState.SHOWN, clock.now()
        if addition.kind is AdditionKind.IDEA:
            _place(addition)


def decline(addition: Addition) -> None:
    """Do not show it, or no longer; an idea is taken out of the recap again. Its writer is not told."""
    _take_out(addition, AdditionState.DECLINED)


def take_back(addition: Addition) -> None:
    """Its writer wants it gone: text and name are deleted for good."""
    _take_out(addition, AdditionState.TAKEN_BACK)
    addition.text, addition.name, addition.library, addition.url = "", "", "", ""


def freeze(recap: Recap, *, frozen: bool) -> None:
    """Nothing more is added by others, or it is again; what stands stays."""
    hold(recap)
    recap.frozen_at = clock.now() if frozen else None


def _refuse_closed(recap: Recap, guest: Guest, *, frozen_too: bool = True) -> None:
    if not recap.is_public:
        raise NotNow("This recap is not up at the moment. Nothing was added.")
    unseen = guest.person.out_of_sight if guest.person else frozenset()
    if guest.rsvp is not None and guest.rsvp.person is not None:
        unseen |= guest.rsvp.person.out_of_sight
    if unseen & {recap.author_id, recap.meetup and recap.meetup.host_id}:
        raise NotNow(NOT_FOR_YOU)
    if frozen_too and recap.frozen_at is not None:
        raise NotNow("Its writers have closed this recap: nothing more is added.")


def _add(addition: Addition, words: AddedWords, guest: Guest) -> Addition:
    now = clock.now()
    addition.text, addition.url, addition.perspective = words.text, words.url, words.perspective
    addition.name, addition.library = words.name, words.library
    standing = queries.same_addition(addition, guest.person, guest.rsvp, now - A_DAY)
    if standing is not None:
        return standing
    if queries.additions_since(addition, guest.person, guest.rsvp, now - A_DAY) >= ADDED_A_DAY:
        raise TooManyAdded("That is a lot for one day. Come back tomorrow; nothing was added.")
    if queries.waiting_beside(addition.recap, addition.meetup) >= WAITING_AT_MOST:
        raise TooManyAdded("A lot is waiting for its writers already. Try again in a few days; nothing was added.")
    addition.person, addition.rsvp, addition.added_at = guest.person, guest.rsvp, now
    needs_nod = not (permissions.may_nod(guest.person, addition) or queries.is_known(guest.person, guest.rsvp))
    addition.state = AdditionState.WAITING if needs_nod else AdditionState.SHOWN
    add(addition)
    flush()
    if needs_nod and addition.recap is not None:
        _tell_writers(addition.recap, letters.something_waits)
    elif not needs_nod and addition.kind is AdditionKind.IDEA:
        _place(addition)
    return addition


def _place(addition: Addition) -> None:
    """Make an idea that came later one of the recap's."""
    recap = addition.recap
    if recap is None or addition.response is not None:
        return
    entry = addition.entry or _for_what_came_later(recap)
    if len(entry.responses) >= MOST_IDEAS_EACH:
        raise NotNow(f"That challenge holds {MOST_IDEAS_EACH} ideas already.")
    addition.response = _response(entry, addition)
    addition.name, addition.library = "", ""
    keep(recap)


def _for_what_came_later(recap: Recap) -> RecapEntry:
    """Where ideas stand whose challenge was taken out while they waited."""
    for entry in recap.entries:
        if entry.prompt == CAME_LATER and entry.origin is Origin.FACILITATOR:
            return entry
    entry = RecapEntry(prompt=CAME_LATER, origin=Origin.FACILITATOR, responses=[])
    recap.entries.append(entry)
    return entry


def _response(entry: RecapEntry, addition: Addition) -> Response:
    now = clock.now()
    named = Attribution(CreditMode.NAMED, addition.name, addition.library, Consent.GIVEN, now)
    response = Response(
        credit=named if addition.name else THE_GROUP, ask_version=0, form=Form.TIP, text=addition.text,
        literacy_tip="", resources=[],
        links=addresses_in(addition.text), claimed_at=now if addition.name else None,
        claimed_by_id=addition.person_id if addition.name else None,
    )
    entry.responses.append(response)
    return response


def _take_out(addition: Addition, state: AdditionState) -> None:
    if addition.recap is not None:
        hold(addition.recap)
    if addition.state is AdditionState.TAKEN_BACK:
        return
    idea = addition.response
    addition.state, addition.decided_at, addition.response = state, clock.now(), None
    if idea is not None and addition.recap is not None:
        if idea.entry is not None:
            idea.entry.responses.remove(idea)
        delete(idea)
        forget_idea(addition.recap, idea.id)
        keep(addition.recap)


def _tell_writers(recap: Recap, letter: letters.ToWriter) -> None:
    writers = [recap.author, recap.meetup.host if recap.meetup else None]
    told = {person.address: person for person in writers if person is not None}
    post_many(letter(recap, person) for person in told.values())
