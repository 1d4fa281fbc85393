"""Everything that was published, with the SHA-256 of what it says and of its files, for anyone.

Only what is open comes in: each list is read as a public page is.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from committee.agendas.models import AgendaVersion
from committee.consultations.models import SummaryVersion
from committee.decisions.models import DecisionNotice, RecordVersion
from committee.decisions.rules import RecordKind
from committee.extensions import db
from committee.frozen import canonical_sha256
from committee.mail.links import address_of
from committee.minutes.models import MinutesVersion
from committee.minutes.rules import MinutesStatus
from committee.packs.models import Pack
from committee.takedowns.hiding import tombstone_of_paper
from committee.web.filters import date_in_words
from committee.web.paging import pages_of, place_of

A_PAGE = 50  # versions

# A pack is handed out as it was built, and as soon as that is made, in its arrangement for reading
# on screen; the two have other bytes.
PACK_FILES = ("Public agenda pack", "Public agenda pack, arranged for reading on screen")

TAKEN_DOWN = "A paper that was taken down"


@dataclass(frozen=True)
class Published:
    """One version as it was published: what it is, where it is read, and the hashes."""

    title: str
    at: datetime
    address: str
    sha256: str  # of what it says, in canonical form
    files: list[tuple[str, str]] = field(default_factory=list)  # what each is, and its SHA-256


@dataclass(frozen=True)
class PublishedPage:
    """One page of the versions of one kind, newest first."""

    kind: str
    versions: list[Published]
    page: int
    pages: int
    total: int


def page_of(kind: str, page: int) -> PublishedPage:
    """A page of the versions of one kind. Raises KeyError for a kind that is none."""
    model, options, describe = _KINDS[kind]
    total = db.session.scalar(select(func.count(model.id))) or 0
    page = place_of(page, total, A_PAGE)
    found = select(model).options(*options).order_by(model.published_at.desc(), model.id.desc())
    rows = db.session.scalars(found.limit(A_PAGE).offset((page - 1) * A_PAGE)).all()
    return PublishedPage(kind, list(describe(rows)), page, pages_of(total, A_PAGE), total)


def _title(words: str, number: int) -> str:
    return f"{words}, version {number}" if number > 1 else words


def _of_meeting(contents: dict[str, Any]) -> str:
    meeting = contents["meeting"]
    return f"{meeting['committee']}, {date_in_words(date.fromisoformat(meeting['held_on']))}"


def _agendas(rows: Sequence[AgendaVersion]) -> Iterator[Published]:
    packs = _packs([row.public_pack_id for row in rows if row.public_pack_id])
    for row in rows:
        papers = [
            (
                TAKEN_DOWN if tombstone_of_paper(paper["version_id"]) else paper["title"],
                paper["sha256"],
            )
            for item in row.open_contents["items"]
            for paper in item["papers"]
        ]
        yield Published(
            _title(f"Agenda of {_of_meeting(row.open_contents)}", row.number),
            row.published_at,
            address_of("public.meeting", meeting_id=row.meeting_id),
            canonical_sha256(row.open_contents),
            packs.get(row.public_pack_id or 0, []) + papers,
        )


def _packs(ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """The files of packs, by the pack's id: what each is, and its SHA-256."""
    found = select(Pack.id, Pack.file_sha256, Pack.fast_file_sha256).where(Pack.id.in_(ids))
    return {
        pack_id: [(name, sha) for name, sha in zip(PACK_FILES, files, strict=True) if sha]
        for pack_id, *files in db.session.execute(found)
    }


def _notices(rows: Sequence[DecisionNotice]) -> Iterator[Published]:
    for row in rows:
        number = row.contents["number"]
        yield Published(
            _title(f"Forward plan, {number}", row.number),
            row.published_at,
            address_of("decision_pages.decision", number=number),
            canonical_sha256(row.contents),
        )


def _records(rows: Sequence[RecordVersion]) -> Iterator[Published]:
    for row in rows:
        number = row.decision.number
        final = row.kind is RecordKind.FINAL
        yield Published(
            _title(f"{'Record of decision' if final else 'Proposed record'} {number}", row.number),
            row.published_at,
            address_of("decision_pages.decision", number=number),
            row.sha256,
            [("PDF", row.pdf_sha256)] if row.pdf_sha256 else [],
        )


def _minutes(rows: Sequence[MinutesVersion]) -> Iterator[Published]:
    for row in rows:
        draft = row.became is MinutesStatus.PUBLISHED_DRAFT
        of = f"{'Draft minutes' if draft else 'Minutes'} of {_of_meeting(row.open_contents)}"
        files = (("PDF", row.pdf_sha256), ("Word", row.word_sha256))
        yield Published(
            _title(of, row.number),
            row.published_at,
            address_of("public.meeting", meeting_id=row.minutes.meeting_id),
            canonical_sha256(row.open_contents),
            [(name, sha256) for name, sha256 in files if sha256],
        )


def _summaries(rows: Sequence[SummaryVersion]) -> Iterator[Published]:
    for row in rows:
        yield Published(
            _title(f"Results of {row.consultation.title}", row.number),
            row.published_at,
            address_of("consultations.consultation", slug=row.consultation.slug),
            row.sha256,
            [("PDF", row.pdf_sha256)] if row.pdf_sha256 else [],
        )


_Describe = Callable[[Any], Iterator[Published]]
_KINDS: dict[str, tuple[Any, tuple[Any, ...], _Describe]] = {
    "agendas": (AgendaVersion, (), _agendas),
    "notices": (DecisionNotice, (), _notices),
    "records": (RecordVersion, (joinedload(RecordVersion.decision),), _records),
    "minutes": (MinutesVersion, (joinedload(MinutesVersion.minutes),), _minutes),
    "results": (SummaryVersion, (joinedload(SummaryVersion.consultation),), _summaries),
}

KIND_LABELS = {
    "agendas": "Agendas and papers",
    "notices": "Forward plan",
    "records": "Records of decisions",
    "minutes": "Minutes",
    "results": "Results of consultations",
}
