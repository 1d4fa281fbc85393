"""The search index over what anyone may read."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "meeting",
                "agenda_item",
                "paper",
                "decision",
                "consultation",
                "minute",
                name="entrykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("printed_page", sa.String(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("committee_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column(
            "words",
            postgresql.TSVECTOR(),
            sa.Computed(
                "setweight(to_tsvector('english', title), 'A') || "
                "setweight(to_tsvector('english', text), 'B')",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_search_entry_committee_id_committee")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_search_entry_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
        sa.UniqueConstraint(
            "kind", "subject_id", "page", name=op.f("uq_search_entry_kind_subject_id_page")
        ),
    )
    op.create_index(
        op.f("ix_search_entry_committee_id"), "search_entry", ["committee_id"], unique=False
    )
    op.create_index(
        op.f("ix_search_entry_meeting_id"), "search_entry", ["meeting_id"], unique=False
    )
    op.create_index(
        "ix_search_entry_words", "search_entry", ["words"], unique=False, postgresql_using="gin"
    )


def downgrade() -> None:
    op.drop_index("ix_search_entry_words", table_name="search_entry", postgresql_using="gin")
    op.drop_index(op.f("ix_search_entry_meeting_id"), table_name="search_entry")
    op.drop_index(op.f("ix_search_entry_committee_id"), table_name="search_entry")
    op.drop_table("search_entry")
