"""Keeping the house safe: reports, hiding, closing accounts, the log of who did what; and members' pages.

Anyone may *report* a page in a sentence, with or without an address to answer to; moderators get a letter about it,
one an hour at most. They see open reports, hide or show a meetup or a recap, close or open an account, and settle the
report. Every such deed is written in the diary. Members' pages stand here because who has met whom is known below.
"""
