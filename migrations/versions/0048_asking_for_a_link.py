"""Asking for a link to a new password, which a worker answers."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

KINDS = (
    "check_paper",
    "build_pack",
    "linearise_pack",
    "send_mail",
    "make_record_files",
    "make_minutes_files",
    "make_summary_files",
    "index_agenda",
)
ADDED = "send_password_link"


def upgrade() -> None:
    op.create_table(
        "password_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_request")),
    )
    allow(*KINDS, ADDED)


def downgrade() -> None:
    op.execute("DELETE FROM work WHERE kind = 'send_password_link'")
    allow(*KINDS)
    op.drop_table("password_request")


def allow(*kinds: str) -> None:
    """Let the column hold these words and no others."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    op.drop_constraint(op.f("ck_work_workkind"), "work", type_="check")
    op.create_check_constraint(op.f("ck_work_workkind"), "work", f"kind IN ({listed})")
