"""What was closed on an agenda stays off the public work programme, however often it is put off."""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

# The item of the agenda on which it stood last; or one of its title on an agenda from which it was
# put off, since the place of that one may have been forgotten.
WAS_CLOSED = """
    UPDATE programme_item planned SET was_closed = true
    WHERE EXISTS (
        SELECT FROM agenda_item closed
        WHERE closed.classification IN ('exempt', 'confidential') AND (
            closed.id = planned.agenda_item_id
            OR closed.title = planned.title AND EXISTS (
                SELECT FROM deferral WHERE deferral.programme_item_id = planned.id
                AND deferral.from_meeting_id = closed.meeting_id)))
"""


def upgrade() -> None:
    was_closed = sa.Column("was_closed", sa.Boolean(), nullable=False, server_default="false")
    op.add_column("programme_item", was_closed)
    op.alter_column("programme_item", "was_closed", server_default=None)
    op.execute(WAS_CLOSED)


def downgrade() -> None:
    """What nothing else hides is dropped, so that whoever plans it again sees its title first."""
    op.execute(
        "UPDATE programme_item SET status = 'dropped' "
        "WHERE was_closed AND status = 'planned' AND agenda_item_id IS NULL"
    )
    op.drop_column("programme_item", "was_closed")
