"""Ideas laid out for finding: words, facets, things, tallies."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_idea_library"
down_revision = "20261123_alerts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ideas",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recap_id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=True),
        sa.Column("facets", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ideas")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_ideas_recap_id"), "ideas", ["recap_id"])
    op.create_index(op.f("ix_ideas_challenge_id"), "ideas", ["challenge_id"])
    op.create_table(
        "idea_facets",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("bits", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_idea_facets")),
    )
    op.create_table(
        "idea_things",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("recap_id", sa.Integer(), nullable=False),
        sa.Column("shelf", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("isbn", sa.String(length=13), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("creator", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_things")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_idea_things_recap_id"), "idea_things", ["recap_id"])
    op.create_index(op.f("ix_idea_things_isbn"), "idea_things", ["isbn"])
    op.create_index("ix_idea_things_shelf_key", "idea_things", ["shelf", "key"])
    op.create_table(
        "stick_tallies",
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("gatherings", sa.Integer(), nullable=False),
        sa.Column("ideas", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenges.id"],
            name=op.f("fk_stick_tallies_challenge_id_challenges"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("challenge_id", name=op.f("pk_stick_tallies")),
    )
    op.drop_column("recaps", "search_words")
    # Full text is written differently on each database; migrations/env.py keeps Alembic from comparing it.
    if op.get_bind().dialect.name == "postgresql":
        op.execute("create table idea_words (rowid integer primary key, words tsvector not null)")
        op.execute("create index ix_idea_words_words on idea_words using gin (words) with (fastupdate = off)")
    else:
        op.execute(
            "create virtual table idea_words using fts5(words, detail='none', columnsize=0,"
            " tokenize='unicode61 remove_diacritics 0')"
        )


def downgrade() -> None:
    op.drop_table("idea_words")
    op.add_column("recaps", sa.Column("search_words", sa.Text(), server_default="", nullable=False))
    op.drop_table("stick_tallies")
    op.drop_table("idea_things")
    op.drop_table("idea_facets")
    op.drop_table("ideas")
