"""Letters: written as a few blocks, kept in the outbox by the deed's own transaction, delivered later.

letters.py says what a letter is, plain.py and paper.py set it as text and as HTML, outbox.py posts it as a row
(rows.py), as far as its address wants such letters (kinds.py, preferences.py; digests.py writes the weekly one).
claims.py hands rows to workers, envelope.py makes the message, delivery.py carries it to the mail server of
transport.py (or keeps it, where there is none), logbook.py survives a killed worker, bounces.py takes what comes back,
health.py counts, and reading_room.py shows kept letters on the operator's own machine. A letter's key is sent once,
ever.
"""
