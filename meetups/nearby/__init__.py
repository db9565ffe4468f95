"""Librarians near me: opt-in, mutual, in distance bands computed between coarse areas; and knocking at their doors.

Off until a person lists themselves; only listed people see the list; leaving it is immediate. What is shown:
the chosen name, interests, and a band (under 10, 10 to 25, 25 to 50, 50 to 100 miles), by name within a band.
Never a number, a bearing or a pin: both ends of every distance are centers of areas stored coarse. A *knock* is
relayed; an *open door* is two yeses, and shows each how to reach the other. A no makes no sound.
"""
