"""Pages: the desk, what is said about the house, members' pages."""

from meetups.moderation.views import about, desk, profiles
from meetups.moderation.views.blueprint import moderation

__all__ = ["about", "desk", "moderation", "profiles"]
