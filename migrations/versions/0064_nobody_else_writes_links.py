"""The chain is written by its own function alone, which looks at the true tables whoever acts."""

from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

APPLICATION = "quorate_app"

# What each names is looked for in the schema of the tables. A session's own temporary tables and
# types would otherwise come first, even before PostgreSQL's own: a temporary audit_link took the
# links, and left the place in the true one to whatever the session chose to write there.
GUARDS = (
    "audit_joins_entry",
    "audit_refuses_change",
    "built_pack_refuses_change",
    "file_is_noted_once",
    "frozen_refuses_emptying",
)

TEMPORARY = """
DO $$ BEGIN
    EXECUTE format('{} TEMPORARY ON DATABASE %I {}', current_database());
END $$
"""


def upgrade() -> None:
    for function in GUARDS:
        op.execute(f"ALTER FUNCTION {function}() SET search_path = public, pg_temp")
    # It writes with the rights of the tables' owner, so that nobody else needs any.
    op.execute("ALTER FUNCTION audit_joins_entry() SECURITY DEFINER")
    op.execute("REVOKE ALL ON FUNCTION audit_joins_entry() FROM PUBLIC")
    op.execute(f"REVOKE INSERT ON audit_link FROM {APPLICATION}")
    # Only warns where the database is not the tables' owner's: the above holds all the same.
    op.execute(TEMPORARY.format("REVOKE", f"FROM PUBLIC, {APPLICATION}"))


def downgrade() -> None:
    op.execute(TEMPORARY.format("GRANT", "TO PUBLIC"))
    op.execute(f"GRANT INSERT ON audit_link TO {APPLICATION}")
    op.execute("GRANT EXECUTE ON FUNCTION audit_joins_entry() TO PUBLIC")
    op.execute("ALTER FUNCTION audit_joins_entry() SECURITY INVOKER")
    for function in GUARDS:
        op.execute(f"ALTER FUNCTION {function}() RESET search_path")
