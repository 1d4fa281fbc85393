"""Every response has a class, and is closed until somebody opens it.

No summary that was published quotes a response, so none of those that are there was ever open.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

CLASSES = "'unclassed', 'open', 'exempt', 'confidential'"
BASES = "'government_terms', 'enactment', 'court_order'"
GROUND = (
    "(classification = 'exempt') = (cardinality(exempt_paragraphs) > 0) "
    "AND (classification = 'confidential') = (confidence_basis IS NOT NULL)"
)
NAME_BY_CONSENT = (
    "CASE WHEN ((consent)::text = 'in_full'::text) THEN name ELSE NULL::character varying END"
)


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
        op.add_column("response", column)
        op.alter_column("response", column.name, server_default=None)
    op.add_column("response", sa.Column("confidence_basis", sa.String(40), nullable=True))
    op.add_column(
        "response",
        sa.Column("published_name", sa.String(), sa.Computed(NAME_BY_CONSENT, persisted=True)),
    )
    op.create_check_constraint(
        op.f("ck_response_classification"), "response", f"classification IN ({CLASSES})"
    )
    op.create_check_constraint(
        op.f("ck_response_confidencebasis"), "response", f"confidence_basis IN ({BASES})"
    )
    op.create_check_constraint(op.f("ck_response_ground_stated"), "response", GROUND)
    op.create_check_constraint(
        op.f("ck_response_opened_by_consent"),
        "response",
        "classification <> 'open' OR consent <> 'not_published'",
    )


def downgrade() -> None:
    for name in ("opened_by_consent", "ground_stated", "confidencebasis", "classification"):
        op.drop_constraint(op.f(f"ck_response_{name}"), "response", type_="check")
    for name in (
        "published_name",
        "classification",
        "exempt_paragraphs",
        "terms_of_contract",
        "confidence_basis",
    ):
        op.drop_column("response", name)
