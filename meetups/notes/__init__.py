"""Live notes: what is being drawn and said, while it happens.

A *session* is one meetup's drawing and noting. *Scribes* note ideas from their phones, several at once, with or
without signal; people in the room add theirs with the code of the day; the room screen shows the stick that is out.
The notes are the draft recap (`recaps`), entry by entry, from the first stick on.

What somebody taps is a *deed*: a stick drawn, a question asked, an idea, an outcome, an undo. Each carries an id and
a *place* made on the phone (`notation`), so that a deed may arrive late, twice or in any order: the notes come out
the same, and every phone's own order is kept.
"""
