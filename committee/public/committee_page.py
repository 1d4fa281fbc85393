"""What anyone may read of one committee: what it is, its meetings, who sits on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from committee.constitution import MinutesChoices
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.people import seats
from committee.people import service as people
from committee.people.models import Committee
from committee.people.rules import quorum_in_words, quorum_rule
from committee.people.seats import SeatLine
from committee.people.service import GroupOnCommittee
from committee.people.tenure_models import NamedSubstitute
from committee.web.paging import pages_of

MOST_COMING = 50  # meetings
PAST_ON_A_PAGE = 20  # meetings
COMMITTEES_ON_A_PAGE = 50


@dataclass(frozen=True)
class CommitteePage:
    """One committee on a day."""

    committee: Committee
    coming: Sequence[Meeting]
    held: Sequence[Meeting]
    page: int
    pages: int
    groups: Sequence[GroupOnCommittee]
    seated: int
    seat_lines: Sequence[SeatLine]
    vacancies: int
    substitutes: Sequence[NamedSubstitute]
    quorum: str
    parts: Sequence[Committee]


def committee_page(
    committee: Committee, *, today: date, page: int, usual: MinutesChoices
) -> CommitteePage:
    """The committee today, its next meetings, and page `page` of those that were held."""
    members = people.memberships(committee, on=today)
    allotted = seats.allotments(committee, on=today)
    past = (Meeting.committee_id == committee.id, Meeting.held_on < today)
    count = db.session.scalar(select(func.count()).select_from(Meeting).where(*past)) or 0
    pages = pages_of(count, PAST_ON_A_PAGE)
    page = min(page, pages)
    rule = quorum_rule(
        committee.quorum_share,
        committee.quorum_minimum,
        usual_share=usual.quorum_fraction,
        usual_minimum=usual.quorum_minimum,
    )
    return CommitteePage(
        committee=committee,
        coming=_coming(committee, today),
        held=_held(committee, today, page),
        page=page,
        pages=pages,
        groups=people.by_group(members, on=today),
        seated=len(members),
        seat_lines=seats.seat_lines(allotted, members) if allotted else [],
        vacancies=seats.vacancies(committee, allotted, members),
        substitutes=seats.substitutes(committee, on=today),
        quorum=quorum_in_words(rule, committee.seats or len(members)),
        parts=people.parts_of(committee),
    )


def _coming(committee: Committee, today: date) -> Sequence[Meeting]:
    found = select(Meeting).where(Meeting.committee_id == committee.id, Meeting.held_on >= today)
    ordered = found.order_by(Meeting.held_on, Meeting.starts_at, Meeting.id)
    return db.session.scalars(ordered.limit(MOST_COMING)).all()


def _held(committee: Committee, today: date, page: int) -> Sequence[Meeting]:
    found = select(Meeting).where(Meeting.committee_id == committee.id, Meeting.held_on < today)
    ordered = found.order_by(Meeting.held_on.desc(), Meeting.starts_at.desc(), Meeting.id.desc())
    return db.session.scalars(
        ordered.limit(PAST_ON_A_PAGE).offset((page - 1) * PAST_ON_A_PAGE)
    ).all()


@dataclass(frozen=True)
class CommitteeList:
    """A page of the list of committees."""

    committees: Sequence[Committee]
    page: int
    pages: int


def committee_list(*, page: int) -> CommitteeList:
    """Page `page` of the committees, by name."""
    count = db.session.scalar(select(func.count()).select_from(Committee)) or 0
    pages = pages_of(count, COMMITTEES_ON_A_PAGE)
    page = min(page, pages)
    found = select(Committee).order_by(Committee.name, Committee.id)
    found = found.limit(COMMITTEES_ON_A_PAGE).offset((page - 1) * COMMITTEES_ON_A_PAGE)
    return CommitteeList(db.session.scalars(found).all(), page, pages)
