"""Ideas that were taken out keep their number for as long as they can be put back."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_ideas_taken_out"
down_revision = "20261123_storytime_folder"
branch_labels = None
depends_on = None

KEEP = {"sqlite_autoincrement": True}  # a changed table is a new one there, and would forget it


def upgrade() -> None:
    with op.batch_alter_table("responses", table_kwargs=KEEP) as batch_op:
        batch_op.alter_column("entry_id", existing_type=sa.Integer(), nullable=True)
        batch_op.add_column(sa.Column("taken_out_of_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_responses_taken_out_of_id_recaps"), "recaps", ["taken_out_of_id"], ["id"], ondelete="CASCADE"
        )
    op.create_index(op.f("ix_responses_taken_out_of_id"), "responses", ["taken_out_of_id"])


def downgrade() -> None:
    ideas = sa.table("responses", sa.column("id"), sa.column("entry_id"))
    gone = sa.select(ideas.c.id).where(ideas.c.entry_id.is_(None))
    for table, column in (("tried_ideas", "idea_id"), ("resources", "response_id")):  # no cascade here on SQLite
        hanging = sa.table(table, sa.column(column))
        op.execute(sa.delete(hanging).where(hanging.c[column].in_(gone)))
    for table in ("additions", "note_deeds"):
        tied = sa.table(table, sa.column("response_id"))
        op.execute(sa.update(tied).where(tied.c.response_id.in_(gone)).values(response_id=None))
    op.execute(sa.delete(ideas).where(ideas.c.entry_id.is_(None)))
    op.drop_index(op.f("ix_responses_taken_out_of_id"), "responses")
    with op.batch_alter_table("responses", table_kwargs=KEEP) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_responses_taken_out_of_id_recaps"), type_="foreignkey")
        batch_op.drop_column("taken_out_of_id")
        batch_op.alter_column("entry_id", existing_type=sa.Integer(), nullable=False)
