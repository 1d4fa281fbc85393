"""Records of decisions, proposed and final, and call-ins."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "call_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("requested_by", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "requested",
                "valid",
                "refused",
                "confirmed",
                "referred_back",
                name="callinstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("outcome_on", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "reasons <> '' AND requested_by <> ''", name=op.f("ck_call_in_reasons_stated")
        ),
        sa.CheckConstraint(
            "status IN ('requested', 'valid') OR outcome_on IS NOT NULL",
            name=op.f("ck_call_in_outcome_when"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_call_in_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["user_account.id"],
            name=op.f("fk_call_in_recorded_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_in")),
    )
    op.create_index(op.f("ix_call_in_decision_id"), "call_in", ["decision_id"], unique=False)
    op.create_index(op.f("ix_call_in_recorded_by_id"), "call_in", ["recorded_by_id"], unique=False)
    op.create_table(
        "record_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "proposed",
                "final",
                name="recordkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("contents", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("pdf_sha256", sa.String(), nullable=True),
        sa.Column("change_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "number = 1 OR change_reason <> ''", name=op.f("ck_record_version_change_has_reason")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_record_version_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"],
            ["user_account.id"],
            name=op.f("fk_record_version_published_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_version")),
        sa.UniqueConstraint(
            "decision_id", "kind", "number", name=op.f("uq_record_version_decision_id_kind_number")
        ),
    )
    op.create_index(
        op.f("ix_record_version_published_by_id"),
        "record_version",
        ["published_by_id"],
        unique=False,
    )
    op.create_table(
        "decision_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=True),
        sa.Column("for_publication", sa.Boolean(), nullable=False),
        sa.Column("decision_text", sa.String(), nullable=True),
        sa.Column("reasons", sa.String(), nullable=True),
        sa.Column("financial", sa.String(), nullable=True),
        sa.Column("consultation_words", sa.String(), nullable=True),
        sa.Column("committee_view", sa.String(), nullable=True),
        sa.Column("committee_view_minute_id", sa.Integer(), nullable=True),
        sa.Column("alternatives", sa.String(), nullable=True),
        sa.Column("interests", sa.String(), nullable=True),
        sa.Column(
            "equality_state",
            sa.Enum(
                "assessed",
                "screened_out",
                "not_applicable",
                name="equalitystate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("equality_assessed_on", sa.Date(), nullable=True),
        sa.Column("equality_words", sa.String(), nullable=True),
        sa.Column("equality_confirmed", sa.Boolean(), nullable=False),
        sa.Column("responses_confirmed", sa.Boolean(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("signed_sha256", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "equality_state <> 'assessed' OR equality_assessed_on IS NOT NULL",
            name=op.f("ck_decision_record_assessed_when"),
        ),
        sa.CheckConstraint(
            "(signed_at IS NULL) = (signed_by_id IS NULL)",
            name=op.f("ck_decision_record_signed_by_someone"),
        ),
        sa.CheckConstraint(
            "signed_at IS NULL OR (equality_confirmed AND responses_confirmed)",
            name=op.f("ck_decision_record_signed_after_confirming"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decision_record_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_decision_record_report_id_report")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by_id"],
            ["user_account.id"],
            name=op.f("fk_decision_record_signed_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_record")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_decision_record_decision_id")),
    )
    op.create_index(
        op.f("ix_decision_record_report_id"), "decision_record", ["report_id"], unique=False
    )
    op.create_index(
        op.f("ix_decision_record_signed_by_id"), "decision_record", ["signed_by_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_decision_record_signed_by_id"), table_name="decision_record")
    op.drop_index(op.f("ix_decision_record_report_id"), table_name="decision_record")
    op.drop_table("decision_record")
    op.drop_index(op.f("ix_record_version_published_by_id"), table_name="record_version")
    op.drop_table("record_version")
    op.drop_index(op.f("ix_call_in_recorded_by_id"), table_name="call_in")
    op.drop_index(op.f("ix_call_in_decision_id"), table_name="call_in")
    op.drop_table("call_in")
