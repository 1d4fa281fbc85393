"""What the application's login may do: every row, but nothing that is frozen."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

APPLICATION = "quorate_app"
PUBLIC = "quorate_public"
# What was published or noted never changes; a file that is made of it later is noted once.
FROZEN = {
    "audit_entry": (),
    "audit_link": (),
    "agenda_version": (),
    "decision_notice": (),
    "record_version": ("pdf_sha256",),
    "minutes_version": ("pdf_sha256", "word_sha256"),
    "summary_version": ("pdf_sha256",),
}


def upgrade() -> None:
    for role in (APPLICATION, PUBLIC):
        _make_if_missing(role)
        op.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
    op.execute(
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APPLICATION}"
    )
    op.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APPLICATION}")
    default = "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT"
    op.execute(f"{default} SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APPLICATION}")
    op.execute(f"{default} USAGE, SELECT ON SEQUENCES TO {APPLICATION}")
    op.execute(f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {APPLICATION}")
    for table, columns in FROZEN.items():
        op.execute(f"REVOKE UPDATE, DELETE ON {table} FROM {APPLICATION}")
        if columns:
            op.execute(f"GRANT UPDATE ({', '.join(columns)}) ON {table} TO {APPLICATION}")


def downgrade() -> None:
    # The roles belong to the server and may serve other databases on it: they stay.
    default = "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON"
    op.execute(f"{default} TABLES FROM {APPLICATION}")
    op.execute(f"{default} SEQUENCES FROM {APPLICATION}")
    for things in ("ALL TABLES IN SCHEMA", "ALL SEQUENCES IN SCHEMA", "SCHEMA"):
        op.execute(f"REVOKE ALL ON {things} public FROM {APPLICATION}, {PUBLIC}")


def _make_if_missing(role: str) -> None:
    """Make the role for an owner who may; somebody else may be making it at the same moment."""
    connection = op.get_bind()
    asked = sa.text("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :role)")
    if connection.execute(asked, {"role": role}).scalar():
        return
    may = "SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user"
    if not connection.execute(sa.text(may)).scalar():
        raise RuntimeError(
            f"The database server has no role {role}. Have its administrator run what "
            "`./quorate database roles` prints, and upgrade again."
        )
    op.execute(
        f"DO $$ BEGIN CREATE ROLE {role}; EXCEPTION "
        "WHEN duplicate_object OR unique_violation THEN NULL; END $$"
    )
    op.execute(f"GRANT {role} TO CURRENT_USER")
