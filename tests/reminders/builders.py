"""Makers of things that fall due, straight in the tables, each with sound defaults."""

import itertools
from datetime import UTC, date, datetime
from typing import Any

import time_machine
from sqlalchemy import select

from committee.agendas.rules import Part
from committee.clock import LONDON
from committee.confidentiality.rules import Classification
from committee.constitution import ReminderChoices
from committee.consultations.models import Consultation
from committee.consultations.rules import ConsultationStatus
from committee.decisions.models import Decision
from committee.decisions.rules import DecisionStatus, Restriction
from committee.extensions import db
from committee.law.calendar import DAY
from committee.mail.models import Mail
from committee.meetings.models import Meeting
from committee.minutes.models import Action, Minute, Minutes
from committee.people.models import Committee, Portfolio, PortfolioHolding, RoleGrant, User
from committee.people.roles import Role
from committee.reminders.models import Obligation
from committee.reminders.reconciling import everything
from committee.reminders.rules import ObligationKind, ObligationStatus
from committee.reminders.wanted import Wanted
from committee.reports.models import Report
from tests import builders

_numbers = itertools.count(1)

USUAL = ReminderChoices()

HELD_ON = date(2018, 5, 8)  # its agenda had to be out by Friday 27 April: 7 May was a bank holiday
LATEST = date(2018, 4, 27)
DUE_ON = date(2018, 4, 20)
LONG_BEFORE = date(2018, 3, 1)

# The day of the reminders that `an_obligation` makes.
TODAY = date(2018, 5, 8)


def someone(name: str, role: Role, committee: Committee | None = None, **values: Any) -> User:
    """Somebody with one role, on the committee alone where one is given."""
    user = User(email=f"{name.lower()}{next(_numbers)}@example.org", name=name, **values)
    db.session.add(user)
    db.session.flush()
    committee_id = committee.id if committee else None
    db.session.add(RoleGrant(user_id=user.id, role=role, committee_id=committee_id))
    db.session.flush()
    return user


def an_officer(committee: Committee | None = None, name: str = "Priya") -> User:
    """A democratic services officer."""
    return someone(name, Role.DEMOCRATIC_SERVICES_OFFICER, committee)


def an_author(name: str = "Sam") -> User:
    """A report author."""
    return someone(name, Role.REPORT_AUTHOR)


def a_report(meeting: Meeting, author_id: int, *, due_on: date = DUE_ON, **values: Any) -> Report:
    """A report that its author still has."""
    said = {
        "subject": "More places at the grammar school",
        "classification": Classification.OPEN,
        "exempt_paragraphs": [],
    }
    report = Report(meeting_id=meeting.id, author_id=author_id, due_on=due_on, **(said | values))
    db.session.add(report)
    db.session.flush()
    return report


def a_portfolio(holder: User | None = None, *, since: date = date(2017, 5, 1)) -> Portfolio:
    """An office that decides, and who holds it."""
    council = builders.a_committee().council
    portfolio = Portfolio(council_id=council.id, title=f"Cabinet Member {next(_numbers)}")
    db.session.add(portfolio)
    db.session.flush()
    if holder:
        db.session.add(
            PortfolioHolding(portfolio_id=portfolio.id, user_id=holder.id, started_on=since)
        )
        db.session.flush()
    return portfolio


def a_decision(committee: Committee, holder: User | None = None, **values: Any) -> Decision:
    """A decision that may be taken from 16 May 2018, ready to be signed unless told otherwise."""
    said: dict[str, Any] = {
        "number": f"18/{next(_numbers):05d}",
        "title": "More places at the grammar school",
        "matter": "Whether to enlarge the school",
        "portfolio_id": a_portfolio(holder).id,
        "committee_id": committee.id,
        "is_key": False,
        "restriction": Restriction.OPEN,
        "status": DecisionStatus.READY,
        "notified_on": date(2018, 4, 17),
        "earliest_on": date(2018, 5, 16),
    }
    decision = Decision(**(said | values))
    db.session.add(decision)
    db.session.flush()
    return decision


def in_force(committee: Committee, effective_on: date, **values: Any) -> Decision:
    """A decision whose call-in period ended the day before `effective_on`."""
    return a_decision(
        committee,
        status=DecisionStatus.EFFECTIVE,
        taken_on=date(2018, 5, 16),
        published_on=date(2018, 5, 16),
        call_in_ends_on=effective_on - DAY,
        effective_on=effective_on,
        **values,
    )


