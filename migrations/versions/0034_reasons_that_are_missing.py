"""A reason that is missing altogether no longer passes where one must be stated."""

from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

# Table, constraint, what it says now, and what it said, which NULL passed.
CHECKS = (
    (
        "agenda_version",
        "change_has_reason",
        "number = 1 OR coalesce(change_reason, '') <> ''",
        "number = 1 OR change_reason <> ''",
    ),
    (
        "agenda_version",
        "late_has_reason",
        "number > 1 OR published_on <= deadline_on OR coalesce(late_reason, '') <> ''",
        "number > 1 OR published_on <= deadline_on OR late_reason <> ''",
    ),
    (
        "minute",
        "summary_written",
        "access <> 'exempt_summary' OR coalesce(public_summary, '') <> ''",
        "access <> 'exempt_summary' OR public_summary <> ''",
    ),
)


def upgrade() -> None:
    for table, name, now, _ in CHECKS:
        renew(table, name, now)


def downgrade() -> None:
    for table, name, _, before in CHECKS:
        renew(table, name, before)


def renew(table: str, name: str, says: str) -> None:
    """Let the constraint of this name say something else."""
    op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, says)
