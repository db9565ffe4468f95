"""What every store may say: not now."""

from __future__ import annotations

from meetups.foundation.refusals import Refusal


class StoreAway(Refusal):
    """The store cannot be reached, is full, or refuses us (503). The log says which."""

    status = 503

    def __init__(self) -> None:
        super().__init__("The place where photos are kept does not answer. Nothing was lost; try again in a minute.")
