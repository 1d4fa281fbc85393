"""One matter in each of its states, from the forward plan to minutes, for tests of every page."""

from datetime import timedelta

from sqlalchemy import select

from committee.agendas import programme
from committee.agendas.programme import PlannedFields
from committee.clock import now, today
from committee.consultations import publishing as summaries
from committee.consultations import service as consulting
from committee.consultations import themes
from committee.consultations.themes import ThemeFields
from committee.decisions import publishing as records
from committee.decisions import service as deciding
from committee.decisions.models import Decision
from committee.decisions.rules import Restriction
from committee.extensions import db
from committee.meetings import attendance_others
from committee.meetings.models import Meeting
from committee.meetings.rules import Capacity, InterestKind
from committee.minutes import actions
from committee.minutes.actions import ActionFields
from committee.people import councillors, passwords, people_files, seats
from committee.people import service as people
from committee.people.councillors import Contact
from committee.people.models import Committee, Portfolio, PortfolioHolding, User
from committee.people.rules import ContactKind
from committee.takedowns import service as takedowns
from committee.takedowns.rules import PublishedKind
from committee.takedowns.things import published_thing
from tests import builders
from tests.consultations import builders as consultations
from tests.decisions import builders as decisions
from tests.minutes import builders as minutes
from tests.reminders.builders import an_obligation
from tests.reports.builders import a_checked_paper, a_report, a_sent_report

DAY = timedelta(days=1)
LONG_WORD = "supercalifragilistic" * 4


def furnish_thread(meeting: Meeting, *, maker: User, officer: User) -> dict[str, object]:
    """Add what a meeting to come leads to and rests on; answer the names of addresses.ALL.

    `maker` signs the decisions, and `officer` is reminded. The caller commits.
    """
    committee = meeting.committee
    portfolio = decisions.a_portfolio(committee, maker, title="Cabinet Member for <Schools> & Play")
    holding = select(PortfolioHolding.id).where(PortfolioHolding.portfolio_id == portfolio.id)
    _, token = passwords.offer_link(maker, now=now())
    obligation = an_obligation(officer, committee)
    db.session.refresh(maker)
    return {
        **_decisions(committee, portfolio),
        **_consultations(committee),
        **_minutes(),
        **_reports(meeting),
        **_people(committee, maker),
        "planned": _programme(meeting),
        "obligation": obligation.id,
        "portfolio": portfolio.id,
        "holding": db.session.scalars(holding).one(),
        "person": maker.id,
        "grant": maker.grants[0].id,
        "token": token,
    }


def _people(committee: Committee, sender: User) -> dict[str, object]:
    """A councillor who may stand in, with a term; seats of a group; a file with a problem."""
    council, day = committee.council, today() - 400 * DAY
    green = people.group_named(council, "Green <and> Independent")
    councillor = councillors.add_councillor(council, "Ms D <Osei> & Sons")
    term = councillors.begin_term(
        councillor, division=f"Dunmarsh & {LONG_WORD}", group=green, started_on=day, today=today()
    )
    reached = Contact(f"{LONG_WORD}@example.org", published=True)
    councillors.set_contacts(councillor, {ContactKind.EMAIL: reached})
    allotment = seats.allot(committee, green, 2, started_on=day)
    named = seats.name_substitute(committee, councillor, started_on=day)
    content = f"name,group,division,from,to\n{LONG_WORD},,,soon,\n".encode()
    kind = people_files.FileKind.COUNCILLORS
    file = people_files.receive(content, f"{LONG_WORD}.csv", kind, sender)
    return {
        "councillor": councillor.id,
        "term": term.id,
        "allotment": allotment.id,
        "named": named.id,
        "file": file.id,
    }


