"""Whoever waits for the end of the chain waits longer than for a row, as a large import asks it."""

from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # An import holds the chain's lock while all of its entries are joined, within its commit. Each
    # other writer stands before the same lock with all its work done: no cycle can come of it, and
    # what bounds a statement bounds this wait too.
    op.execute("ALTER FUNCTION audit_joins_entry() SET lock_timeout = '60s'")


def downgrade() -> None:
    op.execute("ALTER FUNCTION audit_joins_entry() RESET lock_timeout")
