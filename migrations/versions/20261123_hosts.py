"""Who hosts: whether they said that it is on, since when a host is needed, and the host of before."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_hosts"
down_revision = "20261123_recap_revisions"
branch_labels = None
depends_on = None
AS_BEFORE = {"sqlite_autoincrement": True}


def upgrade() -> None:
    with op.batch_alter_table("meetups", table_kwargs=AS_BEFORE) as meetups:
        meetups.add_column(sa.Column("co_host_id", sa.Integer(), nullable=True))
        meetups.add_column(sa.Column("still_on_at", sa.DateTime(), nullable=True))
        meetups.add_column(sa.Column("host_needed_at", sa.DateTime(), nullable=True))
        name = op.f("fk_meetups_co_host_id_people")
        meetups.create_foreign_key(name, "people", ["co_host_id"], ["id"], ondelete="SET NULL")
    op.create_index(op.f("ix_meetups_co_host_id"), "meetups", ["co_host_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_meetups_co_host_id"), table_name="meetups")
    with op.batch_alter_table("meetups", table_kwargs=AS_BEFORE) as meetups:
        meetups.drop_constraint(op.f("fk_meetups_co_host_id_people"), type_="foreignkey")
        for name in ("host_needed_at", "still_on_at", "co_host_id"):
            meetups.drop_column(name)
