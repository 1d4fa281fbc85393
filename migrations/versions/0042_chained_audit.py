"""The audit is chained, and only ever added to; what was written before is chained here."""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

AT_A_TIME = 5000  # rows

# The owner of the tables may empty them whole, as tests do: nothing binds who may drop them. The
# role under which pages are served owns nothing.
REFUSE = """
CREATE FUNCTION audit_refuses_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND EXISTS (
        SELECT FROM pg_class WHERE oid = TG_RELID AND relowner = to_regrole(current_user)::oid
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'The audit is only ever added to.' USING ERRCODE = 'insufficient_privilege';
END $$
"""

REQUIRE_LINK = """
CREATE FUNCTION audit_requires_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM audit_link WHERE entry_id = NEW.id) THEN
        RAISE EXCEPTION 'An audit entry was written outside the chain; use audit.record().';
    END IF;
    RETURN NULL;
END $$
"""

# Grants are made where roles are; on an installation that has the role already they stand here.
REVOKE = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'quorate_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry, audit_link FROM quorate_app;
    END IF;
END $$
"""


def upgrade() -> None:
    op.add_column("audit_entry", sa.Column("for_whom_id", sa.Integer(), nullable=True))
    op.add_column("audit_entry", sa.Column("before_sha256", sa.String(), nullable=True))
    op.add_column("audit_entry", sa.Column("after_sha256", sa.String(), nullable=True))
    op.create_foreign_key(
        op.f("fk_audit_entry_for_whom_id_user_account"),
        "audit_entry",
        "user_account",
        ["for_whom_id"],
        ["id"],
    )
    for column in ("at", "for_whom_id", "request_id"):
        op.create_index(op.f(f"ix_audit_entry_{column}"), "audit_entry", [column])
    op.create_table(
        "audit_link",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["audit_entry.id"], name=op.f("fk_audit_link_entry_id_audit_entry")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_link")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_audit_link_entry_id")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_link_hash")),
    )
    chain_what_is_there()
    guard()


def chain_what_is_there() -> None:
    """Join every entry that was written before there was a chain, in the order of their ids."""
    connection, seq, last_id, previous = op.get_bind(), 0, 0, "0" * 64
    some = sa.text(
        "SELECT id, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') AS at,"
        " actor_id, for_whom_id, act, subject_kind, subject_id, before_sha256, after_sha256,"
        " request_id FROM audit_entry WHERE id > :last ORDER BY id LIMIT :limit"
    )
    add = sa.text("INSERT INTO audit_link VALUES (:seq, :entry_id, :previous, :hash)")
    while rows := connection.execute(some, {"last": last_id, "limit": AT_A_TIME}).mappings().all():
        links = []
        for row in rows:
            written = json.dumps(
                dict(row), sort_keys=True, separators=(",", ":"), ensure_ascii=False
            )
            hashed = hashlib.sha256(bytes.fromhex(previous) + written.encode()).hexdigest()
            seq, last_id = seq + 1, row["id"]
            links.append({"seq": seq, "entry_id": last_id, "previous": previous, "hash": hashed})
            previous = hashed
        connection.execute(add, links)


def guard() -> None:
    """Refuse every change of what is written, and every entry that is not in the chain."""
    op.execute(REFUSE)
    op.execute(REQUIRE_LINK)
    for table in ("audit_entry", "audit_link"):
        op.execute(
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION audit_refuses_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_is_never_emptied BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses_change()"
        )
    op.execute(
        "CREATE CONSTRAINT TRIGGER audit_entry_is_chained AFTER INSERT ON audit_entry"
        " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_requires_link()"
    )
    op.execute(REVOKE)


def downgrade() -> None:
    op.execute("DROP TRIGGER audit_entry_is_chained ON audit_entry")
    for table in ("audit_entry", "audit_link"):
        op.execute(f"DROP TRIGGER {table}_is_never_emptied ON {table}")
        op.execute(f"DROP TRIGGER {table}_only_grows ON {table}")
    op.execute("DROP FUNCTION audit_requires_link()")
    op.execute("DROP FUNCTION audit_refuses_change()")
    op.drop_table("audit_link")
    for column in ("request_id", "for_whom_id", "at"):
        op.drop_index(op.f(f"ix_audit_entry_{column}"), table_name="audit_entry")
    op.drop_constraint(
        op.f("fk_audit_entry_for_whom_id_user_account"), "audit_entry", type_="foreignkey"
    )
    for column in ("after_sha256", "before_sha256", "for_whom_id"):
        op.drop_column("audit_entry", column)
