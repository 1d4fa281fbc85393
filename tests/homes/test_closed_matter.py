"""A home names nothing that is closed, since nobody is noted for reading one, and asks nobody to
open what is shut to them."""

from datetime import date

from flask import Flask
from sqlalchemy import select

from committee.clock import now
from committee.confidentiality import service as confidentiality
from committee.confidentiality.rules import Classification, Said
from committee.consultations.models import Response
from committee.documents.refusals import Refused
from committee.extensions import db
from committee.people.models import User
from committee.people.roles import Role
from committee.reports import service as reports
from committee.reports.rules import ReportStatus
from tests import builders
from tests.consultations import builders as consultations
from tests.homes.test_home import A_DAY, a_person, a_report, a_response, part, whats
from tests.search import published

CLOSED = Said(Classification.EXEMPT, paragraphs=(3,))


def test_no_home_names_what_is_closed(app: Flask) -> None:
    mine = builders.a_committee()
    officer = a_person(Role.DEMOCRATIC_SERVICES_OFFICER, committee=mine)
    author = a_person(Role.REPORT_AUTHOR, committee=mine)
    meeting = builders.a_meeting(mine, held_on=date(2018, 6, 12))
    late = a_report(meeting, author, ReportStatus.DRAFT, date(2018, 4, 30))
    sent = a_report(meeting, author, ReportStatus.SUBMITTED, date(2018, 4, 30))
    for report in (late, sent):
        confidentiality.take_over(report, CLOSED, source="its author", now=now())
    item = builders.an_item(
        meeting, "Sale of Blackacre", part=builders.Part.EXEMPT, public_title="Property"
    )
    refused = builders.a_paper(item)
    refused.paper.title = "Offer for Blackacre"
    reports.record_refused(refused, Refused("macros", "It has macros.", "Save it."), now=now())
    db.session.commit()
    found = part(officer, "officer", on=A_DAY)
    assert f"Ask {author.name} for a late report that is not open to the public" in whats(found)
    assert "Accept or return a report that is not open to the public" in whats(found)
    (paper,) = [todo for todo in found.todos if "which was refused" in todo.what]
    assert paper.what == "Replace a closed paper, which was refused"
    assert paper.about.startswith("Property. ")
    assert "Blackacre" not in str(found)
    assert late.subject not in str(found)
    owed = part(author, "author", on=A_DAY)
    assert late.subject in whats(owed), "its author knows what it says"


def test_a_member_is_not_asked_to_open_responses_that_are_shut_to_them(app: Flask) -> None:
    consultation = published.a_consultation(published.a_meeting().committee)
    members = [
        a_person(Role.COMMITTEE_MEMBER, committee=consultation.committee),
        a_person(Role.COMMITTEE_MEMBER),  # of the whole council: not paragraph 1
    ]
    both = a_person(Role.COMMITTEE_MEMBER, Role.REPORT_AUTHOR)  # who answers for consultations
    for number in range(2):
        a_response(consultation.id, number)
    first, second = db.session.scalars(select(Response).order_by(Response.id)).all()
    consultations.classed(first, consultations.exempt(3))
    consultations.classed(second, consultations.exempt(1))
    db.session.commit()

    def told(member: User) -> list[str]:
        return [todo.about.split(" you ")[0] for todo in part(member, "responses", on=A_DAY).todos]

    assert [told(member) for member in members] == [["2 responses"], ["1 response"]]
    assert told(both) == ["2 responses"]
    consultations.classed(first, consultations.exempt(2))
    db.session.commit()
    assert [told(member) for member in members] == [["2 responses"], []]
