"""The class of each agenda item, and how it came by it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

CLASSES = "'unclassed', 'open', 'exempt', 'confidential'"
BASES = "'government_terms', 'enactment', 'court_order'"
ROLES = (
    "'administrator', 'monitoring_officer', 'democratic_services_officer', 'clearance_officer', "
    "'director', 'report_author', 'auditor', 'registered_public', 'scrutiny_chairman', "
    "'group_spokesman', 'co_opted_member', 'committee_member', 'decision_maker'"
)
GROUNDS = (
    "'paragraph_one', 'paragraph_two', 'paragraph_three', 'terms_of_contract', 'paragraph_four', "
    "'paragraph_five', 'paragraph_six', 'paragraph_seven', 'confidential'"
)
GROUND = (
    "(classification = 'exempt') = (cardinality(exempt_paragraphs) > 0) "
    "AND (classification = 'confidential') = (confidence_basis IS NOT NULL)"
)


def upgrade() -> None:
    op.create_table(
        "determination",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("factors_for", sa.String(), nullable=True),
        sa.Column("factors_against", sa.String(), nullable=True),
        sa.Column("conclusion", sa.String(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_from", sa.String(), nullable=True),
        sa.Column("classification", sa.String(length=40), nullable=False),
        sa.Column("exempt_paragraphs", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("terms_of_contract", sa.Boolean(), nullable=False),
        sa.Column("confidence_basis", sa.String(length=40), nullable=True),
        sa.CheckConstraint(GROUND, name=op.f("ck_determination_ground_stated")),
        sa.CheckConstraint(
            "classification <> 'unclassed'", name=op.f("ck_determination_class_given")
        ),
        sa.CheckConstraint(
            "classification <> 'exempt' OR coalesce(recorded_from, '') <> '' "
            "OR (coalesce(factors_for, '') <> '' AND coalesce(factors_against, '') <> '' "
            "AND coalesce(conclusion, '') <> '' AND review_on IS NOT NULL)",
            name=op.f("ck_determination_exempt_was_tested"),
        ),
        sa.CheckConstraint(
            f"classification IN ({CLASSES})", name=op.f("ck_determination_classification")
        ),
        sa.CheckConstraint(
            f"confidence_basis IN ({BASES})", name=op.f("ck_determination_confidencebasis")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["user_account.id"],
            name=op.f("fk_determination_decided_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_determination")),
    )
    op.create_index(
        "ix_determination_subject", "determination", ["subject_kind", "subject_id", "id"]
    )
    op.create_index("ix_determination_review_on", "determination", ["review_on"])
    op.create_index(op.f("ix_determination_decided_by_id"), "determination", ["decided_by_id"])
    _items()
    _rules()


def _rules() -> None:
    op.create_table(
        "reading_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("standing", sa.String(length=40), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("may_read", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_reading_rule_reason_stated")),
        sa.CheckConstraint(f"role IN ({ROLES})", name=op.f("ck_reading_rule_role")),
        sa.CheckConstraint(
            "standing IN ('on_committee', 'elsewhere')", name=op.f("ck_reading_rule_standing")
        ),
        sa.CheckConstraint(f"ground IN ({GROUNDS})", name=op.f("ck_reading_rule_ground")),
        sa.ForeignKeyConstraint(
            ["set_by_id"],
            ["user_account.id"],
            name=op.f("fk_reading_rule_set_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_rule")),
    )
    op.create_index(op.f("ix_reading_rule_set_by_id"), "reading_rule", ["set_by_id"])


def _items() -> None:
    """What was open or exempt stays so; from now on an item is neither until somebody says."""
    op.drop_constraint(op.f("ck_agenda_item_part"), "agenda_item", type_="check")
    op.alter_column("agenda_item", "part", new_column_name="classification")
    terms = sa.Column("terms_of_contract", sa.Boolean(), nullable=False, server_default="false")
    op.add_column("agenda_item", terms)
    op.alter_column("agenda_item", "terms_of_contract", server_default=None)
    op.add_column("agenda_item", sa.Column("confidence_basis", sa.String(length=40)))
    op.create_check_constraint(
        op.f("ck_agenda_item_classification"), "agenda_item", f"classification IN ({CLASSES})"
    )
    op.create_check_constraint(
        op.f("ck_agenda_item_confidencebasis"), "agenda_item", f"confidence_basis IN ({BASES})"
    )
    op.create_check_constraint(op.f("ck_agenda_item_ground_stated"), "agenda_item", GROUND)


def downgrade() -> None:
    """What nobody has classed, and what is confidential, becomes exempt: nothing becomes open."""
    for name in ("ground_stated", "confidencebasis", "classification"):
        op.drop_constraint(op.f(f"ck_agenda_item_{name}"), "agenda_item", type_="check")
    op.execute(
        "UPDATE agenda_item SET classification = 'exempt' "
        "WHERE classification IN ('unclassed', 'confidential')"
    )
    op.drop_column("agenda_item", "confidence_basis")
    op.drop_column("agenda_item", "terms_of_contract")
    op.alter_column("agenda_item", "classification", new_column_name="part")
    op.create_check_constraint(
        op.f("ck_agenda_item_part"), "agenda_item", "part IN ('open', 'exempt')"
    )
    op.drop_table("reading_rule")
    op.drop_table("determination")
