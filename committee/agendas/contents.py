"""What an agenda says when it is published, as plain values that are frozen.

The open contents are made by adding what anyone may read. An exempt item's own title, description
and papers never come into them, so nothing has to be taken out again.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from committee.agendas.models import AgendaItem
from committee.agendas.rules import EXEMPT_PARAGRAPHS
from committee.agendas.service import NumberedItem
from committee.confidentiality.models import Classed
from committee.confidentiality.rules import Classification as Class
from committee.meetings.models import Meeting
from committee.reports.models import Paper, PaperVersion, Report
from committee.reports.rules import PaperKind

# What anyone reads of a paper that is not open, beside an item that is.
WITHHELD = {
    PaperKind.MAIN: "Paper not open to the public",
    PaperKind.APPENDIX: "Appendix not open to the public",
}

Reports = Mapping[int, Sequence[Report]]


def open_contents(
    meeting: Meeting, entries: Sequence[NumberedItem], reports: Reports
) -> dict[str, Any]:
    """The agenda as anyone may read it. `reports` are the accepted ones, by their item's id."""
    return {
        "meeting": _meeting(meeting),
        "items": [
            _openly(entry, _of_open(reports)) if entry.item.is_open else _stub(entry)
            for entry in entries
        ],
    }


def restricted_contents(
    meeting: Meeting, entries: Sequence[NumberedItem], reports: Reports
) -> dict[str, Any]:
    """The agenda as members read it, with its exempt items."""
    return {
        "meeting": _meeting(meeting),
        "items": [_whole(entry, reports) for entry in entries],
    }


def _of_open(reports: Reports) -> Reports:
    """No closed report stands under an open item; were one there, its words would stay out."""
    return {item_id: [r for r in found if r.is_open] for item_id, found in reports.items()}


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {
        "id": meeting.id,
        "committee": meeting.committee.name,
        "held_on": meeting.held_on.isoformat(),
        "starts_at": meeting.starts_at.isoformat("minutes"),
        "place": meeting.place,
    }


def _stub(entry: NumberedItem) -> dict[str, Any]:
    """What anyone may know of an exempt item. It has no id, by which more could be asked for."""
    item = entry.item
    return {
        "number": entry.number,
        "title": item.title_for_public,
        "exempt": True,
        **_ground(item),
        "papers": [],
    }


def _openly(entry: NumberedItem, reports: Reports) -> dict[str, Any]:
    """An open item with its open papers, and stubs of those that are not."""
    item = entry.item
    papers = [_paper(paper, used) for paper in item.open_papers if (used := paper.in_use)]
    stubs = [
        {"title": WITHHELD[paper.kind], **_ground(paper)}
        for paper in item.withheld_papers
        if paper.in_use
    ]
    withheld = {"withheld": stubs} if stubs else {}
    return _facts(entry, reports) | {"papers": papers} | withheld


def _closed_beside(item: AgendaItem, paper: Paper) -> dict[str, Any]:
    """Why a paper is closed that is closed by itself, or beside an open item: a paper of an exempt
    item may be stricter than it. Nothing where it is as its item is."""
    by_itself = paper.is_closed or (item.is_open and not paper.is_open)
    return {"exempt": True, **_ground(paper)} if by_itself else {}


def _ground(item: Classed) -> dict[str, Any]:
    """Why it is closed. What most items are not is not said of them, so that agendas that were
    published earlier still compare."""
    found: dict[str, Any] = {
        "paragraphs": list(item.exempt_paragraphs),
        "reasons": [EXEMPT_PARAGRAPHS[n] for n in item.exempt_paragraphs if n in EXEMPT_PARAGRAPHS],
    }
    if item.classification is Class.CONFIDENTIAL:
        found["confidential"] = True
    if item.terms_of_contract:
        found["terms_of_contract"] = True
    return found


def _whole(entry: NumberedItem, reports: Reports) -> dict[str, Any]:
    item = entry.item
    papers = [
        _paper(paper, used) | _closed_beside(item, paper)
        for paper in item.papers
        if (used := paper.in_use)
    ]
    return _facts(entry, reports) | {"papers": papers}


def _facts(entry: NumberedItem, reports: Reports) -> dict[str, Any]:
    item = entry.item
    return {
        "id": item.id,
        "number": entry.number,
        "title": item.title,
        "kind": item.kind.value,
        "description": item.description,
        "decision_number": item.decision_number,
        "urgent_reason": item.urgent_reason,
        "exempt": not item.is_open,
        **_ground(item),
        "reports": [_header_block(report) for report in reports.get(item.id, ())],
    }


def _paper(paper: Paper, version: PaperVersion) -> dict[str, Any]:
    return {
        "version_id": version.id,
        "paper_id": paper.id,
        "number": version.number,
        "title": paper.title,
        "kind": paper.kind.value,
        "pages": version.pages,
        "sha256": version.prepared_sha256,
    }


def _header_block(report: Report) -> dict[str, Any]:
    return {
        "report_id": report.id,
        "subject": report.subject,
        "from": report.from_whom,
        "past_pathway": report.past_pathway,
        "future_pathway": report.future_pathway,
        "divisions": report.divisions,
        "summary": report.summary,
        "recommendations": [
            {"verbs": list(each.verbs), "text": each.text} for each in report.recommendations
        ],
        "background_documents": [dict(each) for each in report.background_documents],
    }
