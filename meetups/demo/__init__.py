"""An invented world to look at and to measure on: `flask demo`.

Towns are real and come from the gazetteer; people, venues, conferences, meetups and recaps are invented, and every
address is at example.org, where no mail arrives. The same seed makes the same world around the day it is made on.
`actions.make_world` is the door; it refuses a database with real people in it. Words stand in `words.py` and
`data/ideas.txt`; the other modules draw from them, one for each room that is filled.
"""
