"""What was built, and which file was made of what was published, is never changed by anybody."""

from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

# The columns that are filled in afterwards, once each, by the table that holds them.
NOTED_ONCE = {
    "pack": ("fast_file_sha256",),
    "record_version": ("pdf_sha256",),
    "minutes_version": ("pdf_sha256", "word_sha256"),
    "summary_version": ("pdf_sha256",),
}

# A pack is written while it is built; from then on it is what was published, or may be.
REFUSE_PACKS = """
CREATE FUNCTION built_pack_refuses_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        OLD.fast_file_sha256 := NEW.fast_file_sha256;  -- of which the trigger beside this one minds
        IF NEW IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'A pack that was built is never changed.'
        USING ERRCODE = 'insufficient_privilege';
END $$
"""

REFUSE_OTHER_FILES = """
CREATE FUNCTION file_is_noted_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    named text;
BEGIN
    FOREACH named IN ARRAY TG_ARGV LOOP
        IF to_jsonb(OLD) ->> named IS NOT NULL
            AND to_jsonb(NEW) ->> named IS DISTINCT FROM to_jsonb(OLD) ->> named
        THEN
            RAISE EXCEPTION 'The file of what was published is never another.'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
    END LOOP;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.execute(REFUSE_PACKS)
    op.execute(REFUSE_OTHER_FILES)
    op.execute(
        "CREATE TRIGGER pack_is_frozen BEFORE UPDATE OR DELETE ON pack FOR EACH ROW"
        " WHEN (OLD.status = 'built') EXECUTE FUNCTION built_pack_refuses_change()"
    )
    for table, columns in NOTED_ONCE.items():
        named = ", ".join(f"'{column}'" for column in columns)
        op.execute(
            f"CREATE TRIGGER {table}_file_is_noted_once"
            f" BEFORE UPDATE OF {', '.join(columns)} ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION file_is_noted_once({named})"
        )


def downgrade() -> None:
    for table in NOTED_ONCE:
        op.execute(f"DROP TRIGGER {table}_file_is_noted_once ON {table}")
    op.execute("DROP TRIGGER pack_is_frozen ON pack")
    op.execute("DROP FUNCTION file_is_noted_once()")
    op.execute("DROP FUNCTION built_pack_refuses_change()")
