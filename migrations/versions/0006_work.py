"""Background work and signs of life."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_of_life",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sign_of_life")),
    )
    op.create_table(
        "work",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "check_paper",
                "build_pack",
                "linearise_pack",
                name="workkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "due",
                "leased",
                "done",
                "cancelled",
                "quarantined",
                name="workstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "due_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_token", sa.Uuid(), nullable=True),
        sa.Column("hinted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.Column("request_id", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(status = 'leased') = (lease_token IS NOT NULL)", name=op.f("ck_work_leased_has_token")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work")),
    )
    op.create_index(
        "ix_work_due",
        "work",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("status IN ('due', 'leased')"),
    )
    op.create_index(
        "uq_work_owed",
        "work",
        ["kind", "subject_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('due', 'leased')"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_work_owed", table_name="work", postgresql_where=sa.text("status IN ('due', 'leased')")
    )
    op.drop_index(
        "ix_work_due", table_name="work", postgresql_where=sa.text("status IN ('due', 'leased')")
    )
    op.drop_table("work")
    op.drop_table("sign_of_life")
