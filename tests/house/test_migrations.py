"""The migrations make what the models say, on both databases, and can be walked down and up again with data."""

import datetime
import json
import re

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask_migrate import check, downgrade, upgrade

from meetups.attendance.models import Answer, Rsvp
from meetups.foundation.database import db, unit_of_work
from meetups.foundation.schema import is_up_to_date, newest_migrations
from meetups.planning.models import Meetup
from meetups.settings import PROJECT
from tests import cast, makers

VERSIONS = sorted((PROJECT / "migrations" / "versions").glob("*.py"))


@pytest.fixture
def world(both_databases, app):
    """A little of everything that hangs together by foreign keys."""
    meetup = makers.make_meetup(host=cast.marisol())
    makers.make_rsvp(meetup, cast.ken(), guests=2)
    makers.make_rsvp(meetup, "Ben", Answer.MAYBE)
    return meetup


def rows(table):
    with db.engine.connect() as connection:
        found = connection.execute(sa.select(table)).mappings().all()
    return sorted(json.dumps({k: str(v) for k, v in row.items()}, sort_keys=True) for row in found)


def everything():
    return {table.name: rows(table) for table in db.metadata.sorted_tables}


def test_there_is_a_migration_and_its_files_have_dated_names():
    assert VERSIONS
    for path in VERSIONS:
        datetime.datetime.strptime(path.name[:8], "%Y%m%d").replace(tzinfo=datetime.UTC)
        assert path.name[8] == "_"


def test_migrations_hold_no_living_code():
    living = re.compile(r"^\s*(?:from|import) meetups|Instant|sa\.Enum|Labeled", re.MULTILINE)
    assert [path.name for path in VERSIONS if living.search(path.read_text())] == []


def test_there_is_one_newest_migration_and_alembic_agrees(app):
    directory = ScriptDirectory(app.extensions["migrate"].directory)
    assert newest_migrations() == set(directory.get_heads()) == {directory.get_current_head()}


def test_a_database_without_the_newest_migration_is_not_up_to_date(both_databases, app):
    assert is_up_to_date()
    with unit_of_work():
        db.session.execute(sa.text("update alembic_version set version_num = 'before'"))
    assert not is_up_to_date()
    with unit_of_work():
        db.session.execute(sa.text("drop table alembic_version"))
    assert not is_up_to_date()


def test_the_newest_migration_equals_the_models(both_databases, app):
    check()  # exits when Alembic would write another migration


def test_the_schema_has_every_table_of_the_models_and_none_besides(both_databases, app):
    made = set(sa.inspect(db.engine).get_table_names()) - {"alembic_version"}
    full_text = {name for name in made if name.startswith("idea_words")}  # SQLite keeps it in several
    assert made - full_text == set(db.metadata.tables)
    assert "idea_words" in full_text


def test_a_changed_table_still_gives_no_row_number_twice(app):
    """On SQLite a batch makes a new table; it forgets AUTOINCREMENT unless it gets `table_kwargs`."""
    kept = {table.name for table in db.metadata.sorted_tables if table.dialect_options["sqlite"]["autoincrement"]}
    made = "select name from sqlite_master where type = 'table' and sql like '%autoincrement%'"
    assert kept - set(db.session.scalars(sa.text(made))) == set()


def test_down_to_nothing_and_up_again(world):
    db.session.remove()
    downgrade(revision="base")
    assert set(sa.inspect(db.engine).get_table_names()) == {"alembic_version"}
    upgrade()
    assert everything() == {table.name: [] for table in db.metadata.sorted_tables}
    check()


def test_upgrading_an_up_to_date_database_changes_nothing(world):
    before = everything()
    assert before["rsvps"] != []
    db.session.remove()
    upgrade()
    assert everything() == before


def test_a_table_is_rebuilt_without_losing_what_hangs_on_it(world, tmp_path):
    """The trap of SQLite: changing a table drops the old one, and foreign keys would delete the children with it."""
    extension = PROJECT / "migrations"
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    for name in ("env.py", "script.py.mako", "alembic.ini"):
        (folder / name).write_text((extension / name).read_text())
    for path in VERSIONS:
        (folder / "versions" / path.name).write_text(path.read_text())
    with db.engine.connect() as connection:
        (head,) = connection.execute(sa.text("select version_num from alembic_version")).one()
    (folder / "versions" / "20990101_shorten_titles.py").write_text(f'''
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "shorten", {head!r}, None, None


def upgrade():
    with op.batch_alter_table("meetups") as table:
        table.alter_column("title", type_=sa.String(length=100), existing_type=sa.String(length=120))


def downgrade():
    with op.batch_alter_table("meetups") as table:
        table.alter_column("title", type_=sa.String(length=120), existing_type=sa.String(length=100))
''')
    before = {model.__tablename__: rows(model.__table__) for model in (Meetup, Rsvp)}
    db.session.remove()
    upgrade(directory=str(folder))
    assert {model.__tablename__: rows(model.__table__) for model in (Meetup, Rsvp)} == before
    downgrade(directory=str(folder), revision="-1")
    assert {model.__tablename__: rows(model.__table__) for model in (Meetup, Rsvp)} == before
    check()
