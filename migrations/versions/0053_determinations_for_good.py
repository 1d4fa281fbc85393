"""What was determined, and who may read, is never changed by the application."""

from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

APPLICATION = "quorate_app"
FROZEN = ("determination", "reading_rule")


def upgrade() -> None:
    for table in FROZEN:
        op.execute(f"REVOKE UPDATE, DELETE ON {table} FROM {APPLICATION}")


def downgrade() -> None:
    for table in FROZEN:
        op.execute(f"GRANT UPDATE, DELETE ON {table} TO {APPLICATION}")
