"""Meetups: propose, edit, confirm, cancel, copy.

A *meetup* is agreed as a wall clock and a zone; the instant is derived in one method, `Meetup.set_time`.
It is a *draft* (its host sees it), then *proposed*, *confirmed* or *cancelled*; "over" is computed, never
stored. A copy ("same again") keeps the wall clock. `sequence` rises with every change people must hear of.
A *host event* is the conference that a meetup hangs on.
"""
