"""Whoever opens the minute of a closed item knows how the item is closed."""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

# What had been said of the item when the minute got its class: both are numbered in one run.
KNOWN = """
    UPDATE minute SET known_determination_id = (
        SELECT max(of_item.id) FROM determination of_item
        WHERE of_item.subject_kind = 'agenda_item' AND of_item.subject_id = minute.agenda_item_id
        AND of_item.id < (
            SELECT max(own.id) FROM determination own
            WHERE own.subject_kind = 'minute' AND own.subject_id = minute.id
        )
    )
    WHERE open_though_item_closed
"""
# Whose item was classed otherwise since waits, as before where an item was closed after its minute
# was opened.
NO_LONGER_KNOWN = """
    UPDATE minute SET open_though_item_closed = false
    WHERE open_though_item_closed AND EXISTS (
        SELECT FROM determination later
        LEFT JOIN determination known ON known.id = minute.known_determination_id
        WHERE later.subject_kind = 'agenda_item' AND later.subject_id = minute.agenda_item_id
        AND later.id > coalesce(known.id, 0)
        AND (later.classification, later.exempt_paragraphs, later.terms_of_contract,
            later.confidence_basis)
        IS DISTINCT FROM (known.classification, known.exempt_paragraphs, known.terms_of_contract,
            known.confidence_basis)
    )
"""
POINTS_TO_IT = "fk_minute_known_determination_id_determination"


def upgrade() -> None:
    op.add_column("minute", sa.Column("known_determination_id", sa.Integer(), nullable=True))
    op.create_foreign_key(
        op.f(POINTS_TO_IT), "minute", "determination", ["known_determination_id"], ["id"]
    )
    op.create_index(op.f("ix_minute_known_determination_id"), "minute", ["known_determination_id"])
    op.execute(KNOWN)


def downgrade() -> None:
    op.execute(NO_LONGER_KNOWN)
    op.drop_index(op.f("ix_minute_known_determination_id"), "minute")
    op.drop_constraint(op.f(POINTS_TO_IT), "minute", type_="foreignkey")
    op.drop_column("minute", "known_determination_id")
