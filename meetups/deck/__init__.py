"""The Challenge Cup: sticks in decks, drawn, passed, printed.

A *challenge* is a prompt; a *stick* is a challenge in a *deck*, at its place. The sixty seed challenges are the first
public deck ("cup", which moderators keep); members have decks of their own, for themselves, for whoever has the link,
or for everybody. Copying a deck copies its challenges, so that nothing edited elsewhere changes what one has; each
copy remembers its *root*, by which gatherings and ideas are counted. Drawing is a link that names the sticks drawn
and the ones skipped, so it works without script, without an account, and (static/js/cup.js) without a network.
"""
