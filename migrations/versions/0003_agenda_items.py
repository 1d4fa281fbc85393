"""Items on agendas."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("own_number", sa.String(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "procedural",
                "minutes",
                "verbal_update",
                "report",
                "presentation",
                name="itemkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("decision_number", sa.String(), nullable=True),
        sa.Column(
            "part",
            sa.Enum(
                "open", "exempt", name="part", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("public_title", sa.String(), nullable=True),
        sa.Column("exempt_paragraphs", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_item_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
    )
    op.create_index(
        op.f("ix_agenda_item_decision_number"), "agenda_item", ["decision_number"], unique=False
    )
    op.create_index(
        "ix_agenda_item_meeting_id_position",
        "agenda_item",
        ["meeting_id", "position"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index("ix_agenda_item_meeting_id_position", table_name="agenda_item")
    op.drop_index(op.f("ix_agenda_item_decision_number"), table_name="agenda_item")
    op.drop_table("agenda_item")
