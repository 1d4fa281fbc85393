"""Who came to a meeting, and what interests they declared."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("councillor_id", sa.Integer(), nullable=False),
        sa.Column("substitute_for_id", sa.Integer(), nullable=True),
        sa.Column(
            "presence",
            sa.Enum(
                "present",
                "remote",
                "apologies",
                "absent",
                name="presence",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "substitute_for_id IS NULL OR presence IN ('present', 'remote')",
            name=op.f("ck_attendance_substitute_attends"),
        ),
        sa.CheckConstraint(
            "substitute_for_id <> councillor_id", name=op.f("ck_attendance_not_for_oneself")
        ),
        sa.ForeignKeyConstraint(
            ["councillor_id"],
            ["councillor.id"],
            name=op.f("fk_attendance_councillor_id_councillor"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_attendance_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["substitute_for_id"],
            ["councillor.id"],
            name=op.f("fk_attendance_substitute_for_id_councillor"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint(
            "meeting_id", "councillor_id", name=op.f("uq_attendance_meeting_id_councillor_id")
        ),
        sa.UniqueConstraint(
            "meeting_id",
            "substitute_for_id",
            name=op.f("uq_attendance_meeting_id_substitute_for_id"),
        ),
    )
    op.create_index(
        op.f("ix_attendance_councillor_id"), "attendance", ["councillor_id"], unique=False
    )
    op.create_index(
        op.f("ix_attendance_substitute_for_id"), "attendance", ["substitute_for_id"], unique=False
    )
    op.create_table(
        "attendee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column(
            "capacity",
            sa.Enum(
                "other_member",
                "officer",
                "guest",
                name="capacity",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("job_title", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_attendee_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendee")),
    )
    op.create_index(op.f("ix_attendee_meeting_id"), "attendee", ["meeting_id"], unique=False)
    op.create_table(
        "declaration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("councillor_id", sa.Integer(), nullable=False),
        sa.Column("agenda_item_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "disclosable_pecuniary",
                "other_significant",
                "other",
                name="interestkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("nature", sa.String(), nullable=False),
        sa.Column("left_meeting", sa.Boolean(), nullable=False),
        sa.CheckConstraint("nature <> ''", name=op.f("ck_declaration_nature_stated")),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"],
            ["agenda_item.id"],
            name=op.f("fk_declaration_agenda_item_id_agenda_item"),
        ),
        sa.ForeignKeyConstraint(
            ["councillor_id"],
            ["councillor.id"],
            name=op.f("fk_declaration_councillor_id_councillor"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_declaration_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration")),
    )
    op.create_index(
        op.f("ix_declaration_agenda_item_id"), "declaration", ["agenda_item_id"], unique=False
    )
    op.create_index(
        op.f("ix_declaration_councillor_id"), "declaration", ["councillor_id"], unique=False
    )
    op.create_index(op.f("ix_declaration_meeting_id"), "declaration", ["meeting_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_declaration_meeting_id"), table_name="declaration")
    op.drop_index(op.f("ix_declaration_councillor_id"), table_name="declaration")
    op.drop_index(op.f("ix_declaration_agenda_item_id"), table_name="declaration")
    op.drop_table("declaration")
    op.drop_index(op.f("ix_attendee_meeting_id"), table_name="attendee")
    op.drop_table("attendee")
    op.drop_index(op.f("ix_attendance_substitute_for_id"), table_name="attendance")
    op.drop_index(op.f("ix_attendance_councillor_id"), table_name="attendance")
    op.drop_table("attendance")
