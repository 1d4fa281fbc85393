"""Whether what was published and stored is what it was: rows against their hashes, files too."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from committee.agendas.models import AgendaVersion
from committee.audit.models import AuditEntry
from committee.consultations.models import SummaryVersion
from committee.decisions.models import DecisionNotice, RecordVersion
from committee.decisions.publishing import all_frozen
from committee.extensions import db
from committee.frozen import canonical_sha256
from committee.minutes.models import MinutesVersion
from committee.packs.models import Pack
from committee.reports.models import PaperVersion
from committee.storage import FileMissing, Storage
from committee.storage.base import sha256_of

AT_A_TIME = 200  # rows


def _both(row: Any) -> dict[str, Any]:
    return {"open": row.open_contents, "restricted": row.restricted_contents}


def _contents(row: Any) -> dict[str, Any]:
    contents: dict[str, Any] = row.contents
    return contents


# What was frozen: its table, what was hashed of it, and the acts by which it came to be.
_FROZEN: tuple[tuple[Any, Callable[[Any], dict[str, Any]], tuple[str, ...]], ...] = (
    (AgendaVersion, _both, ("agenda:published",)),
    (DecisionNotice, _contents, ("decision_notice:published",)),
    (RecordVersion, _contents, ("record_version:published",)),
    (MinutesVersion, _both, ("minutes:published", "minutes:approved")),
    (SummaryVersion, _contents, ("summary:published",)),
)

# The columns that name stored files.
_FILES: dict[Any, tuple[str, ...]] = {
    Pack: ("file_sha256", "fast_file_sha256"),
    PaperVersion: ("original_sha256", "prepared_sha256"),
    RecordVersion: ("pdf_sha256",),
    MinutesVersion: ("pdf_sha256", "word_sha256"),
    SummaryVersion: ("pdf_sha256",),
}


def altered_rows() -> Iterator[str]:
    """Each published version that is not what its hash says or what the audit noted when it was
    published, that is gone, or that the audit knows nothing of, in words."""
    for model, contents_of, acts in _FROZEN:
        kind = model.__tablename__
        noted, gone = _noted(kind, acts), _ids_noted(kind, acts)
        since = min(noted, default=None)
        for row in _all(model):
            gone.discard(row.id)
            if says := _wrong_with(row, canonical_sha256(contents_of(row)), noted):
                yield f"Altered: {kind} {row.id}. {says}"
            # What was published just now is noted by now, since both came with one commit.
            elif since and row.id > since and row.id not in noted | _noted(kind, acts, of=row.id):
                yield f"Added: {kind} {row.id}. The audit did not note that it was published."
        for each in sorted(gone):
            yield f"Gone: {kind} {each}. The audit noted that it was published."


def _wrong_with(row: Any, now: str, noted: dict[int, str]) -> str | None:
    if getattr(row, "sha256", now) != now:
        return "Its contents are not those of its SHA-256."
    if row.id in noted and noted[row.id] not in _as_noted(row, now):
        return "It is not what the audit noted when it was published."
    return None


def _as_noted(row: Any, now: str) -> set[str]:
    """What the audit may have noted of a version that is as it was. Of a closed record it notes
    all words; of those published before it did so, the open part alone."""
    return {now, canonical_sha256(all_frozen(row))} if isinstance(row, RecordVersion) else {now}


def damaged_files(storage: Storage) -> Iterator[str]:
    """Each stored file that is gone or has other bytes than its name says, in words."""
    for sha256, name in sorted(_files().items()):
        try:
            found = sha256_of(storage.local_path(sha256))
        except FileMissing:
            yield f"Missing: the file {sha256}, {name}."
        else:
            if found != sha256:
                yield f"Damaged: the file {sha256}, {name}. Its bytes are those of {found}."


def _files() -> dict[str, str]:
    found: dict[str, str] = {}
    for model, columns in _FILES.items():
        for name in columns:
            column = getattr(model, name)
            rows = db.session.execute(select(column, model.id).where(column.is_not(None)))
            found |= {sha: f"{name} of {model.__tablename__} {of}" for sha, of in rows}
    return found


def _noted(kind: str, acts: tuple[str, ...], *, of: int | None = None) -> dict[int, str]:
    """The hash that the audit first noted of each version (or of one): what was noted later cannot
    make it another. Older entries have no hash: from the first on that has one, all have."""
    found = select(AuditEntry.subject_id, AuditEntry.after_sha256).where(
        AuditEntry.subject_kind == kind,
        AuditEntry.act.in_(acts),
        AuditEntry.after_sha256.is_not(None),
    )
    if of is not None:
        found = found.where(AuditEntry.subject_id == of)
    newest_first = db.session.execute(found.order_by(AuditEntry.id.desc()))
    return {subject: str(sha256) for subject, sha256 in newest_first}


def _ids_noted(kind: str, acts: tuple[str, ...]) -> set[int]:
    """The ids of the versions that were published as the audit has it, with a hash or without."""
    found = select(AuditEntry.subject_id).where(
        AuditEntry.subject_kind == kind, AuditEntry.act.in_(acts)
    )
    return set(db.session.scalars(found))


def _all(model: Any) -> Iterator[Any]:
    found, last = select(model).options(undefer("*")).order_by(model.id).limit(AT_A_TIME), None
    while True:
        some = found if last is None else found.where(model.id > last)
        rows = db.session.scalars(some).all()
        yield from rows
        if not rows:
            return
        last = rows[-1].id
