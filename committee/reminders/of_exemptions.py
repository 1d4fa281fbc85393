"""Reminders of exemptions whose reasons are to be weighed again, to the committee's officers."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, exists, select, union_all
from sqlalchemy.orm import aliased

from committee.agendas.models import AgendaItem
from committee.agendas.rules import STUB_TITLE
from committee.confidentiality.models import Determination
from committee.confidentiality.rules import Classification
from committee.constitution import ReminderChoices
from committee.extensions import db
from committee.law.calendar import in_words
from committee.meetings.models import Meeting
from committee.reminders.readers import Readers
from committee.reminders.rules import ObligationKind
from committee.reminders.wanted import Wanted, occasions, shortened
from committee.reports.models import Paper


def wanted(readers: Readers, choices: ReminderChoices, *, today: date) -> Iterator[Wanted]:
    """Reminders of every item and paper that is exempt still, by the day that its test names.

    They concern the determination that stands: a newer one, whatever it says, asks anew.
    """
    not_before = today - timedelta(days=choices.forget_after_days)
    found = union_all(_exempt_items(not_before), _exempt_papers(not_before))
    for exemption in db.session.execute(found.order_by("id")):
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
                    words=_words(exemption),
                    address=_address(exemption),
                    remind_on=day,
                    deadline_on=exemption.review_on,
                )


def _exempt_items(not_before: date) -> Any:
    return _standing(AgendaItem, not_before).where(
        Determination.subject_id == AgendaItem.id,
        AgendaItem.classification == Classification.EXEMPT,
    )


def _exempt_papers(not_before: date) -> Any:
    return _standing(Paper, not_before).where(
        Determination.subject_id == Paper.id,
        Paper.agenda_item_id == AgendaItem.id,
        Paper.classification == Classification.EXEMPT,
        Paper.removed_at.is_(None),
    )


def _standing(table: type[AgendaItem] | type[Paper], not_before: date) -> Any:
    """The determinations that stand of things of this table, with what anyone may know of them.

    No title of the thing itself is read, but that of an open item under which a paper is exempt.
    """
    newer = aliased(Determination)
    overtaken = exists().where(
        newer.subject_kind == Determination.subject_kind,
        newer.subject_id == Determination.subject_id,
        newer.id > Determination.id,
    )
    return (
        select(
            Determination.id,
            Determination.subject_kind,
            Determination.subject_id,
            Determination.review_on,
            AgendaItem.classification.label("item_classification"),
            AgendaItem.title,
            AgendaItem.public_title,
            Meeting.committee_id,
            Meeting.held_on,
        )
        .join(Meeting, AgendaItem.meeting_id == Meeting.id)
        .where(
            Determination.subject_kind == table.__tablename__,
            Determination.classification == Classification.EXEMPT,
            Determination.review_on >= not_before,
            AgendaItem.removed_at.is_(None),
            ~overtaken,
        )
    )


def _words(exemption: Row[Any]) -> str:
    is_open = exemption.item_classification is Classification.OPEN
    title = exemption.title if is_open else exemption.public_title or STUB_TITLE
    what = "A paper of " if exemption.subject_kind == Paper.__tablename__ else ""
    return f"{what}“{shortened(title)}”, for the meeting on {in_words(exemption.held_on)}"


def _address(exemption: Row[Any]) -> str:
    if exemption.subject_kind == Paper.__tablename__:
        return f"/papers/{exemption.subject_id}/class"
    return f"/agenda-items/{exemption.subject_id}/class"
