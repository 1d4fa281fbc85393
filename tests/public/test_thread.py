"""The thread of one matter: the events of each slice, in order, on the real dates of one matter."""

from datetime import UTC, date, datetime, time

import pytest
from flask import Flask, current_app

from committee.agendas import accepting, publishing, service
from committee.agendas.models import AgendaItem
from committee.agendas.rules import Part
from committee.confidentiality.rules import Classification, ConfidenceBasis
from committee.consultations.models import Consultation, SummaryVersion
from committee.consultations.rules import ConsultationStatus
from committee.decisions.models import Decision
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.meetings.rules import MeetingStatus
from committee.minutes.models import Minutes, MinutesVersion
from committee.minutes.rules import MinutesStatus
from committee.public.decision_thread import Event, in_order
from committee.public.thread import events_elsewhere
from committee.reports import writing
from tests import builders
from tests.pages.reader import Reader
from tests.public.conftest import statements
from tests.reports import builders as reports
from tests.search import published

NUMBER = "18/00016"
MEETING_DAY = date(2018, 5, 8)


def at(day: date) -> datetime:
    """Noon of that day."""
    return datetime.combine(day, time(12), UTC)


def thread(decision: Decision, *, on: date) -> list[Event]:
    """The events of the other slices, in order."""
    with current_app.test_request_context():
        return in_order(events_elsewhere(decision, today=on))


def told(decision: Decision, *, on: date) -> list[tuple[date, str, bool]]:
    """Each event's day, words, and whether it is still to come."""
    return [(event.on, event.what, event.to_come) for event in thread(decision, on=on)]


def a_matter() -> Decision:
    """The decision, with its notice of 17 April and a committee."""
    decision = published.a_decision(builders.a_committee("Education Cabinet Committee"), NUMBER)
    db.session.commit()
    return decision


def a_consultation(decision: Decision, *, reported: bool = True) -> Consultation:
    """The consultation from 26 February to 8 April, and its results where they are reported."""
    consultation = published.a_consultation(decision.committee)
    consultation.decision_id = decision.id
    if reported:
        consultation.status = ConsultationStatus.REPORTED
        consultation.closed_on = consultation.reported_on = date(2018, 4, 9)
        db.session.add(
            SummaryVersion(
                consultation_id=consultation.id,
                number=1,
                published_at=at(date(2018, 4, 16)),
                published_on=date(2018, 4, 16),
                contents={"responses": {"counted": 91}},
                sha256="0" * 64,
            )
        )
    db.session.commit()
    return consultation


def on_agenda(decision: Decision, *, part: Part = Part.OPEN) -> Meeting:
    """The meeting of 8 May, with the matter on its agenda, which is published on 27 April."""
    meeting = builders.a_meeting(decision.committee, held_on=MEETING_DAY)
    item = builders.an_item(meeting, "Travel", part=part, public_title="A contract")
    item.decision_number = decision.number
    db.session.commit()
    publishing.publish(meeting, today=date(2018, 4, 27), now=at(date(2018, 4, 27)), by=None)
    db.session.commit()
    return meeting


def minutes_of(meeting: Meeting, **named: object) -> Minutes:
    """Draft minutes, published on 15 May."""
    minutes = Minutes(meeting_id=meeting.id, status=MinutesStatus.PUBLISHED_DRAFT)
    db.session.add(minutes)
    db.session.flush()
    entry = {
        "number": 84,
        "title": "Travel",
        "decision_number": NUMBER,
        "outcome": "endorsed",
        "resolution": "RESOLVED that the proposed decision be endorsed.",
        "actions": [{"text": "Report back.", "owner": "Mr Roe", "due_on": "2018-07-31"}],
    }
    add_version(minutes, 1, date(2018, 5, 15), MinutesStatus.PUBLISHED_DRAFT, entry | named)
    return minutes


def add_version(
    minutes: Minutes, number: int, day: date, became: MinutesStatus, entry: dict[str, object]
) -> None:
    """A published version of the minutes."""
    db.session.add(
        MinutesVersion(
            minutes_id=minutes.id,
            number=number,
            became=became,
            published_at=at(day),
            published_on=day,
            open_contents={"meeting": {}, "minutes": [entry]},
            restricted_contents={},
            sha256="0" * 64,
            change_reason="Approved." if number > 1 else None,
        )
    )
    db.session.commit()


def test_the_real_dates_in_their_order(app: Flask) -> None:
    decision = a_matter()
    a_consultation(decision)
    minutes_of(on_agenda(decision))
    assert told(decision, on=date(2018, 6, 1)) == [
        (date(2018, 2, 26), "Consultation opened", False),
        (date(2018, 4, 8), "Consultation closed", False),
        (date(2018, 4, 16), "Results of the consultation published", False),
        (date(2018, 4, 27), "Agenda published", False),
        (MEETING_DAY, "Considered by the Education Cabinet Committee: endorsed", False),
        (date(2018, 5, 15), "Draft minutes published", False),
        (date(2018, 7, 31), "Action due from Mr Roe", True),
    ]


