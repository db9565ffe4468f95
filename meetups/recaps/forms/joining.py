"""What people add to a recap that is up: an idea, a comment, a link to their own write-up, "that was mine"."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from wtforms import RadioField, SelectField, StringField, ValidationError
from wtforms.validators import Length

from meetups.foundation.forms import LINK_LIKE, ChoiceField, Filled, Form, line, prose
from meetups.foundation.markup import clean_line, one_line
from meetups.recaps.models import Recap, Response
from meetups.recaps.terms import Perspective

LONGEST = 2000
LONGEST_URL = 500


class JoiningForm(Form):
    """What they all share. `named`: a name has to be typed; `proved`: the code of the day need not be."""

    name = line("Your name, if it may be shown", most=80)
    library = line("Your library, if you like", most=120)
    code = line("Code of the day", most=60)

    def __init__(self, *, proved: bool, named: bool = False, **more: Any) -> None:
        self.proved, self.named = proved, named
        super().__init__(**more)

    def validate_name(self, field: Any) -> None:
        if self.named and not field.data:
            raise ValidationError("Write a name people may call you by.")
        _no_link(field)

    def validate_library(self, field: Any) -> None:
        _no_link(field)

    def validate_code(self, field: Any) -> None:
        if not self.proved and not field.data:
            raise ValidationError("Which two words were said in the room?")


class LateIdeaForm(JoiningForm):
    """One more idea under one of the challenges."""

    entry = SelectField("Which challenge?", validators=[Filled("Choose the challenge it belongs to.")])
    text = prose("Your idea", most=LONGEST, needed="Write the idea first.")

    def __init__(self, recap: Recap, **more: Any) -> None:
        super().__init__(**more)
        self.entry.choices = [(str(each.id), one_line(each.prompt, 80)) for each in recap.shown_entries]


class CommentForm(JoiningForm):
    """A few words under a recap."""

    text = prose("What would you like to say?", most=LONGEST, needed="Write something first.")


class MineForm(JoiningForm):
    """Which of the group's ideas was yours."""

    idea = RadioField("Which one was yours?", validators=[Filled("Choose the idea that was yours.")])

    def __init__(self, ideas: list[Response], **more: Any) -> None:
        super().__init__(**more)
        self.idea.choices = [(str(each.id), one_line(each.text, 140)) for each in ideas]


class WriteupForm(JoiningForm):
    """A write-up on another site."""

    url = StringField("Its address", filters=[lambda typed: clean_line(typed or "")],
                      validators=[Filled("Paste the address of the page."),
                                  Length(max=LONGEST_URL, message="That is too long for an address.")])  # fmt: skip
    text = line("What is in it, in one line", most=160, needed="One line is enough: “Six songs, and how it smelled.”")
    who = line("Who wrote it", most=80, needed="Write the name that stands under it.")
    perspective = ChoiceField("How were they there?", Perspective, default=Perspective.PARTICIPANT)

    def validate_url(self, field: Any) -> None:
        try:
            parts = urlsplit(field.data)
            host = parts.hostname or ""
            sound = parts.scheme in ("http", "https") and "." in host and not parts.username
        except ValueError:
            sound = False
        if not sound or " " in field.data:
            raise ValidationError("That is no address of a page. One begins with https://.")

    def validate_who(self, field: Any) -> None:
        _no_link(field)


def _no_link(field: Any) -> None:
    if field.data and LINK_LIKE.search(field.data):
        raise ValidationError("Just a name, please: no links and no addresses.")
