"""What was published before files were noted is entered in the log, so that nothing else is new."""

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

# Everything else was noted from the first release on, if at first without a hash.
COPIES = sa.text(
    "SELECT id, file_sha256, fast_file_sha256 FROM pack WHERE fast_file_sha256 IS NOT NULL"
    " AND NOT EXISTS (SELECT FROM audit_entry WHERE subject_kind = 'pack' AND subject_id = pack.id"
    " AND act IN ('pack:arranged', 'pack:entered')) ORDER BY id"
)
PUBLISHED = sa.text(
    "SELECT id, public_pack_id, restricted_pack_id FROM agenda_version"
    " WHERE coalesce(public_pack_id, restricted_pack_id) IS NOT NULL"
    " AND NOT EXISTS (SELECT FROM audit_entry WHERE subject_kind = 'agenda_version'"
    " AND subject_id = agenda_version.id AND act IN ('pack:published', 'pack:entered'))"
    " ORDER BY id"
)
FILE = sa.text("SELECT file_sha256 FROM pack WHERE id = :pack_id")
ENTER = sa.text(
    "INSERT INTO audit_entry (act, subject_kind, subject_id, after_sha256)"
    " VALUES ('pack:entered', :kind, :id, :sha256)"
)


def upgrade() -> None:
    # At once, so that later migrations of this transaction may change the table of entries.
    op.execute("SET CONSTRAINTS audit_entry_is_chained IMMEDIATE")
    enter_what_was_never_noted(op.get_bind())
    op.execute("SET CONSTRAINTS audit_entry_is_chained DEFERRED")


def downgrade() -> None:
    """What the log says stays: it is only ever added to."""


def enter_what_was_never_noted(connection: sa.Connection) -> None:
    """Note the copies for reading on screen, and the packs of agendas, of before 0055, each with
    the hash that would have been noted of what it is now."""
    for pack in connection.execute(COPIES).all():
        made_of = {"file_sha256": pack.file_sha256, "fast_file_sha256": pack.fast_file_sha256}
        _enter(connection, "pack", pack.id, made_of)
    for version in connection.execute(PUBLISHED).all():
        ids = {"public": version.public_pack_id, "restricted": version.restricted_pack_id}
        files = {
            name: {"id": pack_id, "file_sha256": connection.scalar(FILE, {"pack_id": pack_id})}
            for name, pack_id in ids.items()
            if pack_id
        }
        _enter(connection, "agenda_version", version.id, files)


def _enter(connection: sa.Connection, kind: str, subject_id: int, found: dict[str, Any]) -> None:
    written = json.dumps(found, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    sha256 = hashlib.sha256(written.encode()).hexdigest()
    connection.execute(ENTER, {"kind": kind, "id": subject_id, "sha256": sha256})
