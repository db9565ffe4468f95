"""Decks of sticks: a challenge lies in a deck at a place, and knows which one it was copied from."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_decks"
down_revision = "20261123_recaps_and_reports"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("about", sa.String(length=1000), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("sharing", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("hidden_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["people.id"], name=op.f("fk_decks_owner_id_people"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decks")),
        sa.UniqueConstraint("code", name=op.f("uq_decks_code")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_decks_owner_id"), "decks", ["owner_id"])
    op.create_index(op.f("ix_decks_sharing"), "decks", ["sharing"])

    op.create_table(
        "sticks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deck_id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenges.id"], name=op.f("fk_sticks_challenge_id_challenges"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["deck_id"], ["decks.id"], name=op.f("fk_sticks_deck_id_decks"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sticks")),
        sa.UniqueConstraint("deck_id", "challenge_id", name=op.f("uq_sticks_deck_id_challenge_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_sticks_challenge_id"), "sticks", ["challenge_id"])

    with op.batch_alter_table("challenges", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(sa.Column("source_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_challenges_source_id_challenges"), "challenges", ["source_id"], ["id"], ondelete="SET NULL"
        )
    op.create_index(op.f("ix_challenges_source_id"), "challenges", ["source_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_challenges_source_id"), table_name="challenges")
    with op.batch_alter_table("challenges", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_constraint(op.f("fk_challenges_source_id_challenges"), type_="foreignkey")
        batch_op.drop_column("source_id")
    op.drop_table("sticks")
    op.drop_table("decks")
