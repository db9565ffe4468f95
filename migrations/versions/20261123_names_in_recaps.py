"""Whose idea it was: claims, letters counted, and why the words of a song may stand there."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_names_in_recaps"
down_revision = "20261123_visits"
branch_labels = None
depends_on = None

KEEP = {"sqlite_autoincrement": True}  # a changed table is a new one there, and would forget it


def upgrade() -> None:
    op.create_table(
        "consent_asks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recap_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["people.id"], name=op.f("fk_consent_asks_by_id_people"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["recap_id"], ["recaps.id"], name=op.f("fk_consent_asks_recap_id_recaps"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_asks")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_consent_asks_by_id_asked_at", "consent_asks", ["by_id", "asked_at"])
    op.create_index("ix_consent_asks_recap_id_asked_at", "consent_asks", ["recap_id", "asked_at"])
    with op.batch_alter_table("responses", table_kwargs=KEEP) as batch_op:
        batch_op.add_column(sa.Column("words", sa.String(length=32), nullable=False, server_default="none"))
        batch_op.add_column(sa.Column("claimed_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("claimed_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_responses_claimed_by_id_people"), "people", ["claimed_by_id"], ["id"], ondelete="SET NULL"
        )
    with op.batch_alter_table("responses", table_kwargs=KEEP) as batch_op:
        batch_op.alter_column("words", server_default=None)
    op.create_index(op.f("ix_responses_asked_address"), "responses", ["asked_address"])
    op.create_index(op.f("ix_responses_claimed_by_id"), "responses", ["claimed_by_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_responses_claimed_by_id"), "responses")
    op.drop_index(op.f("ix_responses_asked_address"), "responses")
    with op.batch_alter_table("responses", table_kwargs=KEEP) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_responses_claimed_by_id_people"), type_="foreignkey")
        batch_op.drop_column("claimed_by_id")
        batch_op.drop_column("claimed_at")
        batch_op.drop_column("words")
    op.drop_table("consent_asks")
