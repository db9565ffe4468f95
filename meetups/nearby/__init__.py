"""Librarians near me: opt-in, mutual, in distance bands computed between coarse areas.

Off until a person lists themselves; only listed people see the list; leaving it is immediate. What is shown:
the chosen name, interests, and a band (under 10, 10 to 25, 25 to 50, 50 to 100 miles), by name within a band.
Never a number, a bearing or a pin: both ends of every distance are centers of areas stored coarse.
"""
