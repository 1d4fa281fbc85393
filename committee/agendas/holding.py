"""Keeping what is frozen as it is until it is frozen, and what is closed from being frozen open.

Whoever publishes and whoever closes, classes or takes off takes locks in one order, so that no two
wait for each other: the meeting, its minutes, a consultation, a decision, its record, an item of
the work programme, items of agendas, reports, papers; several rows of one kind by their ids.
docs/decisions/0093 says why.
"""

from collections.abc import Sequence

from sqlalchemy import Select, select

from committee.agendas.models import AgendaItem
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.reports.models import Paper, Report


def hold_agenda(meeting: Meeting) -> None:
    """Let nobody change or class what comes on this agenda until the transaction ends, and read
    anew what is read next. The caller has locked the meeting."""
    hold(select(AgendaItem.id).where(AgendaItem.meeting_id == meeting.id))


def hold(items: Select[int]) -> None:
    """Let nobody change, class or take off these items, nor the reports and papers under them,
    until the transaction ends, and read anew what is read next. `items` finds their ids."""
    db.session.flush()
    rows: Sequence[Select[int]] = (
        select(AgendaItem.id).where(AgendaItem.id.in_(items)).order_by(AgendaItem.id),
        select(Report.id).where(Report.agenda_item_id.in_(items)).order_by(Report.id),
        select(Paper.id).where(Paper.agenda_item_id.in_(items)).order_by(Paper.id),
    )
    for found in rows:
        db.session.execute(found.with_for_update(read=True))
    db.session.expire_all()
