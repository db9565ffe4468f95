"""What others add to recaps that are up."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_additions"
down_revision = "20261123_live_notes"
branch_labels = None
depends_on = None

KEEP = {"sqlite_autoincrement": True}
TIED = (("recap_id", "recaps", "CASCADE"), ("meetup_id", "meetups", "CASCADE"), ("entry_id", "recap_entries", "SET NULL"),
        ("response_id", "responses", "SET NULL"), ("person_id", "people", "SET NULL"), ("rsvp_id", "rsvps", "SET NULL"))


def upgrade() -> None:
    op.create_table(
        "additions",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name, _, _ in TIED),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("library", sa.String(length=120), nullable=False),
        sa.Column("perspective", sa.String(length=32), nullable=True),
        sa.Column("link_version", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_additions_{name}_{table}"), ondelete=then)
            for name, table, then in TIED
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_additions")),
        sqlite_autoincrement=True,
    )
    for name, _, _ in TIED:
        op.create_index(op.f(f"ix_additions_{name}"), "additions", [name])
    with op.batch_alter_table("recaps", table_kwargs=KEEP) as batch_op:
        batch_op.add_column(sa.Column("frozen_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("recaps", table_kwargs=KEEP) as batch_op:
        batch_op.drop_column("frozen_at")
    op.drop_table("additions")
