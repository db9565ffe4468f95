"""The pages of people: the door, one's own page, passkeys, the profile."""

from meetups.people.views import door, letters, me, passkeys, profile
from meetups.people.views.blueprint import people

__all__ = ["door", "letters", "me", "passkeys", "people", "profile"]
