"""Places are shared and remembered: a code each, corrections with history, merging; meetups keep the typed words."""

import secrets
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "20261123_place_directory"
down_revision = "20261123_names_in_recaps"
branch_labels = None
depends_on = None

KINDS = {
    "coffee_shop": "Coffee shop", "library_room": "Library room", "conference_floor": "Conference floor",
    "conference_room": "Conference room", "restaurant": "Restaurant or food court", "pub": "Pub",
    "hotel_lobby": "Hotel lobby", "outdoors": "Outdoors",
}  # fmt: skip
PLACES = sa.table(
    "places", *(sa.column(name) for name in ("id", "kind", "words", "town", "region", "code", "name_folded",
                                             "search_words"))
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "place_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("who_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_place_changes_place_id_places"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["who_id"], ["people.id"], name=op.f("fk_place_changes_who_id_people"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_changes")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_place_changes_place_id"), "place_changes", ["place_id"])
    op.create_index(op.f("ix_place_changes_who_id"), "place_changes", ["who_id"])
    op.create_table(
        "two_places",
        sa.Column("low_id", sa.Integer(), nullable=False),
        sa.Column("high_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["high_id"], ["places.id"], name=op.f("fk_two_places_high_id_places"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["low_id"], ["places.id"], name=op.f("fk_two_places_low_id_places"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["who_id"], ["people.id"], name=op.f("fk_two_places_who_id_people"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("low_id", "high_id", name=op.f("pk_two_places")),
    )
    op.add_column("meetups", sa.Column("place_words", sa.String(length=300), nullable=False, server_default=""))
    op.execute("update meetups set place_words = (select words from places where places.id = meetups.place_id)")
    _add_columns()
    _fill()
    with op.batch_alter_table("places", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.create_unique_constraint(batch_op.f("uq_places_code"), ["code"])
    op.create_index(op.f("ix_places_building_id"), "places", ["building_id"])
    op.create_index("ix_places_latitude_longitude", "places", ["latitude", "longitude"])
    op.create_index(op.f("ix_places_merged_into_id"), "places", ["merged_into_id"])
    op.create_index(op.f("ix_places_name_folded"), "places", ["name_folded"])


def _add_columns() -> None:
    with op.batch_alter_table("places", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        for column in (
            sa.Column("code", sa.String(length=12), nullable=False, server_default=""),
            sa.Column("name_folded", sa.String(length=160), nullable=False, server_default=""),
            sa.Column("search_words", sa.Text(), nullable=False, server_default=""),
            sa.Column("pinned_at", sa.DateTime(), nullable=True),
            sa.Column("checked_at", sa.DateTime(), nullable=True),
            sa.Column("checked_by_id", sa.Integer(), nullable=True),
            sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
            sa.Column("merged_into_id", sa.Integer(), nullable=True),
            sa.Column("building_id", sa.Integer(), nullable=True),
            sa.Column("room_to_move", sa.String(length=32), nullable=True),
        ):
            batch_op.add_column(column)
        for name, table in (("checked_by_id", "people"), ("merged_into_id", "places"), ("building_id", "places")):
            key = batch_op.f(f"fk_places_{name}_{table}")
            batch_op.create_foreign_key(key, table, [name], ["id"], ondelete="SET NULL")


def _fill() -> None:
    """A code for each place, and what it is found by; nothing finds a home or something online."""
    connection = op.get_bind()
    for row in connection.execute(sa.select(PLACES)).mappings().all():
        shared = row["kind"] in KINDS
        name = [word for word in _folded(row["words"].split(",")[0]).split() if word not in ("the", "and")]
        words = " ".join((row["words"], row["town"], row["region"], KINDS.get(row["kind"], "")))
        connection.execute(
            sa.update(PLACES)
            .where(PLACES.c.id == row["id"])
            .values(
                code="".join(secrets.choice("23456789abcdefghjkmnpqrstvwxyz") for _ in range(7)),
                name_folded=" ".join(name)[:160] if shared else "",
                search_words=_folded(words) if shared else "",
            )
        )


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join(plain.replace("guerilla", "guerrilla").split())


def downgrade() -> None:
    for name in ("building_id", "latitude_longitude", "merged_into_id", "name_folded"):
        op.drop_index(f"ix_places_{name}", table_name="places")
    with op.batch_alter_table("places", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        for name, table in (("building_id", "places"), ("merged_into_id", "places"), ("checked_by_id", "people")):
            batch_op.drop_constraint(batch_op.f(f"fk_places_{name}_{table}"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_places_code"), type_="unique")
        for name in ("room_to_move", "building_id", "merged_into_id", "version", "checked_by_id", "checked_at",
                     "pinned_at", "search_words", "name_folded", "code"):  # fmt: skip
            batch_op.drop_column(name)
    op.drop_column("meetups", "place_words")
    op.drop_table("two_places")
    op.drop_table("place_changes")
