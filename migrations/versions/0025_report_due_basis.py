"""How the date was reached on which a report is due."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    basis = sa.Column("due_basis", postgresql.JSONB(astext_type=sa.Text()), nullable=True)
    op.add_column("report", basis)


def downgrade() -> None:
    op.drop_column("report", "due_basis")