def test_what_lies_ahead_is_said_to(app: Flask) -> None:
    decision = a_matter()
    a_consultation(decision, reported=False)
    on_agenda(decision)
    assert told(decision, on=date(2018, 2, 20))[:2] == [
        (date(2018, 2, 26), "Consultation opens", True),
        (date(2018, 4, 8), "Last day of the consultation", True),
    ]
    assert told(decision, on=date(2018, 4, 8))[1] == (
        date(2018, 4, 8),
        "Last day of the consultation",
        True,
    )
    ahead = (MEETING_DAY, "To be considered by the Education Cabinet Committee", True)
    assert ahead in told(decision, on=date(2018, 4, 30))
    assert ahead in told(decision, on=MEETING_DAY)
    assert (MEETING_DAY, "Considered by the Education Cabinet Committee", False) in told(
        decision, on=date(2018, 5, 9)
    )


def test_a_matter_taken_in_private_leaves_no_trace(app: Flask) -> None:
    decision = a_matter()
    minutes_of(on_agenda(decision, part=Part.EXEMPT), decision_number=None)
    assert told(decision, on=date(2018, 6, 1)) == []


def test_an_agenda_that_is_not_published_says_nothing(app: Flask) -> None:
    decision = a_matter()
    meeting = builders.a_meeting(decision.committee, held_on=MEETING_DAY)
    builders.an_item(meeting, "Travel").decision_number = NUMBER
    db.session.commit()
    assert told(decision, on=date(2018, 5, 1)) == []


def test_a_matter_taken_off_a_later_agenda_is_not_to_be_considered(app: Flask) -> None:
    decision = a_matter()
    meeting = on_agenda(decision)
    item = db.session.query(AgendaItem).filter_by(meeting_id=meeting.id).one()
    builders.an_item(meeting, "Other business")
    service.remove_item(item, now=at(date(2018, 4, 28)))
    db.session.commit()
    publishing.publish(
        meeting,
        today=date(2018, 4, 27),
        now=at(date(2018, 4, 28)),
        by=None,
        reasons=publishing.Reasons(change="Deferred."),
    )
    db.session.commit()
    assert [what for _, what, _ in told(decision, on=date(2018, 5, 1))] == ["Agenda published"]


def test_a_cancelled_meeting_is_said_to_be(app: Flask) -> None:
    decision = a_matter()
    on_agenda(decision).status = MeetingStatus.CANCELLED
    db.session.commit()
    words = [what for _, what, _ in told(decision, on=date(2018, 5, 1))]
    assert words[-1] == "Meeting of the Education Cabinet Committee cancelled"


def test_minutes_that_are_approved_end_the_thread(app: Flask) -> None:
    decision = a_matter()
    minutes = minutes_of(on_agenda(decision))
    entry = db.session.query(MinutesVersion).one().open_contents["minutes"][0]
    add_version(minutes, 2, date(2018, 7, 3), MinutesStatus.APPROVED, entry)
    found = told(decision, on=date(2018, 8, 1))
    assert (date(2018, 7, 3), "Minutes approved", False) in found
    assert sum(what.startswith("Action due") for _, what, _ in found) == 1


def test_another_matter_is_not_in_it(app: Flask) -> None:
    decision = a_matter()
    other = published.a_decision(decision.committee, "18/00019")
    a_consultation(other)
    on_agenda(other)
    assert told(decision, on=date(2018, 6, 1)) == []


def test_the_page_shows_it_and_every_link_of_it_leads_on(app: Flask) -> None:
    decision = a_matter()
    a_consultation(decision)
    on_agenda(decision)
    visitor = Reader(app)
    with statements() as asked:
        assert visitor.get(f"/decisions/{NUMBER}").status_code == 200
    assert len(asked) <= 20
    words = visitor.words()
    for event in (
        "Notice of the decision published",
        "Consultation closed",
        "Agenda published",
        "Considered by the Education Cabinet Committee",
    ):
        assert event in words
    links = {str(a["href"]).partition("#")[0] for a in visitor.page.select(".app-version a")}
    assert len(links) >= 2
    for link in links - {f"/consultations/{'sixth-form-travel'}/summary/1"}:
        assert visitor.get(link).status_code == 200, link


@pytest.mark.parametrize("stated", list(Classification))
def test_only_an_open_report_is_told_of(app: Flask, stated: Classification) -> None:
    decision = a_matter()
    meeting = builders.a_meeting(decision.committee, held_on=MEETING_DAY)
    report = reports.a_draft(reports.a_report(meeting), decision_number=decision.number)
    reports.a_checked_paper(report)
    writing.submit(report, now=at(date(2018, 4, 18)))
    item = accepting.accept(report, None, now=at(date(2018, 4, 20)))
    builders.opened_or_closed(item, Part.OPEN)
    db.session.commit()
    db.session.expire_all()
    publishing.publish(meeting, today=date(2018, 4, 27), now=at(date(2018, 4, 27)), by=None)
    report.classification = stated  # as if it had been changed afterwards
    report.exempt_paragraphs = [3] if stated is Classification.EXEMPT else []
    if stated is Classification.CONFIDENTIAL:
        report.confidence_basis = ConfidenceBasis.COURT_ORDER
    db.session.commit()
    what = [event[1] for event in told(decision, on=date(2018, 6, 1))]
    assert ("Report accepted for the agenda" in what) == (stated is Classification.OPEN)
