"""People, committees and who sits on them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "council",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("brand_colour", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council")),
        sa.UniqueConstraint("name", name=op.f("uq_council_name")),
    )
    op.create_table(
        "user_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_user_account_email_lower_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("email", name=op.f("uq_user_account_email")),
    )
    op.create_table(
        "officer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("job_title", sa.String(), nullable=True),
        sa.Column("telephone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["council_id"], ["council.id"], name=op.f("fk_officer_council_id_council")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer")),
    )
    op.create_index(op.f("ix_officer_council_id"), "officer", ["council_id"], unique=False)
    op.create_table(
        "political_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("print_order", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id"], ["council.id"], name=op.f("fk_political_group_council_id_council")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_political_group")),
    )
    op.create_index(
        "uq_political_group_name", "political_group", ["council_id", "name"], unique=True
    )
    op.create_table(
        "committee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("contact_officer_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "seats IS NULL OR seats >= 0", name=op.f("ck_committee_seats_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["contact_officer_id"],
            ["officer.id"],
            name=op.f("fk_committee_contact_officer_id_officer"),
        ),
        sa.ForeignKeyConstraint(
            ["council_id"], ["council.id"], name=op.f("fk_committee_council_id_council")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee")),
        sa.UniqueConstraint("slug", name=op.f("uq_committee_slug")),
    )
    op.create_index(
        op.f("ix_committee_contact_officer_id"), "committee", ["contact_officer_id"], unique=False
    )
    op.create_index("uq_committee_name", "committee", ["council_id", "name"], unique=True)
    op.create_table(
        "councillor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id"], ["council.id"], name=op.f("fk_councillor_council_id_council")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["political_group.id"],
            name=op.f("fk_councillor_group_id_political_group"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_councillor")),
    )
    op.create_index(op.f("ix_councillor_council_id"), "councillor", ["council_id"], unique=False)
    op.create_index(op.f("ix_councillor_group_id"), "councillor", ["group_id"], unique=False)
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("councillor_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "chairman",
                "vice_chairman",
                "member",
                "co_opted",
                "non_voting",
                name="memberrole",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("print_order", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on >= started_on",
            name=op.f("ck_membership_ends_after_start"),
        ),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_membership_committee_id_committee")
        ),
        sa.ForeignKeyConstraint(
            ["councillor_id"],
            ["councillor.id"],
            name=op.f("fk_membership_councillor_id_councillor"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    op.create_index(
        op.f("ix_membership_councillor_id"), "membership", ["councillor_id"], unique=False
    )
    op.create_index(
        "uq_membership_open",
        "membership",
        ["committee_id", "councillor_id"],
        unique=True,
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "administrator",
                "democratic_services_officer",
                "report_author",
                "committee_member",
                "decision_maker",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "granted_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_role_grant_committee_id_committee")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_role_grant_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    op.create_index(
        op.f("ix_role_grant_committee_id"), "role_grant", ["committee_id"], unique=False
    )
    op.create_index(op.f("ix_role_grant_user_id"), "role_grant", ["user_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_role_grant_user_id"), table_name="role_grant")
    op.drop_index(op.f("ix_role_grant_committee_id"), table_name="role_grant")
    op.drop_table("role_grant")
    op.drop_index(
        "uq_membership_open", table_name="membership", postgresql_where=sa.text("ended_on IS NULL")
    )
    op.drop_index(op.f("ix_membership_councillor_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_index(op.f("ix_councillor_group_id"), table_name="councillor")
    op.drop_index(op.f("ix_councillor_council_id"), table_name="councillor")
    op.drop_table("councillor")
    op.drop_index("uq_committee_name", table_name="committee")
    op.drop_index(op.f("ix_committee_contact_officer_id"), table_name="committee")
    op.drop_table("committee")
    op.drop_index("uq_political_group_name", table_name="political_group")
    op.drop_table("political_group")
    op.drop_index(op.f("ix_officer_council_id"), table_name="officer")
    op.drop_table("officer")
    op.drop_table("user_account")
    op.drop_table("council")
