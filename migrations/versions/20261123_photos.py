"""Photos in recaps."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_photos"
down_revision = "20261123_idea_library"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "photos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("recap_id", sa.Integer(), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=True),
        sa.Column("sizes", sa.JSON(), nullable=False),
        sa.Column("print", sa.String(length=64), nullable=True),
        sa.Column("alt", sa.Text(), nullable=False),
        sa.Column("people", sa.String(length=32), nullable=True),
        sa.Column("guardian_by_id", sa.Integer(), nullable=True),
        sa.Column("guardian_at", sa.DateTime(), nullable=True),
        sa.Column("hidden_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["people.id"], name=op.f("fk_photos_added_by_id_people"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["guardian_by_id"], ["people.id"], name=op.f("fk_photos_guardian_by_id_people"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["recap_id"], ["recaps.id"], name=op.f("fk_photos_recap_id_recaps"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photos")),
        sa.UniqueConstraint("code", name=op.f("uq_photos_code")),
        sa.UniqueConstraint("recap_id", "print", name=op.f("uq_photos_recap_id_print")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_photos_added_by_id"), "photos", ["added_by_id"])
    op.create_index(op.f("ix_photos_guardian_by_id"), "photos", ["guardian_by_id"])
    op.create_index(op.f("ix_photos_recap_id"), "photos", ["recap_id"])


def downgrade() -> None:
    op.drop_table("photos")
