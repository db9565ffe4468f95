"""Meetups for children's librarians: the map of the house.

people      who we are: signing in, passkeys, profile, home area
places      where we meet: venue, room and spot in words, access facts, pin, time zone
deck        the Challenge Cup: the sticks
nearby      librarians near me: opt-in, coarse areas, distance bands
planning    meetups: propose, edit, cancel, copy
attendance  who is coming: answers, guests, seats, waitlist, bring list
recaps      what we learned: challenges and the ideas under them
notes       live notes: several scribes, the room screen, ideas from the room
library     the idea library: every idea found again, kept, followed, written out
moderation  the pages and powers of those who keep the house safe
discovery   finding things across all rooms: front page, near me, search
demo        an invented world to look at and to measure on
foundation  what every room stands on; contains no word of the domain

Imports run downward only (pyproject.toml, [tool.importlinter]); app.py is the roof.
To follow a page: URL -> `flask routes` -> room.view -> templates/room/view.html.
"""
