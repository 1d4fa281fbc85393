"""Decisions: their numbers, and their notices in the forward plan."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decision_numbers",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_decision_numbers")),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("portfolio_id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("lead_officer_id", sa.Integer(), nullable=True),
        sa.Column("is_key", sa.Boolean(), nullable=False),
        sa.Column(
            "key_criterion",
            sa.Enum(
                "expenditure",
                "two_divisions",
                "both",
                name="keycriterion",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "restriction",
            sa.Enum(
                "open",
                "part_exempt",
                "fully_exempt",
                name="restriction",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("restriction_reason", sa.String(), nullable=True),
        sa.Column("documents", sa.String(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "notified",
                "consulted",
                "pre_scrutinised",
                "ready",
                "taken",
                "published",
                "called_in",
                "effective",
                "implemented",
                "withdrawn",
                "abandoned",
                name="decisionstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("earliest_on", sa.Date(), nullable=True),
        sa.Column(
            "earliest_basis",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=True,
        ),
        sa.Column("external_deadline_on", sa.Date(), nullable=True),
        sa.Column("urgency_reason", sa.String(), nullable=True),
        sa.Column("consultation_quotes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("call_in_ends_on", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column(
            "call_in_basis",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=True,
        ),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("number ~ '^[0-9]{2}/[0-9]{5}$'", name=op.f("ck_decision_number_form")),
        sa.CheckConstraint(
            "restriction = 'open' OR restriction_reason <> ''",
            name=op.f("ck_decision_restriction_has_reason"),
        ),
        sa.CheckConstraint(
            "status = 'draft' OR notified_on IS NOT NULL OR status IN ('withdrawn', 'abandoned')",
            name=op.f("ck_decision_notified_when"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('published', 'called_in', 'effective', 'implemented') OR "
            "(published_on IS NOT NULL AND call_in_ends_on IS NOT NULL AND effective_on IS "
            "NOT NULL)",
            name=op.f("ck_decision_published_when"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('taken', 'published', 'called_in', 'effective', 'implemented') OR "
            "taken_on IS NOT NULL",
            name=op.f("ck_decision_taken_when"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('withdrawn', 'abandoned') OR end_reason <> ''",
            name=op.f("ck_decision_end_has_reason"),
        ),
        sa.CheckConstraint(
            "taken_on IS NULL OR earliest_on IS NULL OR taken_on >= earliest_on OR "
            "urgency_reason <> ''",
            name=op.f("ck_decision_not_before_earliest"),
        ),
        sa.CheckConstraint(
            "is_key = (key_criterion IS NOT NULL)", name=op.f("ck_decision_key_has_criterion")
        ),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_decision_committee_id_committee")
        ),
        sa.ForeignKeyConstraint(
            ["lead_officer_id"],
            ["user_account.id"],
            name=op.f("fk_decision_lead_officer_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["portfolio_id"], ["portfolio.id"], name=op.f("fk_decision_portfolio_id_portfolio")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("number", name=op.f("uq_decision_number")),
    )
    op.create_index(op.f("ix_decision_committee_id"), "decision", ["committee_id"], unique=False)
    op.create_index(op.f("ix_decision_effective_on"), "decision", ["effective_on"], unique=False)
    op.create_index(
        op.f("ix_decision_lead_officer_id"), "decision", ["lead_officer_id"], unique=False
    )
    op.create_index(op.f("ix_decision_portfolio_id"), "decision", ["portfolio_id"], unique=False)
    op.create_index(op.f("ix_decision_published_on"), "decision", ["published_on"], unique=False)
    op.create_index(
        "ix_decision_status_earliest_on", "decision", ["status", "earliest_on"], unique=False
    )
    op.create_table(
        "decision_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("contents", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("change_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "number = 1 OR change_reason <> ''", name=op.f("ck_decision_notice_change_has_reason")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decision_notice_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"],
            ["user_account.id"],
            name=op.f("fk_decision_notice_published_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_notice")),
        sa.UniqueConstraint(
            "decision_id", "number", name=op.f("uq_decision_notice_decision_id_number")
        ),
    )
    op.create_index(
        op.f("ix_decision_notice_published_by_id"),
        "decision_notice",
        ["published_by_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_decision_notice_published_by_id"), table_name="decision_notice")
    op.drop_table("decision_notice")
    op.drop_index("ix_decision_status_earliest_on", table_name="decision")
    op.drop_index(op.f("ix_decision_published_on"), table_name="decision")
    op.drop_index(op.f("ix_decision_portfolio_id"), table_name="decision")
    op.drop_index(op.f("ix_decision_lead_officer_id"), table_name="decision")
    op.drop_index(op.f("ix_decision_effective_on"), table_name="decision")
    op.drop_index(op.f("ix_decision_committee_id"), table_name="decision")
    op.drop_table("decision")
    op.drop_table("decision_numbers")
