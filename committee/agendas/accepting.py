"""Accepting a report onto an agenda: its papers come under an item, new or there already.

Callers commit.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from committee.agendas import service as agendas
from committee.agendas.models import AgendaItem
from committee.agendas.rules import ItemKind, Part
from committee.agendas.service import ItemFields, NumberedItem
from committee.confidentiality import service as confidentiality
from committee.confidentiality.rules import Classification as Class
from committee.confidentiality.rules import Said
from committee.extensions import db
from committee.meetings import service as meetings
from committee.reports import writing
from committee.reports.models import Report
from committee.reports.rules import Classification, ReportStatus
from committee.states import NotAllowed

# Kinds of item that a report may be taken under; minutes and verbal updates are none.
TAKE_REPORTS = {ItemKind.REPORT, ItemKind.PRESENTATION}

BY_ITS_AUTHOR = "as the author of the report says"


def items_for(report: Report) -> list[NumberedItem]:
    """The items of the meeting's agenda under which the report may come, those that are plainly
    meant for it first. An exempt report never comes under an open item."""
    part = Part.EXEMPT if report.classification is Classification.EXEMPT else Part.OPEN
    fitting = [
        entry
        for entry in agendas.numbered_items(report.meeting)
        if entry.item.part is part and entry.item.kind in TAKE_REPORTS
    ]
    return sorted(fitting, key=lambda entry: not is_meant_for(entry.item, report))


def is_meant_for(item: AgendaItem, report: Report) -> bool:
    """Whether the item bears the report's decision number, or its very title, and has no paper."""
    if item.papers:
        return False
    if report.decision_number and item.decision_number:
        return item.decision_number == report.decision_number
    return item.title.strip().casefold() == report.subject.strip().casefold()


def accept(
    report: Report,
    item: AgendaItem | None,
    *,
    now: datetime,
    public_title: str | None = None,
    by: int | None = None,
) -> AgendaItem:
    """Accept the report under `item`, or under a new item made of it.

    A new item of an exempt report is exempt on the report's ground; any other new item waits
    until an officer opens it. `public_title` is what anyone may read in place of an exempt new
    item's title. Raises NotAllowed for an item of another meeting, for an exempt report under an
    open item, and for a report that was not sent.
    """
    meetings.lock(report.meeting)
    db.session.refresh(report)
    if item is not None:
        db.session.refresh(item)
    if item is None:
        item = _add_item(report, public_title, now=now, by=by)
    if item.meeting_id != report.meeting_id or item.removed_at is not None:
        raise NotAllowed("Choose an item of the meeting to which the report goes.")
    if report.classification is Classification.EXEMPT and not item.is_closed:
        raise NotAllowed("An exempt report can only come under an exempt item.")
    writing.accept(report, item.id, now=now, by=by)
    if report.decision_number and not item.decision_number:
        item.decision_number = report.decision_number
    return item


def _add_item(
    report: Report, public_title: str | None, *, now: datetime, by: int | None
) -> AgendaItem:
    fields = ItemFields(ItemKind.REPORT, report.subject, decision_number=report.decision_number)
    item = agendas.add_item(report.meeting, fields, by=by)
    if report.classification is Classification.EXEMPT:
        said = Said(Class.EXEMPT, paragraphs=tuple(report.exempt_paragraphs))
        confidentiality.take_over(item, said, source=BY_ITS_AUTHOR, now=now)
        item.public_title = public_title
    return item


def accepted_reports(items: Iterable[AgendaItem]) -> Mapping[int, Sequence[Report]]:
    """The accepted reports under these items, by the item's id, earliest accepted first."""
    found = (
        select(Report)
        .where(
            Report.agenda_item_id.in_([item.id for item in items]),
            Report.status == ReportStatus.ACCEPTED,
        )
        .options(selectinload(Report.recommendations))
        .order_by(Report.accepted_at, Report.id)
    )
    by_item: dict[int, list[Report]] = {}
    for report in db.session.scalars(found):
        if report.agenda_item_id is not None:
            by_item.setdefault(report.agenda_item_id, []).append(report)
    return by_item
