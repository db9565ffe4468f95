"""Pages for recaps: finding, reading, writing up, agreeing to be named."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from meetups.attendance.permissions import may_see_first_names
from meetups.attendance.queries import rsvp_of
from meetups.foundation import clock, doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.markup import clean_line, one_line
from meetups.foundation.pages import Paging, page_asked, say
from meetups.foundation.refusals import LinkSpent, NotHere, Refusal
from meetups.foundation.tokens import number_in
from meetups.planning import entries as planning_entries
from meetups.planning.models import Meetup
from meetups.planning.queries import meetup_by_code
from meetups.recaps import actions, entries, permissions, queries
from meetups.recaps.forms import ConsentForm, EntryForm, HeadForm, NewForm, NotesForm, SortForm
from meetups.recaps.letters import is_consent_token
from meetups.recaps.models import Consent, Recap, RecapEntry
from meetups.recaps.models import Response as Idea
from meetups.recaps.notation import WrittenRecap, write

recaps = Blueprint("recaps", __name__)
NEW = "new"


@recaps.get("/recaps")
@doors.everyone
def ideas() -> Any:
    words, page, person = clean_line(request.args.get("q", ""))[:200], page_asked(), person_here()
    found = queries.recaps_found(words, page)
    return render_template(
        "recaps/ideas.html", tell=entries, words=words, found=found,
        paging=Paging(page, queries.PAGE, found.total, found.more),
        counts=queries.counts(), drafts=queries.drafts_of(person) if person and not words and page == 1 else [],
    )


@recaps.get("/recaps/<code>")
@doors.everyone
def show(code: str) -> Any:
    recap = _seen(code)
    if not recap.is_public:
        return redirect(url_for("recaps.preview", code=code), 303)
    answer = make_response(_page(recap, preview=False))
    answer.add_etag(weak=True)
    return answer.make_conditional(request)


@recaps.get("/recaps/<code>/preview")
@doors.member
def preview(code: str) -> Any:
    return _page(_mine(code), preview=True)


def _page(recap: Recap, *, preview: bool) -> str:
    return render_template(
        "recaps/show.html", tell=entries, recap=recap, others=queries.other_recaps_of(recap), preview=preview,
        may_edit=permissions.may_edit(person_here(), recap),
        meetup=recap.meetup if recap.meetup and recap.meetup.is_public else None,
    )


@recaps.get("/recaps/<code>.txt")
@doors.everyone
def text(code: str) -> Response:
    return Response(entries.public_text(_seen(code)), mimetype="text/plain")


@recaps.route("/recaps/new", methods=["GET", "POST"])
@doors.member
def new() -> Any:
    person = person_here()
    meetup = _meetup_to_write_up(request.args.get("meetup", ""))
    standing = queries.recap_by(person, meetup) if meetup else None
    form = NewForm(listed=meetup is not None)
    if request.method == "GET" and standing is not None:
        return redirect(url_for("recaps.edit", code=standing.code), 303)
    refusal = None
    if form.validate_on_submit():
        try:
            with unit_of_work():
                recap = actions.start(person, meetup, form.wish(_known(meetup)), form.notes.data)
            return redirect(url_for("recaps.edit", code=recap.code), 303)
        except Refusal as refused:
            refusal = refused
            form.take(refused)
    page = render_template("recaps/new.html", form=form, meetup=meetup)
    return page, 409 if refusal else 400 if form.errors else 200


def _meetup_to_write_up(code: str) -> Meetup | None:
    """The meetup named in the address, if this person may write it up; None when none is named."""
    if not code:
        return None
    meetup, person = meetup_by_code(code) if code.isalnum() else None, person_here()
    if meetup is not None:
        was_going = may_see_first_names(rsvp_of(person, meetup))
        if permissions.may_write_up(person, meetup, clock.now(), was_going=was_going):
            return meetup
        if meetup.is_public and meetup.is_on:
            waits = "Only its host and people who were going can write it up, once it has begun."
            raise Refusal(waits, way_on=(f"/meetups/{meetup.code}", "Back to the meetup"))
    raise NotHere("There is no such meetup to write up.")


def _known(meetup: Meetup | None) -> actions.HeadWish:
    if meetup is None:
        return actions.HeadWish("")
    place = one_line(planning_entries.where(meetup), 200)
    return actions.HeadWish(meetup.title, held_on=meetup.local_start.date(), place_label=place)


@recaps.get("/recaps/<code>/edit")
@doors.member
def edit(code: str) -> Any:
    recap = _mine(code)
    wanted = request.args.get("entry", "")
    entry = next((each for each in recap.entries if str(each.id) == wanted), None)
    if entry is None and wanted != NEW:
        entry = recap.entries[0] if recap.entries else None
    return _edit_page(recap, entry=EntryForm(entry))


@recaps.post("/recaps/<code>/notes")
@doors.member
def notes(code: str) -> Any:
    """More notes, after what there is."""
    recap, form = _mine(code), NotesForm()
    if not form.validate():
        return _edit_page(recap, notes=form)
    try:
        with unit_of_work():
            actions.take_in(recap, form.notes.data)
    except Refusal as refusal:
        form.take(refusal)
        return _edit_page(recap, notes=form, refusal=refusal)
    say("Taken in. Look over what we found.")
    return _to_edit(recap, "found")


@recaps.post("/recaps/<code>/sort")
@doors.member
def sort(code: str) -> Any:
    """The whole recap from its text."""
    recap, form = _mine(code), SortForm()
    if not form.validate():
        return _edit_page(recap, sort=form)
    version = form.version.data or ""
    try:
        with unit_of_work():
            actions.sort_again(recap, form.whole.data, int(version) if version.isdecimal() and len(version) < 9 else 0)
    except Refusal as refusal:
        form.take(refusal)
        form.version.data = str(recap.version)
        return _edit_page(recap, sort=form, refusal=refusal)
    say("Sorted again.")
    return _to_edit(recap, "found")


@recaps.post("/recaps/<code>/head")
@doors.member
def head(code: str) -> Any:
    recap = _mine(code)
    form = HeadForm(recap)
    if not form.validate():
        return _edit_page(recap, head=form)
    try:
        with unit_of_work():
            actions.save_head(recap, form.wish(), form.shown.data or "")
    except Refusal as refusal:
        form.take(refusal)
        form.shown.data = actions.fingerprint(actions.head_standing(recap))
        return _edit_page(recap, head=form, refusal=refusal)
    return _to_edit(recap, "frame", kept="frame")


@recaps.post("/recaps/<code>/entries/new")
@doors.member
def add_entry(code: str) -> Any:
    return _entry(_mine(code), None)


@recaps.post("/recaps/<code>/entries/<int:number>")
@doors.member
def entry(code: str, number: int) -> Any:
    return _entry(_mine(code), number)


def _entry(recap: Recap, number: int | None) -> Any:
    standing = next((each for each in recap.entries if each.id == number), None)
    if number and request.form.get("do") == "remove":
        with unit_of_work():
            actions.remove_entry(recap, number)
        say("Taken out.")
        return _to_edit(recap, "found")
    form = EntryForm(standing)
    if not form.validate():
        return _edit_page(recap, entry=form)
    wish = form.wish()
    try:
        with unit_of_work():
            if number is None:
                saved = actions.add_entry(recap, wish)
            else:
                saved = actions.save_entry(recap, number, wish, form.shown.data or "")
    except Refusal as refusal:
        form.renew(refusal, standing)
        return _edit_page(recap, entry=form, refusal=refusal)
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
                actions.ask_consent(idea, typed.address)
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
    return _to_edit(recap, "entry", shown, kept="entry")


@recaps.post("/recaps/<code>/publish")
@doors.member
def publish(code: str) -> Any:
    recap = _mine(code)
    try:
        with unit_of_work():
            actions.publish(recap, group_credit_for_the_rest=request.form.get("do") == "group")
    except Refusal as refusal:
        return _edit_page(recap, refusal=refusal)
    say("It is up. Everybody can read and find it now.")
    return redirect(url_for("recaps.show", code=code), 303)


@recaps.post("/recaps/<code>/withdraw")
@doors.member
def withdraw(code: str) -> Any:
    recap = _mine(code)
    with unit_of_work():
        actions.withdraw(recap)
    say("Taken down. Nobody can read or find it; you still can, and can put it up again.")
    return _to_edit(recap, "publish")


@recaps.post("/recaps/<code>/throw-away")
@doors.member
def throw_away(code: str) -> Any:
    recap = _mine(code)
    with unit_of_work():
        actions.throw_away(recap)
    say("The draft is gone.")
    return redirect(url_for("recaps.ideas"), 303)


def _edit_page(
    recap: Recap, *, entry: EntryForm | None = None, head: HeadForm | None = None, notes: NotesForm | None = None,
    sort: SortForm | None = None, refusal: Refusal | None = None,
) -> Any:
    """The editor with the form that needs another look; the others are filled from what stands."""
    given = [form for form in (entry, head, notes, sort) if form is not None]
    entry = entry or EntryForm(recap.entries[0] if recap.entries else None, fresh=True)
    standing = entry.entry if isinstance(refusal, actions.StaleForm) else None
    meanwhile = WrittenRecap(entries=[entries.written_entry(standing)]) if standing else None
    page = render_template(
        "recaps/edit.html", recap=recap, entry=entry, head=head or HeadForm(recap, formdata=None),
        notes=notes or NotesForm(formdata=None), tell=entries,
        held_up=None if given else refusal, kept=request.args.get("kept"),
        sort=sort or SortForm(formdata=None, data={"whole": write(entries.written(recap)), "version": recap.version}),
        meanwhile=write(meanwhile) if meanwhile else "", waiting=queries.consents_pending(recap),
    )
    return page, 409 if refusal else 400 if any(form.errors for form in given) else 200


def _to_edit(recap: Recap, anchor: str, entry: int | str | None = None, kept: str | None = None) -> Answer:
    return redirect(url_for("recaps.edit", code=recap.code, entry=entry, kept=kept, _anchor=anchor), 303)


def _seen(code: str) -> Recap:
    recap = queries.recap_by_code(code)
    if recap is None or not permissions.may_see(person_here(), recap):
        raise NotHere("There is no such recap.")
    return recap


def _mine(code: str) -> Recap:
    recap = queries.recap_by_code(code)
    if recap is None or not permissions.may_edit(person_here(), recap):
        raise NotHere("There is no such recap.")
    return recap


@recaps.route("/consent/<token>", methods=["GET", "POST"])
@doors.link_holder
def consent(token: str) -> Any:
    idea = _idea(token)
    form = ConsentForm(data={"name": idea.credit.name, "library": idea.credit.library})
    deed = request.form.get("do", "")
    if request.method == "POST" and (deed == "no" or (deed == "yes" and form.validate())):
        with unit_of_work():
            if deed == "yes":
                actions.give_consent(idea, form.name.data, form.library.data)
                say("Thank you. Your name stands beside the idea from now on.")
            elif idea.credit.consent is Consent.GIVEN:
                actions.withdraw_consent(idea)
                say("Your name is gone, here and everywhere. The idea reads “the group.”")
            else:
                actions.refuse_consent(idea)
                say("Noted. The idea reads “the group”, and your name is deleted.")
        return redirect(url_for("recaps.consent", token=token), 303)
    answer = make_response(render_template("recaps/consent.html", idea=idea, recap=idea.entry.recap, form=form))
    answer.headers["Cache-Control"] = "no-store"
    return answer, 400 if form.errors else 200


def _idea(token: str) -> Idea:
    number = number_in(token)
    idea = queries.response_by_number(number) if number is not None else None
    if idea is None or not is_consent_token(token, idea):
        raise LinkSpent(
            "This link does not work any more: the idea or the name was changed or taken out since, or the link was "
            "cut short by the mail program. Nothing was changed, and no name is shown without a yes."
        )
    return idea
