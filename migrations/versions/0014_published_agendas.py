"""Published versions of agendas, urgent items, and the work programme."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agenda_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("deadline_on", sa.Date(), nullable=False),
        sa.Column("deadline_basis", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("clear_days", sa.Integer(), nullable=False),
        sa.Column("late_reason", sa.String(), nullable=True),
        sa.Column("change_reason", sa.String(), nullable=True),
        sa.Column("public_pack_id", sa.Integer(), nullable=True),
        sa.Column("restricted_pack_id", sa.Integer(), nullable=True),
        sa.Column("open_contents", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("restricted_contents", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.CheckConstraint(
            "number = 1 OR change_reason <> ''", name=op.f("ck_agenda_version_change_has_reason")
        ),
        sa.CheckConstraint(
            "number > 1 OR published_on <= deadline_on OR late_reason <> ''",
            name=op.f("ck_agenda_version_late_has_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_version_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"],
            ["user_account.id"],
            name=op.f("fk_agenda_version_published_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_version")),
        sa.UniqueConstraint(
            "meeting_id", "number", name=op.f("uq_agenda_version_meeting_id_number")
        ),
    )
    op.create_index(
        op.f("ix_agenda_version_published_by_id"),
        "agenda_version",
        ["published_by_id"],
        unique=False,
    )
    for column in ("public_pack_id", "restricted_pack_id"):
        op.create_index(op.f(f"ix_agenda_version_{column}"), "agenda_version", [column])
    op.create_table(
        "programme_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("agenda_item_id", sa.Integer(), nullable=True),
        sa.Column("decision_number", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("requested_by", sa.String(), nullable=True),
        sa.Column("requested_on", sa.Date(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "planned",
                "on_agenda",
                "taken",
                "dropped",
                name="programmestatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"],
            ["agenda_item.id"],
            name=op.f("fk_programme_item_agenda_item_id_agenda_item"),
        ),
        sa.ForeignKeyConstraint(
            ["committee_id"],
            ["committee.id"],
            name=op.f("fk_programme_item_committee_id_committee"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_programme_item_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_item")),
    )
    op.create_index(
        op.f("ix_programme_item_agenda_item_id"), "programme_item", ["agenda_item_id"], unique=False
    )
    op.create_index(
        op.f("ix_programme_item_committee_id"), "programme_item", ["committee_id"], unique=False
    )
    op.create_index(
        op.f("ix_programme_item_decision_number"),
        "programme_item",
        ["decision_number"],
        unique=False,
    )
    op.create_index(
        op.f("ix_programme_item_meeting_id"), "programme_item", ["meeting_id"], unique=False
    )
    op.create_table(
        "deferral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_item_id", sa.Integer(), nullable=False),
        sa.Column("from_meeting_id", sa.Integer(), nullable=True),
        sa.Column("to_meeting_id", sa.Integer(), nullable=True),
        sa.Column("deferred_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_deferral_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["from_meeting_id"], ["meeting.id"], name=op.f("fk_deferral_from_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["programme_item_id"],
            ["programme_item.id"],
            name=op.f("fk_deferral_programme_item_id_programme_item"),
        ),
        sa.ForeignKeyConstraint(
            ["to_meeting_id"], ["meeting.id"], name=op.f("fk_deferral_to_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deferral")),
    )
    op.create_index(op.f("ix_deferral_by_id"), "deferral", ["by_id"], unique=False)
    op.create_index(
        op.f("ix_deferral_from_meeting_id"), "deferral", ["from_meeting_id"], unique=False
    )
    op.create_index(
        op.f("ix_deferral_programme_item_id"), "deferral", ["programme_item_id"], unique=False
    )
    op.create_index(op.f("ix_deferral_to_meeting_id"), "deferral", ["to_meeting_id"], unique=False)
    op.add_column("agenda_item", sa.Column("urgent_reason", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("agenda_item", "urgent_reason")
    op.drop_index(op.f("ix_deferral_to_meeting_id"), table_name="deferral")
    op.drop_index(op.f("ix_deferral_programme_item_id"), table_name="deferral")
    op.drop_index(op.f("ix_deferral_from_meeting_id"), table_name="deferral")
    op.drop_index(op.f("ix_deferral_by_id"), table_name="deferral")
    op.drop_table("deferral")
    op.drop_index(op.f("ix_programme_item_meeting_id"), table_name="programme_item")
    op.drop_index(op.f("ix_programme_item_decision_number"), table_name="programme_item")
    op.drop_index(op.f("ix_programme_item_committee_id"), table_name="programme_item")
    op.drop_index(op.f("ix_programme_item_agenda_item_id"), table_name="programme_item")
    op.drop_table("programme_item")
    op.drop_index(op.f("ix_agenda_version_published_by_id"), table_name="agenda_version")
    op.drop_table("agenda_version")
