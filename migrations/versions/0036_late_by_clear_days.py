"""Whether an agenda was published late goes by clear days, not by the last working day in time."""

from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

NAME = "ck_agenda_version_late_has_reason"


def upgrade() -> None:
    renew("number > 1 OR clear_days >= 5 OR coalesce(late_reason, '') <> ''")


def downgrade() -> None:
    renew("number > 1 OR published_on <= deadline_on OR coalesce(late_reason, '') <> ''")


def renew(says: str) -> None:
    """Let the constraint say something else."""
    op.drop_constraint(op.f(NAME), "agenda_version", type_="check")
    op.create_check_constraint(op.f(NAME), "agenda_version", says)
