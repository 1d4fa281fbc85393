"""The papers of a report before they come under an agenda item."""

import pytest
from flask import Flask

from committee.clock import now
from committee.extensions import db
from committee.reports import report_papers, service
from committee.reports.models import Paper, Report
from committee.reports.rules import PaperKind
from committee.work import service as work
from committee.work.rules import WorkKind
from tests import builders
from tests.reports.builders import a_report, titles


@pytest.fixture
def report(app: Flask) -> Report:
    """A report that was asked for."""
    return a_report(subject="School places")


def received(report: Report, name: str, **more: object) -> Paper:
    return report_papers.receive(report, builders.an_upload(name), **more).paper  # type: ignore[arg-type]


def test_the_first_paper_is_the_main_one_and_named_after_the_report(report: Report) -> None:
    papers = [received(report, name) for name in ("v3 final.docx", "map.pdf")]
    assert [(paper.kind, paper.title) for paper in papers] == [
        (PaperKind.MAIN, "School places"),
        (PaperKind.APPENDIX, "Map"),
    ]
    assert [(paper.agenda_item_id, paper.report_id) for paper in papers] == [(None, report.id)] * 2
    assert titles(report.papers) == ["School places", "Map"]
    assert [piece.kind for piece in work.to_hint()] == [WorkKind.CHECK_PAPER] * 2


def test_a_report_without_a_main_paper_is_told_so(report: Report) -> None:
    received(report, "map.pdf", kind=PaperKind.APPENDIX)
    told = report_papers.wanting(report_papers.papers_of(report))
    assert told[0] == "Send the main paper as a Word or PDF file"


def test_papers_move_among_those_of_their_report(report: Report) -> None:
    first, second = received(report, "a.pdf"), received(report, "b.pdf")
    received(a_report(), "other.pdf")
    service.move(second, "up")
    db.session.flush()
    assert report_papers.papers_of(report) == [second, first]


def test_a_removed_paper_can_be_put_back(report: Report) -> None:
    paper = received(report, "a.pdf")
    report_papers.remove(report, paper, now=now())
    assert report_papers.papers_of(report) == []
    assert report_papers.removed_papers_of(report) == [paper]
    service.restore(paper)
    db.session.flush()
    assert report_papers.papers_of(report) == [paper]
