"""What a moderator hides is found no more, and found again when it is shown."""

from meetups.foundation.database import unit_of_work
from meetups.library.queries import Search, ideas_found
from meetups.moderation import actions as moderation
from tests import cast
from tests.library.conftest import entry, idea, make_recap


def test_a_recap_that_is_hidden_is_out_of_the_index_until_it_is_shown(both_databases, app):
    noor, recap = cast.moderator(), make_recap("R", entry("P", idea("Popcorn")))
    with unit_of_work():
        moderation.hide(noor, recap)
    assert ideas_found(Search("popcorn")).library == 0
    with unit_of_work():
        moderation.show(noor, recap)
    assert [each.text for each in ideas_found(Search("popcorn")).ideas] == ["Popcorn"]
