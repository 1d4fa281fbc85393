"""Consultations: whom they ask, and what."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consultation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("proposal", sa.String(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "published",
                "closed",
                "reported",
                "withdrawn",
                name="consultationstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("position_question", sa.String(), nullable=True),
        sa.Column("promotion", sa.String(), nullable=True),
        sa.Column("copies_sent", sa.Integer(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "closes_on >= opens_on", name=op.f("ck_consultation_closes_after_opening")
        ),
        sa.CheckConstraint(
            "copies_sent IS NULL OR copies_sent >= 0",
            name=op.f("ck_consultation_copies_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_consultation_committee_id_committee")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_consultation_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["user_account.id"],
            name=op.f("fk_consultation_officer_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
        sa.UniqueConstraint("slug", name=op.f("uq_consultation_slug")),
    )
    op.create_index(op.f("ix_consultation_closes_on"), "consultation", ["closes_on"], unique=False)
    op.create_index(
        op.f("ix_consultation_committee_id"), "consultation", ["committee_id"], unique=False
    )
    op.create_index(
        op.f("ix_consultation_decision_id"), "consultation", ["decision_id"], unique=False
    )
    op.create_index(
        op.f("ix_consultation_officer_id"), "consultation", ["officer_id"], unique=False
    )
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "one_choice",
                "several_choices",
                "short_text",
                "long_text",
                name="questionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("hint", sa.String(), nullable=True),
        sa.Column("is_monitoring", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_question_consultation_id_consultation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint(
            "consultation_id", "position", name=op.f("uq_question_consultation_id_position")
        ),
    )
    op.create_table(
        "respondent_type",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("singular", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_respondent_type_consultation_id_consultation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_respondent_type")),
        sa.UniqueConstraint(
            "consultation_id", "name", name=op.f("uq_respondent_type_consultation_id_name")
        ),
    )
    op.create_table(
        "question_option",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_question_option_question_id_question")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_option")),
        sa.UniqueConstraint(
            "question_id", "position", name=op.f("uq_question_option_question_id_position")
        ),
    )


def downgrade() -> None:
    op.drop_table("question_option")
    op.drop_table("respondent_type")
    op.drop_table("question")
    op.drop_index(op.f("ix_consultation_officer_id"), table_name="consultation")
    op.drop_index(op.f("ix_consultation_decision_id"), table_name="consultation")
    op.drop_index(op.f("ix_consultation_committee_id"), table_name="consultation")
    op.drop_index(op.f("ix_consultation_closes_on"), table_name="consultation")
    op.drop_table("consultation")
