"""Determinations of before they were noted are entered in the log, so that nothing else is new."""

import hashlib
import json
from datetime import UTC

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

NEVER_NOTED = sa.text(
    "SELECT * FROM determination WHERE NOT EXISTS (SELECT FROM audit_entry"
    " WHERE subject_kind = 'determination' AND subject_id = determination.id"
    " AND act IN ('determination:recorded', 'determination:entered')) ORDER BY id"
)
ENTER = sa.text(
    "INSERT INTO audit_entry (act, subject_kind, subject_id, after_sha256)"
    " VALUES ('determination:entered', 'determination', :id, :sha256)"
)
AS_IT_IS = (
    "classification",
    "exempt_paragraphs",
    "terms_of_contract",
    "confidence_basis",
    "factors_for",
    "factors_against",
    "conclusion",
    "decided_by_id",
    "recorded_from",
)


def upgrade() -> None:
    # At once, so that later migrations of this transaction may change the table of entries.
    op.execute("SET CONSTRAINTS audit_entry_is_chained IMMEDIATE")
    enter_what_was_never_noted(op.get_bind())
    op.execute("SET CONSTRAINTS audit_entry_is_chained DEFERRED")


def downgrade() -> None:
    """What the log says stays: it is only ever added to."""


def enter_what_was_never_noted(connection: sa.Connection) -> None:
    """Note each determination with the hash that would have been noted of what it says now."""
    for row in connection.execute(NEVER_NOTED).mappings().all():
        found = {
            "subject": [row["subject_kind"], row["subject_id"]],
            "review_on": row["review_on"].isoformat() if row["review_on"] else None,
            "decided_at": row["decided_at"].astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            **{name: row[name] for name in AS_IT_IS},
        }
        written = json.dumps(found, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        sha256 = hashlib.sha256(written.encode()).hexdigest()
        connection.execute(ENTER, {"id": row["id"], "sha256": sha256})
