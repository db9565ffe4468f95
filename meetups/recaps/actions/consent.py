"""Asking whether a name may stand beside an idea, and doing as its bearer says, at once and everywhere."""

from __future__ import annotations

from datetime import timedelta

from meetups.foundation import clock
from meetups.foundation.mail.outbox import letters_since, post
from meetups.recaps import letters, queries
from meetups.recaps.actions.holding import hold, keep
from meetups.recaps.actions.refusals import CannotAsk
from meetups.recaps.models import Attribution, Consent, CreditMode, Recap, Response

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LETTERS_AN_HOUR = 3
ASKED_A_DAY = 60


def ask_consent(response: Response, address: str) -> None:
    """Post the letter that asks the bearer of the name; the earlier link, if any, stops working.

    Refuses CannotAsk when no name waits for an answer, when the same address was asked about this idea within a
    day, and when too many letters went to the address or out for the author.
    """
    recap = hold(response.entry.recap)
    now = clock.now()
    credit = response.credit
    if credit.consent is not Consent.PENDING:
        raise CannotAsk("There is no name here that waits for a yes, so nobody was asked.")
    if response.asked_address == address and credit.at is not None and credit.at > now - DAY:
        return  # the letter is on its way; a second press sends no second one
    if letters_since(address, now - HOUR, letters.KEY) >= LETTERS_AN_HOUR:
        raise CannotAsk("That address has had three letters like this within the hour. Ask again later.")
    if queries.asked_since(recap, now - DAY) >= ASKED_A_DAY:
        raise CannotAsk(f"{ASKED_A_DAY} people were asked today. Ask the others tomorrow.")
    response.asked_address = address
    response.ask_version += 1
    response.credit = Attribution(CreditMode.NAMED, credit.name, credit.library, Consent.PENDING, now)
    keep(recap)
    post(letters.may_we_name_you(response, recap))


def give_consent(response: Response, name: str, library: str = "") -> Recap:
    """The bearer says yes, and how they want to be named; shown from this moment on."""
    return _settle(response, name, library, Consent.GIVEN)


def refuse_consent(response: Response) -> Recap:
    """The bearer says no: the name is deleted, the idea stays and reads "the group"."""
    return _settle(response, "", "", Consent.REFUSED)


def withdraw_consent(response: Response) -> Recap:
    """The bearer takes a yes back: the name is deleted from page, text, list and search with this very request."""
    return _settle(response, "", "", Consent.WITHDRAWN)


def _settle(response: Response, name: str, library: str, consent: Consent) -> Recap:
    recap = hold(response.entry.recap)
    response.credit = Attribution(CreditMode.NAMED, name, library, consent, clock.now())
    return keep(recap)
