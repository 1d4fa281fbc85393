"""Particulars of people who have accounts, and each role given to them once."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

# A role given twice in one place counted once; of such, the first alone stays open.
END_DOUBLED = """
    UPDATE role_grant AS later SET ended_at = now()
    WHERE later.ended_at IS NULL AND EXISTS (
        SELECT FROM role_grant AS first
        WHERE first.ended_at IS NULL AND first.user_id = later.user_id
            AND first.role = later.role AND first.id < later.id
            AND first.committee_id IS NOT DISTINCT FROM later.committee_id
    )
"""


def upgrade() -> None:
    for name in ("job_title", "directorate", "telephone"):
        op.add_column("user_account", sa.Column(name, sa.String(), nullable=True))
    op.add_column("user_account", sa.Column("councillor_id", sa.Integer(), nullable=True))
    version = sa.Column("version", sa.Integer(), nullable=False, server_default="1")
    op.add_column("user_account", version)
    op.alter_column("user_account", "version", server_default=None)
    op.create_foreign_key(
        op.f("fk_user_account_councillor_id_councillor"),
        "user_account",
        "councillor",
        ["councillor_id"],
        ["id"],
    )
    op.create_unique_constraint(
        op.f("uq_user_account_councillor_id"), "user_account", ["councillor_id"]
    )
    op.execute(END_DOUBLED)
    op.create_index(
        "uq_role_grant_council_wide",
        "role_grant",
        ["user_id", "role"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL AND committee_id IS NULL"),
    )
    op.create_index(
        "uq_role_grant_on_committee",
        "role_grant",
        ["user_id", "committee_id", "role"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("uq_role_grant_on_committee", table_name="role_grant")
    op.drop_index("uq_role_grant_council_wide", table_name="role_grant")
    op.drop_constraint(op.f("uq_user_account_councillor_id"), "user_account", type_="unique")
    op.drop_constraint(
        op.f("fk_user_account_councillor_id_councillor"), "user_account", type_="foreignkey"
    )
    for name in ("version", "councillor_id", "telephone", "directorate", "job_title"):
        op.drop_column("user_account", name)
