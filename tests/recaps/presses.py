"""What tests of the writing pages share: notes, and the presses that lead to a draft."""

from __future__ import annotations

import sqlalchemy as sa

from meetups.foundation.database import db
from meetups.recaps.models import Recap

NOTES = """\
* The egg shakers must go back in the bin.
- hungry bin, burps every 3rd egg
- elbows need room - Mei, Alder Creek
* Parachute to quiet book (act it out; toddlers)
- fold in 4, last corner picks - J
q: filmed every week?
?? nobody knew
* ducks - skipped
"""


def only_recap() -> Recap:
    return db.session.scalars(sa.select(Recap)).one()


def start(browser, meetup, notes=NOTES):
    answer = browser.submit(f"/recaps/new?meetup={meetup.code}", {"notes": notes})
    assert answer.status_code == 303
    return only_recap()


def entry_path(recap, index):
    return f"/recaps/{recap.code}/edit?entry={recap.entries[index].id}"
