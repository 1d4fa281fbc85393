"""Minutes in use: numbers within their series, votes that belong together, rules that bite on NULL.

A rule that compares a missing text with '' alone cannot be told, and a CHECK that cannot be told
is kept. Those of minutes are written anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

# Table, name, the rule as it was, and as it is.
MENDED = (
    (
        "minutes",
        "ck_minutes_approved_and_signed",
        "status <> 'approved' OR signed_by <> ''",
        "status <> 'approved' OR "
        "(coalesce(signed_by, '') <> '' AND approved_at_meeting_id IS NOT NULL)",
    ),
    (
        "minute",
        "ck_minute_condition_stated",
        "outcome <> 'endorsed_subject_to' OR condition <> ''",
        "outcome NOT IN ('endorsed_subject_to', 'recommendations_made') "
        "OR coalesce(condition, '') <> ''",
    ),
    (
        "minutes_version",
        "ck_minutes_version_change_has_reason",
        "number = 1 OR change_reason <> ''",
        "number = 1 OR coalesce(change_reason, '') <> ''",
    ),
)

ADDED = (
    (
        "minute",
        "ck_minute_votes_together",
        "(votes_for IS NULL) = (votes_against IS NULL) "
        "AND (votes_for IS NULL) = (votes_abstained IS NULL)",
    ),
    (
        "minute",
        "ck_minute_casting_vote_on_a_tie",
        "casting_vote IS NULL OR "
        "(casting_vote <> 'abstained' AND coalesce(votes_for = votes_against, false))",
    ),
    (
        "minute",
        "ck_minute_numbered_in_a_series",
        "(number IS NULL) = (series_id IS NULL)",
    ),
    ("minutes_version", "ck_minutes_version_published", "became <> 'draft'"),
)


def upgrade() -> None:
    op.add_column("minute", sa.Column("series_id", sa.Integer(), nullable=True))
    op.create_foreign_key(
        op.f("fk_minute_series_id_minute_series"), "minute", "minute_series", ["series_id"], ["id"]
    )
    op.create_unique_constraint(
        op.f("uq_minute_series_id_number"), "minute", ["series_id", "number"]
    )
    for table, name, _, now in MENDED:
        op.drop_constraint(op.f(name), table)
        op.create_check_constraint(op.f(name), table, now)
    for table, name, rule in ADDED:
        op.create_check_constraint(op.f(name), table, rule)


def downgrade() -> None:
    for table, name, _ in ADDED:
        op.drop_constraint(op.f(name), table)
    for table, name, before, _ in MENDED:
        op.drop_constraint(op.f(name), table)
        op.create_check_constraint(op.f(name), table, before)
    op.drop_constraint(op.f("uq_minute_series_id_number"), "minute")
    op.drop_constraint(op.f("fk_minute_series_id_minute_series"), "minute")
    op.drop_column("minute", "series_id")
