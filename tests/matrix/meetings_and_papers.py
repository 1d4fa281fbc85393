"""Meetings, agendas, papers, reports and packs in each of their states."""

from datetime import timedelta
from io import BytesIO

from committee.agendas import classing, programme
from committee.agendas import publishing as agendas
from committee.agendas import service as items
from committee.agendas.classing import ClassFields
from committee.agendas.models import AgendaItem
from committee.agendas.programme import PlannedFields
from committee.agendas.rules import ItemKind, Part, ProgrammeStatus
from committee.agendas.service import ItemFields
from committee.clock import now, today
from committee.confidentiality.rules import Classification, ConfidenceBasis, Said
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.meetings.rules import MeetingStatus
from committee.packs import service as packs
from committee.packs.models import Pack
from committee.packs.rules import Audience, PackStatus
from committee.reports import report_papers
from committee.reports import service as papers
from committee.reports.models import Paper, PaperVersion, Report
from committee.reports.rules import ReportStatus, VersionStatus
from committee.storage import current_storage
from tests import builders
from tests.matrix.council import Council, Names, States
from tests.minutes.builders import AGENDA_DAY, MEETING_DAY, at
from tests.reports.builders import a_checked_paper, a_draft, a_report, mark_checked

SOON = timedelta(days=30)


def of_meetings(council: Council) -> dict[str, States]:
    """Every kind that this module knows."""
    published = _published_agenda(council)
    return {
        "meeting": _meetings(council, published),
        "published agenda": _packs_of(published),
        "paper of an agenda": _papers_of(published),
        "closed item": _closed_items(published),
        "paper of a closed item": _closed_items(published, with_paper=True),
        "agenda item": _items(council, published),
        "paper": _papers(council),
        "version of a paper": _versions(council),
        "report": _reports(council),
        "paper of a report": _report_papers(council),
        "version in a report": _report_versions(council),
        "work programme item": _programme(council),
        "pack": _all_packs(council),
    }


def _coming(council: Council, status: MeetingStatus = MeetingStatus.SCHEDULED) -> Meeting:
    meeting = builders.a_meeting(council.home, held_on=today() + SOON)
    meeting.status = status
    db.session.flush()
    return meeting


def _meetings(council: Council, published: Meeting) -> States:
    found = {status.value: _coming(council, status) for status in MeetingStatus}
    for meeting in found.values():
        builders.an_item(meeting)
    return {name: {"meeting_id": each.id} for name, each in found.items()} | {
        "with a published agenda": {"meeting_id": published.id}
    }


def _published_agenda(council: Council) -> Meeting:
    """A meeting whose agenda is published with its packs: an open and an exempt item."""
    meeting = builders.a_meeting(council.home, held_on=MEETING_DAY)
    for part in Part:
        item = builders.an_item(meeting, part=part, public_title="A contract")
        mark_checked(builders.a_paper(item))
    built = [_pack(meeting, audience, PackStatus.BUILT) for audience in Audience]
    agendas.publish(
        meeting,
        today=AGENDA_DAY,
        now=at(AGENDA_DAY),
        by=None,
        packs=(built[0].id, built[1].id),
    )
    return meeting


def _pack(meeting: Meeting, audience: Audience, status: PackStatus) -> Pack:
    pack = packs.ask_for(meeting, audience)
    if status is PackStatus.BUILT:
        pack.pages, pack.finished_at = 2, now()
        pack.file_sha256 = current_storage().save(BytesIO(builders.a_pdf(2))).sha256
    pack.status = status
    db.session.flush()
    return pack


def _packs_of(published: Meeting) -> States:
    return {"published": {"meeting_id": published.id, "number": 1}}


def _papers_of(published: Meeting) -> States:
    found = {}
    for entry in items.numbered_items(published):
        named = {"meeting_id": published.id, "version_id": entry.item.papers[0].newest.id}
        found["open" if entry.item.part is Part.OPEN else "exempt"] = named
    return found


def _closed_items(published: Meeting, *, with_paper: bool = False) -> States:
    found: States = {}
    for entry in items.numbered_items(published):
        item = entry.item
        named: Names = {"meeting_id": published.id, "number": 1, "item_id": item.id}
        if with_paper:
            named = {**named, "version_id": item.papers[0].newest.id}
        found["open" if item.part is Part.OPEN else "exempt"] = named
    return found


def _items(council: Council, published: Meeting) -> States:
    meeting = _coming(council)
    first, _, removed = (builders.an_item(meeting) for _ in range(3))
    exempt = builders.an_item(meeting, part=Part.EXEMPT)
    items.remove_item(removed, now=now())
    unclassed = items.add_item(meeting, ItemFields(ItemKind.REPORT, "Not classed yet"))
    confidential = builders.an_item(meeting)
    said = Said(Classification.CONFIDENTIAL, confidence_basis=ConfidenceBasis.COURT_ORDER)
    classing.classify_item(
        confidential, ClassFields(said, "A matter"), now=now(), today=today(), by=None
    )
    db.session.flush()
    found = {
        "unclassed": unclassed,
        "open": first,
        "exempt": exempt,
        "confidential": confidential,
        "removed": removed,
        "published": items.numbered_items(published)[0].item,
    }
    return {state: {"item_id": item.id} for state, item in found.items()}


