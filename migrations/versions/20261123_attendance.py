"""Who is coming: answers, the bring list, notices and reminders."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_attendance"
down_revision = "20261123_meetups"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bring_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meetup_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=80), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meetup_id"], ["meetups.id"], name=op.f("fk_bring_items_meetup_id_meetups"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bring_items")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_bring_items_meetup_id"), "bring_items", ["meetup_id"])
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meetup_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("old", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("line", sa.String(length=200), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("sends_at", sa.DateTime(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_notices_by_id_people"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["meetup_id"], ["meetups.id"], name=op.f("fk_notices_meetup_id_meetups"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_notices_meetup_id"), "notices", ["meetup_id"])
    op.create_index("ix_notices_state_sends_at", "notices", ["state", "sends_at"])
    op.create_table(
        "reminders",
        sa.Column("meetup_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meetup_id"], ["meetups.id"], name=op.f("fk_reminders_meetup_id_meetups"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("meetup_id", "kind", "day", name=op.f("pk_reminders")),
    )
    op.create_table(
        "rsvps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meetup_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=True),
        sa.Column("answer", sa.String(length=32), nullable=False),
        sa.Column("guests", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("opener", sa.Boolean(), nullable=False),
        sa.Column("can_step_in", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("held_until", sa.DateTime(), nullable=True),
        sa.Column("link_version", sa.Integer(), nullable=False),
        sa.Column("offer_until", sa.DateTime(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=True),
        sa.Column("replies", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("attended", sa.Boolean(), nullable=True),
        sa.Column("checked_in_at", sa.DateTime(), nullable=True),
        sa.Column("unreachable_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("(person_id is null) <> (address is null)", name=op.f("ck_rsvps_member_or_visitor")),
        sa.CheckConstraint("guests >= 0", name=op.f("ck_rsvps_guests_not_negative")),
        sa.ForeignKeyConstraint(
            ["meetup_id"], ["meetups.id"], name=op.f("fk_rsvps_meetup_id_meetups"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_rsvps_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rsvps")),
        sa.UniqueConstraint("meetup_id", "address", name=op.f("uq_rsvps_meetup_id_address")),
        sa.UniqueConstraint("meetup_id", "person_id", name=op.f("uq_rsvps_meetup_id_person_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_rsvps_address"), "rsvps", ["address"])
    op.create_index(op.f("ix_rsvps_held_until"), "rsvps", ["held_until"])
    op.create_index("ix_rsvps_meetup_id_answer", "rsvps", ["meetup_id", "answer", "asked_at", "id"])
    op.create_index(op.f("ix_rsvps_offer_until"), "rsvps", ["offer_until"])
    op.create_index(op.f("ix_rsvps_person_id"), "rsvps", ["person_id"])
    op.create_table(
        "claims",
        sa.Column("bring_item_id", sa.Integer(), nullable=False),
        sa.Column("rsvp_id", sa.Integer(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bring_item_id"], ["bring_items.id"], name=op.f("fk_claims_bring_item_id_bring_items"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["rsvp_id"], ["rsvps.id"], name=op.f("fk_claims_rsvp_id_rsvps"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("bring_item_id", name=op.f("pk_claims")),
    )
    op.create_index(op.f("ix_claims_rsvp_id"), "claims", ["rsvp_id"])


def downgrade() -> None:
    op.drop_table("claims")
    op.drop_table("rsvps")
    op.drop_table("reminders")
    op.drop_table("notices")
    op.drop_table("bring_items")
