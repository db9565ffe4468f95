"""Pictures people send: decoded in a process of its own, drawn anew in a few sizes, without a word about them.

Nothing of the file that came is kept but its dots: no metadata block, no file name, no color profile, no thumbnail,
and nothing that was hidden behind or between them. What cannot be decoded as a picture is refused, whatever its name.
"""

from meetups.foundation.pictures.developing import (
    BOXES,
    LARGEST_FILE,
    MOST_PIXELS,
    Copy,
    Developed,
    NotAPicture,
    develop,
    kinds_taken,
)

__all__ = ["BOXES", "LARGEST_FILE", "MOST_PIXELS", "Copy", "Developed", "NotAPicture", "develop", "kinds_taken"]
