"""Of what versions each entry of the search index was made."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    made_of = sa.Column("made_of", sa.String(), nullable=False, server_default="")
    op.add_column("search_entry", made_of)
    op.alter_column("search_entry", "made_of", server_default=None)


def downgrade() -> None:
    op.drop_column("search_entry", "made_of")
