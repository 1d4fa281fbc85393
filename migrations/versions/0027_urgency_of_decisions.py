"""Urgent decisions, waivers of call-in, reassignment, and records not for publication.

The rules that ask for a reason compared it with '' alone. Of a reason that is not there PostgreSQL
cannot say whether it differs from '', and a CHECK that cannot be told is kept: so they let a
missing reason pass. They are written anew.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

URGENCY = sa.Enum(
    "general_exception",
    "special_urgency",
    name="urgency",
    native_enum=False,
    create_constraint=True,
    length=40,
)

# Table, name, the rule as it was, and as it is.
MENDED = (
    (
        "decision",
        "ck_decision_end_has_reason",
        "status NOT IN ('withdrawn', 'abandoned') OR end_reason <> ''",
        "status NOT IN ('withdrawn', 'abandoned') OR coalesce(end_reason, '') <> ''",
    ),
    (
        "decision",
        "ck_decision_restriction_has_reason",
        "restriction = 'open' OR restriction_reason <> ''",
        "restriction = 'open' OR coalesce(restriction_reason, '') <> ''",
    ),
    (
        "decision",
        "ck_decision_not_before_earliest",
        "taken_on IS NULL OR earliest_on IS NULL OR taken_on >= earliest_on "
        "OR urgency_reason <> ''",
        "taken_on IS NULL OR earliest_on IS NULL OR taken_on >= earliest_on OR urgency IS NOT NULL",
    ),
    (
        "decision_notice",
        "ck_decision_notice_change_has_reason",
        "number = 1 OR change_reason <> ''",
        "number = 1 OR coalesce(change_reason, '') <> ''",
    ),
    (
        "record_version",
        "ck_record_version_change_has_reason",
        "number = 1 OR change_reason <> ''",
        "number = 1 OR coalesce(change_reason, '') <> ''",
    ),
)

ADDED = (
    (
        "ck_decision_urgency_agreed",
        "urgency IS NULL OR "
        "(coalesce(urgency_reason, '') <> '' AND coalesce(urgency_agreed_by, '') <> '')",
    ),
    (
        "ck_decision_exception_published",
        "(urgency = 'general_exception') <= (exception_published_on IS NOT NULL)",
    ),
    (
        "ck_decision_waiver_agreed",
        "call_in_waiver_reason IS NULL OR "
        "(call_in_waiver_reason <> '' AND coalesce(call_in_waiver_agreed_by, '') <> '')",
    ),
)


def upgrade() -> None:
    op.add_column("decision", sa.Column("urgency", URGENCY, nullable=True))
    op.add_column("decision", sa.Column("urgency_agreed_by", sa.String(), nullable=True))
    op.add_column("decision", sa.Column("exception_published_on", sa.Date(), nullable=True))
    op.add_column("decision", sa.Column("call_in_waiver_reason", sa.String(), nullable=True))
    op.add_column("decision", sa.Column("call_in_waiver_agreed_by", sa.String(), nullable=True))
    for name, rule in ADDED:
        op.create_check_constraint(op.f(name), "decision", rule)
    op.create_index("ix_decision_taken_on", "decision", ["taken_on"])
    op.add_column("decision_record", sa.Column("reassignment", sa.String(), nullable=True))
    restricted = postgresql.JSONB(none_as_null=True, astext_type=sa.Text())
    op.add_column("record_version", sa.Column("restricted_contents", restricted, nullable=True))
    for table, name, _, now in MENDED:
        op.drop_constraint(op.f(name), table)
        op.create_check_constraint(op.f(name), table, now)


def downgrade() -> None:
    for table, name, before, _ in MENDED:
        op.drop_constraint(op.f(name), table)
        op.create_check_constraint(op.f(name), table, before)
    op.drop_column("record_version", "restricted_contents")
    op.drop_column("decision_record", "reassignment")
    op.drop_index("ix_decision_taken_on", table_name="decision")
    for name, _ in ADDED:
        op.drop_constraint(op.f(name), "decision")
    op.drop_column("decision", "call_in_waiver_agreed_by")
    op.drop_column("decision", "call_in_waiver_reason")
    op.drop_column("decision", "exception_published_on")
    op.drop_column("decision", "urgency_agreed_by")
    op.drop_column("decision", "urgency")
