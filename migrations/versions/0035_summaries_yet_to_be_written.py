"""A minute of an exempt item is begun before anybody has written its summary for the public."""

from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

NAME = "ck_minute_summary_written"
NOW = "access <> 'exempt_summary' OR public_summary IS NULL OR public_summary <> ''"
BEFORE = "access <> 'exempt_summary' OR coalesce(public_summary, '') <> ''"


def upgrade() -> None:
    op.drop_constraint(op.f(NAME), "minute", type_="check")
    op.create_check_constraint(op.f(NAME), "minute", NOW)


def downgrade() -> None:
    op.drop_constraint(op.f(NAME), "minute", type_="check")
    op.create_check_constraint(op.f(NAME), "minute", BEFORE)
