"""Asking whether a name may stand beside an idea, and doing as its bearer says, at once and everywhere."""

from __future__ import annotations

from datetime import timedelta

from meetups.foundation import clock
from meetups.foundation.database import add
from meetups.foundation.mail.outbox import letters_since, post, withdraw_all
from meetups.foundation.markup import LINK_LIKE
from meetups.people.models import Person
from meetups.recaps import letters, queries
from meetups.recaps.actions.holding import hold, keep
from meetups.recaps.actions.redacting import redact
from meetups.recaps.actions.refusals import CannotAsk
from meetups.recaps.models import Attribution, Consent, ConsentAsk, CreditMode, Recap, Response

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
LETTERS_AN_HOUR, LETTERS_A_DAY = 3, 5  # to one address, whoever asks
ASKED_A_DAY, ASKED_A_DAY_AT_FIRST = 60, 15  # by one member; by one who joined within the week
ASKED_FOR_A_RECAP = 60  # in a day, whoever asks


def ask_consent(response: Response, address: str, by: Person | None = None) -> None:
    """Post the letter that asks the bearer of the name; the earlier link, if any, stops working.

    `by` is whoever presses; None for somebody without an account. Refuses CannotAsk when no name waits for an
    answer, when the name is no name, and when too many letters went to the address, for the recap, or at one's press.
    The same address within a day: nothing happens.
    """
    recap = hold(response.entry.recap)
    now = clock.now()
    credit = response.credit
    if credit.consent is not Consent.PENDING:
        raise CannotAsk("There is no name here that waits for a yes, so nobody was asked.")
    if response.asked_address == address and credit.at is not None and credit.at > now - DAY:
        return  # the letter is on its way; a second press sends no second one
    if LINK_LIKE.search(f"{credit.name} {credit.library}"):
        raise CannotAsk("Nobody was asked: a name or a library with a link in it is not put into a letter.")
    _refuse_too_many(recap, address, by)
    response.asked_address = address
    response.ask_version += 1
    response.credit = Attribution(CreditMode.NAMED, credit.name, credit.library, Consent.PENDING, now)
    add(ConsentAsk(recap_id=recap.id, by_id=by.id if by else None, asked_at=now))
    keep(recap)
    post(letters.may_we_name_you(response, recap))


def _refuse_too_many(recap: Recap, address: str, by: Person | None) -> None:
    now = clock.now()
    if letters_since(address, now - HOUR, letters.KEY) >= LETTERS_AN_HOUR:
        raise CannotAsk("That address has had three letters like this within the hour. Ask again later.")
    if letters_since(address, now - DAY, letters.KEY) >= LETTERS_A_DAY:
        raise CannotAsk("That address has had five letters like this today. Ask again tomorrow.")
    most = ASKED_A_DAY if by and by.joined_at < now - WEEK else ASKED_A_DAY_AT_FIRST
    if by and queries.asks_since(now - DAY, by=by) >= most:
        raise CannotAsk(f"You asked {most} people today. Ask the others tomorrow.")
    if queries.asks_since(now - DAY, recap=recap) >= (ASKED_FOR_A_RECAP if by else ASKED_A_DAY_AT_FIRST):
        raise CannotAsk("Many people were asked for this recap today. Ask the others tomorrow.")


def give_consent(response: Response, name: str, library: str = "") -> Recap:
    """The bearer says yes, and how they want to be named; shown from this moment on."""
    return _settle(response, name, library, Consent.GIVEN)


def refuse_consent(response: Response) -> Recap:
    """The bearer says no: the name is deleted, the idea stays and reads "the group"."""
    return _settle(response, "", "", Consent.REFUSED)


def withdraw_consent(response: Response) -> Recap:
    """The bearer takes a yes back: the name is deleted with this very request, and nothing keeps it.

    Gone from the page, plain text, list, search, feeds, export and history, which read nothing else; a full name is
    taken out of the words of the recap as well. Letters about it that wait are taken back.
    """
    return _settle(response, "", "", Consent.WITHDRAWN)


def withdraw_everywhere(response: Response) -> None:
    """As `withdraw_consent`, for every idea in any recap about which the same address was asked."""
    for idea in (response, *queries.named_beside(response)):
        withdraw_consent(idea)


def forget_person(person: Person) -> None:
    """Somebody leaves: their name goes from every idea, and nothing ties the ideas to them any more."""
    for idea in queries.responses_tied_to(person):
        withdraw_consent(idea)
        idea.asked_address, idea.claimed_by_id, idea.claimed_at = None, None, None
        idea.ask_version += 1
    for addition in queries.additions_by(person):
        addition.name, addition.library = "", ""


def _settle(response: Response, name: str, library: str, consent: Consent) -> Recap:
    recap = hold(response.entry.recap)
    former = response.credit.name
    response.credit = Attribution(CreditMode.NAMED, name, library, consent, clock.now())
    if consent is not Consent.GIVEN:
        redact(recap, former)
        withdraw_all(f"{letters.KEY}{response.id}:")
    return keep(recap)
