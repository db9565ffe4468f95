"""What we learned: the recap of a meetup, its challenges and the ideas under each.

A *recap* has a narrative head, *entries* in order, and a closing. An *entry* is one challenge as it was asked,
from the cup or from the group, with its outcome; skipped and unanswered ones are kept. A *response* is one idea
under it: a tip, exact words, a song, a prop. Ideas are the group's; a name is shown only after its bearer said
yes, and goes everywhere at once when they change their mind. Contradictions stay side by side.

`terms` holds the lists everyone chooses from; `notation` reads pasted notes and old recaps, dropping nothing,
and writes a recap as plain text that reads back as the same recap.
"""
