"""Named votes, actions, and minutes as they were published."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "minutes_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "became",
            sa.Enum(
                "draft",
                "published_draft",
                "approved",
                name="minutesstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("open_contents", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("restricted_contents", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("pdf_sha256", sa.String(), nullable=True),
        sa.Column("word_sha256", sa.String(), nullable=True),
        sa.Column("change_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "number = 1 OR change_reason <> ''", name=op.f("ck_minutes_version_change_has_reason")
        ),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["minutes.id"], name=op.f("fk_minutes_version_minutes_id_minutes")
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"],
            ["user_account.id"],
            name=op.f("fk_minutes_version_published_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_version")),
        sa.UniqueConstraint(
            "minutes_id", "number", name=op.f("uq_minutes_version_minutes_id_number")
        ),
    )
    op.create_index(
        op.f("ix_minutes_version_published_by_id"),
        "minutes_version",
        ["published_by_id"],
        unique=False,
    )
    op.create_table(
        "action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("minute_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("owner_name", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "done",
                "cancelled",
                name="actionstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status = 'done') = (done_on IS NOT NULL)", name=op.f("ck_action_done_when")
        ),
        sa.ForeignKeyConstraint(
            ["minute_id"], ["minute.id"], name=op.f("fk_action_minute_id_minute")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user_account.id"], name=op.f("fk_action_owner_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
    )
    op.create_index(op.f("ix_action_due_on"), "action", ["due_on"], unique=False)
    op.create_index(op.f("ix_action_minute_id"), "action", ["minute_id"], unique=False)
    op.create_index(op.f("ix_action_owner_id"), "action", ["owner_id"], unique=False)
    op.create_table(
        "named_vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("minute_id", sa.Integer(), nullable=False),
        sa.Column("councillor_id", sa.Integer(), nullable=False),
        sa.Column(
            "vote",
            sa.Enum(
                "for",
                "against",
                "abstained",
                name="vote",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["councillor_id"],
            ["councillor.id"],
            name=op.f("fk_named_vote_councillor_id_councillor"),
        ),
        sa.ForeignKeyConstraint(
            ["minute_id"], ["minute.id"], name=op.f("fk_named_vote_minute_id_minute")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_named_vote")),
        sa.UniqueConstraint(
            "minute_id", "councillor_id", name=op.f("uq_named_vote_minute_id_councillor_id")
        ),
    )
    op.create_index(
        op.f("ix_named_vote_councillor_id"), "named_vote", ["councillor_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_named_vote_councillor_id"), table_name="named_vote")
    op.drop_table("named_vote")
    op.drop_index(op.f("ix_action_owner_id"), table_name="action")
    op.drop_index(op.f("ix_action_minute_id"), table_name="action")
    op.drop_index(op.f("ix_action_due_on"), table_name="action")
    op.drop_table("action")
    op.drop_index(op.f("ix_minutes_version_published_by_id"), table_name="minutes_version")
    op.drop_table("minutes_version")
