"""The idea library: every idea of every public recap, found again.

An *idea* is a response in a published recap. It is searched by words and by facets, gathered on the page of the
stick, song, book or prop it belongs to, kept in somebody's *storytime folder*, *tried*, followed by feed, and
written out as an archive that needs no server (`flask export`).
"""
