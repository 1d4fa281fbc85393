"""One committee with something of every kind that belongs to one, for tests of who may what."""

from dataclasses import dataclass
from io import BytesIO

from committee.agendas import service as agendas
from committee.agendas.models import AgendaItem, AgendaVersion
from committee.clock import now
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.packs import service as packs
from committee.packs.models import Pack
from committee.packs.rules import Audience, PackStatus
from committee.people import seats
from committee.people.models import Committee, Councillor, Membership
from committee.people.tenure_models import GroupSeats, NamedSubstitute
from committee.reminders.models import Obligation
from committee.reports import report_papers
from committee.reports import service as reports
from committee.reports.models import Paper, Report
from committee.storage import current_storage
from committee.takedowns import service as takedowns
from committee.takedowns.rules import PublishedKind
from committee.takedowns.things import published_thing
from tests import builders
from tests.reminders.builders import an_obligation
from tests.reports.builders import a_checked_paper, a_report


@dataclass(frozen=True)
class Belongings:
    """A committee and what is its own."""

    committee: Committee
    membership: Membership
    allotment: GroupSeats
    named: NamedSubstitute
    meeting: Meeting
    item: AgendaItem
    removed_item: AgendaItem
    paper: Paper
    removed_paper: Paper
    pack: Pack
    report: Report
    report_paper: Paper
    removed_report_paper: Paper
    obligation: Obligation


def belongings() -> Belongings:
    """A new committee with all these things, committed."""
    committee = builders.a_committee()
    meeting = builders.a_meeting(committee)
    item = builders.an_item(meeting)
    removed_item = builders.an_item(meeting)
    paper = _checked_paper(item)
    removed_paper = builders.a_paper(item).paper
    db.session.flush()
    agendas.remove_item(removed_item, now=now())
    reports.remove(removed_paper, now=now())
    report = a_report(meeting)
    report_paper, removed_report_paper = a_checked_paper(report), a_checked_paper(report)
    report_papers.remove(report, removed_report_paper, now=now())
    found = Belongings(
        committee=committee,
        membership=builders.a_member(committee),
        allotment=seats.allot(committee, None, 1, started_on=builders.A_DAY),
        named=seats.name_substitute(committee, _somebody(), started_on=builders.A_DAY),
        meeting=meeting,
        item=item,
        removed_item=removed_item,
        paper=paper,
        removed_paper=removed_paper,
        pack=_built_pack(meeting),
        obligation=an_obligation(builders.a_user(), committee),
        report=report,
        report_paper=report_paper,
        removed_report_paper=removed_report_paper,
    )
    _publish(found)
    db.session.commit()
    return found


def _somebody() -> Councillor:
    return builders.a_member(builders.a_committee()).councillor


def _checked_paper(item: AgendaItem) -> Paper:
    version = builders.a_paper(item)
    db.session.flush()
    version.prepared_sha256, version.pages = version.original_sha256, 2
    version.status = type(version.status).ACCEPTED
    return version.paper


def _built_pack(meeting: Meeting) -> Pack:
    pack = packs.ask_for(meeting, Audience.RESTRICTED)
    pack.status, pack.pages, pack.finished_at = PackStatus.BUILT, 2, now()
    pack.file_sha256 = current_storage().save(BytesIO(builders.a_pdf(2))).sha256
    return pack


def _publish(own: Belongings) -> None:
    """Give the meeting a published agenda with the pack, without what would be read in it."""
    db.session.flush()
    db.session.add(
        AgendaVersion(
            meeting_id=own.meeting.id,
            number=1,
            published_at=now(),
            published_on=own.meeting.held_on,
            deadline_on=own.meeting.held_on,
            deadline_basis={},
            clear_days=5,
            restricted_pack_id=own.pack.id,
            open_contents={"items": []},
            restricted_contents={"items": []},
            sha256="0" * 64,
        )
    )


def _takedown(own: Belongings) -> int:
    thing = published_thing(PublishedKind.AGENDA, _agenda_version(own))
    assert thing is not None
    made = takedowns.take_down(thing, reason="A slip.", now=now(), by=None, may_allow=False)
    db.session.commit()
    return made.id


def _agenda_version(own: Belongings) -> int:
    found = db.select(AgendaVersion.id).where(AgendaVersion.meeting_id == own.meeting.id)
    return int(db.session.scalars(found).one())
