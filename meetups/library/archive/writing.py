"""Writing the folder: pages, data, calendars, the style sheet and its letters."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import current_app
from jinja2 import Template

from meetups.foundation.addresses import site_name
from meetups.foundation.assets import FOLDER
from meetups.foundation.calendars import to_icalendar
from meetups.foundation.markup import one_line
from meetups.foundation.refusals import Refusal
from meetups.foundation.storage import store
from meetups.library import queries
from meetups.library.archive import reading
from meetups.library.archive.plain import file_name, meetup_data, recap_data
from meetups.library.entries import tally_words
from meetups.library.terms import Shelf
from meetups.planning import entries as planning_entries
from meetups.recaps import entries as recap_entries
from meetups.recaps.models import Addition, Photo, Recap
from meetups.recaps.terms import AdditionKind

MARK = "guerrilla-storytime-archive.txt"


class NotOurs(Refusal):
    """The folder holds something that is no earlier archive."""


@dataclass
class Written:
    """How much went into the folder."""

    recaps: int = 0
    meetups: int = 0
    sticks: int = 0
    things: int = 0
    photos: int = 0


def write_archive(folder: Path) -> Written:
    """The whole public archive; an earlier one there is replaced. Refuses NotOurs another folder with things in it."""
    _make_room(folder)
    archive = Archive(folder)
    archive.dress()
    archive.recaps()
    archive.meetups()
    archive.sticks()
    for shelf in Shelf:
        archive.things(shelf)
    archive.entrance()
    return archive.written


def _make_room(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).exists():
            raise NotOurs(f"{folder} is not empty and holds no earlier archive. Nothing was written: name another one.")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text("Open index.html. This folder is replaced as a whole by the next export.\n", "utf-8")


class Archive:
    """The folder under way."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.written = folder, Written()
        self.lists: dict[str, list[tuple[str, str]]] = {}
        self._templates: dict[str, Template] = {}

    def dress(self) -> None:
        """The style sheets and the letters they load, as they lie in the project."""
        shutil.copytree(FOLDER / "css", self.folder / "css")
        shutil.copytree(FOLDER / "fonts", self.folder / "fonts")

    def recaps(self) -> None:
        self.lists["recaps"] = [
            self._list("recaps", year, ((row.code, row.title, _beside(row.place_label, row.held_on)) for row in rows))
            for year, rows in reading.recap_list()
        ]
        for recaps in queries.public_recaps(reading.AT_ONCE):
            photos, beside = reading.photos_by_recap(recaps), reading.said_beside(recaps)
            for recap in recaps:
                self._recap(recap, self._developed(photos.get(recap.id, [])), beside[recap.id])

    def _recap(self, recap: Recap, photos: list[Photo], beside: dict[AdditionKind, list[Addition]]) -> None:
        comments, writeups = beside[AdditionKind.COMMENT], beside[AdditionKind.WRITEUP]
        self._page(
            f"recaps/{recap.code}.html", "recap", recap=recap, tell=recap_entries, photos=photos, comments=comments,
            writeups=writeups,
            meetup=recap.meetup if recap.meetup and recap.meetup.is_public else None,
        )
        self._data(f"recaps/{recap.code}.json", recap_data(recap, photos, comments, writeups))
        self.written.recaps += 1

    def _developed(self, photos: Iterable[Photo]) -> list[Photo]:
        """Those whose largest size could be read from the store; it lies in the folder now."""
        found = []
        for photo in photos:
            picture = store().get(photo.keys[-1]) if photo.sizes else None
            if picture is not None:
                self._bytes(f"photos/{photo.code}.jpg", picture)
                found.append(photo)
        self.written.photos += len(found)
        return found

    def meetups(self) -> None:
        self.lists["meetups"] = [
            self._list("meetups", year, ((row.code, row.title, f"{row.starts_at:%b %-d, %Y}") for row in rows))
            for year, rows in reading.meetup_list()
        ]
        for meetups in reading.public_meetups():
            writeups = reading.recaps_by_meetup(meetups)
            for meetup in meetups:
                self._page(f"meetups/{meetup.code}.html", "meetup", meetup=meetup, tell=planning_entries,
                           recaps=writeups.get(meetup.id, []))  # fmt: skip
                self._data(f"meetups/{meetup.code}.json", meetup_data(meetup))
                entry = planning_entries.calendar_entry(meetup)
                self._bytes(f"meetups/{meetup.code}.ics", to_icalendar([entry], method="PUBLISH"))
                self.written.meetups += 1

    def sticks(self) -> None:
        rows = []
        for stick, tally in reading.asked_sticks():
            self._page(f"sticks/{stick.code}.html", "ideas", title=stick.text, about=tally_words(tally),
                       ideas=reading.ideas_of(stick), whole="sticks/index.html", label="Sticks",
                       said=one_line)  # fmt: skip
            rows.append((stick.code, stick.text, tally_words(tally)))
        self.written.sticks = len(rows)
        self._list("sticks", "index", rows, "Sticks")

    def things(self, shelf: Shelf) -> None:
        listed: list[tuple[str, str, str]] = []
        for key, rows in reading.things(shelf):
            every = list(rows)
            name, where = file_name(key), len({row.code for row in every})
            ideas = [(row.id, row.text, row.code, row.recap) for row in every]
            by = "; ".join(dict.fromkeys(row.creator for row in every if row.creator))
            self._page(f"{shelf.value}/{name}.html", "ideas", title=every[0].title, about=f"By {by}" if by else "",
                       ideas=ideas, whole=f"{shelf.value}/index.html", label=shelf.label, said=one_line)  # fmt: skip
            listed.append((name, every[0].title, f"shared at {where} gathering{'' if where == 1 else 's'}"))
        self.written.things += len(listed)
        self._list(shelf.value, "index", listed, shelf.label)

    def entrance(self) -> None:
        self._page("index.html", "index", lists=self.lists, written=self.written, shelves=Shelf)

    def _list(self, kind: str, name: str, rows: Iterable[Any], title: str = "") -> tuple[str, str]:
        """A page that leads to many; returns its name in the folder and what it is called."""
        label = title or f"{kind.capitalize()}, {'day unknown' if name == 'no-date' else name}"
        path = f"{kind}/{name}.html" if title else f"{kind}/in-{name}.html"
        self._page(path, "list", title=label, rows=rows)
        return path, label

    def _page(self, path: str, template: str, **context: Any) -> None:
        """Rendered piece by piece into the file, so that a page may be as long as it likes."""
        if template not in self._templates:
            self._templates[template] = current_app.jinja_env.get_template(f"library/archive/{template}.html")
        target = self.folder / path
        target.parent.mkdir(exist_ok=True)
        up = "../" * path.count("/")
        with target.open("w", encoding="utf-8") as file:
            for piece in self._templates[template].generate(up=up, site=site_name(), **context):
                file.write(piece)

    def _data(self, path: str, data: Any) -> None:
        self._bytes(path, json.dumps(data, ensure_ascii=False, indent=1).encode())

    def _bytes(self, path: str, body: bytes) -> None:
        target = self.folder / path
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(body)


def _beside(place: str, day: Any) -> str:
    return " · ".join(part for part in (place, day.isoformat() if day else "") if part)


