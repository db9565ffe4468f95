"""What people type to the moderators, and what moderators type."""

from __future__ import annotations

from typing import Any

from wtforms import StringField
from wtforms.validators import Email, Length, Optional, ValidationError

from meetups.foundation.forms import Form, line, prose
from meetups.foundation.markup import clean_line
from meetups.foundation.pages import own_path


def path_on_this_site(typed: str | None, site_url: str) -> str:
    """The path in an address of ours, with or without the host; nothing for other addresses."""
    return own_path((typed or "").removeprefix(site_url)[:500], "")


class ReportForm(Form):
    about = line("Which page", most=500)
    message = prose("What is wrong", most=2000, needed="Say in a sentence what is wrong.")
    email = StringField(
        "E-mail, if you want an answer", filters=[lambda typed: clean_line(typed or "").lower()],
        validators=[
            Optional(), Length(max=254, message="That is too long for an e-mail address."),
            Email("That does not look like an e-mail address. Correct it, or leave it empty."),
        ],
    )

    def __init__(self, site_url: str, **more: Any) -> None:
        super().__init__(**more)
        self.site_url = site_url

    def validate_about(self, field: Any) -> None:
        if field.data and not path_on_this_site(field.data, self.site_url):
            raise ValidationError("That is no page of this site. Copy it from the address bar, or leave it empty.")


class SettleForm(Form):
    outcome = line("What was done", most=200, needed="Say in a few words what was done.")


class SuspendForm(Form):
    who = line("Whose account", most=500, needed="Type their e-mail address, or the address of a meetup they host.")
    reason = line("Why", most=200, needed="Say in a few words why. The other moderators read it.")


class HideForm(Form):
    about = line("Which page", most=500, needed="Copy the address of the meetup or recap.")
    why = line("Why", most=200)
