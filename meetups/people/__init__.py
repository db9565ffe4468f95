"""Who we are: signing in without a password, passkeys, names, the home area, the profile, blocking, leaving.

A *person* has an address (never shown), a name of their choice, and at most one *home area*: the label of a
town and a coarse hexagonal cell, never a point. A *sign-in link* works once, for twenty minutes, and only
when its button is pressed. A *passkey* can be added later. Nobody learns here whether an address is known.
Each part of a *profile* is shown to a circle of the person's choice. A *block* keeps two people out of each other's
sight in every room (`queries.blocked_either_way`), and nobody is told.
"""
