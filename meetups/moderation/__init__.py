"""Keeping the house safe: reports, hiding, the log of who did what.

Anyone may *report* a page in a sentence, with or without an address to answer to. Moderators see open
reports, hide or show a meetup or a recap, and settle the report. Every such deed is written in the diary.
"""
