"""Who acts for whom while they are away."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

ROLES = (
    "administrator",
    "monitoring_officer",
    "democratic_services_officer",
    "clearance_officer",
    "director",
    "report_author",
    "auditor",
    "registered_public",
    "scrutiny_chairman",
    "group_spokesman",
    "co_opted_member",
    "committee_member",
    "decision_maker",
)
PEOPLE = ("giver_id", "receiver_id", "allowed_by_id", "ended_by_id")
CHECKS = (
    ("ends_after_start", "last_day >= first_day"),
    ("to_somebody_else", "giver_id <> receiver_id"),
    ("allowed_by_someone", "(allowed_at IS NULL) = (allowed_by_id IS NULL)"),
    ("allowed_by_somebody_else", "allowed_by_id NOT IN (giver_id, receiver_id)"),
)


def upgrade() -> None:
    words = sa.Enum(*ROLES, name="role", native_enum=False, create_constraint=True, length=40)
    now = sa.text("now()")
    op.create_table(
        "delegation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("giver_id", sa.Integer(), nullable=False),
        sa.Column("receiver_id", sa.Integer(), nullable=False),
        sa.Column("role", words, nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.Column("allowed_by_id", sa.Integer(), nullable=True),
        sa.Column("allowed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_delegation_{name}")) for name, rule in CHECKS),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_delegation_committee_id_committee")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], ["user_account.id"], name=op.f(f"fk_delegation_{column}_user_account")
            )
            for column in PEOPLE
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
    )
    for column in ("giver_id", "committee_id", "allowed_by_id", "ended_by_id"):
        op.create_index(op.f(f"ix_delegation_{column}"), "delegation", [column])
    op.create_index("ix_delegation_receiver_id_last_day", "delegation", ["receiver_id", "last_day"])
    op.create_index(op.f("ix_role_grant_given_by_id"), "role_grant", ["given_by_id"])
    op.drop_constraint(op.f("ck_role_grant_clearance_has_a_kind"), "role_grant")
    op.create_check_constraint(
        op.f("ck_role_grant_only_clearance_has_a_kind"),
        "role_grant",
        "clearance_kind IS NULL OR role = 'clearance_officer'",
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_role_grant_only_clearance_has_a_kind"), "role_grant")
    op.execute("UPDATE role_grant SET clearance_kind = 'other' WHERE role = 'clearance_officer'")
    op.create_check_constraint(
        op.f("ck_role_grant_clearance_has_a_kind"),
        "role_grant",
        "(role = 'clearance_officer') = (clearance_kind IS NOT NULL)",
    )
    op.drop_index(op.f("ix_role_grant_given_by_id"), table_name="role_grant")
    op.drop_table("delegation")