def a_consultation(
    committee: Committee, officer: User | None, *, closes_on: date, **values: Any
) -> Consultation:
    """A published consultation that opened six weeks before it closes."""
    said: dict[str, Any] = {
        "committee_id": committee.id,
        "officer_id": officer.id if officer else None,
        "slug": f"consultation-{next(_numbers)}",
        "title": "A larger grammar school",
        "proposal": "The school takes thirty more pupils in each year.",
        "opens_on": closes_on - 42 * DAY,
        "closes_on": closes_on,
        "status": ConsultationStatus.PUBLISHED,
        "published_at": datetime(2018, 2, 20, 12, tzinfo=LONDON),
    }
    consultation = Consultation(**(said | values))
    db.session.add(consultation)
    db.session.flush()
    return consultation


def an_action(
    meeting: Meeting, owner: User | None, *, due_on: date | None, minute: Any = None, **values: Any
) -> Action:
    """An action from an item of the meeting's minutes; `minute` holds values of that item."""
    minutes = Minutes(meeting_id=meeting.id)
    db.session.add(minutes)
    db.session.flush()
    said = {"classification": Classification.OPEN} | (minute or {})
    entry = Minute(minutes_id=minutes.id, position=1, title="School places", **said)
    db.session.add(entry)
    db.session.flush()
    action = Action(
        minute_id=entry.id,
        text="Write to the parents",
        owner_id=owner.id if owner else None,
        owner_name=owner.name if owner else "The director",
        due_on=due_on,
        **values,
    )
    db.session.add(action)
    db.session.flush()
    return action


def an_obligation(user: User, committee: Committee, **values: Any) -> Obligation:
    """A reminder as a pass would have left it, to be sent from 8 May 2018."""
    number = next(_numbers)
    said: dict[str, Any] = {
        "dedupe_key": f"action-due.{number}.2018-05-08.d0.u{user.id}",
        "kind": ObligationKind.ACTION_DUE,
        "subject_kind": "action",
        "subject_id": number,
        "committee_id": committee.id,
        "user_id": user.id,
        "words": "“Write to the parents”, from the meeting on Tuesday 10 April 2018",
        "address": "/actions",
        "remind_on": date(2018, 5, 8),
        "deadline_on": date(2018, 5, 8),
        "status": ObligationStatus.DUE,
        "attempts": 0,
    }
    obligation = Obligation(**(said | values))
    db.session.add(obligation)
    db.session.flush()
    return obligation


def wanted_on(today: date, choices: ReminderChoices = USUAL) -> list[Wanted]:
    """Every reminder that should exist on this day, in order of its day."""
    db.session.flush()
    return sorted(everything(choices, today=today), key=lambda each: (each.remind_on, each.user_id))


def told(wanted: list[Wanted], kind: ObligationKind) -> list[tuple[int, date]]:
    """To whom and on which day something of this kind is said."""
    return [(each.user_id, each.remind_on) for each in wanted if each.kind is kind]


def everything_at_once() -> None:
    """Something of every kind of which people are reminded."""
    committee = builders.a_committee()
    officer = an_officer(committee)
    someone("Mary", Role.COMMITTEE_MEMBER, committee)
    meeting = builders.a_meeting(committee, held_on=HELD_ON)
    a_report(meeting, an_author().id)
    a_consultation(committee, officer, closes_on=date(2018, 4, 8))
    a_decision(committee, someone("Roger", Role.DECISION_MAKER), earliest_on=LONG_BEFORE)
    in_force(committee, LONG_BEFORE - DAY)
    an_action(meeting, officer, due_on=date(2018, 5, 24))
    builders.an_item(meeting, part=Part.EXEMPT)


def noon(day: date) -> datetime:
    """Twelve o’clock by UTC."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def on(day: date) -> time_machine.travel:
    """Live through a day, at noon."""
    return time_machine.travel(noon(day), tick=False)


def only() -> Obligation:
    """The one reminder that there is, read anew."""
    db.session.expire_all()
    return db.session.scalars(select(Obligation)).one()


def letters_written() -> list[Mail]:
    """Every mail, in the order in which they were owed."""
    return list(db.session.scalars(select(Mail).order_by(Mail.id)))
