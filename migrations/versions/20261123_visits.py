"""A row for each browser that is signed in, instead of one secret for all; marks for limits that keep nobody out."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "20261123_visits"
down_revision = "20261123_map_service"
branch_labels = None
depends_on = None
AS_BEFORE = {"sqlite_autoincrement": True}


def upgrade() -> None:
    op.create_table(
        "visits",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_visits_person_id_people"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_visits")),
    )
    op.create_index(op.f("ix_visits_began_at"), "visits", ["began_at"])
    op.create_index(op.f("ix_visits_person_id"), "visits", ["person_id"])
    op.create_table(
        "turned_down_marks",
        sa.Column("meetup_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["meetup_id"], ["meetups.id"], name=op.f("fk_turned_down_marks_meetup_id_meetups"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("meetup_id", "mark", name=op.f("pk_turned_down_marks")),
    )
    with op.batch_alter_table("people", table_kwargs=AS_BEFORE) as people:
        people.drop_constraint(op.f("uq_people_session_key"), type_="unique")
        people.drop_column("session_key")
    with op.batch_alter_table("reports", table_kwargs=AS_BEFORE) as reports:
        reports.add_column(sa.Column("source", sa.String(length=64), nullable=False, server_default=""))
        reports.alter_column("source", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("reports", table_kwargs=AS_BEFORE) as reports:
        reports.drop_column("source")
    with op.batch_alter_table("people", table_kwargs=AS_BEFORE) as people:
        people.add_column(sa.Column("session_key", sa.String(length=43), nullable=True))
    rows = sa.table("people", sa.column("id", sa.Integer), sa.column("session_key", sa.String))
    connection = op.get_bind()
    for number in connection.scalars(sa.select(rows.c.id)).all():
        key = secrets.token_urlsafe(32)  # everybody signs in anew
        connection.execute(sa.update(rows).where(rows.c.id == number).values(session_key=key))
    with op.batch_alter_table("people", table_kwargs=AS_BEFORE) as people:
        people.alter_column("session_key", existing_type=sa.String(length=43), nullable=False)
        people.create_unique_constraint(op.f("uq_people_session_key"), ["session_key"])
    op.drop_table("turned_down_marks")
    op.drop_table("visits")
