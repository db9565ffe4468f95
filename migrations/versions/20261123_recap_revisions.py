"""What recaps said before."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_recap_revisions"
down_revision = "20261123_photos"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recap_revisions",
        sa.Column("recap_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recap_id"], ["recaps.id"], name=op.f("fk_recap_revisions_recap_id_recaps"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("recap_id", "number", name=op.f("pk_recap_revisions")),
    )


def downgrade() -> None:
    op.drop_table("recap_revisions")
