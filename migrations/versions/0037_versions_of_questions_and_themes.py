"""Questions, types of respondent and themes count their changes, so that none is lost unseen."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

TABLES = ("question", "respondent_type", "theme")


def upgrade() -> None:
    for table in TABLES:
        version = sa.Column("version", sa.Integer(), nullable=False, server_default="1")
        op.add_column(table, version)
        op.alter_column(table, "version", server_default=None)


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "version")
