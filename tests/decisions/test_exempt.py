"""What is exempt stays out of records of decision, and out of the search over them."""

from datetime import date

import pytest

from committee.agendas import accepting
from committee.agendas.rules import Part
from committee.decisions import drafting, publishing
from committee.decisions.models import Decision
from committee.extensions import db
from committee.people.roles import Role
from committee.reports.models import Recommendation, Report
from committee.reports.rules import Classification, ReportStatus
from committee.search import finding, renewal
from committee.search.rules import Wanted
from tests import builders
from tests.decisions.builders import a_notified, at, some_words
from tests.decisions.conftest import People

MEETING_DAY = date(2018, 5, 8)
PROPOSED_ON = date(2018, 4, 27)


def a_report(decision: Decision, classification: Classification) -> Report:
    """An accepted report on the decision, with a word that nothing else says."""
    meeting = builders.a_meeting(decision.committee, held_on=MEETING_DAY)
    report = Report(
        meeting=meeting,
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
    accepting.accept(report, None, now=at(date(2018, 4, 20)))
    db.session.commit()
    return report


def propose(decision: Decision, **written: object) -> None:
    """Publish the proposed record."""
    drafting.save_record(decision, some_words(**written))
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


@pytest.mark.parametrize("part", list(Part))
def test_a_report_is_quoted_only_while_its_item_is_open(people: People, part: Part) -> None:
    decision = a_notified(committee=people.committee, portfolio=people.portfolio)
    report = a_report(decision, Classification.UNRESTRICTED)
    db.session.execute(
        db.text("UPDATE agenda_item SET part = :part, exempt_paragraphs = '{3}' WHERE id = :id"),
        {"part": part.value, "id": report.agenda_item_id},
    )
    assert ("Blackacre" in str(drafting.words(decision))) == (part is Part.OPEN)
