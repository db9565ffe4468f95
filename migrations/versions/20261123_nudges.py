"""Reminding hosts of the recap."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_nudges"
down_revision = "20261123_place_directory"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "nudges",
        sa.Column("meetup_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=8), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meetup_id"], ["meetups.id"], name=op.f("fk_nudges_meetup_id_meetups"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("meetup_id", "step", "day", name=op.f("pk_nudges")),
    )
    op.create_table(
        "nothing_to_report",
        sa.Column("meetup_id", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meetup_id"], ["meetups.id"], name=op.f("fk_nothing_to_report_meetup_id_meetups"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("meetup_id", name=op.f("pk_nothing_to_report")),
    )


def downgrade() -> None:
    op.drop_table("nothing_to_report")
    op.drop_table("nudges")
