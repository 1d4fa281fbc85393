"""Officers are reminded of the day on which an exemption is to be weighed again."""

from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

KINDS = (
    "report_due",
    "report_late",
    "agenda_to_publish",
    "consultation_closing",
    "decision_ready_to_sign",
    "call_in_ended",
    "action_due",
)
ADDED = "exemption_review"


def upgrade() -> None:
    allow(*KINDS, ADDED)


def downgrade() -> None:
    op.execute("DELETE FROM obligation WHERE kind = 'exemption_review'")
    allow(*KINDS)


def allow(*kinds: str) -> None:
    """Let the column hold these words and no others."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    op.drop_constraint(op.f("ck_obligation_obligationkind"), "obligation", type_="check")
    op.create_check_constraint(
        op.f("ck_obligation_obligationkind"), "obligation", f"kind IN ({listed})"
    )
