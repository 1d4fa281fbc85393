"""Rows that are not public are not there for the public's login, each kind in its states."""

from datetime import timedelta

import psycopg
import pytest
from flask import Flask

from committee.agendas import programme
from committee.agendas.models import AgendaVersion
from committee.agendas.programme import PlannedFields
from committee.clock import now, today
from committee.confidentiality.rules import Classification
from committee.consultations import service as consulting
from committee.consultations.rules import Consent
from committee.decisions import publishing as records
from committee.decisions.models import CallIn
from committee.decisions.rules import CallInStatus
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.packs.models import Pack
from committee.packs.rules import Audience, PackStatus
from committee.people.models import Officer
from committee.reports.rules import ReportStatus
from tests import builders
from tests.consultations import builders as consultations
from tests.database_roles.conftest import Login
from tests.decisions import builders as decisions
from tests.minutes import builders as minutes
from tests.reports.builders import a_sent_report
from tests.search import published

DAY = timedelta(days=1)


def ids(signs_in: Login, table: str) -> set[int]:
    """The ids of the rows that the public's login finds, with and without its own schema."""
    public = signs_in("public")
    found = {row[0] for row in public.execute(f"SELECT id FROM {table}")}  # noqa: S608
    assert found == {row[0] for row in public.execute(f"SELECT id FROM public.{table}")}  # noqa: S608
    return found


def test_a_decision_is_there_from_its_notice_on(app: Flask, signs_in: Login) -> None:
    draft = decisions.a_decision()
    notified = decisions.a_notified(today(), committee=draft.committee, portfolio=draft.portfolio)
    db.session.commit()
    assert ids(signs_in, "decision") == {notified.id}


def test_a_request_to_call_in_is_there_once_it_is_valid(app: Flask, signs_in: Login) -> None:
    decision = decisions.a_taken()
    records.publish_record(decision, decisions.CHOICES, now=now(), today=today())
    asked = {
        status: CallIn(
            decision_id=decision.id,
            requested_on=today(),
            requested_by="Mrs Allen",
            reasons="Secret reasons",
            status=status,
            outcome_on=None if status in (CallInStatus.REQUESTED, CallInStatus.VALID) else today(),
        )
        for status in CallInStatus
    }
    db.session.add_all(asked.values())
    db.session.commit()
    hidden = {CallInStatus.REQUESTED, CallInStatus.REFUSED}
    assert ids(signs_in, "call_in") == {
        each.id for status, each in asked.items() if status not in hidden
    }


def test_a_consultation_is_there_once_it_is_published(app: Flask, signs_in: Login) -> None:
    open_one = consultations.a_consultation(title="Open", published=False)
    consultations.a_question(open_one, "Which?", "One", "Two")
    consultations.publish(open_one)
    draft = consultations.a_consultation(open_one.committee, title="Draft", published=False)
    consultations.a_question(draft, "Which then?", "Three", "Four")
    db.session.commit()
    assert ids(signs_in, "consultation") == {open_one.id}
    assert ids(signs_in, "question") == {each.id for each in open_one.questions}
    options = {option.id for each in open_one.questions for option in each.options}
    assert ids(signs_in, "question_option") == options
    assert ids(signs_in, "respondent_type") == {each.id for each in open_one.respondent_types}


def test_a_response_is_there_once_it_is_open_and_its_consultation_has_closed(
    app: Flask, signs_in: Login
) -> None:
    asked = consultations.a_consultation(published=False)
    question = consultations.a_question(asked, "Why?")
    consultations.publish(asked)
    made = {
        consent: consultations.a_response(
            asked, name=f"Name {consent}", consent=consent, texts={question.id: "Words"}
        )
        for consent in Consent
    }
    for consent in (Consent.IN_FULL, Consent.WITHOUT_NAME):
        consultations.opened(made[consent])
    closed = consultations.a_response(asked, texts={question.id: "Closed words"})
    consultations.classed(closed, consultations.exempt(1))
    consultations.a_response(asked, texts={question.id: "Words of nobody has classed"})
    db.session.commit()
    assert ids(signs_in, "response") == ids(signs_in, "answer") == set()
    consulting.close_ended(consultations.AFTER)
    db.session.commit()
    open_ones = {made[Consent.IN_FULL].id, made[Consent.WITHOUT_NAME].id}
    assert ids(signs_in, "response") == open_ones
    public = signs_in("public")
    assert {row[0] for row in public.execute("SELECT response_id FROM answer")} == open_ones
    names = {row[0] for row in public.execute("SELECT published_name FROM response")}
    assert names == {"Name in_full", None}
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        public.execute("SELECT name FROM public.response")


