"""What people in the room type: the code of the day, an idea."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, RadioField, ValidationError

from meetups.foundation.forms import Form, address, called, line, prose
from meetups.foundation.markup import one_line


class CodeForm(Form):
    code = line("Code of the day", most=60, needed="Which two words were said in the room?")


class IdeaForm(Form):
    """One idea for the stick that is out, or for an earlier one. A name is asked about before it shows."""

    about = RadioField("Which one is it for?", validate_choice=False)
    text = prose("Your idea", most=4000, needed="Write down your idea first.")
    called = called("Your name, if you like", needed="")
    address = address("Your e-mail, to ask you", needed="")
    press = HiddenField()

    def __init__(self, board: dict[str, Any]) -> None:
        super().__init__()
        shown = [each for each in board["entries"] if each["outcome"] != "skipped"]
        self.about.choices = [(each["ref"], one_line(each["prompt"], 80)) for each in reversed(shown)]
        refs = [ref for ref, _ in self.about.choices]
        if self.about.data not in refs:
            self.about.data = board["now"] if board["now"] in refs else (refs[0] if refs else "")
        for field in (self.called, self.address):
            field.flags.required = False
            if not field.data:
                field.validators = []

    def validate_address(self, field: Any) -> None:
        if field.data and not self.called.data:
            raise ValidationError("To be asked, write the name that would stand there, too.")
