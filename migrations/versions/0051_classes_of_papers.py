"""A paper may be stricter than its item."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

CLASSES = "'unclassed', 'open', 'exempt', 'confidential'"
BASES = "'government_terms', 'enactment', 'court_order'"
GROUND = (
    "(classification = 'exempt') = (cardinality(exempt_paragraphs) > 0) "
    "AND (classification = 'confidential') = (confidence_basis IS NOT NULL)"
)
# What stood under an open item was open with it. The rest waits until somebody says.
AS_THEIR_ITEM = """
    UPDATE paper SET classification = 'open' FROM agenda_item
    WHERE agenda_item.id = paper.agenda_item_id AND agenda_item.classification = 'open'
"""


def upgrade() -> None:
    for column in (
        sa.Column("classification", sa.String(40), nullable=False, server_default="unclassed"),
        sa.Column(
            "exempt_paragraphs",
            postgresql.ARRAY(sa.Integer()),
            nullable=False,
            server_default="{}",
        ),
        sa.Column("terms_of_contract", sa.Boolean(), nullable=False, server_default="false"),
    ):
        op.add_column("paper", column)
        op.alter_column("paper", column.name, server_default=None)
    op.add_column("paper", sa.Column("confidence_basis", sa.String(40), nullable=True))
    op.execute(AS_THEIR_ITEM)
    op.create_check_constraint(
        op.f("ck_paper_classification"), "paper", f"classification IN ({CLASSES})"
    )
    op.create_check_constraint(
        op.f("ck_paper_confidencebasis"), "paper", f"confidence_basis IN ({BASES})"
    )
    op.create_check_constraint(op.f("ck_paper_ground_stated"), "paper", GROUND)


def downgrade() -> None:
    """An open item may not show what was closed in it: such papers are taken off it."""
    op.execute(
        "UPDATE paper SET removed_at = now() FROM agenda_item "
        "WHERE agenda_item.id = paper.agenda_item_id AND agenda_item.classification = 'open' "
        "AND paper.classification <> 'open' AND paper.removed_at IS NULL"
    )
    for name in ("ground_stated", "confidencebasis", "classification"):
        op.drop_constraint(op.f(f"ck_paper_{name}"), "paper", type_="check")
    for name in ("classification", "exempt_paragraphs", "terms_of_contract", "confidence_basis"):
        op.drop_column("paper", name)
