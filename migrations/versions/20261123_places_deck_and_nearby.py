"""Where we meet, the Challenge Cup, and librarians near me."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_places_deck_and_nearby"
down_revision = "20261123_people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "challenges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("category", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("ages", sa.JSON(), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("warm_up", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenges")),
        sa.UniqueConstraint("code", name=op.f("uq_challenges_code")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_challenges_category"), "challenges", ["category"])
    op.create_table(
        "places",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("town", sa.String(length=120), nullable=False),
        sa.Column("region", sa.String(length=80), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("precision", sa.String(length=32), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("step_free", sa.String(length=32), nullable=True),
        sa.Column("seating", sa.String(length=120), nullable=False),
        sa.Column("noise", sa.String(length=32), nullable=True),
        sa.Column("alcohol", sa.String(length=32), nullable=True),
        sa.Column("children_welcome", sa.String(length=32), nullable=True),
        sa.Column("age_limit", sa.Integer(), nullable=True),
        sa.Column("id_required", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_places")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "knocks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("message", sa.String(length=300), nullable=False),
        sa.Column("knocked_at", sa.DateTime(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("declined_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("by_id <> to_id", name=op.f("ck_knocks_not_oneself")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_knocks_by_id_people"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["to_id"], ["people.id"], name=op.f("fk_knocks_to_id_people"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_knocks")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_knocks_by_id"), "knocks", ["by_id"])
    op.create_index(op.f("ix_knocks_to_id"), "knocks", ["to_id"])
    op.create_table(
        "nearby_listings",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("interests", sa.String(length=200), nullable=False),
        sa.Column("ages", sa.JSON(), nullable=False),
        sa.Column("languages", sa.String(length=120), nullable=False),
        sa.Column("listed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_nearby_listings_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_nearby_listings")),
        sa.UniqueConstraint("code", name=op.f("uq_nearby_listings_code")),
    )
    op.create_table(
        "nearby_looks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("looked_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_nearby_looks_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nearby_looks")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_nearby_looks_person_id"), "nearby_looks", ["person_id"])


def downgrade() -> None:
    op.drop_table("nearby_looks")
    op.drop_table("nearby_listings")
    op.drop_table("knocks")
    op.drop_table("places")
    op.drop_table("challenges")
