"""Obligations: what falls due, for whom, and the letter that said so."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "obligation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dedupe_key", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "report_due",
                "report_late",
                "agenda_to_publish",
                "consultation_closing",
                "decision_ready_to_sign",
                "call_in_ended",
                "action_due",
                name="obligationkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("remind_on", sa.Date(), nullable=False),
        sa.Column("deadline_on", sa.Date(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "due",
                "leased",
                "done",
                "cancelled",
                "quarantined",
                name="obligationstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_token", sa.Uuid(), nullable=True),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(status = 'done') = (done_at IS NOT NULL)", name=op.f("ck_obligation_done_when")
        ),
        sa.CheckConstraint(
            "(status = 'leased') = (lease_token IS NOT NULL)",
            name=op.f("ck_obligation_leased_has_token"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_obligation_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_obligation_dedupe_key")),
    )
    op.create_index(op.f("ix_obligation_mail_id"), "obligation", ["mail_id"], unique=False)
    op.create_index(
        "ix_obligation_remind_on",
        "obligation",
        ["remind_on"],
        unique=False,
        postgresql_where=sa.text("status IN ('due', 'leased')"),
    )
    op.create_index(
        "ix_obligation_subject", "obligation", ["subject_kind", "subject_id"], unique=False
    )
    op.create_index(op.f("ix_obligation_user_id"), "obligation", ["user_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_obligation_user_id"), table_name="obligation")
    op.drop_index("ix_obligation_subject", table_name="obligation")
    op.drop_index(
        "ix_obligation_remind_on",
        table_name="obligation",
        postgresql_where=sa.text("status IN ('due', 'leased')"),
    )
    op.drop_index(op.f("ix_obligation_mail_id"), table_name="obligation")
    op.drop_table("obligation")
