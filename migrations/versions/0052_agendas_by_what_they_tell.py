"""Published agendas are found by the matters that they tell of."""

from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        op.f("ix_agenda_version_open_contents"),
        "agenda_version",
        ["open_contents"],
        postgresql_using="gin",
        postgresql_ops={"open_contents": "jsonb_path_ops"},
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_agenda_version_open_contents"), table_name="agenda_version")
