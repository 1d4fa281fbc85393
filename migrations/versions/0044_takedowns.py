"""Published things that were taken down, with the reason that stands in their place."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "takedown",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "paper_version",
                "agenda_version",
                "decision_notice",
                "record_version",
                "minutes_version",
                "summary_version",
                "consultation",
                name="publishedkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "asked_for",
                "in_force",
                "refused",
                "lifted",
                name="takedownstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("addresses", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("consultation_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("allowed_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status IN ('in_force', 'lifted')) = (began_at IS NOT NULL)",
            name=op.f("ck_takedown_began_when"),
        ),
        sa.CheckConstraint(
            "(status IN ('refused', 'lifted')) = (ended_at IS NOT NULL)",
            name=op.f("ck_takedown_ended_when"),
        ),
        sa.CheckConstraint("btrim(reason) <> ''", name=op.f("ck_takedown_has_reason")),
        sa.CheckConstraint(
            "ended_at IS NULL OR coalesce(end_reason, '') <> ''",
            name=op.f("ck_takedown_end_has_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["allowed_by_id"],
            ["user_account.id"],
            name=op.f("fk_takedown_allowed_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user_account.id"], name=op.f("fk_takedown_asked_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_takedown_committee_id_committee")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["user_account.id"], name=op.f("fk_takedown_ended_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takedown")),
    )
    op.create_index(op.f("ix_takedown_allowed_by_id"), "takedown", ["allowed_by_id"], unique=False)
    op.create_index(op.f("ix_takedown_asked_by_id"), "takedown", ["asked_by_id"], unique=False)
    op.create_index(op.f("ix_takedown_committee_id"), "takedown", ["committee_id"], unique=False)
    op.create_index(
        op.f("ix_takedown_consultation_id"), "takedown", ["consultation_id"], unique=False
    )
    op.create_index(op.f("ix_takedown_decision_id"), "takedown", ["decision_id"], unique=False)
    op.create_index(op.f("ix_takedown_ended_by_id"), "takedown", ["ended_by_id"], unique=False)
    op.create_index(op.f("ix_takedown_meeting_id"), "takedown", ["meeting_id"], unique=False)
    op.create_index(
        "uq_takedown_open",
        "takedown",
        ["kind", "subject_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('asked_for', 'in_force')"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_takedown_open",
        table_name="takedown",
        postgresql_where=sa.text("status IN ('asked_for', 'in_force')"),
    )
    op.drop_index(op.f("ix_takedown_meeting_id"), table_name="takedown")
    op.drop_index(op.f("ix_takedown_ended_by_id"), table_name="takedown")
    op.drop_index(op.f("ix_takedown_decision_id"), table_name="takedown")
    op.drop_index(op.f("ix_takedown_consultation_id"), table_name="takedown")
    op.drop_index(op.f("ix_takedown_committee_id"), table_name="takedown")
    op.drop_index(op.f("ix_takedown_asked_by_id"), table_name="takedown")
    op.drop_index(op.f("ix_takedown_allowed_by_id"), table_name="takedown")
    op.drop_table("takedown")
