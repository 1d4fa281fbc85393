"""Minutes: numbers that run on, one minute for each item taken."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "minute_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("first_number", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "first_number >= 1", name=op.f("ck_minute_series_begins_at_one_or_later")
        ),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_minute_series_committee_id_committee")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minute_series")),
    )
    op.create_index(
        op.f("ix_minute_series_committee_id"), "minute_series", ["committee_id"], unique=False
    )
    op.create_table(
        "minutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
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
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approved_at_meeting_id", sa.Integer(), nullable=True),
        sa.Column("signed_by", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status = 'approved') = (approved_on IS NOT NULL)",
            name=op.f("ck_minutes_approved_when"),
        ),
        sa.CheckConstraint(
            "status <> 'approved' OR signed_by <> ''", name=op.f("ck_minutes_approved_and_signed")
        ),
        sa.ForeignKeyConstraint(
            ["approved_at_meeting_id"],
            ["meeting.id"],
            name=op.f("fk_minutes_approved_at_meeting_id_meeting"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_minutes_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_minutes_meeting_id")),
    )
    op.create_index(
        op.f("ix_minutes_approved_at_meeting_id"),
        "minutes",
        ["approved_at_meeting_id"],
        unique=False,
    )
    op.create_table(
        "minute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("agenda_item_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("discussion", sa.String(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "noted",
                "endorsed",
                "endorsed_subject_to",
                "not_endorsed",
                "recommendations_made",
                "agreed",
                "not_agreed",
                "correct_record",
                "deferred",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("condition", sa.String(), nullable=True),
        sa.Column("resolution", sa.String(), nullable=True),
        sa.Column("votes_for", sa.Integer(), nullable=True),
        sa.Column("votes_against", sa.Integer(), nullable=True),
        sa.Column("votes_abstained", sa.Integer(), nullable=True),
        sa.Column(
            "casting_vote",
            sa.Enum(
                "for",
                "against",
                "abstained",
                name="vote",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "access",
            sa.Enum(
                "open",
                "exempt_open_access",
                "exempt_summary",
                name="access",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("public_summary", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "access <> 'exempt_summary' OR public_summary <> ''",
            name=op.f("ck_minute_summary_written"),
        ),
        sa.CheckConstraint(
            "outcome <> 'endorsed_subject_to' OR condition <> ''",
            name=op.f("ck_minute_condition_stated"),
        ),
        sa.CheckConstraint(
            "votes_for >= 0 AND votes_against >= 0 AND votes_abstained >= 0",
            name=op.f("ck_minute_votes_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"],
            ["agenda_item.id"],
            name=op.f("fk_minute_agenda_item_id_agenda_item"),
        ),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["minutes.id"], name=op.f("fk_minute_minutes_id_minutes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minute")),
    )
    op.create_index(op.f("ix_minute_agenda_item_id"), "minute", ["agenda_item_id"], unique=False)
    op.create_index(
        "ix_minute_minutes_id_position", "minute", ["minutes_id", "position"], unique=False
    )


def downgrade() -> None:
    op.drop_index("ix_minute_minutes_id_position", table_name="minute")
    op.drop_index(op.f("ix_minute_agenda_item_id"), table_name="minute")
    op.drop_table("minute")
    op.drop_index(op.f("ix_minutes_approved_at_meeting_id"), table_name="minutes")
    op.drop_table("minutes")
    op.drop_index(op.f("ix_minute_series_committee_id"), table_name="minute_series")
    op.drop_table("minute_series")
