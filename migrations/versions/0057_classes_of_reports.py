"""A report has a class of the one kind, and is unclassed until its author states it."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

CLASSES = "'unclassed', 'open', 'exempt', 'confidential'"
BASES = "'government_terms', 'enactment', 'court_order'"
GROUND = (
    "(classification = 'exempt') = (cardinality(exempt_paragraphs) > 0) "
    "AND (classification = 'confidential') = (confidence_basis IS NOT NULL)"
)
# What was sent as unrestricted was said to be so. In a draft the word stood there by itself.
AS_WAS_MEANT = """
    UPDATE report SET classification = CASE
        WHEN classification = 'exempt' THEN 'exempt'
        WHEN status IN ('submitted', 'accepted') THEN 'open'
        ELSE 'unclassed' END
"""
AS_WAS_STATED = """
    INSERT INTO determination (subject_kind, subject_id, classification, exempt_paragraphs,
        terms_of_contract, decided_at, recorded_from)
    SELECT 'report', id, classification, exempt_paragraphs, false,
        coalesce(accepted_at, submitted_at, now()), 'as the author of the report says'
    FROM report WHERE classification <> 'unclassed' ORDER BY id
"""
# Nothing becomes open: what is closed on a ground that the older words do not know is exempt on
# every one that they do. What was never stated goes back to the word that a draft began with.
AS_BEFORE = """
    UPDATE report SET
        exempt_paragraphs = CASE
            WHEN classification = 'confidential'
                OR classification = 'unclassed' AND status IN ('submitted', 'accepted')
            THEN '{1,2,3,4,5,6,7}' ELSE exempt_paragraphs END,
        classification = CASE
            WHEN classification IN ('exempt', 'confidential')
                OR classification = 'unclassed' AND status IN ('submitted', 'accepted')
            THEN 'exempt' ELSE 'unrestricted' END
"""


def upgrade() -> None:
    for name in ("exempt_has_ground", "classification"):
        op.drop_constraint(op.f(f"ck_report_{name}"), "report", type_="check")
    terms = sa.Column("terms_of_contract", sa.Boolean(), nullable=False, server_default="false")
    op.add_column("report", terms)
    op.alter_column("report", "terms_of_contract", server_default=None)
    op.add_column("report", sa.Column("confidence_basis", sa.String(40), nullable=True))
    op.execute(AS_WAS_MEANT)
    op.execute(AS_WAS_STATED)
    op.create_check_constraint(
        op.f("ck_report_classification"), "report", f"classification IN ({CLASSES})"
    )
    op.create_check_constraint(
        op.f("ck_report_confidencebasis"), "report", f"confidence_basis IN ({BASES})"
    )
    op.create_check_constraint(op.f("ck_report_ground_stated"), "report", GROUND)


def downgrade() -> None:
    """Nothing becomes open that was not."""
    for name in ("ground_stated", "confidencebasis", "classification"):
        op.drop_constraint(op.f(f"ck_report_{name}"), "report", type_="check")
    op.execute(AS_BEFORE)
    op.execute("DELETE FROM determination WHERE subject_kind = 'report'")
    for name in ("terms_of_contract", "confidence_basis"):
        op.drop_column("report", name)
    op.create_check_constraint(
        op.f("ck_report_classification"), "report", "classification IN ('unrestricted', 'exempt')"
    )
    op.create_check_constraint(
        op.f("ck_report_exempt_has_ground"),
        "report",
        "(classification = 'exempt') = (cardinality(exempt_paragraphs) > 0)",
    )
