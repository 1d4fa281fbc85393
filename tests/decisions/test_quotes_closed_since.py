"""A record quotes nothing to the public that was closed after it was signed."""

import json

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from committee.agendas.models import AgendaItem
from committee.agendas.rules import Part
from committee.confidentiality.rules import Classification
from committee.decisions import publishing, signing
from committee.decisions.models import Decision
from committee.extensions import db
from committee.reports.models import Report
from committee.states import NotAllowed
from tests import builders
from tests.decisions.builders import (
    CHOICES,
    DECISION_DAY,
    EXEMPT,
    NOTICE_DAY,
    a_notified,
    at,
    classed,
    sign,
    some_words,
    write,
)
from tests.decisions.conftest import People
from tests.decisions.test_exempt import a_report

ON_THE_DAY = {"now": at(DECISION_DAY), "today": DECISION_DAY}


def quoting(**named: object) -> tuple[Decision, Report]:
    """A notified decision whose record is open, and the open report that it quotes."""
    decision = a_notified(**named)  # type: ignore[arg-type]
    report = a_report(decision, Classification.OPEN)
    builders.opened_or_closed(db.session.get_one(AgendaItem, report.agenda_item_id), Part.OPEN)
    write(decision, some_words(committee_view="It was endorsed."))
    return decision, report


def signed(**named: object) -> tuple[Decision, Report]:
    """The same, once the decision has been taken."""
    decision, report = quoting(**named)
    signing.mark_ready(decision, CHOICES, today=NOTICE_DAY)
    sign(decision)
    return decision, report


def close(report: Report, table: str) -> None:
    """Close the report, or the item under which it came."""
    of = db.metadata.tables[table]
    subject_id = report.id if table == "report" else report.agenda_item_id
    given = {"classification": Classification.EXEMPT, "exempt_paragraphs": [3]}
    db.session.execute(db.update(of).where(of.c.id == subject_id).values(given))
    db.session.commit()


@pytest.mark.parametrize("table", ["agenda_item", "report"])
def test_what_was_closed_after_the_signature_does_not_go_out(app: Flask, table: str) -> None:
    decision, report = signed()
    close(report, table)
    with pytest.raises(NotAllowed, match="quotes a report that has been closed since"):
        publishing.publish_record(decision, CHOICES, **ON_THE_DAY)
    db.session.rollback()
    classed(decision, EXEMPT)
    version = publishing.publish_record(decision, CHOICES, **ON_THE_DAY)
    assert "Blackacre" not in json.dumps(version.contents)
    assert "Blackacre" in json.dumps(version.restricted_contents)


def test_a_correction_does_not_give_it_out_anew(app: Flask) -> None:
    decision, report = signed()
    first = publishing.publish_record(decision, CHOICES, **ON_THE_DAY)
    assert "Blackacre" in json.dumps(first.contents)
    close(report, "agenda_item")
    correction = {"of": first, "reason": "A slip.", **ON_THE_DAY}
    with pytest.raises(NotAllowed, match="quotes a report that has been closed since"):
        publishing.correct_record(decision, {"financial": "None."}, **correction)
    db.session.rollback()
    classed(decision, EXEMPT)
    second = publishing.correct_record(decision, {"financial": "None."}, **correction)
    assert "Blackacre" not in json.dumps(second.contents)


def test_the_officer_is_told_before_publishing(people: People) -> None:
    decision, report = signed(committee=people.committee, portfolio=people.portfolio)
    close(report, "report")
    officer, page = people.officer, f"/decisions/{decision.number}"
    officer.get(f"{page}/publish")
    assert "quotes a report that has been closed since" in officer.words()
    assert officer.page.select_one(f'main a[href="{page}/class"]') is not None
    assert officer.post(f"{page}/publish", {}).status_code == 422
    assert people.visitor.get(f"{page}/record").status_code == 404


def test_nobody_closes_what_is_quoted_while_the_record_goes_out(app: Flask) -> None:
    decision, report = quoting()
    item_id = report.agenda_item_id
    db.session.commit()
    publishing.publish_proposed(decision, now=at(NOTICE_DAY), today=NOTICE_DAY)
    closing = text("UPDATE agenda_item SET public_title = 'A matter' WHERE id = :id")
    with db.engine.connect() as elsewhere:
        elsewhere.execute(text("SET LOCAL lock_timeout = '100ms'"))
        with pytest.raises(OperationalError, match="lock timeout"):
            elsewhere.execute(closing, {"id": item_id})
    db.session.commit()
