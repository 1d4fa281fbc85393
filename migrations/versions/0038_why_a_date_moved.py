"""Why the date of a meeting changed after its agenda was published."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("meeting", sa.Column("moved_because", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("meeting", "moved_because")
