"""What every room stands on: time, database, pages, mail, calendars, geography.

Nothing here knows a word of the domain; no file imports a room.
"""
