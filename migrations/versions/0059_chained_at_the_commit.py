"""Entries are joined to the chain within the commit, so that no client is waited for meanwhile."""

from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

# Fires when the outermost transaction commits, for each entry in the order of writing: what was
# undone is not there. Each statement sees what was committed before it, so the end that is read
# after the lock was taken is the true one. The entry is written down as Python's
# json.dumps(sort_keys=True, separators=(",", ":"), ensure_ascii=False) does it.
JOIN_ENTRY = """
CREATE FUNCTION audit_joins_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    number bigint;
    last_hash varchar;
    written text;
BEGIN
    PERFORM pg_advisory_xact_lock(20140806);
    SELECT seq, hash INTO number, last_hash FROM audit_link ORDER BY seq DESC LIMIT 1;
    last_hash := coalesce(last_hash, repeat('0', 64));
    written := '{"act":' || to_json(NEW.act)
        || ',"actor_id":' || coalesce(NEW.actor_id::text, 'null')
        || ',"after_sha256":' || coalesce(to_json(NEW.after_sha256)::text, 'null')
        || ',"at":"' || to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
        || '","before_sha256":' || coalesce(to_json(NEW.before_sha256)::text, 'null')
        || ',"for_whom_id":' || coalesce(NEW.for_whom_id::text, 'null')
        || ',"id":' || NEW.id
        || ',"request_id":' || coalesce(to_json(NEW.request_id)::text, 'null')
        || ',"subject_id":' || NEW.subject_id
        || ',"subject_kind":' || to_json(NEW.subject_kind) || '}';
    INSERT INTO audit_link (seq, entry_id, previous, hash) VALUES (
        coalesce(number, 0) + 1,
        NEW.id,
        last_hash,
        encode(sha256(decode(last_hash, 'hex') || convert_to(written, 'UTF8')), 'hex')
    );
    RETURN NULL;
END $$
"""

# As they were made by 0042 and 0050.
REQUIRE_LINK = """
CREATE FUNCTION audit_requires_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM audit_link WHERE entry_id = NEW.id) THEN
        RAISE EXCEPTION 'An audit entry was written outside the chain; use audit.record().';
    END IF;
    RETURN NULL;
END $$
"""
JOIN = """
CREATE FUNCTION audit_join(ids integer[], entries text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    number bigint;
    last_hash varchar;
    next_hash varchar;
BEGIN
    PERFORM pg_advisory_xact_lock(20140806);
    SELECT seq, hash INTO number, last_hash FROM audit_link ORDER BY seq DESC LIMIT 1;
    number := coalesce(number, 0);
    last_hash := coalesce(last_hash, repeat('0', 64));
    FOR place IN 1 .. cardinality(ids) LOOP
        number := number + 1;
        next_hash := encode(
            sha256(decode(last_hash, 'hex') || convert_to(entries[place], 'UTF8')), 'hex'
        );
        INSERT INTO audit_link (seq, entry_id, previous, hash)
            VALUES (number, ids[place], last_hash, next_hash);
        last_hash := next_hash;
    END LOOP;
END $$
"""


def upgrade() -> None:
    op.execute(JOIN_ENTRY)
    at_the_commit("audit_joins_entry")
    op.execute("DROP FUNCTION audit_requires_link()")
    op.execute("DROP FUNCTION audit_join(integer[], text[])")


def downgrade() -> None:
    op.execute(REQUIRE_LINK)
    op.execute(JOIN)
    at_the_commit("audit_requires_link")
    op.execute("DROP FUNCTION audit_joins_entry()")


def at_the_commit(function: str) -> None:
    """Let this function run for each new entry as its transaction commits, and no other."""
    op.execute("DROP TRIGGER audit_entry_is_chained ON audit_entry")
    op.execute(
        "CREATE CONSTRAINT TRIGGER audit_entry_is_chained AFTER INSERT ON audit_entry"
        f" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {function}()"
    )
