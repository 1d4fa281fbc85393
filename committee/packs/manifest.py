"""What goes into a pack, and for whom.

The public plan is made by adding open parts. An exempt item's own title, description and papers
are never read into it, so nothing has to be taken out again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from committee.agendas import service as agendas
from committee.agendas.models import AgendaItem
from committee.agendas.service import NumberedItem
from committee.confidentiality.rules import strictest
from committee.constitution import Constitution
from committee.documents.pack.plan import (
    ContactLine,
    GroupLine,
    MemberLine,
    Notice,
    PackItem,
    PackPaper,
    PackPlan,
)
from committee.meetings.models import Meeting
from committee.packs.rules import Audience
from committee.people import service as people
from committee.people.models import Officer
from committee.people.roles import MEMBER_ROLE_LABELS, MemberRole
from committee.reports.models import Paper
from committee.reports.rules import VersionStatus
from committee.storage import FileDamaged, FileMissing, Storage


def plan_for(
    meeting: Meeting,
    audience: Audience,
    *,
    constitution: Constitution,
    entries: Sequence[NumberedItem] | None = None,
) -> PackPlan:
    """The plan of a meeting's pack as its agenda and papers stand now.

    Papers are told by the names of their stored files, which is all that the plan's key needs;
    `with_files` finds them. `entries` is the meeting's agenda, for a caller that has just read it.
    """
    seated = people.memberships(meeting.committee, on=meeting.held_on)
    seats = meeting.committee.seats
    return PackPlan(
        council=meeting.committee.council.name,
        committee=meeting.committee.name,
        date=meeting.held_on,
        time=meeting.starts_at,
        place=meeting.place,
        audience=audience.value,
        contact=_contact(meeting.committee.contact_officer),
        groups=tuple(
            GroupLine(group.name, tuple(_member(m.councillor.name, m.role) for m in group.members))
            for group in people.by_group(seated, on=meeting.held_on)
        ),
        vacancies=max(seats - len(seated), 0) if seats else 0,
        notices=tuple(
            Notice(notice["heading"], notice["text"])
            for notice in (meeting.notices if meeting.notices is not None else constitution.notices)
        ),
        items=tuple(
            part
            for parts in (_open_parts, _closed_parts)
            for entry in (agendas.numbered_items(meeting) if entries is None else entries)
            for part in parts(entry, audience)
        ),
        language=meeting.committee.council.language,
        colour=meeting.committee.council.brand_colour,
        closing_notes=constitution.closing_notes,
    )


def _open_parts(entry: NumberedItem, _audience: Audience) -> Iterator[PackItem]:
    """What both packs hold alike: an open item with its open papers."""
    if entry.item.is_open:
        yield _item(entry.number, entry.item, entry.item.open_papers)


def _closed_parts(entry: NumberedItem, audience: Audience) -> Iterator[PackItem]:
    """What follows after all that is open, in both packs under the same number: a closed item, and
    the papers of an open item that are not open themselves."""
    if entry.item.is_open and entry.item.withheld_papers:
        yield _withheld(entry.number, entry.item, audience)
    elif not entry.item.is_open and audience is Audience.RESTRICTED:
        yield _item(entry.number, entry.item, entry.item.papers)
    elif not entry.item.is_open:
        yield _public_stub(entry.number, entry.item)


def _withheld(number: str, item: AgendaItem, audience: Audience) -> PackItem:
    reasons = dict.fromkeys(paper.reason_closed for paper in item.withheld_papers)
    restricted = audience is Audience.RESTRICTED
    return PackItem(
        number=number,
        title=f"{item.title}: papers not open to the public",
        kind=item.kind.value,
        exempt=True,
        exempt_reason="; ".join(each for each in reasons if each),
        papers=tuple(_paper(p, p.marking) for p in item.withheld_papers) if restricted else (),
    )


def _contact(officer: Officer | None) -> ContactLine | None:
    return ContactLine(officer.name, officer.telephone, officer.email) if officer else None


def _member(name: str, role: MemberRole) -> MemberLine:
    return MemberLine(name, None if role is MemberRole.MEMBER else MEMBER_ROLE_LABELS[role])


def _public_stub(number: str, item: AgendaItem) -> PackItem:
    """What anyone may know of an exempt item: its number, approved title and ground."""
    return PackItem(
        number=number,
        title=item.title_for_public,
        kind=item.kind.value,
        exempt=True,
        exempt_reason=item.reason_closed,
    )


def _item(number: str, item: AgendaItem, papers: Sequence[Paper]) -> PackItem:
    return PackItem(
        number=number,
        title=item.title,
        description=item.description,
        decision_number=item.decision_number,
        kind=item.kind.value,
        exempt=not item.is_open,
        exempt_reason=None if item.is_open else item.reason_closed,
        papers=tuple(_paper(paper, _marking(item, paper)) for paper in papers),
        public_title=None if item.is_open else item.title_for_public,
    )


def _marking(item: AgendaItem, paper: Paper) -> str | None:
    """The words of whichever is stricter, the paper or its item."""
    if item.is_open:
        return None
    of_both = strictest((item.classification, paper.classification))
    return paper.marking if of_both is paper.classification and paper.is_closed else item.marking


def _paper(paper: Paper, marking: str | None) -> PackPaper:
    version = paper.in_use
    if version is None or version.prepared_sha256 is None:
        return PackPaper(
            paper.title, paper.kind.value, None, 1, problem=_problem(paper), marking=marking
        )
    name = Path(version.prepared_sha256)
    return PackPaper(paper.title, paper.kind.value, name, version.pages or 1, marking=marking)


def with_files(plan: PackPlan, storage: Storage) -> PackPlan:
    """The plan with each paper's file found, or said to be missing.

    Apart from `plan_for`, since fetching from a storage elsewhere may take minutes, and no
    transaction may wait for it.
    """
    items = tuple(
        replace(item, papers=tuple(_found(paper, storage) for paper in item.papers))
        for item in plan.items
    )
    return replace(plan, items=items)


def _found(paper: PackPaper, storage: Storage) -> PackPaper:
    if paper.path is None:
        return paper
    try:
        return replace(paper, path=storage.local_path(paper.path.name))
    except (FileMissing, FileDamaged):
        problem = "The stored file of this paper cannot be found."
        return replace(paper, path=None, pages=1, problem=problem)


def _problem(paper: Paper) -> str:
    """Why a paper is not in the pack, in words fit for print."""
    return {
        VersionStatus.RECEIVED: "This paper was still being checked when the pack was built.",
        VersionStatus.REFUSED: "The file sent for this paper could not be used.",
        VersionStatus.FAILED: "The file sent for this paper could not be checked.",
        VersionStatus.ACCEPTED: "",
    }[paper.newest.status]


def newer_version_warnings(meeting: Meeting, audience: Audience) -> list[str]:
    """Papers whose newest upload is not the one in the pack, in words for the officer."""
    return [
        f"Item {entry.number}, {paper.title}: version {paper.newest.number} "
        f"{_NOT_USED[paper.newest.status]}, so version {paper.in_use.number} is in the pack."
        for entry in agendas.numbered_items(meeting)
        for paper in (
            entry.item.papers if audience is Audience.RESTRICTED else entry.item.open_papers
        )
        if paper.in_use is not None and paper.newest is not paper.in_use
    ]


_NOT_USED = {
    VersionStatus.RECEIVED: "is still being checked",
    VersionStatus.REFUSED: "was refused",
    VersionStatus.FAILED: "could not be checked",
}
