"""Known browsers can be forgotten, and all of one account be counted together."""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "user_account", sa.Column("browsers_known_since", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column("sign_in_try", sa.Column("browser_sha256", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("sign_in_try", "browser_sha256")
    op.drop_column("user_account", "browsers_known_since")
