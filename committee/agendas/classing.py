"""Giving items of an agenda, and their papers, a class: open, exempt or confidential.

Nothing is open before somebody says so. Callers commit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from committee.agendas import service as agendas
from committee.agendas.models import AgendaItem
from committee.agendas.service import NumberedItem
from committee.confidentiality import service as confidentiality
from committee.confidentiality.rules import OPENED, Classification, Said
from committee.extensions import db
from committee.meetings import service as meetings
from committee.meetings.models import Meeting
from committee.reports.models import Report
from committee.reports.rules import Classification as ReportClass
from committee.reports.rules import ReportStatus
from committee.states import NotAllowed


@dataclass(frozen=True)
class ClassFields:
    """What an officer says of an item: its class, and what the public may call it if closed."""

    said: Said
    public_title: str | None = None


def classify_item(
    item: AgendaItem,
    fields: ClassFields,
    *,
    now: datetime,
    today: date,
    by: int | None = None,
) -> None:
    """Give an item its class.

    Raises NotAllowed as `confidentiality.service.classify` does, and for opening an item under
    which an exempt report was accepted.
    """
    if fields.said.classification is Classification.OPEN:
        check_no_exempt_report(item)
    confidentiality.classify(item, fields.said, now=now, today=today, by=by)
    item.public_title = fields.public_title if item.is_closed else None


def open_item(
    item: AgendaItem, version: str | None, *, now: datetime, today: date, by: int | None = None
) -> None:
    """Open an item that nobody has classed. `version` is that of the item which somebody saw.

    Raises NotAllowed where it was changed or classed meanwhile, and as `classify_item` does.
    """
    meetings.lock(item.meeting)
    db.session.refresh(item)
    if not item.is_unclassed or version != str(item.version):
        raise NotAllowed(
            f"“{item.title}” was changed or classed by somebody else meanwhile, so it was not "
            "opened. Look at it as it is now."
        )
    classify_item(item, ClassFields(OPENED), now=now, today=today, by=by)


def check_no_exempt_report(item: AgendaItem) -> None:
    """What an author has marked exempt never becomes public by a change of its item."""
    exempt = select(Report.id).where(
        Report.agenda_item_id == item.id,
        Report.status == ReportStatus.ACCEPTED,
        Report.classification == ReportClass.EXEMPT,
    )
    if db.session.scalar(exempt.limit(1)) is not None:
        raise NotAllowed(
            "An exempt report was accepted under this item, so the item cannot be open. Return the "
            "report to its author first, who can make it unrestricted."
        )


def unclassed(entries: Sequence[NumberedItem]) -> list[NumberedItem]:
    """The items that nobody has said anything of yet, in the agenda's order."""
    return [entry for entry in entries if entry.item.is_unclassed]


def to_open(meeting: Meeting) -> str:
    """What somebody agrees to who opens everything that is not classed: exactly these things.

    An answer to an earlier question opens nothing that has come since.
    """
    return "-".join(_names(agendas.numbered_items(meeting)))


def _names(entries: Sequence[NumberedItem]) -> Iterator[str]:
    for entry in unclassed(entries):
        yield f"item{entry.item.id}"


def open_all(
    meeting: Meeting, agreed: str, *, now: datetime, today: date, by: int | None = None
) -> int:
    """Open everything on an agenda that nobody has classed; answers how many things that were.

    Raises NotAllowed where they are no longer those that were `agreed` to, and for an item under
    which an exempt report was accepted.
    """
    meetings.lock(meeting)
    entries = agendas.numbered_items(meeting)
    if agreed != "-".join(_names(entries)):
        raise NotAllowed(
            "Something has been added or classed since you opened this page. Look at the list as "
            "it is now."
        )
    opened = unclassed(entries)
    for entry in opened:
        classify_item(entry.item, ClassFields(OPENED), now=now, today=today, by=by)
    return len(opened)


def untested(entries: Sequence[NumberedItem]) -> list[NumberedItem]:
    """The exempt items without a public interest test that is written down."""
    ids = confidentiality.untested([entry.item for entry in entries])
    return [entry for entry in entries if entry.item.id in ids]


def stops(entries: Sequence[NumberedItem]) -> list[str]:
    """What about the classes of these items stands in the way of publishing, in sentences."""
    found = [
        f"Nobody has said yet whether item {entry.number} is open." for entry in unclassed(entries)
    ]
    return found + [
        f"The public interest test of item {entry.number} is not written down."
        for entry in untested(entries)
    ]
