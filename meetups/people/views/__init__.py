"""The pages of people: the door, one's own page, passkeys."""

from meetups.people.views import door, letters, me, passkeys
from meetups.people.views.blueprint import people

__all__ = ["door", "letters", "me", "passkeys", "people"]
