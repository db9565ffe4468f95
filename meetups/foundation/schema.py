"""The shape of the database: which migration this code expects, and whether the database has come that far.

Read from the files themselves: the processes that answer pages ask once, and do without Alembic after that.
"""

from __future__ import annotations

import re

import sqlalchemy as sa

from meetups.foundation.database import db
from meetups.settings import PROJECT

_NAMES = re.compile(r'^(revision|down_revision) = "([^"]+)"', re.MULTILINE)


def newest_migrations() -> set[str]:
    """The migrations that no other comes after; one, unless two people wrote theirs at the same time."""
    texts = (path.read_text(encoding="utf-8") for path in (PROJECT / "migrations" / "versions").glob("*.py"))
    named = [dict(_NAMES.findall(text)) for text in texts]
    return {each["revision"] for each in named} - {each.get("down_revision", "") for each in named}


def is_up_to_date() -> bool:
    """Whether the database has the shape this code expects. Needs an application context."""
    with db.engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return False
        found = connection.execute(sa.text("select version_num from alembic_version")).scalars()
        return set(found) == newest_migrations()
