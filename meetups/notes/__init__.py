"""Live notes: what is being drawn and said, while it happens.

A *session* is one meetup's drawing and noting. *Scribes* note ideas from their phones, several at once, with or
without signal; people in the room add theirs with the code of the day; the room screen shows the stick that is out.
The notes are the draft recap (`recaps`), entry by entry, from the first stick on.
"""
