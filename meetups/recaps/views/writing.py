"""Notes, the head, one challenge after the other."""

from __future__ import annotations

from typing import Any

from flask import request

from meetups.foundation import doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.pages import say
from meetups.foundation.refusals import Refusal
from meetups.recaps import actions
from meetups.recaps.forms import EntryForm, HeadForm, NotesForm, SortForm
from meetups.recaps.models import Consent, Recap, RecapEntry
from meetups.recaps.views.editor import NEW, edit_page, to_edit
from meetups.recaps.views.finding import find_own, recaps


@recaps.post("/recaps/<code>/notes")
@doors.member
def notes(code: str) -> Any:
    """More notes, after what there is."""
    recap, form = find_own(code), NotesForm()
    if not form.validate():
        return edit_page(recap, notes=form)
    try:
        with unit_of_work():
            actions.take_in(recap, form.notes.data)
    except Refusal as refusal:
        form.take(refusal)
        return edit_page(recap, notes=form, refusal=refusal)
    say("Taken in. Look over what we found.")
    return to_edit(recap, "found")


@recaps.post("/recaps/<code>/sort")
@doors.member
def sort(code: str) -> Any:
    """The whole recap from its text."""
    recap, form = find_own(code), SortForm()
    if not form.validate():
        return edit_page(recap, sort=form)
    version = form.version.data or ""
    try:
        with unit_of_work():
            actions.sort_again(recap, form.whole.data, int(version) if version.isdecimal() and len(version) < 9 else 0)
    except Refusal as refusal:
        form.take(refusal)
        form.version.data = str(recap.version)
        return edit_page(recap, sort=form, refusal=refusal)
    say("Sorted again.")
    return to_edit(recap, "found")


@recaps.post("/recaps/<code>/head")
@doors.member
def head(code: str) -> Any:
    recap = find_own(code)
    form = HeadForm(recap)
    if not form.validate():
        return edit_page(recap, head=form)
    try:
        with unit_of_work():
            actions.save_head(recap, form.wish(), form.shown.data or "")
    except Refusal as refusal:
        form.take(refusal)
        form.shown.data = actions.fingerprint(actions.head_standing(recap))
        return edit_page(recap, head=form, refusal=refusal)
    return to_edit(recap, "frame", kept="frame")


@recaps.post("/recaps/<code>/entries/new")
@doors.member
def add_entry(code: str) -> Any:
    return _entry(find_own(code), None)


@recaps.post("/recaps/<code>/entries/<int:number>")
@doors.member
def entry(code: str, number: int) -> Any:
    return _entry(find_own(code), number)


def _entry(recap: Recap, number: int | None) -> Any:
    standing = next((each for each in recap.entries if each.id == number), None)
    if number and request.form.get("do") == "remove":
        with unit_of_work():
            actions.remove_entry(recap, number)
        say("Taken out.")
        return to_edit(recap, "found")
    form = EntryForm(standing)
    if not form.validate():
        return edit_page(recap, entry=form)
    wish = form.wish()
    try:
        with unit_of_work():
            if number is None:
                saved = actions.add_entry(recap, wish)
            else:
                saved = actions.save_entry(recap, number, wish, form.shown.data or "")
    except Refusal as refusal:
        form.renew(refusal, standing)
        return edit_page(recap, entry=form, refusal=refusal)
    _ask(saved, wish)
    return _after(recap, saved, request.form.get("do", ""))


def _ask(saved: RecapEntry, wish: actions.EntryWish) -> None:
    """Letters to everybody whose address was typed; what was saved stays saved whatever comes of it."""
    for typed in wish.ideas:
        waits = (i for i in saved.responses if i.text == typed.text and i.credit.consent is Consent.PENDING)
        idea = next((i for i in waits if i.credit.name == typed.name), None) if typed.address else None
        if idea is None:
            continue
        try:
            with unit_of_work():
                actions.ask_consent(idea, typed.address, person_here())
            say(f"We wrote to {typed.name}. Until they say yes it reads “the group.”")
        except Refusal as refusal:
            say(refusal.sentence)


def _after(recap: Recap, saved: RecapEntry, deed: str) -> Any:
    """Where to go when an entry was saved: stay, go on to the next one, or move something first."""
    shown: int | str = saved.id
    verb, _, number = deed.partition("-")
    if verb in ("up", "down"):
        with unit_of_work():
            actions.move_entry(recap, saved.id, -1 if verb == "up" else 1)
    elif verb == "raise" and number.isdecimal() and len(number) < 18:
        with unit_of_work():
            actions.move_idea(recap, int(number), -1)
    elif verb == "next":
        numbers = [each.id for each in recap.entries]
        after = numbers.index(saved.id) + 1
        shown = numbers[after] if after < len(numbers) else NEW
    return to_edit(recap, "entry", shown, kept="entry")
