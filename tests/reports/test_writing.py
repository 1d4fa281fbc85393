"""Writing a report, sending it, and what democratic services make of it."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from committee.agendas import service as agendas
from committee.agendas.models import AgendaItem
from committee.audit import service as audit
from committee.clock import now
from committee.confidentiality.rules import Classification
from committee.documents.refusals import Refused
from committee.extensions import db
from committee.law.calendar import DAY
from committee.reports import asking, report_papers, service, writing
from committee.reports.header_block import RecommendationFields
from committee.reports.models import Report
from committee.reports.rules import REPORT_MAY_BECOME, ReportStatus, Verb
from committee.states import NotAllowed
from tests import builders
from tests.reports.builders import (
    A_BLOCK,
    a_checked_paper,
    a_draft,
    a_report,
    a_sent_report,
    mark_checked,
    titles,
)

COMMENT = "Add the costs."


@pytest.fixture
def report(app: Flask) -> Report:
    """A report that was asked for."""
    return a_report()


def item_of(report: Report) -> AgendaItem:
    return builders.an_item(report.meeting)


# --- drafts ---


def test_what_was_written_is_kept_whole(report: Report) -> None:
    writing.save(report, A_BLOCK, now=now())
    db.session.commit()
    assert writing.header_block(report) == A_BLOCK
    assert report.status is ReportStatus.DRAFT


def test_a_draft_need_not_be_complete(report: Report) -> None:
    writing.save(report, replace(A_BLOCK, summary=None, recommendations=()), now=now())
    db.session.commit()
    assert writing.header_block(report).summary is None


def test_the_first_draft_alone_is_a_step(report: Report) -> None:
    a_draft(report)
    a_draft(report)
    assert [step.became for step in report.steps] == [ReportStatus.DRAFT, ReportStatus.ASKED_FOR]


def test_recommendations_keep_their_order_and_old_ones_go(report: Report) -> None:
    three = tuple(RecommendationFields((Verb.NOTE,), text) for text in "abc")
    a_draft(report, recommendations=three)
    a_draft(report, recommendations=(three[2], three[0]))
    db.session.commit()
    db.session.expire_all()
    assert [(each.position, each.text) for each in report.recommendations] == [(1, "c"), (2, "a")]


@pytest.mark.parametrize(
    "status", [ReportStatus.SUBMITTED, ReportStatus.ACCEPTED, ReportStatus.WITHDRAWN]
)
def test_what_is_not_with_its_author_is_not_changed(report: Report, status: ReportStatus) -> None:
    report.status = status
    with pytest.raises(NotAllowed, match="cannot be changed"):
        writing.save(report, A_BLOCK, now=now())


# --- sending ---


def test_a_complete_report_is_sent(app: Flask) -> None:
    report = a_sent_report()
    db.session.commit()
    assert report.status is ReportStatus.SUBMITTED
    assert report.submitted_at is not None
    assert audit.history(report)[0].act == "report:submitted"


def test_an_incomplete_report_is_not_sent(report: Report) -> None:
    a_draft(report, summary=None)
    with pytest.raises(writing.Incomplete) as refusal:
        writing.submit(report, now=now())
    assert [each.field for each in refusal.value.missing] == ["summary", "papers"]
    assert report.status is ReportStatus.DRAFT


def test_a_report_that_nobody_began_is_not_sent(report: Report) -> None:
    with pytest.raises(NotAllowed, match="cannot become “With democratic services”"):
        writing.submit(report, now=now())


def test_no_paper_goes_unchecked_or_refused(report: Report) -> None:
    paper = a_checked_paper(a_draft(report))
    newer = service.receive_version(paper, builders.an_upload("newer.docx"))
    assert "Wait until" in report_papers.wanting(report_papers.papers_of(report))[0]
    service.record_refused(newer, Refused("macros", "It holds macros.", "Save again."), now=now())
    assert "cannot be used" in report_papers.wanting(report_papers.papers_of(report))[0]
    with pytest.raises(writing.Incomplete):
        writing.submit(report, now=now())
    mark_checked(service.receive_version(paper, builders.an_upload("newest.docx")))
    writing.submit(report, now=now())


def test_a_report_can_be_taken_back_before_it_is_read(app: Flask) -> None:
    report = a_sent_report()
    writing.recall(report, now=now())
    assert (report.status, report.submitted_at) == (ReportStatus.DRAFT, None)
    writing.submit(report, now=now())
    assert [step.became for step in report.steps][:3] == [
        ReportStatus.SUBMITTED,
        ReportStatus.DRAFT,
        ReportStatus.SUBMITTED,
    ]


# --- accepting and returning ---


def test_an_accepted_reports_papers_come_under_the_item(app: Flask) -> None:
    report = a_sent_report()
    item = item_of(report)
    already = builders.a_paper(item).paper
    officer = builders.a_user()
    writing.accept(report, item.id, now=now(), by=officer.id)
    db.session.commit()
    assert (report.status, report.agenda_item_id) == (ReportStatus.ACCEPTED, item.id)
    assert report.accepted_at is not None
    assert service.papers_of(item.id) == [already, *report.papers]
    entry = agendas.numbered_items(report.meeting)[0]
    assert entry.item.papers[1].in_use.pages == 3
    assert audit.history(report)[0].actor_id == officer.id


def test_a_returned_reports_papers_leave_the_item(app: Flask) -> None:
    report = a_sent_report()
    item = item_of(report)
    removed = a_checked_paper(report, "withdrawn.docx")
    report_papers.remove(report, removed, now=now())
    already = builders.a_paper(item).paper
    writing.accept(report, item.id, now=now())
    writing.return_to_author(report, COMMENT, now=now())
    db.session.commit()
    assert service.papers_of(item.id) == [already]
    assert service.removed_papers_of([item.id]) == []
    assert titles(report_papers.papers_of(report)) == [A_BLOCK.subject]
    assert (report.agenda_item_id, report.accepted_at, report.submitted_at) == (None,) * 3
    assert report.steps[0].comment == COMMENT


def test_a_removed_paper_does_not_come_under_the_item(app: Flask) -> None:
    report = a_sent_report()
    extra = a_checked_paper(report, "extra.docx")
    report_papers.remove(report, extra, now=now())
    item = item_of(report)
    writing.accept(report, item.id, now=now())
    assert extra.agenda_item_id is None
    assert len(service.papers_of(item.id)) == 1


@pytest.mark.parametrize("comment", [None, ""])
def test_a_report_is_returned_with_a_comment_only(app: Flask, comment: str | None) -> None:
    report = a_sent_report()
    with pytest.raises(NotAllowed, match="with a comment"):
        writing.return_to_author(report, comment, now=now())
    assert report.status is ReportStatus.SUBMITTED


def test_a_returned_report_is_mended_and_sent_again(app: Flask) -> None:
    report = a_sent_report()
    writing.return_to_author(report, COMMENT, now=now())
    a_draft(report, summary="With the costs.")
    assert report.status is ReportStatus.RETURNED
    writing.submit(report, now=now())
    assert report.status is ReportStatus.SUBMITTED


def test_why_a_report_came_back_stays_in_sight_whatever_else_happens(app: Flask) -> None:
    report = a_sent_report()
    assert writing.returned_by(report) is None
    writing.return_to_author(report, COMMENT, now=now())
    asking.change_due_date(report, report.due_on + DAY, reason="More time", now=now())
    assert writing.returned_by(report).comment == COMMENT
    writing.submit(report, now=now())
    assert writing.returned_by(report) is None
    writing.return_to_author(report, "Once more.", now=now())
    assert writing.returned_by(report).comment == "Once more."


# --- every move, by the rules and by the database ---

ACTS = {
    ReportStatus.DRAFT: lambda report: writing.recall(report, now=now()),
    ReportStatus.SUBMITTED: lambda report: writing.submit(report, now=now()),
    ReportStatus.RETURNED: lambda report: writing.return_to_author(report, COMMENT, now=now()),
    ReportStatus.ACCEPTED: lambda report: writing.accept(report, item_of(report).id, now=now()),
    ReportStatus.WITHDRAWN: lambda report: asking.withdraw(report, COMMENT, now=now()),
}


# A report that was asked for becomes a draft when its author saves it, and is not taken back.
BY_WRITING_ALONE = (ReportStatus.ASKED_FOR, ReportStatus.DRAFT)


@pytest.mark.parametrize("wanted", ACTS)
@pytest.mark.parametrize("status", ReportStatus)
def test_every_move_is_made_or_refused_in_words(
    app: Flask, status: ReportStatus, wanted: ReportStatus
) -> None:
    report = a_sent_report()
    report.accepted_at = now() if status is ReportStatus.ACCEPTED else None
    report.status = status
    db.session.flush()
    if wanted in REPORT_MAY_BECOME[status] and (status, wanted) != BY_WRITING_ALONE:
        ACTS[wanted](report)
        db.session.flush()
        assert report.status is wanted
        assert report.steps[0].became is wanted
    else:
        with pytest.raises(NotAllowed, match="cannot become"):
            ACTS[wanted](report)
        assert report.status is status


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": ReportStatus.ACCEPTED},
        {"classification": Classification.EXEMPT},
        {"exempt_paragraphs": [3]},
    ],
)
def test_the_database_refuses_what_cannot_be(report: Report, wrong: dict[str, object]) -> None:
    for name, value in wrong.items():
        setattr(report, name, value)
    with pytest.raises(IntegrityError):
        db.session.flush()


@pytest.mark.parametrize("verbs", [[], ["note", "agreed"]])
def test_the_database_knows_the_verbs(report: Report, verbs: list[str]) -> None:
    a_draft(report)
    report.recommendations[0].verbs = verbs
    with pytest.raises(IntegrityError, match="verbs_known"):
        db.session.flush()


def test_the_database_wants_every_paper_to_belong_somewhere(report: Report) -> None:
    paper = a_checked_paper(report)
    paper.report_id = None
    with pytest.raises(IntegrityError, match="belongs_somewhere"):
        db.session.flush()
