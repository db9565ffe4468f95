"""What we learned, and what somebody reported."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_recaps_and_reports"
down_revision = "20261123_attendance"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=500), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=True),
        sa.Column("reported_at", sa.DateTime(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("outcome", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_reports_settled_at"), "reports", ["settled_at"])
    op.create_table(
        "recaps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("meetup_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("tail", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("place_label", sa.String(length=200), nullable=False),
        sa.Column("headcount_from", sa.Integer(), nullable=True),
        sa.Column("headcount_to", sa.Integer(), nullable=True),
        sa.Column("qualifier", sa.String(length=32), nullable=False),
        sa.Column("onlookers", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("hidden_at", sa.DateTime(), nullable=True),
        sa.Column("search_words", sa.Text(), nullable=False),
        sa.Column("idea_count", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "headcount_to is null or headcount_to >= headcount_from", name=op.f("ck_recaps_headcount_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["people.id"], name=op.f("fk_recaps_author_id_people"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["meetup_id"], ["meetups.id"], name=op.f("fk_recaps_meetup_id_meetups"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recaps")),
        sa.UniqueConstraint("code", name=op.f("uq_recaps_code")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_recaps_author_id"), "recaps", ["author_id"])
    op.create_index(op.f("ix_recaps_meetup_id"), "recaps", ["meetup_id"])
    op.create_index(op.f("ix_recaps_published_at"), "recaps", ["published_at"])
    op.create_table(
        "recap_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recap_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=32), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=True),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("category", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=True),
        sa.Column("ages", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("literacy_tip", sa.Text(), nullable=False),
        sa.Column("leftovers", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenges.id"],
            name=op.f("fk_recap_entries_challenge_id_challenges"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["recap_id"], ["recaps.id"], name=op.f("fk_recap_entries_recap_id_recaps"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recap_entries")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_recap_entries_challenge_id"), "recap_entries", ["challenge_id"])
    op.create_index(op.f("ix_recap_entries_recap_id"), "recap_entries", ["recap_id"])
    op.create_table(
        "responses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=32), nullable=False),
        sa.Column("stance", sa.String(length=32), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("literacy_tip", sa.Text(), nullable=False),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("credit_mode", sa.String(length=32), nullable=False),
        sa.Column("credit_name", sa.Text(), nullable=False),
        sa.Column("credit_library", sa.Text(), nullable=False),
        sa.Column("consent", sa.String(length=32), nullable=False),
        sa.Column("consent_at", sa.DateTime(), nullable=True),
        sa.Column("asked_address", sa.String(length=254), nullable=True),
        sa.Column("ask_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["recap_entries.id"], name=op.f("fk_responses_entry_id_recap_entries"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responses")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_responses_entry_id"), "responses", ["entry_id"])
    op.create_table(
        "resources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("creator", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"], ["responses.id"], name=op.f("fk_resources_response_id_responses"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resources")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_resources_response_id"), "resources", ["response_id"])


def downgrade() -> None:
    op.drop_table("resources")
    op.drop_table("responses")
    op.drop_table("recap_entries")
    op.drop_table("recaps")
    op.drop_table("reports")
