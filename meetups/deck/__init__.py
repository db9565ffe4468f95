"""The Challenge Cup: the sticks.

A *challenge* is a prompt written on a stick. The sixty seed challenges are the first public deck. Drawing is
a link that names the stick drawn and the ones already out, so it works without script and without an account.
"""
