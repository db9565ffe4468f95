"""Who is coming: answers, guests, seats, the waitlist, the bring list, the door.

An *answer* is going, maybe or can't. A *party* is a person and their unnamed guests; parties are never split.
Seats are counted under the meetup's lock: a party that does not fit *waits*, in order of arrival, and the first
waiting party that fits gets a freed seat: at once, on the last day by an *offer* that ends, in the last two hours
by pressing first. Where the host wants to be asked, a party *requests* a seat. A visitor without an account counts
once their mailed link is pressed. The public page shows counts, never who; who came is for the host alone.
"""
