"""The words that a decision maker signed, kept as they were shown."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    words = postgresql.JSONB(none_as_null=True, astext_type=sa.Text())
    op.add_column("decision_record", sa.Column("signed_words", words, nullable=True))
    op.create_check_constraint(
        op.f("ck_decision_record_signed_words_kept"),
        "decision_record",
        "signed_at IS NULL OR (signed_sha256 IS NOT NULL AND signed_words IS NOT NULL)",
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_decision_record_signed_words_kept"), "decision_record")
    op.drop_column("decision_record", "signed_words")
