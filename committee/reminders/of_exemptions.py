"""Reminders of exemptions whose reasons are to be weighed again, to the committee's officers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import aliased

from committee.agendas.models import AgendaItem
from committee.agendas.rules import STUB_TITLE
from committee.confidentiality.models import Determination
from committee.confidentiality.rules import Classification
from committee.constitution import ReminderChoices
from committee.consultations.models import Consultation, Response
from committee.decisions.models import Decision, DecisionRecord
from committee.extensions import db
from committee.law.calendar import in_words
from committee.meetings.models import Meeting
from committee.minutes.models import Minute, Minutes
from committee.reminders.readers import Readers
from committee.reminders.rules import ObligationKind
from committee.reminders.wanted import Wanted, occasions, shortened
from committee.reports.models import Paper


@dataclass(frozen=True)
class Exemption:
    """A determination that stands, told as the public may know the thing that it closes."""

    id: int
    review_on: date
    committee_id: int
    words: str
    address: str


def wanted(readers: Readers, choices: ReminderChoices, *, today: date) -> Iterator[Wanted]:
    """Reminders of everything that is exempt still, by the day that its test names.

    They concern the determination that stands: a newer one, whatever it says, asks anew. What the
    author of a report states is weighed with the item that it came under.
    """
    not_before = today - timedelta(days=choices.forget_after_days)
    for exemption in _standing(not_before):
        days = occasions(choices.exemption_review, exemption.review_on, working=False)
        for occasion, day in days:
            for user_id in readers.officers(exemption.committee_id):
                yield Wanted(
                    kind=ObligationKind.EXEMPTION_REVIEW,
                    subject_kind=Determination.__tablename__,
                    subject_id=exemption.id,
                    committee_id=exemption.committee_id,
                    user_id=user_id,
                    occasion=occasion,
                    words=exemption.words,
                    address=exemption.address,
                    remind_on=day,
                    deadline_on=exemption.review_on,
                )


def _standing(not_before: date) -> Iterator[Exemption]:
    """Every determination that stands. No title of a closed thing itself is read."""
    yield from _of_items(not_before)
    yield from _of_papers(not_before)
    yield from _of_minutes(not_before)
    yield from _of_records(not_before)
    yield from _of_responses(not_before)


def _of_items(not_before: date) -> Iterator[Exemption]:
    found = (
        _exempt(AgendaItem, not_before)
        .join(Meeting, AgendaItem.meeting_id == Meeting.id)
        .where(AgendaItem.removed_at.is_(None))
        .add_columns(AgendaItem.public_title, Meeting.committee_id, Meeting.held_on)
    )
    for id_, review_on, item_id, public_title, committee_id, held_on in db.session.execute(found):
        words = f"“{shortened(public_title or STUB_TITLE)}”, {_for_the_meeting(held_on)}"
        address = f"/agenda-items/{item_id}/class"
        yield Exemption(id_, review_on, committee_id, words, address)


def _of_papers(not_before: date) -> Iterator[Exemption]:
    found = (
        _exempt(Paper, not_before)
        .join(AgendaItem, Paper.agenda_item_id == AgendaItem.id)
        .join(Meeting, AgendaItem.meeting_id == Meeting.id)
        .where(Paper.removed_at.is_(None), AgendaItem.removed_at.is_(None))
        .add_columns(
            AgendaItem.classification,
            AgendaItem.title,
            AgendaItem.public_title,
            Meeting.committee_id,
            Meeting.held_on,
        )
    )
    for (
        id_,
        review_on,
        paper_id,
        under,
        title,
        public_title,
        committee_id,
        held_on,
    ) in db.session.execute(found):
        known = title if under is Classification.OPEN else public_title or STUB_TITLE
        words = f"A paper of “{shortened(known)}”, {_for_the_meeting(held_on)}"
        address = f"/papers/{paper_id}/class"
        yield Exemption(id_, review_on, committee_id, words, address)


def _of_minutes(not_before: date) -> Iterator[Exemption]:
    found = (
        _exempt(Minute, not_before)
        .join(Minutes, Minute.minutes_id == Minutes.id)
        .join(Meeting, Minutes.meeting_id == Meeting.id)
        .add_columns(Meeting.committee_id, Meeting.held_on)
    )
    for id_, review_on, minute_id, committee_id, held_on in db.session.execute(found):
        words = f"A minute that is not open to the public, {_of_the_meeting(held_on)}"
        address = f"/minutes/{minute_id}/class"
        yield Exemption(id_, review_on, committee_id, words, address)


def _of_records(not_before: date) -> Iterator[Exemption]:
    found = (
        _exempt(DecisionRecord, not_before)
        .join(Decision, DecisionRecord.decision_id == Decision.id)
        .add_columns(Decision.committee_id, Decision.number)
    )
    for id_, review_on, _, committee_id, number in db.session.execute(found):
        words = f"The record of decision {number}"
        address = f"/decisions/{number}/class"
        yield Exemption(id_, review_on, committee_id, words, address)


def _of_responses(not_before: date) -> Iterator[Exemption]:
    found = (
        _exempt(Response, not_before)
        .join(Consultation, Response.consultation_id == Consultation.id)
        .add_columns(Consultation.committee_id, Consultation.title, Consultation.slug)
    )
    for id_, review_on, response_id, committee_id, title, slug in db.session.execute(found):
        words = f"A response to “{shortened(title)}”"
        address = f"/consultations/{slug}/responses/{response_id}/class"
        yield Exemption(id_, review_on, committee_id, words, address)


def _exempt(table: Any, not_before: date) -> Select[Any]:
    """The determinations that stand of this table's exempt things, each with the thing's id."""
    newer = aliased(Determination)
    overtaken = exists().where(
        newer.subject_kind == Determination.subject_kind,
        newer.subject_id == Determination.subject_id,
        newer.id > Determination.id,
    )
    return (
        select(Determination.id, Determination.review_on, table.id)
        .join(table, Determination.subject_id == table.id)
        .where(
            Determination.subject_kind == table.__tablename__,
            Determination.classification == Classification.EXEMPT,
            Determination.review_on >= not_before,
            table.classification == Classification.EXEMPT,
            ~overtaken,
        )
        .order_by(Determination.id)
    )


def _for_the_meeting(held_on: date) -> str:
    return f"for the meeting on {in_words(held_on)}"


def _of_the_meeting(held_on: date) -> str:
    return f"of the meeting on {in_words(held_on)}"
