"""What is remembered of the map service; places that it is asked about later."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_map_service"
down_revision = "20261123_decks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "looked_up",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("hits", sa.JSON(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_looked_up")),
    )
    op.create_index(op.f("ix_looked_up_expires_at"), "looked_up", ["expires_at"])
    op.create_table(
        "map_services",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("next_at", sa.DateTime(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("rests_until", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_map_services")),
    )
    with op.batch_alter_table("places", table_kwargs={"sqlite_autoincrement": True}) as places:
        places.add_column(sa.Column("look_again_at", sa.DateTime(), nullable=True))
        places.add_column(sa.Column("looked_again", sa.Integer(), nullable=False, server_default="0"))
    op.create_index(op.f("ix_places_look_again_at"), "places", ["look_again_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_places_look_again_at"), table_name="places")
    with op.batch_alter_table("places", table_kwargs={"sqlite_autoincrement": True}) as places:
        places.drop_column("looked_again")
        places.drop_column("look_again_at")
    op.drop_table("map_services")
    op.drop_table("looked_up")
