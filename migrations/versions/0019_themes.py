"""Themes of responses, who has opened which response, and published summaries."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "summary_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("contents", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("pdf_sha256", sa.String(), nullable=True),
        sa.Column("change_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "number = 1 OR change_reason <> ''", name=op.f("ck_summary_version_change_has_reason")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_summary_version_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"],
            ["user_account.id"],
            name=op.f("fk_summary_version_published_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary_version")),
        sa.UniqueConstraint(
            "consultation_id", "number", name=op.f("uq_summary_version_consultation_id_number")
        ),
    )
    op.create_index(
        op.f("ix_summary_version_published_by_id"),
        "summary_version",
        ["published_by_id"],
        unique=False,
    )
    op.create_table(
        "theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "stance",
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
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("definition", sa.String(), nullable=True),
        sa.Column("officers_answer", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_theme_consultation_id_consultation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sa.UniqueConstraint(
            "consultation_id", "stance", "name", name=op.f("uq_theme_consultation_id_stance_name")
        ),
    )
    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["reader_id"], ["user_account.id"], name=op.f("fk_reading_reader_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_reading_response_id_response")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
        sa.UniqueConstraint(
            "response_id", "reader_id", name=op.f("uq_reading_response_id_reader_id")
        ),
    )
    op.create_index(op.f("ix_reading_reader_id"), "reading", ["reader_id"], unique=False)
    op.create_table(
        "theme_occurrence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("coded_by_id", sa.Integer(), nullable=True),
        sa.Column("coded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["coded_by_id"],
            ["user_account.id"],
            name=op.f("fk_theme_occurrence_coded_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_theme_occurrence_response_id_response")
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_theme_occurrence_theme_id_theme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_occurrence")),
        sa.UniqueConstraint(
            "theme_id", "response_id", name=op.f("uq_theme_occurrence_theme_id_response_id")
        ),
    )
    op.create_index(
        op.f("ix_theme_occurrence_coded_by_id"), "theme_occurrence", ["coded_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_theme_occurrence_response_id"), "theme_occurrence", ["response_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_theme_occurrence_response_id"), table_name="theme_occurrence")
    op.drop_index(op.f("ix_theme_occurrence_coded_by_id"), table_name="theme_occurrence")
    op.drop_table("theme_occurrence")
    op.drop_index(op.f("ix_reading_reader_id"), table_name="reading")
    op.drop_table("reading")
    op.drop_table("theme")
    op.drop_index(op.f("ix_summary_version_published_by_id"), table_name="summary_version")
    op.drop_table("summary_version")
