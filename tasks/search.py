"""Putting a published agenda and the text of its open papers into the search index."""

from datetime import datetime

import structlog

from committee.agendas import publishing
from committee.agendas.models import AgendaVersion
from committee.documents.page_text import pages_text
from committee.documents.refusals import Refused
from committee.extensions import db
from committee.meetings import service as meetings
from committee.packs import service as packs
from committee.search import indexing, renewal
from committee.storage import current_storage
from committee.work import service as work

log = structlog.get_logger()


def index_agenda(claim: work.Claim) -> None:
    """Index the version unless a later one has been published, whose turn comes too."""
    version = publishing.version_with_id(claim.subject_id)
    if version is None or not _is_newest(version):
        work.finish(claim)
        db.session.commit()
        return
    papers = open_papers(version)
    db.session.rollback()  # no connection is held while papers are read
    pages = {version_id: _pages(version_id, sha256) for version_id, sha256 in papers.items()}
    _put_in(claim, pages)


def open_papers(version: AgendaVersion) -> dict[int, str]:
    """The files of the papers that anyone may read, by the id of the paper's version."""
    return {
        paper["version_id"]: paper["sha256"]
        for item in version.open_contents["items"]
        if not item["exempt"]
        for paper in item["papers"]
    }


def _pages(version_id: int, sha256: str) -> list[str]:
    """The text of each page; none where the file can be shown but its words cannot be taken out."""
    try:
        return pages_text(current_storage().local_path(sha256))
    except Refused as refused:
        log.warning("paper_not_indexed", version_id=version_id, code=refused.code)
        return []


def _put_in(claim: work.Claim, pages: dict[int, list[str]]) -> None:
    version = publishing.version_with_id(claim.subject_id)
    if version is not None:
        meetings.lock(version.meeting)
        if _is_newest(version):
            pack = packs.pack_with_id(version.public_pack_id or 0)
            indexing.index_agenda(version, pages, pack.contents if pack else ())
    work.finish(claim)
    db.session.commit()


def _is_newest(version: AgendaVersion) -> bool:
    return publishing.versions(version.meeting)[0].id == version.id


def give_up(version_id: int, _at: datetime) -> None:
    """It was tried as often as it may be: its title and agenda can be found, its papers cannot."""
    version = publishing.version_with_id(version_id)
    if version is not None and _is_newest(version):
        meetings.lock(version.meeting)
        indexing.index_agenda(version, {})


def bring_up_to_date(*_when: object) -> None:
    """Index what has been published since the last look; for the sweep."""
    renewal.bring_up_to_date()
