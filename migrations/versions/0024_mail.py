"""Mail that is owed, was sent, or could not be."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("to_address", sa.String(), nullable=False),
        sa.Column("to_user_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "due",
                "sent",
                "failed",
                "cancelled",
                name="mailstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.Column("concerns_kind", sa.String(), nullable=True),
        sa.Column("concerns_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(status = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_mail_sent_has_instant")
        ),
        sa.CheckConstraint(
            "(concerns_kind IS NULL) = (concerns_id IS NULL)",
            name=op.f("ck_mail_concerns_kind_and_id"),
        ),
        sa.CheckConstraint(
            "subject !~ '[[:cntrl:]]' AND to_address !~ '[[:cntrl:]]'",
            name=op.f("ck_mail_headers_on_one_line"),
        ),
        sa.CheckConstraint("message_id ~ '^[a-z0-9.-]+$'", name=op.f("ck_mail_message_id_plain")),
        sa.ForeignKeyConstraint(
            ["to_user_id"], ["user_account.id"], name=op.f("fk_mail_to_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("key", name=op.f("uq_mail_key")),
        sa.UniqueConstraint("message_id", name=op.f("uq_mail_message_id")),
    )
    op.create_index(
        "ix_mail_concerns_kind_concerns_id", "mail", ["concerns_kind", "concerns_id"], unique=False
    )
    op.create_index("ix_mail_status_id", "mail", ["status", "id"], unique=False)
    op.create_index(op.f("ix_mail_to_user_id"), "mail", ["to_user_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_mail_to_user_id"), table_name="mail")
    op.drop_index("ix_mail_status_id", table_name="mail")
    op.drop_index("ix_mail_concerns_kind_concerns_id", table_name="mail")
    op.drop_table("mail")
