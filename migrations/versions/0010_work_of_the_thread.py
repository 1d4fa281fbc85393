"""Kinds of background work: letters, published files and the search index."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BEFORE = ("check_paper", "build_pack", "linearise_pack")
ADDED = (
    "send_mail",
    "make_record_files",
    "make_minutes_files",
    "make_summary_files",
    "index_agenda",
)


def upgrade() -> None:
    allow(*BEFORE, *ADDED)


def downgrade() -> None:
    op.execute("DELETE FROM work WHERE kind NOT IN ('check_paper', 'build_pack', 'linearise_pack')")
    allow(*BEFORE)


def allow(*kinds: str) -> None:
    """Let the column hold these words and no others."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    op.drop_constraint(op.f("ck_work_workkind"), "work", type_="check")
    op.create_check_constraint(op.f("ck_work_workkind"), "work", f"kind IN ({listed})")
