"""Finding things across all rooms: the front page, what is near a town, words in meetups and recaps.

Every filter stands in the address. A place typed is looked up in the built-in gazetteer; an ambiguous one is
asked back. A visitor's position is used in the one request and forgotten.
"""