def test_minutes_are_there_once_they_are_published(app: Flask, signs_in: Login) -> None:
    met = minutes.a_committee_that_met()
    minutes.everyone_present(met)
    written = minutes.written(met)
    db.session.commit()
    assert ids(signs_in, "minutes") == set()
    minutes.publish(written)
    db.session.commit()
    assert ids(signs_in, "minutes") == {written.id}


def test_what_is_planned_is_there_unless_it_was_closed(app: Flask, signs_in: Login) -> None:
    meeting = builders.a_meeting(held_on=today() + 30 * DAY)
    kept, closed = (programme.plan(meeting.committee, PlannedFields(t)) for t in ("One", "Two"))
    closed.was_closed = True
    db.session.flush()
    for item in (kept, closed):
        programme.defer(item, meeting, reason="It is not ready.", today=today(), now=now())
    db.session.commit()
    assert ids(signs_in, "programme_item") == {kept.id}
    assert ids(signs_in, "deferral") == {each.id for each in kept.deferrals}


def a_pack(meeting: Meeting, audience: Audience) -> Pack:
    """A pack that has been built, and may be published."""
    pack = Pack(
        meeting_id=meeting.id,
        audience=audience,
        status=PackStatus.BUILT,
        file_sha256="0" * 64,
        pages=1,
    )
    db.session.add(pack)
    db.session.flush()
    return pack


def test_only_the_public_pack_that_was_published_is_there(app: Flask, signs_in: Login) -> None:
    meeting = published.a_meeting()
    given = a_pack(meeting, Audience.PUBLIC)
    a_pack(meeting, Audience.PUBLIC)
    a_pack(meeting, Audience.RESTRICTED)
    published.publish(meeting, pack=given)
    assert ids(signs_in, "pack") == {given.id}
    # Even where an agenda were to name the wrong one.
    wrong = a_pack(meeting, Audience.RESTRICTED)
    published.publish(meeting, pack=wrong, change="Another pack.")
    assert ids(signs_in, "pack") == {given.id}


def test_only_a_report_that_an_open_agenda_told_of_is_there(app: Flask, signs_in: Login) -> None:
    report = a_sent_report(builders.a_meeting())
    report.status, report.accepted_at = ReportStatus.ACCEPTED, now()
    db.session.commit()
    assert ids(signs_in, "report") == set()
    told = {"items": [{"reports": [{"report_id": report.id}]}]}
    db.session.add(
        AgendaVersion(
            meeting_id=report.meeting_id,
            number=1,
            published_at=now(),
            published_on=today(),
            deadline_on=today(),
            deadline_basis={},
            clear_days=5,
            open_contents=told,
            restricted_contents=told,
            sha256="0" * 64,
        )
    )
    db.session.commit()
    assert ids(signs_in, "report") == {report.id}
    # Even where an agenda were to tell of one that is not open.
    report.classification = Classification.UNCLASSED
    db.session.commit()
    assert ids(signs_in, "report") == set()
    report.classification, report.exempt_paragraphs = Classification.EXEMPT, [3]
    db.session.commit()
    assert ids(signs_in, "report") == set()


def test_only_people_and_officers_who_are_named_are_there(app: Flask, signs_in: Login) -> None:
    nobody, maker = builders.a_user(), builders.a_user()
    committee = builders.a_committee()
    decisions.a_portfolio(committee, maker)
    db.session.add(Officer(council_id=committee.council_id, name="Somebody else"))
    db.session.commit()
    assert ids(signs_in, "user_account") == {maker.id}
    assert nobody.id not in ids(signs_in, "user_account")
    contacts = {committee.contact_officer_id} - {None}
    assert ids(signs_in, "officer") == contacts


@pytest.mark.parametrize(
    "table", ["agenda_item", "monitoring_answer", "user_session", "mail", "paper"]
)
def test_some_tables_are_not_there_at_all(app: Flask, signs_in: Login, table: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ids(signs_in, table)
