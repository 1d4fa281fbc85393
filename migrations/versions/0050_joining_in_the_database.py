"""Entries are joined to the chain by the database itself, so that its lock is held briefly."""

from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

# Each statement of the function sees what was committed before it, so the end that is read after
# the lock was taken is the true one. Whoever cannot write the table cannot write by this either.
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
    op.execute(JOIN)


def downgrade() -> None:
    op.execute("DROP FUNCTION audit_join(integer[], text[])")
