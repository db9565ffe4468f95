"""Live notes: sessions, scribes and deeds."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_live_notes"
down_revision = "20261123_proposed_sticks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "note_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meetup_id", sa.Integer(), nullable=False),
        sa.Column("recap_id", sa.Integer(), nullable=True),
        sa.Column("deck_id", sa.Integer(), nullable=True),
        sa.Column("age", sa.String(length=32), nullable=True),
        sa.Column("link_version", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deck_id"], ["decks.id"], name=op.f("fk_note_sessions_deck_id_decks"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["meetup_id"], ["meetups.id"], name=op.f("fk_note_sessions_meetup_id_meetups"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["recap_id"], ["recaps.id"], name=op.f("fk_note_sessions_recap_id_recaps"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_sessions")),
        sa.UniqueConstraint("meetup_id", name=op.f("uq_note_sessions_meetup_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_note_sessions_deck_id"), "note_sessions", ["deck_id"])
    op.create_index(op.f("ix_note_sessions_recap_id"), "note_sessions", ["recap_id"])

    op.create_table(
        "note_scribes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_note_scribes_person_id_people"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["note_sessions.id"],
            name=op.f("fk_note_scribes_session_id_note_sessions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_scribes")),
        sa.UniqueConstraint("session_id", "person_id", name=op.f("uq_note_scribes_session_id_person_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_note_scribes_person_id"), "note_scribes", ["person_id"])

    op.create_table(
        "note_deeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("place", sa.String(length=24), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=True),
        sa.Column("stick", sa.String(length=16), nullable=False),
        sa.Column("target", sa.String(length=36), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("response_id", sa.Integer(), nullable=True),
        sa.Column("from_room", sa.Boolean(), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["recap_entries.id"], name=op.f("fk_note_deeds_entry_id_recap_entries"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["responses.id"], name=op.f("fk_note_deeds_response_id_responses"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["note_sessions.id"],
            name=op.f("fk_note_deeds_session_id_note_sessions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_deeds")),
        sa.UniqueConstraint("session_id", "client_id", name=op.f("uq_note_deeds_session_id_client_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_note_deeds_entry_id"), "note_deeds", ["entry_id"])
    op.create_index(op.f("ix_note_deeds_response_id"), "note_deeds", ["response_id"])


def downgrade() -> None:
    op.drop_table("note_deeds")
    op.drop_table("note_scribes")
    op.drop_table("note_sessions")
