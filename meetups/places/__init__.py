"""Where we meet: the place in the words people typed, its access facts, its pin, its time zone.

The typed words are never replaced; what the gazetteer makes of them stands beside them with a *precision*
(exact, postal, town, region, none). A *backyard or home* keeps its words for the people who are going;
everybody else sees the town, and its pin is never finer than the town. An access fact nobody stated is None.
"""
