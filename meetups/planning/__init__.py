"""Meetups: propose, edit, move, postpone, confirm, cancel, copy, take back.

A *meetup* is agreed as a wall clock and a zone; the instant is derived in one method, `Meetup.set_time`.
It is a *draft* (its host sees it), then *proposed*, *confirmed* or *cancelled*; "over" is computed, never
stored. A copy ("same again") keeps the wall clock. `sequence` rises with everything people are told of, not with
every save. A postponed meetup is the same one on another date.
A *host event* is the conference that a meetup hangs on.
"""
