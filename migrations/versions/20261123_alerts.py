"""Saved searches, new meetups nobody was told of yet, and where people would come."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_alerts"
down_revision = "20261123_additions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=3000), nullable=False),
        sa.Column("address_digest", sa.String(length=64), nullable=False),
        sa.Column("x", sa.Integer(), nullable=False),
        sa.Column("y", sa.Integer(), nullable=False),
        sa.Column("z", sa.Integer(), nullable=False),
        sa.Column("reach_m2", sa.BigInteger(), nullable=False),
        sa.Column("narrowed", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_alerts_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint("person_id", "address_digest", name=op.f("uq_alerts_person_id_address_digest")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "would_come",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("cell", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.Column("told_of", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_would_come_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_would_come")),
        sa.UniqueConstraint("person_id", "cell", name=op.f("uq_would_come_person_id_cell")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_would_come_cell"), "would_come", ["cell"])
    op.create_table(
        "new_meetups",
        sa.Column("meetup_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meetup_id"], ["meetups.id"], name=op.f("fk_new_meetups_meetup_id_meetups"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("meetup_id", name=op.f("pk_new_meetups")),
    )
    op.create_index(op.f("ix_new_meetups_since"), "new_meetups", ["since"])


def downgrade() -> None:
    op.drop_table("new_meetups")
    op.drop_table("would_come")
    op.drop_table("alerts")
