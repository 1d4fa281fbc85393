"""Responses and their answers; equality answers apart, with nothing that leads back."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "response",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "online",
                "email",
                "letter",
                "paper_form",
                "event",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("on_time", sa.Boolean(), nullable=False),
        sa.Column(
            "position",
            sa.Enum(
                "support",
                "against",
                "undecided",
                name="position",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("organisation", sa.String(), nullable=True),
        sa.Column("other_type", sa.String(), nullable=True),
        sa.Column("signatures", sa.Integer(), nullable=False),
        sa.Column(
            "consent",
            sa.Enum(
                "in_full",
                "without_name",
                "not_published",
                name="consent",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("keyed_in_by_id", sa.Integer(), nullable=True),
        sa.Column("same_person_as_id", sa.Integer(), nullable=True),
        sa.Column("considered_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(channel = 'online') = (keyed_in_by_id IS NULL)",
            name=op.f("ck_response_paper_is_keyed"),
        ),
        sa.CheckConstraint("same_person_as_id <> id", name=op.f("ck_response_not_same_as_itself")),
        sa.CheckConstraint("signatures >= 1", name=op.f("ck_response_signed_by_one_at_least")),
        sa.ForeignKeyConstraint(
            ["considered_by_id"],
            ["user_account.id"],
            name=op.f("fk_response_considered_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_response_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["keyed_in_by_id"],
            ["user_account.id"],
            name=op.f("fk_response_keyed_in_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["same_person_as_id"],
            ["response.id"],
            name=op.f("fk_response_same_person_as_id_response"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response")),
        sa.UniqueConstraint("receipt", name=op.f("uq_response_receipt")),
    )
    op.create_index(
        op.f("ix_response_considered_by_id"), "response", ["considered_by_id"], unique=False
    )
    op.create_index(
        "ix_response_consultation_id_id", "response", ["consultation_id", "id"], unique=False
    )
    op.create_index(
        op.f("ix_response_keyed_in_by_id"), "response", ["keyed_in_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_response_same_person_as_id"), "response", ["same_person_as_id"], unique=False
    )
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_answer_question_id_question")
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_answer_response_id_response")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint(
            "response_id", "question_id", name=op.f("uq_answer_response_id_question_id")
        ),
    )
    op.create_index(op.f("ix_answer_question_id"), "answer", ["question_id"], unique=False)
    op.create_table(
        "response_type",
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("respondent_type_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["respondent_type_id"],
            ["respondent_type.id"],
            name=op.f("fk_response_type_respondent_type_id_respondent_type"),
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_response_type_response_id_response")
        ),
        sa.PrimaryKeyConstraint("response_id", "respondent_type_id", name=op.f("pk_response_type")),
    )
    op.create_index(
        op.f("ix_response_type_respondent_type_id"),
        "response_type",
        ["respondent_type_id"],
        unique=False,
    )
    op.create_table(
        "answer_option",
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("option_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answer.id"], name=op.f("fk_answer_option_answer_id_answer")
        ),
        sa.ForeignKeyConstraint(
            ["option_id"],
            ["question_option.id"],
            name=op.f("fk_answer_option_option_id_question_option"),
        ),
        sa.PrimaryKeyConstraint("answer_id", "option_id", name=op.f("pk_answer_option")),
    )
    op.create_index(
        op.f("ix_answer_option_option_id"), "answer_option", ["option_id"], unique=False
    )
    op.create_table(
        "monitoring_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("option_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["option_id"],
            ["question_option.id"],
            name=op.f("fk_monitoring_answer_option_id_question_option"),
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_monitoring_answer_question_id_question")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monitoring_answer")),
    )
    op.create_index(
        op.f("ix_monitoring_answer_option_id"), "monitoring_answer", ["option_id"], unique=False
    )
    op.create_index(
        op.f("ix_monitoring_answer_question_id"), "monitoring_answer", ["question_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_monitoring_answer_question_id"), table_name="monitoring_answer")
    op.drop_index(op.f("ix_monitoring_answer_option_id"), table_name="monitoring_answer")
    op.drop_table("monitoring_answer")
    op.drop_index(op.f("ix_answer_option_option_id"), table_name="answer_option")
    op.drop_table("answer_option")
    op.drop_index(op.f("ix_response_type_respondent_type_id"), table_name="response_type")
    op.drop_table("response_type")
    op.drop_index(op.f("ix_answer_question_id"), table_name="answer")
    op.drop_table("answer")
    op.drop_index(op.f("ix_response_same_person_as_id"), table_name="response")
    op.drop_index(op.f("ix_response_keyed_in_by_id"), table_name="response")
    op.drop_index("ix_response_consultation_id_id", table_name="response")
    op.drop_index(op.f("ix_response_considered_by_id"), table_name="response")
    op.drop_table("response")
