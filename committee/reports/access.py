"""The only loaders of papers that a view may use. Papers are drafts: officers only."""

from flask import abort

from committee.people.permissions import Permission, may
from committee.reports import service
from committee.reports.models import Paper, PaperVersion


def visible_paper(paper_id: int, *, removed: bool = False) -> Paper:
    """A paper that this reader may work on; one that was removed only where `removed` says so."""
    paper = service.paper_with_id(paper_id) if may(Permission.PAPER_UPLOAD) else None
    if paper is None or (paper.removed_at is not None) != removed:
        abort(404)
    return paper


def visible_version(paper: Paper, number: int) -> PaperVersion:
    """One version of a paper that this reader may work on."""
    found = next((version for version in paper.versions if version.number == number), None)
    if found is None:
        abort(404)
    return found
