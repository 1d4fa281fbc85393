"""Reports: their header block, recommendations and steps; papers of a report."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("agenda_item_id", sa.Integer(), nullable=True),
        sa.Column("decision_number", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "asked_for",
                "draft",
                "submitted",
                "returned",
                "accepted",
                "withdrawn",
                name="reportstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("from_whom", sa.String(), nullable=True),
        sa.Column(
            "classification",
            sa.Enum(
                "unrestricted",
                "exempt",
                name="classification",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("exempt_paragraphs", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("past_pathway", sa.String(), nullable=True),
        sa.Column("future_pathway", sa.String(), nullable=True),
        sa.Column("divisions", sa.String(), nullable=True),
        sa.Column("summary", sa.String(), nullable=True),
        sa.Column("background_documents", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("no_background_documents", sa.Boolean(), nullable=False),
        sa.Column("contacts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(classification = 'exempt') = (cardinality(exempt_paragraphs) > 0)",
            name=op.f("ck_report_exempt_has_ground"),
        ),
        sa.CheckConstraint(
            "(status = 'accepted') <= (accepted_at IS NOT NULL)",
            name=op.f("ck_report_accepted_when"),
        ),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"],
            ["agenda_item.id"],
            name=op.f("fk_report_agenda_item_id_agenda_item"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user_account.id"], name=op.f("fk_report_asked_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user_account.id"], name=op.f("fk_report_author_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_report_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    op.create_index(op.f("ix_report_agenda_item_id"), "report", ["agenda_item_id"], unique=False)
    op.create_index(op.f("ix_report_asked_by_id"), "report", ["asked_by_id"], unique=False)
    op.create_index(op.f("ix_report_author_id"), "report", ["author_id"], unique=False)
    op.create_index(op.f("ix_report_decision_number"), "report", ["decision_number"], unique=False)
    op.create_index(op.f("ix_report_due_on"), "report", ["due_on"], unique=False)
    op.create_index(op.f("ix_report_meeting_id"), "report", ["meeting_id"], unique=False)
    op.create_table(
        "recommendation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("verbs", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.CheckConstraint(
            "cardinality(verbs) > 0 AND verbs <@ ARRAY['note', 'consider', 'discuss', "
            "'comment', 'review', 'agree', 'endorse', 'make_recommendations']::varchar[]",
            name=op.f("ck_recommendation_verbs_known"),
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_recommendation_report_id_report")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
    )
    op.create_index(
        op.f("ix_recommendation_report_id"), "recommendation", ["report_id"], unique=False
    )
    op.create_table(
        "report_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column(
            "became",
            sa.Enum(
                "asked_for",
                "draft",
                "submitted",
                "returned",
                "accepted",
                "withdrawn",
                name="reportstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("comment", sa.String(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_report_step_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_step_report_id_report")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_step")),
    )
    op.create_index(op.f("ix_report_step_by_id"), "report_step", ["by_id"], unique=False)
    op.create_index(op.f("ix_report_step_report_id"), "report_step", ["report_id"], unique=False)
    op.add_column("paper", sa.Column("report_id", sa.Integer(), nullable=True))
    op.alter_column("paper", "agenda_item_id", existing_type=sa.INTEGER(), nullable=True)
    op.create_index(op.f("ix_paper_report_id"), "paper", ["report_id"], unique=False)
    op.create_foreign_key(
        op.f("fk_paper_report_id_report"), "paper", "report", ["report_id"], ["id"]
    )
    op.create_check_constraint(
        op.f("ck_paper_belongs_somewhere"),
        "paper",
        "agenda_item_id IS NOT NULL OR report_id IS NOT NULL",
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_paper_belongs_somewhere"), "paper", type_="check")
    op.drop_constraint(op.f("fk_paper_report_id_report"), "paper", type_="foreignkey")
    op.drop_index(op.f("ix_paper_report_id"), table_name="paper")
    op.alter_column("paper", "agenda_item_id", existing_type=sa.INTEGER(), nullable=False)
    op.drop_column("paper", "report_id")
    op.drop_index(op.f("ix_report_step_report_id"), table_name="report_step")
    op.drop_index(op.f("ix_report_step_by_id"), table_name="report_step")
    op.drop_table("report_step")
    op.drop_index(op.f("ix_recommendation_report_id"), table_name="recommendation")
    op.drop_table("recommendation")
    op.drop_index(op.f("ix_report_meeting_id"), table_name="report")
    op.drop_index(op.f("ix_report_due_on"), table_name="report")
    op.drop_index(op.f("ix_report_decision_number"), table_name="report")
    op.drop_index(op.f("ix_report_author_id"), table_name="report")
    op.drop_index(op.f("ix_report_asked_by_id"), table_name="report")
    op.drop_index(op.f("ix_report_agenda_item_id"), table_name="report")
    op.drop_table("report")
