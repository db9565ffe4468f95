"""Photos: putting them in, saying what they show, looking at one, taking it down."""

from __future__ import annotations

from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as Answer

from meetups.foundation import doors
from meetups.foundation.database import unit_of_work
from meetups.foundation.doors import person_here
from meetups.foundation.markup import clean
from meetups.foundation.pages import say, takes_up_to, without_cookies
from meetups.foundation.pictures import LARGEST_FILE, NotAPicture, develop, kinds_taken
from meetups.foundation.refusals import NotHere, Refusal
from meetups.foundation.storage import store
from meetups.recaps import actions, permissions, queries
from meetups.recaps.forms import PhotoForm
from meetups.recaps.models import Photo, Recap
from meetups.recaps.views.finding import find_own, recaps

MOST_AT_ONCE = 12
LARGEST_UPLOAD = 60 * 1024 * 1024
TOO_LARGE = "Those photos together are more than 60 MB. Nothing was saved; go back and send fewer at a time."
LONGEST_NOTE = 1000


@recaps.get("/recaps/<code>/photos")
@doors.member
def photos(code: str) -> Any:
    return _photos_page(find_own(code))


@recaps.post("/recaps/<code>/photos")
@doors.member
@takes_up_to(LARGEST_UPLOAD, TOO_LARGE)
def add_photos(code: str) -> Any:
    """Each picture on its own: one that cannot be read keeps no other from being taken."""
    recap, files = find_own(code), [file for file in request.files.getlist("photos") if file.filename or file.read(1)]
    if not files:
        return _photos_page(recap, problems=["Choose at least one photo first."])
    beyond = f"Only the first {MOST_AT_ONCE} were looked at; send the others after them."
    problems = [beyond] if len(files) > MOST_AT_ONCE else []
    taken = 0
    for number, file in enumerate(files[:MOST_AT_ONCE], 1):
        try:
            _take(recap, file)
            taken += 1
        except Refusal as refusal:
            problems.append(f"Photo {number} was not taken. {refusal.sentence}" if len(files) > 1 else refusal.sentence)
            if not isinstance(refusal, NotAPicture):
                break
    if problems:
        return _photos_page(find_own(code), problems=problems, taken=taken)
    say("Taken. Now say what is in it." if taken == 1 else f"{taken} photos taken. Now say what is in each.")
    return redirect(url_for("recaps.photos", code=code), 303)


def _take(recap: Recap, file: FileStorage) -> None:
    file.stream.seek(0)
    developed = develop(file.stream.read(LARGEST_FILE + 1))  # before the lock: it takes half a second
    with unit_of_work():
        actions.add_photo(person_here(), recap, developed)


@recaps.post("/recaps/<code>/photos/<picture>")
@doors.member
def photo_words(code: str, picture: str) -> Any:
    """What is said about one picture, or that it goes."""
    recap, photo = find_own(code), _of_recap(code, picture)
    if request.form.get("do") == "delete":
        with unit_of_work():
            actions.delete_photo(photo.code)
        say("The photo is gone.")
        return redirect(url_for("recaps.photos", code=code), 303)
    form = PhotoForm(photo)
    if not form.validate():
        return _photos_page(recap, wrong=form)
    with unit_of_work():
        actions.describe_photo(person_here(), photo.code, form.wish())
    return redirect(url_for("recaps.photos", code=code, kept=picture[:8], _anchor=f"photo-{picture[:8]}"), 303)


def _photos_page(
    recap: Recap, *, problems: list[str] | None = None, wrong: PhotoForm | None = None, taken: int = 0
) -> Any:
    found = queries.photos_of(recap)
    forms = [wrong if wrong and wrong.photo.id == photo.id else PhotoForm(photo, formdata=None) for photo in found]
    page = render_template(
        "recaps/photos.html", recap=recap, photo_forms=forms, problems=problems or [], taken=taken,
        kinds=",".join(kinds_taken()), kept=request.args.get("kept"), most=MOST_AT_ONCE,
        moderates=person_here().is_moderator,
    )
    return page, 409 if problems else 400 if wrong else 200


def _of_recap(code: str, picture: str) -> Photo:
    photo = queries.photo_by_code(picture)
    if photo is None or photo.recap is None or photo.recap.code != code:
        raise NotHere("There is no such photo.")
    return photo


@recaps.get("/photos/<picture>-<int:width>.jpg")
@doors.everyone
def photo_file(picture: str, width: int) -> Any:
    """One size of a picture. Whether it may be seen is looked up at every request; browsers must ask each time."""
    photo = _seen(picture)
    if width not in (size[0] for size in photo.sizes):
        raise NotHere("There is no such size.")
    public = photo.is_shown and photo.recap is not None and photo.recap.is_public
    answer = make_response(b"")
    answer.set_etag(f"{photo.code[:16]}-{width}")  # the files never change; another picture has another code
    if answer.make_conditional(request).status_code != 304:
        content = store().get(photo.key(width))
        if content is None:
            raise NotHere("The file is missing.")
        answer.set_data(content)
    answer.content_type = "image/jpeg"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["X-Robots-Tag"] = "noindex"  # a copy in a search engine could not be taken down from here
    answer.headers["Cache-Control"] = "no-cache" if public else "private, no-store"
    if public:
        without_cookies()
    return answer


@recaps.get("/photos/<picture>")
@doors.everyone
def photo(picture: str) -> Any:
    """One picture, large, with the way to take it down."""
    found, person = _seen(picture), person_here()
    moderates = person is not None and person.is_moderator
    return render_template(
        "recaps/photo.html", photo=found, recap=found.recap, moderates=moderates, longest=LONGEST_NOTE,
        may_edit=found.recap is not None and permissions.may_edit(person, found.recap),
    )


@recaps.post("/photos/<picture>/take-down")
@doors.everyone
def take_down(picture: str) -> Answer:
    """No account, no reason: one press. Whoever knows the picture's name has seen it."""
    with unit_of_work():
        actions.take_down(picture, clean(request.form.get("note", ""))[:LONGEST_NOTE].strip())
    return redirect(url_for("recaps.photo_taken_down"), 303)


@recaps.get("/photos/taken-down")
@doors.everyone
def photo_taken_down() -> Any:
    return render_template("recaps/photo_gone.html")


@recaps.post("/photos/<picture>/put-back")
@doors.moderator
def put_photo_back(picture: str) -> Answer:
    with unit_of_work():
        actions.put_back(person_here(), picture)
    say("Readers of the recap see it again.")
    return redirect(url_for("recaps.photo", picture=picture), 303)


def _seen(picture: str) -> Photo:
    found = queries.photo_by_code(picture)
    if found is None or not permissions.may_see_photo(person_here(), found):
        raise NotHere("There is no such photo.")
    return found
