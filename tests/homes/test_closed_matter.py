"""A home names nothing that is closed, since nobody is noted for reading one."""

from datetime import date

from flask import Flask

from committee.clock import now
from committee.confidentiality import service as confidentiality
from committee.confidentiality.rules import Classification, Said
from committee.documents.refusals import Refused
from committee.extensions import db
from committee.people.roles import Role
from committee.reports import service as reports
from committee.reports.rules import ReportStatus
from tests import builders
from tests.homes.test_home import A_DAY, a_person, a_report, part, whats

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
