"""Reminders of exemptions whose reasons are to be weighed again, to the committee's officers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, Select, case, exists, func, null, select, union_all
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
    every = union_all(
        _items(not_before),
        _papers(not_before),
        _minutes(not_before),
        _records(not_before),
        _responses(not_before),
    )
    for found in db.session.execute(every.order_by("id")):
        words, address = _TOLD[found.subject_kind](found)
        yield Exemption(found.id, found.review_on, found.committee_id, words, address)


def _items(not_before: date) -> Select[Any]:
    known = func.coalesce(AgendaItem.public_title, STUB_TITLE)
    return (
        _exempt(AgendaItem, not_before, known, Meeting.held_on, Meeting.committee_id)
        .join(Meeting, AgendaItem.meeting_id == Meeting.id)
        .where(AgendaItem.removed_at.is_(None))
    )


def _papers(not_before: date) -> Select[Any]:
    """The title of an open item under which a paper is exempt is known to anyone."""
    known = case(
        (AgendaItem.classification == Classification.OPEN, AgendaItem.title),
        else_=func.coalesce(AgendaItem.public_title, STUB_TITLE),
    )
    return (
        _exempt(Paper, not_before, known, Meeting.held_on, Meeting.committee_id)
        .join(AgendaItem, Paper.agenda_item_id == AgendaItem.id)
        .join(Meeting, AgendaItem.meeting_id == Meeting.id)
        .where(Paper.removed_at.is_(None), AgendaItem.removed_at.is_(None))
    )


def _minutes(not_before: date) -> Select[Any]:
    return (
        _exempt(Minute, not_before, null(), Meeting.held_on, Meeting.committee_id)
        .join(Minutes, Minute.minutes_id == Minutes.id)
        .join(Meeting, Minutes.meeting_id == Meeting.id)
    )


def _records(not_before: date) -> Select[Any]:
    known = Decision.number
    return _exempt(DecisionRecord, not_before, known, null(), Decision.committee_id).join(
        Decision, DecisionRecord.decision_id == Decision.id
    )


def _responses(not_before: date) -> Select[Any]:
    where = Consultation.slug.concat(" ").concat(Consultation.title)
    return _exempt(Response, not_before, where, null(), Consultation.committee_id).join(
        Consultation, Response.consultation_id == Consultation.id
    )


def _exempt(
    table: Any, not_before: date, known: Any, held_on: Any, committee_id: Any
) -> Select[Any]:
    """The determinations that stand of this table's exempt things, each with what anyone may know
    of the thing."""
    newer = aliased(Determination)
    overtaken = exists().where(
        newer.subject_kind == Determination.subject_kind,
        newer.subject_id == Determination.subject_id,
        newer.id > Determination.id,
    )
    return (
        select(
            Determination.id,
            Determination.review_on,
            Determination.subject_kind,
            Determination.subject_id,
            known.label("known"),
            held_on.label("held_on"),
            committee_id.label("committee_id"),
        )
        .join(table, Determination.subject_id == table.id)
        .where(
            Determination.subject_kind == table.__tablename__,
            Determination.classification == Classification.EXEMPT,
            Determination.review_on >= not_before,
            table.classification == Classification.EXEMPT,
            ~overtaken,
        )
    )


def _told_of_item(found: Row[Any]) -> tuple[str, str]:
    words = f"“{shortened(found.known)}”, for the meeting on {in_words(found.held_on)}"
    return words, f"/agenda-items/{found.subject_id}/class"


def _told_of_paper(found: Row[Any]) -> tuple[str, str]:
    under, _ = _told_of_item(found)
    return f"A paper of {under}", f"/papers/{found.subject_id}/class"


def _told_of_minute(found: Row[Any]) -> tuple[str, str]:
    meeting = f"of the meeting on {in_words(found.held_on)}"
    address = f"/minutes/{found.subject_id}/class"
    return f"A minute that is not open to the public, {meeting}", address


def _told_of_record(found: Row[Any]) -> tuple[str, str]:
    return f"The record of decision {found.known}", f"/decisions/{found.known}/class"


def _told_of_response(found: Row[Any]) -> tuple[str, str]:
    slug, _, title = found.known.partition(" ")
    address = f"/consultations/{slug}/responses/{found.subject_id}/class"
    return f"A response to “{shortened(title)}”", address


# How each kind is told, and where its class is said.
_TOLD: dict[str, Callable[[Row[Any]], tuple[str, str]]] = {
    AgendaItem.__tablename__: _told_of_item,
    Paper.__tablename__: _told_of_paper,
    Minute.__tablename__: _told_of_minute,
    DecisionRecord.__tablename__: _told_of_record,
    Response.__tablename__: _told_of_response,
}
