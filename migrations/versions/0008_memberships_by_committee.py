"""An index to find who has ever sat on a committee: the one there was holds only open seats."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        op.f("ix_membership_committee_id"), "membership", ["committee_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_membership_committee_id"), table_name="membership")
