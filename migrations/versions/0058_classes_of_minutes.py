"""Each minute has a class of its own."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

CLASSES = "'unclassed', 'open', 'exempt', 'confidential'"
BASES = "'government_terms', 'enactment', 'court_order'"
ACCESSES = "'open', 'exempt_open_access', 'exempt_summary'"
GROUND = (
    "(classification = 'exempt') = (cardinality(exempt_paragraphs) > 0) "
    "AND (classification = 'confidential') = (confidence_basis IS NOT NULL)"
)
# What was published for anyone stays open, and a note beside a closed item was opened knowingly.
# What nobody has published waits until somebody says.
OPEN = """
    UPDATE minute SET classification = 'open',
        open_though_item_closed = (access = 'exempt_open_access')
    WHERE number IS NOT NULL AND access <> 'exempt_summary'
"""
# A minute of which the public reads a summary has its item's class, if the item is closed at all.
AS_THEIR_ITEM = """
    UPDATE minute SET classification = i.classification, exempt_paragraphs = i.exempt_paragraphs,
        terms_of_contract = i.terms_of_contract, confidence_basis = i.confidence_basis
    FROM agenda_item i
    WHERE i.id = minute.agenda_item_id AND minute.access = 'exempt_summary'
    AND i.classification IN ('exempt', 'confidential')
"""
GIVEN = """
    INSERT INTO determination (subject_kind, subject_id, classification, exempt_paragraphs,
        terms_of_contract, confidence_basis, factors_for, factors_against, conclusion, review_on,
        decided_at, recorded_from)
    SELECT 'minute', minute.id, minute.classification, minute.exempt_paragraphs,
        minute.terms_of_contract, minute.confidence_basis, tested.factors_for,
        tested.factors_against, tested.conclusion, tested.review_on, now(),
        CASE minute.classification WHEN 'open' THEN 'taken over from the minutes as published'
        ELSE 'taken over from its item' END
    FROM minute LEFT JOIN LATERAL (
        SELECT d.factors_for, d.factors_against, d.conclusion, d.review_on FROM determination d
        WHERE d.subject_kind = 'agenda_item' AND d.subject_id = minute.agenda_item_id
        AND d.classification = 'exempt' AND minute.classification = 'exempt'
        ORDER BY d.id DESC LIMIT 1
    ) tested ON true
    WHERE minute.classification <> 'unclassed' ORDER BY minute.id
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
        sa.Column("open_though_item_closed", sa.Boolean(), nullable=False, server_default="false"),
    ):
        op.add_column("minute", column)
        op.alter_column("minute", column.name, server_default=None)
    op.add_column("minute", sa.Column("confidence_basis", sa.String(40), nullable=True))
    for change in (OPEN, AS_THEIR_ITEM, GIVEN):
        op.execute(change)
    op.execute("UPDATE minute SET public_summary = NULL WHERE public_summary = ''")
    for name in ("summary_written", "access"):
        op.drop_constraint(op.f(f"ck_minute_{name}"), "minute", type_="check")
    op.drop_column("minute", "access")
    for name, condition in (
        ("classification", f"classification IN ({CLASSES})"),
        ("confidencebasis", f"confidence_basis IN ({BASES})"),
        ("ground_stated", GROUND),
        ("summary_written", "public_summary IS NULL OR public_summary <> ''"),
        ("opened_knowingly", "classification = 'open' OR NOT open_though_item_closed"),
    ):
        op.create_check_constraint(op.f(f"ck_minute_{name}"), "minute", condition)


def downgrade() -> None:
    """What is not open, for whatever reason, is read as a summary: nothing becomes open."""
    access = sa.Column("access", sa.String(40), nullable=False, server_default="exempt_summary")
    op.add_column("minute", access)
    op.alter_column("minute", "access", server_default=None)
    op.execute(
        "UPDATE minute SET access = CASE WHEN open_though_item_closed THEN 'exempt_open_access' "
        "ELSE 'open' END WHERE classification = 'open'"
    )
    for name in (
        "opened_knowingly",
        "summary_written",
        "ground_stated",
        "confidencebasis",
        "classification",
    ):
        op.drop_constraint(op.f(f"ck_minute_{name}"), "minute", type_="check")
    for name in (
        "classification",
        "exempt_paragraphs",
        "terms_of_contract",
        "confidence_basis",
        "open_though_item_closed",
    ):
        op.drop_column("minute", name)
    op.create_check_constraint(op.f("ck_minute_access"), "minute", f"access IN ({ACCESSES})")
    op.create_check_constraint(
        op.f("ck_minute_summary_written"),
        "minute",
        "access <> 'exempt_summary' OR public_summary IS NULL OR public_summary <> ''",
    )
