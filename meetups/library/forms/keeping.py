"""A note beside an idea that is kept, and one about how it went."""

from __future__ import annotations

from meetups.foundation.forms import Form, line, prose


class SaveForm(Form):
    note = prose("Your own note", most=500)


class TriedForm(Form):
    tried_note = line("How did it go?", most=300)
