"""The committee to whose business an obligation belongs."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Nothing wrote obligations before this, so there is no row without a committee.
    op.add_column("obligation", sa.Column("committee_id", sa.Integer(), nullable=False))
    op.create_foreign_key(
        op.f("fk_obligation_committee_id_committee"),
        "obligation",
        "committee",
        ["committee_id"],
        ["id"],
    )
    op.create_index(op.f("ix_obligation_committee_id"), "obligation", ["committee_id"])
    op.create_index("ix_obligation_status_remind_on", "obligation", ["status", "remind_on"])


def downgrade() -> None:
    op.drop_index("ix_obligation_status_remind_on", table_name="obligation")
    op.drop_index(op.f("ix_obligation_committee_id"), table_name="obligation")
    op.drop_constraint(op.f("fk_obligation_committee_id_committee"), "obligation")
    op.drop_column("obligation", "committee_id")
