"""What Alembic runs for `flask db ...`: how migrations are written, and the one transaction they run in."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import context
from flask import current_app
from sqlalchemy.engine import Connection

from meetups.foundation.database import Instant

ONE_AT_A_TIME = 20_261_205  # any number, the same for ever: two servers that start together take turns


def plain_type(kind: str, thing: Any, _autogen: Any) -> str | bool:
    """Write columns without living code: an Instant is a DateTime, an enum kept as text is a String."""
    if kind == "type" and isinstance(thing, Instant):
        return "sa.DateTime()"
    if kind == "type" and isinstance(thing, sa.Enum) and not thing.native_enum:
        return f"sa.String(length={thing.length})"
    return False


def is_compared(name: str | None, kind: str, _parents: Any) -> bool:
    """Full text (`idea_words`, and the tables SQLite keeps it in) is written by hand for each database."""
    return not (kind == "table" and name is not None and name.startswith("idea_words"))


def run(connection: Connection) -> None:
    extension = current_app.extensions["migrate"]
    context.configure(
        connection=connection,
        target_metadata=extension.db.metadata,
        render_item=plain_type,
        include_name=is_compared,
        transactional_ddl=True,  # true on SQLite as well: the house begins its transactions itself
        **extension.configure_args,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
        context.run_migrations()


def run_on_sqlite(connection: Connection) -> None:
    """A changed table is a new one: with foreign keys on, dropping the old would delete the rows that hang on it."""
    driver: Any = connection.connection.dbapi_connection
    driver.execute("pragma foreign_keys=off")
    try:
        run(connection)
        broken = driver.execute("pragma foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"rows that point nowhere after the migration: {broken[:5]}")
    finally:
        driver.execute("pragma foreign_keys=on")


with current_app.extensions["migrate"].db.engine.connect().execution_options(write=True) as connection:
    if connection.dialect.name == "sqlite":
        run_on_sqlite(connection)
    else:
        run(connection)
