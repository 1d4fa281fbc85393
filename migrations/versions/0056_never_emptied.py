"""What is frozen is never emptied at once either, not even by the owner of its table."""

from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

AUDIT = ("audit_entry", "audit_link")
FROZEN = (
    "agenda_version",
    "decision_notice",
    "record_version",
    "minutes_version",
    "summary_version",
    "pack",
    "determination",
    "reading_rule",
)

REFUSE_CHANGE = """
CREATE OR REPLACE FUNCTION audit_refuses_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit is only ever added to.' USING ERRCODE = 'insufficient_privilege';
END $$
"""

# As it was made by 0042.
REFUSE_CHANGE_BUT_BY_THE_OWNER = """
CREATE OR REPLACE FUNCTION audit_refuses_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND EXISTS (
        SELECT FROM pg_class WHERE oid = TG_RELID AND relowner = to_regrole(current_user)::oid
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'The audit is only ever added to.' USING ERRCODE = 'insufficient_privilege';
END $$
"""

REFUSE_EMPTYING = """
CREATE FUNCTION frozen_refuses_emptying() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What was published or determined is never emptied.'
        USING ERRCODE = 'insufficient_privilege';
END $$
"""


def upgrade() -> None:
    op.execute(REFUSE_CHANGE)
    op.execute(REFUSE_EMPTYING)
    for table in FROZEN:
        op.execute(
            f"CREATE TRIGGER {table}_is_never_emptied BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION frozen_refuses_emptying()"
        )


def downgrade() -> None:
    for table in FROZEN:
        op.execute(f"DROP TRIGGER {table}_is_never_emptied ON {table}")
    op.execute("DROP FUNCTION frozen_refuses_emptying()")
    op.execute(REFUSE_CHANGE_BUT_BY_THE_OWNER)
