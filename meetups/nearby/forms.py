"""What people say of themselves when they are listed."""

from __future__ import annotations

from meetups.foundation.forms import Form, line


class ListingForm(Form):
    interests = line("Ask me about", most=200)
