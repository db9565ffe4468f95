"""Letters: written as a few blocks, kept in the outbox by the deed's own transaction, delivered later.

letters.py says what a letter is, plain.py and paper.py set it as text and as HTML, outbox.py holds the rows,
envelope.py makes the message, delivery.py carries it to the mail server (or keeps it, where there is none) and
reading_room.py shows kept letters on the operator's own machine. A letter's key is sent once, ever.
"""
