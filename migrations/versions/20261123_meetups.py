"""Meetups and the conferences they hang on."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_meetups"
down_revision = "20261123_places_deck_and_nearby"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "host_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("name_folded", sa.String(length=160), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host_events")),
        sa.UniqueConstraint("code", name=op.f("uq_host_events_code")),
        sa.UniqueConstraint("name_folded", name=op.f("uq_host_events_name_folded")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "meetups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("uid", sa.String(length=45), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("moved", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("postponed", sa.JSON(), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("room", sa.String(length=80), nullable=False),
        sa.Column("level", sa.String(length=80), nullable=False),
        sa.Column("booth", sa.String(length=80), nullable=False),
        sa.Column("spot", sa.String(length=200), nullable=False),
        sa.Column("how_to_spot_us", sa.String(length=200), nullable=False),
        sa.Column("join_url", sa.String(length=500), nullable=False),
        sa.Column("reveal_hours", sa.Integer(), nullable=False),
        sa.Column("local_start", sa.DateTime(), nullable=False),
        sa.Column("local_end", sa.DateTime(), nullable=False),
        sa.Column("fold", sa.Integer(), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("rsvp_mode", sa.String(length=32), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("guests_allowed", sa.Integer(), nullable=False),
        sa.Column("approval_required", sa.Boolean(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("check_in_code", sa.String(length=40), nullable=False),
        sa.Column("check_in_misses", sa.Integer(), nullable=False),
        sa.Column("cost", sa.String(length=32), nullable=True),
        sa.Column("cost_note", sa.String(length=120), nullable=False),
        sa.Column("hashtag", sa.String(length=60), nullable=False),
        sa.Column("slot_minutes", sa.Integer(), nullable=True),
        sa.Column("bring_list", sa.JSON(), nullable=False),
        sa.Column("host_event_id", sa.Integer(), nullable=True),
        sa.Column("copied_from_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(), nullable=True),
        sa.Column("cancel_reason", sa.String(length=200), nullable=False),
        sa.Column("hidden_at", sa.DateTime(), nullable=True),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("cell_fine", sa.BigInteger(), nullable=True),
        sa.Column("cell_coarse", sa.BigInteger(), nullable=True),
        sa.Column("x", sa.Integer(), nullable=True),
        sa.Column("y", sa.Integer(), nullable=True),
        sa.Column("z", sa.Integer(), nullable=True),
        sa.Column("search_words", sa.Text(), nullable=False),
        sa.CheckConstraint("capacity is null or capacity > 0", name=op.f("ck_meetups_capacity_positive")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_meetups_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["copied_from_id"], ["meetups.id"], name=op.f("fk_meetups_copied_from_id_meetups"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["host_event_id"],
            ["host_events.id"],
            name=op.f("fk_meetups_host_event_id_host_events"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["host_id"], ["people.id"], name=op.f("fk_meetups_host_id_people"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_meetups_place_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetups")),
        sa.UniqueConstraint("code", name=op.f("uq_meetups_code")),
        sa.UniqueConstraint("host_id", "form_key", name=op.f("uq_meetups_host_id_form_key")),
        sa.UniqueConstraint("uid", name=op.f("uq_meetups_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_meetups_host_event_id"), "meetups", ["host_event_id"])
    op.create_index(op.f("ix_meetups_host_id"), "meetups", ["host_id"])
    op.create_index(
        "ix_meetups_near_coarse",
        "meetups",
        ["cell_coarse", "starts_at", "ends_at", "x", "y", "z", "id", "listed"],
        sqlite_where=sa.text("listed"),
        postgresql_where=sa.text("listed"),
    )
    op.create_index(
        "ix_meetups_near_fine",
        "meetups",
        ["cell_fine", "starts_at", "ends_at", "x", "y", "z", "id", "listed"],
        sqlite_where=sa.text("listed"),
        postgresql_where=sa.text("listed"),
    )
    op.create_index(op.f("ix_meetups_place_id"), "meetups", ["place_id"])
    op.create_index(
        "ix_meetups_starts_listed",
        "meetups",
        ["starts_at", "id"],
        sqlite_where=sa.text("listed"),
        postgresql_where=sa.text("listed"),
    )


def downgrade() -> None:
    op.drop_table("meetups")
    op.drop_table("host_events")
