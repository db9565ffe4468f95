"""When this happens in one room, do that in another: one table, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from meetups.attendance import actions as attendance
from meetups.attendance.actions import replying
from meetups.attendance.actions.leaving import give_up_all
from meetups.attendance.actions.reaching import note_unreachable
from meetups.deck import actions as deck
from meetups.discovery import actions as discovery
from meetups.foundation.database import lock
from meetups.foundation.mail import facts as mail
from meetups.foundation.mail.intake import facts as incoming
from meetups.library import actions as library
from meetups.moderation import actions as moderation
from meetups.nearby import actions as nearby
from meetups.people import facts as people
from meetups.places import facts as places
from meetups.planning import actions as planning_actions
from meetups.planning import facts as planning
from meetups.planning.queries import meetups_in
from meetups.recaps import actions as recaps
from meetups.recaps import facts as recap_facts


def _bring_list(fact: planning.BringListGiven) -> None:
    attendance.list_what_to_bring(fact.meetup, fact.items)


def _host_comes(fact: planning.MeetupPublished) -> None:
    attendance.host_comes(fact.meetup)


def _hand_on_seats(fact: planning.CapacityChanged) -> None:
    attendance.hand_on_seats(lock(fact.meetup))


def _tell_changed(fact: planning.MeetupChanged) -> None:
    attendance.note_change(fact.meetup, fact.before, fact.telling)


def _tell_postponed(fact: planning.MeetupPostponed) -> None:
    attendance.note_postponed(fact.meetup, fact.before, fact.telling)


def _tell_cancelled(fact: planning.MeetupCancelled) -> None:
    attendance.note_cancelled(fact.meetup, fact.before, fact.telling)


def _void_offers(fact: planning.MeetupCancelled | planning.MeetupPostponed) -> None:
    attendance.void_offers(fact.meetup)


def _stop_nudging(fact: planning.MeetupCancelled | planning.MeetupPostponed) -> None:
    recaps.stop_nudging(fact.meetup)


def _let_everybody_in(fact: planning.ApprovalDropped) -> None:
    attendance.let_everybody_in(fact.meetup)


def _welcome_host(fact: planning.HostChanged) -> None:
    attendance.welcome_host(fact.meetup, fact.before)


def _give_up_seats(fact: people.PersonLeft) -> None:
    give_up_all(fact.person)


def _forget_names(fact: people.PersonLeft) -> None:
    recaps.forget_person(fact.person)
    recaps.forget_photographer(fact.person)


def _report_photo(fact: recap_facts.PhotoTakenDown) -> None:
    """The moderators hear of it like of a report; when very many come in, the diary alone says it."""
    said = f" They said: {fact.note}" if fact.note else ""
    with suppress(moderation.TooManyReports):
        moderation.report(f"/photos/{fact.photo.code}", f"This photo was taken down by a reader.{said}", None,
                          network=f"photo {fact.photo.id}")  # fmt: skip


def _give_up_decks(fact: people.PersonLeft) -> None:
    deck.give_up_decks(fact.person)


def _empty_folder(fact: people.PersonLeft) -> None:
    library.forget_person(fact.person)


def _say_unreachable(fact: mail.LetterBounced) -> None:
    note_unreachable(fact.topic, fact.address)


def _keep_apart(fact: people.PersonBlocked) -> None:
    give_up_all(fact.of, host=fact.by)
    give_up_all(fact.by, host=fact.of)
    nearby.keep_apart(fact.by, fact.of)
    discovery.keep_apart(fact.by, fact.of)


def _repin(fact: places.PlaceFound) -> None:
    planning_actions.repin(fact.place)


def _follow_place(fact: places.PlaceCorrected) -> None:
    planning_actions.follow_place(fact.place, fact.fields, fact.by)


def _follow_merge(fact: places.PlacesMerged) -> None:
    fact.meetups.extend(planning_actions.follow_merge(fact.gone, fact.kept))


def _part_again(fact: places.PlacesParted) -> None:
    planning_actions.part_again(fact.gone, fact.kept, fact.meetups)


def _tell_of_new(fact: planning.MeetupPublished) -> None:
    discovery.note_new(fact.meetup)


def _tell_what_it_is_now(fact: planning.MeetupChanged | planning.MeetupPostponed) -> None:
    discovery.tell_anew(fact.meetup)


def _tell_what_it_is_again(fact: planning.ChangeTakenBack) -> None:
    discovery.tell_anew(fact.meetup)
    if fact.was_off:
        discovery.note_new(fact.meetup)


def _tell_where_it_is(fact: planning.MeetupChanged) -> None:
    if "place" in fact.what:
        discovery.note_new(fact.meetup)


def _tell_of_found(fact: places.PlaceFound) -> None:
    for meetup in meetups_in(fact.place):
        if meetup.published_at is not None:
            discovery.note_new(meetup)


def _call_off(fact: planning.MeetupCancelled) -> None:
    discovery.call_off(fact.meetup)


def _lay_out_ideas(fact: recap_facts.RecapChanged) -> None:
    library.index(fact.recap)


TABLE: Mapping[type, Sequence[Callable[[Any], None]]] = {
    incoming.ReplyCame: (replying.take_reply,),
    incoming.ReplyRefused: (replying.answer_back,),
    mail.LetterBounced: (_say_unreachable,),
    people.PersonLeft: (_give_up_seats, _forget_names, _give_up_decks, _empty_folder),
    people.PersonBlocked: (_keep_apart,),
    places.PlaceFound: (_repin, _tell_of_found),
    places.PlaceCorrected: (_follow_place,),
    places.PlacesMerged: (_follow_merge,),
    places.PlacesParted: (_part_again,),
    planning.BringListGiven: (_bring_list,),
    planning.HostChanged: (_welcome_host,),
    planning.MeetupPublished: (_host_comes, _tell_of_new),
    planning.CapacityChanged: (_hand_on_seats,),
    planning.ApprovalDropped: (_let_everybody_in,),
    planning.MeetupChanged: (_tell_changed, _tell_what_it_is_now, _tell_where_it_is),
    planning.MeetupPostponed: (_void_offers, _stop_nudging, _tell_postponed, _tell_what_it_is_now),
    planning.ChangeTakenBack: (_tell_what_it_is_again,),
    planning.MeetupCancelled: (_tell_cancelled, _stop_nudging, _void_offers, _call_off),
    recap_facts.PhotoTakenDown: (_report_photo,),
    recap_facts.RecapChanged: (_lay_out_ideas,),
}
