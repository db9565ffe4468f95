"""Ideas that members keep, and those they tried."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_storytime_folder"
down_revision = "20261123_hosts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_ideas",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_saved_ideas_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_ideas")),
        sa.UniqueConstraint("person_id", "idea_id", name=op.f("uq_saved_ideas_person_id_idea_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "tried_ideas",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("tried_at", sa.DateTime(), nullable=False),
        sa.Column("hidden_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["idea_id"], ["responses.id"], name=op.f("fk_tried_ideas_idea_id_responses"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_tried_ideas_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tried_ideas")),
        sa.UniqueConstraint("code", name=op.f("uq_tried_ideas_code")),
        sa.UniqueConstraint("person_id", "idea_id", name=op.f("uq_tried_ideas_person_id_idea_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_tried_ideas_idea_id"), "tried_ideas", ["idea_id"])


def downgrade() -> None:
    op.drop_table("tried_ideas")
    op.drop_table("saved_ideas")
