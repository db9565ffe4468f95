"""Mail that comes to us: answers to letters and invitations, and word of letters that did not arrive.

reading.py makes sense of a message, quotes.py finds what a person wrote above what they quote, calendar_replies.py
reads what a calendar says when Accept was pressed, taking.py takes a message once and for all, lmtp.py and mailbox.py
bring messages in. Nobody is believed for their From: only the tag in the address written to says what is answered.
"""
