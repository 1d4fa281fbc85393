"""What the author of a report states of its class, and what is kept of it."""

from dataclasses import replace

import pytest
from flask import Flask

from committee.audit import service as audit
from committee.clock import now
from committee.confidentiality import service as confidentiality
from committee.confidentiality.rules import OPENED, Classification, ConfidenceBasis, Said
from committee.extensions import db
from committee.reports import writing
from committee.reports.header_block import UNSAID
from committee.reports.models import Report
from committee.states import NotAllowed
from tests.reports.builders import A_BLOCK, a_checked_paper, a_draft, a_report


@pytest.fixture
def report(app: Flask) -> Report:
    """A report that was asked for."""
    return a_report()


def test_an_exempt_report_states_its_ground(report: Report) -> None:
    exempt = replace(A_BLOCK, said=Said(Classification.EXEMPT))
    with pytest.raises(NotAllowed, match="Schedule 12A"):
        writing.save(report, exempt, now=now())
    writing.save(report, replace(exempt, said=replace(exempt.said, paragraphs=(5, 3))), now=now())
    db.session.commit()
    assert report.exempt_paragraphs == [3, 5]


def test_a_confidential_report_states_what_forbids_its_disclosure(report: Report) -> None:
    confidential = replace(A_BLOCK, said=Said(Classification.CONFIDENTIAL))
    with pytest.raises(NotAllowed, match="what forbids the disclosure"):
        writing.save(report, confidential, now=now())
    basis = ConfidenceBasis.COURT_ORDER
    said = replace(confidential.said, confidence_basis=basis)
    writing.save(report, replace(confidential, said=said), now=now())
    db.session.commit()
    assert (report.classification, report.confidence_basis) == (Classification.CONFIDENTIAL, basis)


def test_nobody_has_classed_a_report_that_was_asked_for(report: Report) -> None:
    db.session.commit()
    assert report.is_unclassed
    assert confidentiality.determinations_of(report) == []


def test_a_report_is_not_sent_before_its_class_is_stated(report: Report) -> None:
    a_draft(report, said=UNSAID)
    a_checked_paper(report)
    with pytest.raises(writing.Incomplete) as refusal:
        writing.submit(report, now=now())
    assert [each.field for each in refusal.value.missing] == ["classification"]
    assert "unrestricted, exempt or confidential" in refusal.value.missing[0].message
    a_draft(report)
    writing.submit(report, now=now())
    assert report.is_open


def test_each_thing_that_an_author_states_is_kept_for_good_and_none_twice(report: Report) -> None:
    author = report.author_id
    exempt = Said(Classification.EXEMPT, paragraphs=(5, 3), factors_for="Bids are to come.")
    for said in (OPENED, OPENED, exempt, exempt, UNSAID):
        writing.save(report, replace(A_BLOCK, said=said), now=now(), by=author)
    db.session.commit()
    newest, first = confidentiality.determinations_of(report)
    assert (first.classification, newest.classification) == ("open", "exempt")
    assert (newest.exempt_paragraphs, newest.factors_for) == ([3, 5], "Bids are to come.")
    assert newest.recorded_from == "as the author of the report says"
    assert newest.decided_by_id == author
    assert not newest.is_tested
    assert report.is_closed
    assert [each.act for each in audit.history(report) if "classification" in each.act] == [
        "classification:closed",
        "classification:opened",
    ]


def test_an_unrestricted_report_has_no_ground(report: Report) -> None:
    a_draft(report, said=Said(Classification.OPEN, paragraphs=(3,)))
    db.session.commit()
    assert report.exempt_paragraphs == []