def _item_with_papers(council: Council, part: Part = Part.OPEN) -> AgendaItem:
    return builders.an_item(_coming(council), part=part)


def _a_paper(item: AgendaItem, status: VersionStatus = VersionStatus.ACCEPTED) -> Paper:
    builders.a_paper(item)
    version = builders.a_paper(item)
    if status is VersionStatus.ACCEPTED:
        mark_checked(version)
    _stand(version, status)
    return version.paper


def _stand(version: PaperVersion, status: VersionStatus) -> None:
    """Leave the check of a version as it is in this state."""
    version.status = status
    if status is not VersionStatus.ACCEPTED:
        version.prepared_sha256 = version.pages = None
    if status in (VersionStatus.REFUSED, VersionStatus.FAILED):
        version.reason, version.remedy = "The file is damaged.", "Save it again."
    db.session.flush()


def _papers(council: Council) -> States:
    found = {
        "under an open item": _a_paper(_item_with_papers(council)),
        "under an exempt item": _a_paper(_item_with_papers(council, Part.EXEMPT)),
        "removed": _a_paper(_item_with_papers(council)),
        "of a removed item": _a_paper(_item_with_papers(council)),
    }
    papers.remove(found["removed"], now=now())
    items.remove_item(_item_of(found["of a removed item"]), now=now())
    return {state: {"paper_id": paper.id} for state, paper in found.items()}


def _item_of(paper: Paper) -> AgendaItem:
    item = items.item_with_id(paper.agenda_item_id or 0)
    assert item
    return item


def _versions(council: Council) -> States:
    return {
        status.value: {"paper_id": _a_paper(_item_with_papers(council), status).id, "number": 1}
        for status in VersionStatus
    } | {"that never was": {"paper_id": _a_paper(_item_with_papers(council)).id, "number": 7}}


def _a_report(council: Council, status: ReportStatus, **changed: object) -> Report:
    report = a_draft(a_report(_coming(council), author=council.user("author of the report")))
    report.status = status
    report.accepted_at = now() if status is ReportStatus.ACCEPTED else None
    for name, value in changed.items():
        setattr(report, name, value)
    db.session.flush()
    return report


def _reports(council: Council) -> States:
    found = {status.value: _a_report(council, status) for status in ReportStatus}
    found["exempt"] = _a_report(
        council,
        ReportStatus.DRAFT,
        classification=Classification.EXEMPT,
        exempt_paragraphs=[3],
    )
    for report in found.values():
        a_checked_paper(report)
    return {state: {"report_id": report.id} for state, report in found.items()}


def _named(paper: Paper) -> Names:
    return {"report_id": paper.report_id, "paper_id": paper.id}


def _report_papers(council: Council) -> States:
    states = {
        "of a draft": ReportStatus.DRAFT,
        "of a report that was sent": ReportStatus.SUBMITTED,
        "removed": ReportStatus.DRAFT,
    }
    found = {}
    for state, status in states.items():
        report = _a_report(council, ReportStatus.DRAFT)
        a_checked_paper(report)
        found[state] = a_checked_paper(report)
        if state == "removed":
            report_papers.remove(report, found[state], now=now())
        report.status = status
    other = a_report(_coming(council), author=council.user("author of another paper"))
    foreign = a_checked_paper(other)
    mine = _a_report(council, ReportStatus.DRAFT)
    db.session.flush()
    return {state: _named(paper) for state, paper in found.items()} | {
        "of another report": {"report_id": mine.id, "paper_id": foreign.id}
    }


def _report_versions(council: Council) -> States:
    found = {}
    for status in VersionStatus:
        paper = a_checked_paper(_a_report(council, ReportStatus.DRAFT))
        _stand(paper.newest, status)
        found[status.value] = {**_named(paper), "number": 1}
    db.session.flush()
    return found


def _programme(council: Council) -> States:
    found = {}
    for status in ProgrammeStatus:
        fields = PlannedFields("Budget", _coming(council).id)
        item = programme.plan(council.home, fields)
        db.session.flush()
        if status in (ProgrammeStatus.ON_AGENDA, ProgrammeStatus.TAKEN):
            programme.put_on_agenda(item)
        item.status = status
        found[status.value] = {"item_id": item.id}
    db.session.flush()
    return found


def _all_packs(council: Council) -> States:
    found = {
        f"{status.value}, {audience.value}": _pack(_coming(council), audience, status)
        for status in PackStatus
        for audience in Audience
    }
    return {state: {"pack_id": pack.id} for state, pack in found.items()}
