"""Errors that work raised, counted apart from workers that died."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("work", sa.Column("errors", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("work", "errors")
