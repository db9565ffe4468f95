"""Where we meet: the place in the words people typed, its access facts, its pin, its time zone.

The typed words are never replaced; what the gazetteer makes of them stands beside them with a *precision*
(exact, postal, town, region, none). A *backyard or home* keeps its words for the people who are going;
everybody else sees the town, and its pin is never finer than the town. Every other place is *shared*: remembered once
a meetup there is up, offered to whoever proposes there again, corrected by any member who may read about it (each
correction is a `PlaceChange`, and can be undone), merged with what turns out to be the same; meetups keep the words
their hosts typed. The pages are in the room discovery, which knows whether a meetup there is public.
An access fact nobody stated is None.
"""
