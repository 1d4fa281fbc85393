"""A report accepted onto an agenda: its papers come under the item, and leave it when returned."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from flask import Flask

from committee.agendas import accepting, classing, publishing, service
from committee.agendas.models import AgendaItem
from committee.agendas.rules import ItemKind, Part
from committee.agendas.service import ItemFields
from committee.confidentiality import service as confidentiality
from committee.confidentiality.rules import Classification, ConfidenceBasis, Said
from committee.documents.preparation import Prepared
from committee.extensions import db
from committee.people.roles import Role
from committee.reports import service as papers
from committee.reports import writing
from committee.reports.models import Paper, PaperVersion, Recommendation, Report
from committee.reports.rules import PaperKind, ReportStatus, VersionStatus
from committee.states import NotAllowed
from committee.storage import current_storage
from tests import builders

NOW = datetime(2018, 4, 20, 9, tzinfo=UTC)


def a_sent_report(*, exempt: bool = False) -> Report:
    meeting = builders.a_meeting(held_on=date(2018, 5, 8))
    report = Report(
        meeting=meeting,
        author=builders.a_user(Role.REPORT_AUTHOR),
        decision_number="18/00016",
        subject="Post-16 transport policy",
        due_on=date(2018, 4, 17),
        status=ReportStatus.SUBMITTED,
        classification=Classification.EXEMPT if exempt else Classification.OPEN,
        exempt_paragraphs=[3] if exempt else [],
        summary="A pass for pupils over sixteen.",
        recommendations=[Recommendation(position=1, verbs=["endorse"], text="the pass")],
    )
    db.session.add(report)
    db.session.flush()
    with_paper(report)
    db.session.commit()
    return report


def with_paper(report: Report) -> None:
    stored = current_storage().save(BytesIO(builders.a_pdf(3)))
    paper = Paper(report_id=report.id, position=1, kind=PaperKind.MAIN, title="Report")
    db.session.add(paper)
    db.session.flush()
    version = PaperVersion(
        paper_id=paper.id,
        number=1,
        original_name="report.pdf",
        original_sha256=stored.sha256,
        size=stored.size,
        status=VersionStatus.RECEIVED,
        notices=[],
    )
    db.session.add(version)
    prepared = Prepared(current_storage().local_path(stored.sha256), 3, False, (), None)
    papers.record_accepted(version, prepared, stored, now=NOW)


def under(item: AgendaItem) -> list[str]:
    db.session.commit()
    db.session.expire_all()
    return [paper.title for paper in item.papers]


def test_a_new_item_is_made_of_the_report_and_its_papers_come_under_it(app: Flask) -> None:
    report = a_sent_report()
    item = accepting.accept(report, None, now=NOW)
    assert (item.title, item.decision_number) == ("Post-16 transport policy", "18/00016")
    assert under(item) == ["Report"]
    assert report.status is ReportStatus.ACCEPTED


def test_an_item_of_the_same_decision_is_offered_first(app: Flask) -> None:
    report = a_sent_report()
    builders.an_item(report.meeting, "Budget")
    item = builders.an_item(report.meeting, "Transport")
    item.decision_number = "18/00016"
    db.session.commit()
    assert [entry.item.title for entry in accepting.items_for(report)] == ["Transport", "Budget"]
    assert accepting.accept(report, item, now=NOW) is item
    assert under(item) == ["Report"]


def test_an_exempt_report_never_comes_under_an_open_item(app: Flask) -> None:
    report = a_sent_report(exempt=True)
    opened = builders.an_item(report.meeting, "Budget")
    db.session.commit()
    assert not accepting.items_for(report)
    with pytest.raises(NotAllowed, match="item that was opened"):
        accepting.accept(report, opened, now=NOW)
    db.session.rollback()
    item = accepting.accept(report, None, now=NOW, public_title="A transport matter")
    assert item.part is Part.EXEMPT
    assert item.title_for_public == "A transport matter"


def test_an_item_that_nobody_has_opened_is_closed_with_its_report_and_so_are_the_papers(
    app: Flask,
) -> None:
    report = a_sent_report(exempt=True)
    item = service.add_item(report.meeting, ItemFields(ItemKind.REPORT, "Transport"))
    db.session.commit()
    assert [entry.item for entry in accepting.items_for(report)] == [item]
    accepting.accept(report, item, now=NOW, public_title="A transport matter")
    db.session.commit()
    things = [item, *report.papers]
    assert [(each.classification, each.exempt_paragraphs) for each in things] == [
        (Classification.EXEMPT, [3])
    ] * 2
    for each in things:
        (given,) = confidentiality.determinations_of(each)
        assert given.recorded_from == "as the author of the report says"
    assert item.title_for_public == "A transport matter"
    stops = classing.stops(service.numbered_items(report.meeting))
    assert len(stops) == 1, "the papers are weighed with their item"
    assert stops[0].startswith("The public interest test of item")


def test_an_exempt_item_takes_over_the_grounds_that_it_lacks_and_is_weighed_anew(
    app: Flask,
) -> None:
    report = a_sent_report(exempt=True)
    report.exempt_paragraphs = [1]
    item = builders.an_item(report.meeting, "Transport", part=Part.EXEMPT, public_title="A matter")
    db.session.commit()
    assert not classing.untested(service.numbered_items(report.meeting))
    accepting.accept(report, item, now=NOW, public_title="Another title")
    db.session.commit()
    assert item.exempt_paragraphs == [1, 3]
    assert item.title_for_public == "A matter"
    assert report.papers[0].exempt_paragraphs == [1]
    assert [e.item for e in classing.untested(service.numbered_items(report.meeting))] == [item]


def test_an_item_on_the_same_grounds_keeps_its_test(app: Flask) -> None:
    report = a_sent_report(exempt=True)
    item = builders.an_item(report.meeting, "Transport", part=Part.EXEMPT)
    accepting.accept(report, item, now=NOW)
    db.session.commit()
    assert classing.stops(service.numbered_items(report.meeting)) == []


def test_a_confidential_report_makes_its_item_confidential(app: Flask) -> None:
    report = a_sent_report(exempt=True)
    report.classification, report.exempt_paragraphs = Classification.CONFIDENTIAL, []
    report.confidence_basis = ConfidenceBasis.COURT_ORDER
    item = builders.an_item(report.meeting, "Transport", part=Part.EXEMPT)
    db.session.commit()
    accepting.accept(report, item, now=NOW)
    assert (item.classification, item.confidence_basis) == ("confidential", "court_order")
    assert [paper.classification for paper in report.papers] == [Classification.CONFIDENTIAL]


def test_a_report_of_which_nobody_said_whether_it_is_open_is_refused(app: Flask) -> None:
    report = a_sent_report()
    report.classification = Classification.UNCLASSED
    db.session.commit()
    with pytest.raises(NotAllowed, match="Return it to its author"):
        accepting.accept(report, None, now=NOW)
    db.session.rollback()
    assert not service.numbered_items(report.meeting)


def test_what_an_author_says_of_the_public_interest_waits_for_the_officer(app: Flask) -> None:
    report = a_sent_report(exempt=True)
    said = Said(Classification.EXEMPT, paragraphs=(3,), factors_for="Bids", factors_against="Money")
    confidentiality.take_over(report, said, source="as the author of the report says", now=NOW)
    item = accepting.accept(report, None, now=NOW)
    db.session.commit()
    proposed = confidentiality.said_of(item)
    assert (proposed.factors_for, proposed.factors_against) == ("Bids", "Money")
    assert proposed.conclusion is None
    assert [e.item for e in classing.untested(service.numbered_items(report.meeting))] == [item]


def test_an_item_of_another_meeting_is_refused(app: Flask) -> None:
    report = a_sent_report()
    with pytest.raises(NotAllowed, match="item of the meeting"):
        accepting.accept(report, builders.an_item(builders.a_meeting()), now=NOW)


def test_a_report_that_was_not_sent_is_refused(app: Flask) -> None:
    report = a_sent_report()
    report.status = ReportStatus.DRAFT
    db.session.commit()
    with pytest.raises(NotAllowed, match="cannot become"):
        accepting.accept(report, None, now=NOW)
    db.session.rollback()
    assert not service.numbered_items(report.meeting)


def test_a_returned_report_takes_its_papers_with_it(app: Flask) -> None:
    report = a_sent_report()
    item = accepting.accept(report, None, now=NOW)
    assert under(item) == ["Report"]
    writing.return_to_author(report, "The figures do not add up.", now=NOW)
    assert under(item) == []


def test_the_published_agenda_quotes_the_header_block(app: Flask) -> None:
    report = a_sent_report()
    item = accepting.accept(report, None, now=NOW)
    builders.opened_or_closed(item, Part.OPEN)
    db.session.commit()
    db.session.expire_all()
    version = publishing.publish(report.meeting, today=date(2018, 4, 27), now=NOW, by=None)
    (shown,) = version.open_contents["items"]
    assert shown["reports"][0]["summary"] == "A pass for pupils over sixteen."
    assert shown["reports"][0]["recommendations"] == [{"verbs": ["endorse"], "text": "the pass"}]


def test_an_item_with_an_exempt_report_cannot_be_opened(app: Flask) -> None:
    report = a_sent_report(exempt=True)
    item = accepting.accept(report, None, now=NOW)
    db.session.commit()
    with pytest.raises(NotAllowed, match="not open itself was accepted"):
        builders.opened_or_closed(item, Part.OPEN)
    assert item.is_closed


@pytest.mark.parametrize("stated", list(Classification))
def test_were_a_closed_report_under_an_open_item_its_words_would_stay_out(
    app: Flask, stated: Classification
) -> None:
    report = a_sent_report()
    item = accepting.accept(report, None, now=NOW)
    builders.opened_or_closed(item, Part.OPEN)
    report.classification = stated
    if stated is Classification.EXEMPT:
        report.exempt_paragraphs = [3]
    if stated is Classification.CONFIDENTIAL:
        report.confidence_basis = ConfidenceBasis.COURT_ORDER
    db.session.commit()
    db.session.expire_all()
    version = publishing.publish(report.meeting, today=date(2018, 4, 27), now=NOW, by=None)
    is_told = "A pass for pupils over sixteen." in str(version.open_contents)
    assert is_told == (stated is Classification.OPEN)


def test_an_item_of_the_same_title_is_meant_and_minutes_are_never_offered(app: Flask) -> None:
    report = a_sent_report()
    builders.an_item(report.meeting, "Minutes", kind=ItemKind.MINUTES)
    builders.an_item(report.meeting, "Update", kind=ItemKind.VERBAL_UPDATE)
    builders.an_item(report.meeting, "Budget")
    builders.an_item(report.meeting, "Post-16 Transport Policy")
    db.session.commit()
    offered = [entry.item for entry in accepting.items_for(report)]
    assert [item.title for item in offered] == ["Post-16 Transport Policy", "Budget"]
    assert accepting.is_meant_for(offered[0], report)
    assert not accepting.is_meant_for(offered[1], report)
