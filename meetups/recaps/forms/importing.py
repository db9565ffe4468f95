"""A file with recaps in it, and which of them to take."""

from __future__ import annotations

from typing import Any

from flask import request

from meetups.foundation.forms import Form
from meetups.foundation.markup import clean, clean_line
from meetups.recaps.forms.writing import LONGEST_NOTES
from meetups.recaps.notation.files import Finds, recaps_in
from meetups.recaps.notation.wordpress import NotAnExport

MOST_FOUND = 100


class FileForm(Form):
    """A file with recaps in it, read when it has been looked at."""

    def finds(self) -> Finds | None:
        """What the file holds; None with a sentence when there is none or it cannot be read."""
        file = request.files.get("file")
        if file is None or not file.filename:
            self.form_errors.append("Choose a file first.")
            return None
        try:
            with file.stream as stream:
                finds = recaps_in(stream.read())
        except NotAnExport as trouble:
            self.form_errors.append(f"That file could not be read: {trouble}. Nothing was saved.")
            return None
        if not any(find.recap.all_text().strip() for find in finds.recaps):
            self.form_errors.append("There is no post and no text in that file. Nothing was saved.")
            return None
        return finds


class TakeForm(Form):
    """Which of the recaps in a file to take; their texts went along with the page."""

    sentence = "Nothing was ticked, so nothing was saved. Choose the file again."

    def chosen(self) -> list[tuple[str, str]]:
        """Title and text of each ticked one, at most MOST_FOUND."""
        numbers = [each for each in request.form.getlist("take") if each.isdecimal() and len(each) < 4]
        found = [(clean_line(request.form.get(f"title-{n}", ""))[:160], self._text(n)) for n in numbers[:MOST_FOUND]]
        return [(title, text) for title, text in found if text]

    def _text(self, number: str) -> str:
        return clean(request.form.get(f"text-{number}", ""))[:LONGEST_NOTES]

    def validate(self, extra_validators: Any = None) -> bool:
        return super().validate(extra_validators) and bool(self.chosen())