def _decisions(committee: Committee, portfolio: Portfolio) -> dict[str, object]:
    def made(decision: Decision) -> str:
        db.session.flush()
        return decision.number

    where = {"committee": committee, "portfolio": portfolio}
    published = decisions.a_taken(title=f"Crossing <patrols> and {LONG_WORD}", **where)
    records.publish_record(published, decisions.CHOICES, now=now(), today=today())
    doubtful = decisions.a_published(title="Another crossing", **where)
    closed = decisions.a_notified(
        today(),
        title="Land",
        restriction=Restriction.FULLY_EXEMPT,
        restriction_reason="Paragraph 3 of Schedule 12A.",
        **where,
    )
    decisions.write(closed, decisions.some_words())
    records.publish_proposed(closed, now=now(), today=today())
    return {
        "closed_decision": made(closed),
        "takedown": _asked_to_be_taken_down(deciding.record_versions(doubtful)[0].id),
        "record": deciding.record_versions(published)[0].id,
        "draft_decision": made(decisions.a_decision(**where)),
        "notified": made(decisions.a_notified(today(), **where)),
        "ready": made(decisions.a_ready(**where)),
        "taken": made(decisions.a_taken(**where)),
        "published": made(published),
    }


def _asked_to_be_taken_down(record_id: int) -> int:
    """The monitoring officer has not answered, so nothing is hidden."""
    record = published_thing(PublishedKind.RECORD, record_id)
    assert record is not None
    asked = takedowns.take_down(
        record, reason="It names a <child>.", now=now(), by=None, may_allow=False
    )
    db.session.flush()
    return asked.id


def _consultations(committee: Committee) -> dict[str, object]:
    reported = consultations.the_school_consultation(committee, title="A larger school")
    themes.add_theme(reported, ThemeFields("Noise", officers_answer="A wall."), by=None)
    consulting.close_ended(consultations.AFTER)
    summaries.publish_summary(
        reported,
        change_reason=None,
        now=consultations.AN_INSTANT,
        today=consultations.AFTER,
        by=None,
    )
    began = today() - 10 * DAY
    running = consultations.a_consultation(
        committee,
        title="Fewer <b>buses</b> & “trams”",
        opens_on=began,
        closes_on=today() + 20 * DAY,
        published=False,
    )
    comment = consultations.a_question(running, "Why do you say so?")
    consultations.publish(running)
    theme = themes.add_theme(running, ThemeFields("Cost & <i>time</i>"), by=None)
    response = consultations.a_response(
        running,
        "Pupils",
        on=began + DAY,
        name="Jo <b>Bloggs</b>",
        texts={comment.id: f"Because of\n\n{LONG_WORD}"},
    )
    draft = consultations.a_consultation(committee, title="Not yet", published=False)
    question = consultations.a_question(draft, "Which?", "One", "Two")
    db.session.flush()
    return {
        "reported": reported.slug,
        "running": running.slug,
        "draft": draft.slug,
        "response": response.id,
        "question": question.id,
        "type": draft.respondent_types[0].id,
        "theme": theme.id,
    }


def _minutes() -> dict[str, object]:
    met = minutes.a_committee_that_met()
    minutes.everyone_present(met)
    attendance_others.add_attendee(
        met.meeting, capacity=Capacity.OFFICER, name="Ms L Okafor", job_title="Head of <Travel>"
    )
    attendance_others.add_declaration(
        met.meeting,
        councillor_id=met.members["Mrs Allen"].id,
        agenda_item_id=met.transport.id,
        kind=InterestKind.OTHER,
        nature="a school governor",
        left_meeting=False,
    )
    written = minutes.written(met)
    minute = minutes.minute_of(written, met.transport)
    action = actions.add(minute, ActionFields("Write to every <school>", "Sam Hill"))
    minutes.publish(written)
    minutes.a_later_meeting(met)
    db.session.flush()
    return {
        "met": met.meeting.id,
        "closed": met.exempt.id,
        "minute": minute.id,
        "action": action.id,
    }


def _reports(meeting: Meeting) -> dict[str, object]:
    report = a_report(meeting, subject="Grammar school places")
    paper = a_checked_paper(report)
    return {"report": report.id, "report_paper": paper.id, "sent": a_sent_report(meeting).id}


def _programme(meeting: Meeting) -> int:
    later = builders.a_meeting(meeting.committee, held_on=meeting.held_on + 60 * DAY)
    planned = programme.plan(
        meeting.committee,
        PlannedFields("Budget & <b>savings</b>", meeting.id, "The Chairman", today() - DAY),
    )
    db.session.flush()
    programme.defer(planned, later, reason="The figures are awaited.", today=today(), now=now())
    programme.plan(meeting.committee, PlannedFields("Libraries"))
    db.session.flush()
    return planned.id
