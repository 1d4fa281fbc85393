"""Giving items of an agenda, and their papers, a class: open, exempt or confidential.

Nothing is open before somebody says so. Callers commit.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from committee.agendas import service as agendas
from committee.agendas.models import AgendaItem
from committee.agendas.service import NumberedItem
from committee.confidentiality import service as confidentiality
from committee.confidentiality.rules import OPENED, Classification, Said
from committee.extensions import db, lock_as_read
from committee.meetings import service as meetings
from committee.meetings.models import Meeting
from committee.reports.models import Paper, Report
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
    acknowledged: bool = False,
    now: datetime,
    today: date,
    by: int | None = None,
) -> None:
    """Give an item its class, which waits until nobody is publishing its agenda.

    Raises NotAllowed as `confidentiality.service.classify` does, and for opening an item under
    which a report was accepted that is not open itself; StaleDataError for one that was changed
    since it was read.
    """
    meetings.lock(item.meeting)
    lock_as_read(item)
    _classify(item, fields, acknowledged=acknowledged, now=now, today=today, by=by)


def _classify(
    item: AgendaItem,
    fields: ClassFields,
    *,
    acknowledged: bool = False,
    now: datetime,
    today: date,
    by: int | None,
) -> None:
    if fields.said.classification is Classification.OPEN:
        check_no_closed_report(item)
    confidentiality.classify(
        item, fields.said, acknowledged=acknowledged, now=now, today=today, by=by
    )
    item.public_title = fields.public_title if item.is_closed else None


def open_with_papers(
    item: AgendaItem,
    fields: ClassFields,
    *,
    acknowledged: bool = False,
    now: datetime,
    today: date,
    by: int | None = None,
) -> None:
    """Give an item its class; where it becomes open, its papers that nobody has classed do too,
    since they were named in asking. Raises NotAllowed as `classify_item` does."""
    classify_item(item, fields, acknowledged=acknowledged, now=now, today=today, by=by)
    for paper in item.unclassed_papers if item.is_open else ():
        confidentiality.classify(paper, OPENED, now=now, today=today, by=by)


def classify_paper(
    paper: Paper,
    item: AgendaItem,
    said: Said,
    *,
    acknowledged: bool = False,
    now: datetime,
    today: date,
    by: int | None = None,
) -> None:
    """Give a paper of an item its class, which waits until nobody is publishing its agenda.

    Raises NotAllowed as `confidentiality.service.classify` does, and StaleDataError for a paper
    that was changed since it was read.
    """
    meetings.lock(item.meeting)
    lock_as_read(paper)
    confidentiality.classify(paper, said, acknowledged=acknowledged, now=now, today=today, by=by)


def agreement(item: AgendaItem) -> str:
    """What somebody agrees to who opens an item: the item as it is, with exactly its papers."""
    papers = (str(paper.newest.id) for paper in item.papers)
    return "-".join(["open", str(item.version), *papers])


def open_item(
    item: AgendaItem, agreed: str | None, *, now: datetime, today: date, by: int | None = None
) -> None:
    """Open an item that nobody has classed, and with it its papers that nobody has.

    `agreed` is the agreement to what somebody saw. Raises NotAllowed where it was changed or
    classed meanwhile, and as `classify_item` does.
    """
    meetings.lock(item.meeting)
    db.session.refresh(item)
    if not item.is_unclassed or agreed != agreement(item):
        raise NotAllowed(
            f"“{item.title}” was changed or classed by somebody else meanwhile, so it was not "
            "opened. Look at it as it is now."
        )
    _classify(item, ClassFields(OPENED), now=now, today=today, by=by)
    for paper in item.unclassed_papers:
        confidentiality.classify(paper, OPENED, now=now, today=today, by=by)


def check_no_closed_report(item: AgendaItem) -> None:
    """What its author has not said to be open never becomes public by a change of its item."""
    closed = select(Report.id).where(
        Report.agenda_item_id == item.id,
        Report.status == ReportStatus.ACCEPTED,
        Report.classification != Classification.OPEN,
    )
    if db.session.scalar(closed.limit(1)) is not None:
        raise NotAllowed(
            "A report that is not open itself was accepted under this item, so the item cannot be "
            "open. Return the report to its author first, who can make it unrestricted."
        )


def unclassed(entries: Sequence[NumberedItem]) -> list[NumberedItem]:
    """The items that nobody has classed yet, or a paper of which nobody has, in order."""
    return [e for e in entries if e.item.is_unclassed or e.item.unclassed_papers]


def to_open(meeting: Meeting) -> str:
    """What somebody agrees to who opens everything that is not classed: exactly these things.

    An answer to an earlier question opens nothing that has come since.
    """
    return "-".join(_names(agendas.numbered_items(meeting)))


def _names(entries: Sequence[NumberedItem]) -> Iterator[str]:
    for entry in entries:
        if entry.item.is_unclassed:
            yield f"item{entry.item.id}.{entry.item.version}"
        for paper in entry.item.unclassed_papers:
            yield f"paper{paper.newest.id}"


def open_all(
    meeting: Meeting, agreed: str, *, now: datetime, today: date, by: int | None = None
) -> int:
    """Open everything on an agenda that nobody has classed; answers how many things that were.

    Raises NotAllowed where they are no longer those that were `agreed` to, and for an item under
    which a report was accepted that is not open itself.
    """
    meetings.lock(meeting)
    entries = agendas.numbered_items(meeting)
    if agreed != "-".join(_names(entries)):
        raise NotAllowed(
            "Something has been added or classed since you opened this page. Look at the list as "
            "it is now."
        )
    opened = 0
    for entry in unclassed(entries):
        papers = entry.item.unclassed_papers
        if entry.item.is_unclassed:
            _classify(entry.item, ClassFields(OPENED), now=now, today=today, by=by)
            opened += 1
        for paper in papers:
            confidentiality.classify(paper, OPENED, now=now, today=today, by=by)
        opened += len(papers)
    return opened


def untested(entries: Sequence[NumberedItem]) -> list[NumberedItem]:
    """The exempt items without a public interest test that is written down."""
    ids = confidentiality.untested([entry.item for entry in entries])
    return [entry for entry in entries if entry.item.id in ids]


def untested_papers(entries: Sequence[NumberedItem]) -> list[tuple[NumberedItem, Paper]]:
    """The papers that are exempt by themselves, whatever their item is, without a public interest
    test of their own that is written down. One that is exempt on no other ground than its exempt
    item, as when both took it over from a report, is weighed with the item."""
    papers = [
        (entry, paper)
        for entry in entries
        for paper in entry.item.papers
        if not _is_weighed_with(entry.item, paper)
    ]
    ids = confidentiality.untested([paper for _, paper in papers])
    return [(entry, paper) for entry, paper in papers if paper.id in ids]


def _is_weighed_with(item: AgendaItem, paper: Paper) -> bool:
    both = Classification.EXEMPT
    return (
        item.classification is both
        and paper.classification is both
        and set(paper.exempt_paragraphs) <= set(item.exempt_paragraphs)
        and item.terms_of_contract >= paper.terms_of_contract
    )


def stops(entries: Sequence[NumberedItem], hidden: Collection[int] = ()) -> list[str]:
    """What about the classes of these items stands in the way of publishing, in sentences. Papers
    of those whose ids are `hidden` are not named."""

    def named(entry: NumberedItem, paper: Paper) -> str:
        its_place = f"a paper of item {entry.number}"
        return its_place if entry.item.id in hidden else f"“{paper.title}”, {its_place},"

    found = [
        f"Nobody has said yet whether item {entry.number} is open."
        for entry in entries
        if entry.item.is_unclassed
    ]
    found += [
        f"Nobody has said yet whether {named(entry, paper)} is open."
        for entry in entries
        for paper in entry.item.withheld_papers
        if paper.is_unclassed
    ]
    found += [
        f"The public interest test of {named(entry, paper)} is not written down."
        for entry, paper in untested_papers(entries)
    ]
    return found + [
        f"The public interest test of item {entry.number} is not written down."
        for entry in untested(entries)
    ]
