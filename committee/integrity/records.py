"""Whether what was published and stored is what it was: rows against their hashes, files too."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from committee.agendas.models import AgendaVersion
from committee.audit.models import AuditEntry
from committee.confidentiality import service as confidentiality
from committee.confidentiality.models import Determination
from committee.consultations.models import SummaryVersion
from committee.decisions.models import DecisionNotice, RecordVersion
from committee.decisions.publishing import all_frozen
from committee.extensions import db
from committee.frozen import canonical_sha256
from committee.minutes.models import MinutesVersion
from committee.packs import service as packs
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


def _file(row: Any) -> dict[str, Any] | None:
    return {"pdf_sha256": row.pdf_sha256} if row.pdf_sha256 else None


def _files_of_minutes(row: Any) -> dict[str, Any] | None:
    files = {"pdf_sha256": row.pdf_sha256, "word_sha256": row.word_sha256}
    return files if any(files.values()) else None


@dataclass(frozen=True)
class Noted:
    """Something of a table's rows whose hash the audit notes: what of them (nothing for a row of
    which there is none), by which acts, what it is called before the table's name, and what was
    done then."""

    model: Any
    contents_of: Callable[[Any], dict[str, Any] | None]
    acts: tuple[str, ...]
    called: str = ""
    done: str = "published"

    def name(self, row_id: int) -> str:
        """What this is called of one row."""
        return f"{self.called}{self.model.__tablename__} {row_id}"


_NOTED = (
    Noted(AgendaVersion, _both, ("agenda:published",)),
    Noted(DecisionNotice, _contents, ("decision_notice:published",)),
    Noted(RecordVersion, _contents, ("record_version:published",)),
    Noted(MinutesVersion, _both, ("minutes:published", "minutes:approved")),
    Noted(SummaryVersion, _contents, ("summary:published",)),
    Noted(Pack, packs.as_built, ("pack:built",)),
    # Those of before they were noted were entered as they were found (migration 0065).
    Noted(
        Pack, packs.as_arranged, ("pack:arranged", "pack:entered"), "copy for reading on screen of "
    ),
    Noted(AgendaVersion, packs.as_published, ("pack:published", "pack:entered"), "packs of "),
    Noted(RecordVersion, _file, ("record_version:made",), "file of "),
    Noted(MinutesVersion, _files_of_minutes, ("minutes_version:filed",), "files of "),
    Noted(SummaryVersion, _file, ("summary:filed",), "file of "),
    # Those of before they were noted were entered as they were found (migration 0067).
    Noted(
        Determination,
        confidentiality.as_recorded,
        ("determination:recorded", "determination:entered"),
        done="recorded",
    ),
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
    """Each published version, pack and file that is not what its hash says or what the audit noted
    of it at the time, that is gone, or that the audit knows nothing of, in words.

    A file is told by the hash that its row names, so that a file and its row which were changed
    together are found here; `damaged_files` finds a file that is not what its row names.
    """
    for each in _NOTED:
        yield from _altered(each)


def _altered(what: Noted) -> Iterator[str]:
    kind = what.model.__tablename__
    noted, known = _noted(kind, what.acts), _ids_noted(kind, what.acts)
    gone, there = set(known), set()
    for row in _all(what.model):
        there.add(row.id)
        contents = what.contents_of(row)
        if contents is None:
            continue
        gone.discard(row.id)
        if says := _wrong_with(row, what, canonical_sha256(contents), noted):
            yield f"Altered: {what.name(row.id)}. {says}"
        # What was noted just now came with one commit, after the log was read.
        elif row.id not in known and not _ids_noted(kind, what.acts, of=row.id):
            yield f"Added: {what.name(row.id)}. The audit did not note that it was {what.done}."
    # Of a row that is gone it is told once, not of each thing that it named as well.
    for row_id in sorted(gone & there if what.called else gone):
        yield f"Gone: {what.name(row_id)}. The audit noted that it was {what.done}."


def _wrong_with(row: Any, what: Noted, now: str, noted: dict[int, str]) -> str | None:
    if not what.called and getattr(row, "sha256", now) != now:
        return "Its contents are not those of its SHA-256."
    if row.id in noted and noted[row.id] not in ({now} if what.called else _as_noted(row, now)):
        return f"It is not what the audit noted when it was {what.done}."
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
    """Each stored file by its SHA-256, with what names it. A paper that was published is what the
    agenda names, whatever has become of the paper's own row since."""
    found = {
        paper["sha256"]: f"a paper of {version.__tablename__} {version.id}"
        for version in _all(AgendaVersion)
        for item in version.restricted_contents["items"]
        for paper in item.get("papers", ())
        if paper.get("sha256")
    }
    for model, columns in _FILES.items():
        for name in columns:
            column = getattr(model, name)
            rows = db.session.execute(select(column, model.id).where(column.is_not(None)))
            found |= {sha: f"{name} of {model.__tablename__} {of}" for sha, of in rows}
    return found


def _noted(kind: str, acts: tuple[str, ...]) -> dict[int, str]:
    """The hash that the audit first noted of each version: what was noted later cannot make it
    another. Older entries have no hash: from the first on that has one, all have."""
    found = select(AuditEntry.subject_id, AuditEntry.after_sha256).where(
        AuditEntry.subject_kind == kind,
        AuditEntry.act.in_(acts),
        AuditEntry.after_sha256.is_not(None),
    )
    newest_first = db.session.execute(found.order_by(AuditEntry.id.desc()))
    return {subject: str(sha256) for subject, sha256 in newest_first}


def _ids_noted(kind: str, acts: tuple[str, ...], *, of: int | None = None) -> set[int]:
    """The ids of the versions (or whether this one is among them) that were published as the audit
    has it, with a hash or without: there was never a release that noted none of them."""
    found = select(AuditEntry.subject_id).where(
        AuditEntry.subject_kind == kind, AuditEntry.act.in_(acts)
    )
    return set(
        db.session.scalars(found if of is None else found.where(AuditEntry.subject_id == of))
    )


def _all(model: Any) -> Iterator[Any]:
    found, last = select(model).options(undefer("*")).order_by(model.id).limit(AT_A_TIME), None
    while True:
        some = found if last is None else found.where(model.id > last)
        rows = db.session.scalars(some).all()
        yield from rows
        if not rows:
            return
        last = rows[-1].id
