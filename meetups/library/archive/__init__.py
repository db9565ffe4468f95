"""The public archive as a folder of plain files: it opens from disk, without a server, and outlives whoever runs this.

Everything in it is what a stranger may read, names only while their bearers agree; nobody else is named. Rows are read
a few hundred at a time and written at once, so that the size of the library does not matter.
"""

from meetups.library.archive.checking import broken_links
from meetups.library.archive.writing import NotOurs, write_archive

__all__ = ["NotOurs", "broken_links", "write_archive"]
