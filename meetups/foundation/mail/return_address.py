"""Where answers to our letters go: one mailbox, and behind a plus sign the tag that says what is answered."""

from __future__ import annotations

from flask import current_app

LONGEST_LOCAL_PART = 64  # RFC 5321, 4.5.3.1.1


def replies_are_taken() -> bool:
    """Whether the operator has set up an address that routes to us."""
    return bool(current_app.config["MEETUPS"].reply_address)


def return_address(tag: str) -> str:
    """`reply+<tag>@storytime.example`, or "" where no REPLY_ADDRESS is set. Refuses (ValueError) a tag too long."""
    mailbox, _, domain = current_app.config["MEETUPS"].reply_address.rpartition("@")
    if not domain:
        return ""
    if len(local := f"{mailbox}+{tag}") > LONGEST_LOCAL_PART:
        raise ValueError("this tag does not fit into an address")
    return f"{local}@{domain}"


def tag_in(address: str) -> str | None:
    """The tag of an address that `return_address` could have made, however a mail server capitalized it."""
    mailbox, _, domain = current_app.config["MEETUPS"].reply_address.rpartition("@")
    local, _, at = address.strip().rpartition("@")
    name, plus, tag = local.partition("+")
    ours = domain and at.lower() == domain.lower() and name.lower() == mailbox.lower() and plus
    return tag.lower() if ours and tag else None
