"""The database: the session, UTC instants, constraint names, and the one place that commits."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.orm import DeclarativeBase, registry

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(sa.types.TypeDecorator[datetime]):
    """A moment: aware datetimes in, stored as naive UTC, aware UTC out. Naive values are refused."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an Instant needs an aware datetime")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    registry = registry(
        metadata=sa.MetaData(naming_convention=NAMES), type_annotation_map={datetime: Instant()}
    )


db = SQLAlchemy(model_class=Base)
if TYPE_CHECKING:

    class Model(Base):
        """What every row of ours derives from."""

        __abstract__ = True

        def __init__(self, **values: Any) -> None: ...

else:
    Model = db.Model
Thing = TypeVar("Thing")


def named(kind: type[Enum]) -> sa.Enum:
    """Column type that stores an enum member by its value as text, on every database alike."""
    return sa.Enum(
        kind, native_enum=False, length=32, values_callable=lambda e: [m.value for m in e], create_constraint=False
    )


@contextmanager
def unit_of_work() -> Iterator[None]:
    """One transaction that changes things: takes the write lock first, commits at the end or rolls back.

    What was read before for authorization is forgotten and read again under the lock. On SQLite the lock is
    the file's (BEGIN IMMEDIATE); on PostgreSQL rows are locked one by one with `lock`. Nested use joins in.
    """
    session = db.session()
    if session.info.get("writing"):
        yield
        return
    session.rollback()
    session.info["writing"] = True
    try:
        session.connection(execution_options={"write": True})
        yield
        _commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("writing", None)


def is_writing() -> bool:
    """Whether a unit of work is open, and with it the write lock: no time to wait for anybody outside."""
    return bool(db.session().info.get("writing"))


@contextmanager
def outside_the_lock() -> Iterator[None]:
    """Inside a unit of work: keep what was done so far, let others write meanwhile, then take the lock again.

    For slow deeds elsewhere, a picture store's. What was read before has to be looked at anew afterwards.
    """
    _commit()
    yield
    db.session.rollback()
    db.session().connection(execution_options={"write": True})


def _commit() -> None:
    db.session.commit()


def lock(thing: Thing) -> Thing:
    """Read the row again and hold it until the unit of work ends, so that counting before writing is safe."""
    db.session.flush()  # what was changed before is kept
    # `of`: PostgreSQL cannot lock the nullable side of the outer joins that the row may have been loaded with
    db.session.refresh(thing, with_for_update={"of": type(thing)})
    return thing


def flush() -> None:
    """Send what was added so far, so that ids exist; decides nothing."""
    db.session.flush()


def add(thing: Thing) -> Thing:
    """Put a new row into the unit of work and return it."""
    db.session.add(thing)
    return thing


def delete(thing: object) -> None:
    """Take a row out."""
    db.session.delete(thing)


def expire(thing: object, name: str) -> None:
    """Forget what was read of a relationship, so that it is read again."""
    db.session.expire(thing, [name])


def folded(text: str) -> str:
    """Words for searching: lower case, no accents, one spelling of guerrilla, single spaces."""
    one_shape = unicodedata.normalize("NFKC", text)  # first: "𝘼" is lower case already, as far as casefold knows
    decomposed = unicodedata.normalize("NFKD", one_shape.casefold())
    plain = "".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join(plain.replace("guerilla", "guerrilla").split())


def has_words(column: Any, text: str) -> list[sa.ColumnElement[bool]]:
    """Conditions under which a column of folded words holds every word typed (as a prefix); none for no words."""
    if not text:
        return []
    padded = sa.literal(" ").concat(column)
    return [padded.contains(f" {word}", autoescape=True) for word in folded(text).split()[:12]]


def as_stored(*tables: sa.FromClause) -> list[sa.ColumnElement[Any]]:
    """Every column of these tables as the driver gives it, hashable: to tell whether anything in a row has changed."""
    columns = [column for table in tables for column in table.columns]
    return [
        sa.cast(column, sa.Text) if isinstance(column.type, sa.JSON) else sa.type_coerce(column, sa.types.NullType())
        for column in columns
    ]


def _on_sqlite_connect(connection: Any, _record: Any) -> None:
    # The driver's own transaction logic loses updates between processes; ours begins explicitly.
    connection.isolation_level = None
    for pragma in ("journal_mode=wal", "synchronous=normal", "busy_timeout=10000", "foreign_keys=on"):
        connection.execute(f"pragma {pragma}")


def _on_sqlite_begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def listen(engine: Engine) -> None:
    """Teach an engine the house's transaction rules."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_sqlite_connect)
        event.listen(engine, "begin", _on_sqlite_begin)


def never_reuse_numbers() -> None:
    """Have SQLite count on after a row is gone, as PostgreSQL does: links in letters hold row numbers."""
    for table in Base.metadata.tables.values():
        keys = list(table.primary_key.columns)
        if len(keys) == 1 and isinstance(keys[0].type, sa.Integer) and not keys[0].foreign_keys:
            table.dialect_kwargs["sqlite_autoincrement"] = True


def init_database(app: Flask) -> None:
    never_reuse_numbers()
    db.init_app(app)
    with app.app_context():
        listen(db.engine)
