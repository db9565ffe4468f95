"""Members propose sticks for the public deck."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_proposed_sticks"
down_revision = "20261123_nudges"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_proposals_by_id_people"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenges.id"], name=op.f("fk_proposals_challenge_id_challenges"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sa.UniqueConstraint("challenge_id", name=op.f("uq_proposals_challenge_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_proposals_by_id"), "proposals", ["by_id"])
    op.create_index(op.f("ix_proposals_settled_at"), "proposals", ["settled_at"])


def downgrade() -> None:
    op.drop_table("proposals")
