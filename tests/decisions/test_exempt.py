"""What is exempt stays out of records of decision, and out of the search over them."""

from datetime import date

import pytest

from committee.agendas import accepting
from committee.agendas import publishing as agendas
from committee.agendas.models import AgendaItem
from committee.agendas.rules import Part
from committee.confidentiality.rules import OPENED, Classification
from committee.decisions import drafting, publishing, service, signing
from committee.decisions.models import Decision
from committee.decisions.rules import Restriction
from committee.extensions import db
from committee.people.roles import Role
from committee.reports.models import Recommendation, Report
from committee.reports.rules import ReportStatus
from committee.search import finding, renewal
from committee.search.rules import Wanted
from committee.states import NotAllowed
from tests import builders
from tests.decisions.builders import (
    CHOICES,
    a_notified,
    at,
    classed,
    some_fields,
    some_words,
    write,
)
from tests.decisions.conftest import People

MEETING_DAY = date(2018, 5, 8)
PROPOSED_ON = date(2018, 4, 27)


def a_report(
    decision: Decision, classification: Classification, item: AgendaItem | None = None
) -> Report:
    """An accepted report on the decision, with a word that nothing else says."""
    report = Report(
        meeting=item.meeting
        if item
        else builders.a_meeting(decision.committee, held_on=MEETING_DAY),
        author=builders.a_user(Role.REPORT_AUTHOR),
        decision_number=decision.number,
        subject="Sale of Blackacre",
        due_on=date(2018, 4, 17),
        status=ReportStatus.SUBMITTED,
        classification=classification,
        exempt_paragraphs=[3] if classification is Classification.EXEMPT else [],
        summary="The price of Blackacre is £1.",
        recommendations=[
            Recommendation(position=1, verbs=["endorse"], text="the sale of Blackacre")
        ],
    )
    db.session.add(report)
    db.session.flush()
    accepting.accept(report, item, now=at(date(2018, 4, 20)))
    db.session.commit()
    return report


def propose(decision: Decision, **written: object) -> None:
    """Publish the proposed record."""
    write(decision, some_words(**written))
    publishing.publish_proposed(decision, now=at(PROPOSED_ON), today=PROPOSED_ON)
    db.session.commit()


def test_an_exempt_report_is_neither_quoted_nor_found(people: People) -> None:
    decision = a_notified(committee=people.committee, portfolio=people.portfolio)
    a_report(decision, Classification.EXEMPT)
    propose(decision, committee_view="It was endorsed.")
    people.visitor.get(f"/decisions/{decision.number}/record")
    assert "Blackacre" not in people.visitor.words()
    renewal.bring_up_to_date()
    db.session.commit()
    assert finding.search(Wanted("Blackacre")).count == 0


@pytest.mark.parametrize("table", ["agenda_item", "report"])
@pytest.mark.parametrize("part", list(Classification))
def test_a_report_is_quoted_only_while_it_and_its_item_are_open(
    people: People, part: Classification, table: str
) -> None:
    decision = a_notified(committee=people.committee, portfolio=people.portfolio)
    report = a_report(decision, Classification.OPEN)
    builders.opened_or_closed(db.session.get_one(AgendaItem, report.agenda_item_id), Part.OPEN)
    of = db.metadata.tables[table]
    given = {
        "classification": part,
        "exempt_paragraphs": [3] if part is Classification.EXEMPT else [],
        "confidence_basis": "enactment" if part is Classification.CONFIDENTIAL else None,
    }
    subject_id = report.id if table == "report" else report.agenda_item_id
    db.session.execute(db.update(of).where(of.c.id == subject_id).values(given))
    assert ("Blackacre" in str(drafting.words(decision))) == (part is Classification.OPEN)


def test_the_record_of_a_fully_exempt_decision_is_closed_unless_the_notice_changes(
    people: People,
) -> None:
    decision = a_notified(
        committee=people.committee,
        portfolio=people.portfolio,
        restriction=Restriction.FULLY_EXEMPT,
        restriction_reason="Paragraph 3 of Schedule 12A.",
    )
    propose(decision, decision_text="To sell Blackacre.")
    people.visitor.get(f"/decisions/{decision.number}/record")
    assert "not for publication" in people.visitor.words()
    assert "Blackacre" not in people.visitor.words()
    with pytest.raises(NotAllowed, match="publish the changed notice"):
        classed(decision, OPENED)
    decision.record.classification = Classification.OPEN  # as if opened before it was fully exempt
    decision.record.exempt_paragraphs = []
    with pytest.raises(NotAllowed, match="not for publication"):
        publishing.publish_proposed(
            decision, now=at(PROPOSED_ON), today=PROPOSED_ON, change_reason="More."
        )
    with pytest.raises(NotAllowed, match="not for publication"):
        signing.mark_ready(decision, CHOICES, today=PROPOSED_ON)


def test_a_decision_that_becomes_fully_exempt_closes_its_record(people: People) -> None:
    decision = a_notified(committee=people.committee, portfolio=people.portfolio)
    classed(decision)
    assert decision.record.is_open
    closed = some_fields(
        people.committee,
        people.portfolio,
        restriction=Restriction.FULLY_EXEMPT,
        restriction_reason="Paragraph 3 of Schedule 12A.",
    )
    service.change_decision(decision, closed)
    assert decision.record.is_unclassed


def test_a_report_accepted_after_the_agenda_came_out_is_not_told(people: People) -> None:
    decision = a_notified(committee=people.committee, portfolio=people.portfolio)
    meeting = builders.a_meeting(decision.committee, held_on=MEETING_DAY)
    item = builders.an_item(meeting, "Land")
    item.decision_number = decision.number
    db.session.commit()
    agendas.publish(meeting, today=PROPOSED_ON, now=at(PROPOSED_ON), by=None)
    db.session.commit()
    a_report(decision, Classification.OPEN, item)
    people.visitor.get(f"/decisions/{decision.number}")
    assert "Agenda published" in people.visitor.words()
    assert "Blackacre" not in people.visitor.words()
    late = date(2018, 4, 30)
    agendas.publish(
        meeting, today=late, now=at(late), by=None, reasons=agendas.Reasons(change="A report.")
    )
    db.session.commit()
    people.visitor.get(f"/decisions/{decision.number}")
    assert "Sale of Blackacre" in people.visitor.words()
