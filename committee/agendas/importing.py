"""Writing a meeting that was read from its JSON form. Callers commit."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import select

from committee.agendas import service as agendas
from committee.agendas.meeting_file import ItemInFile, MeetingInFile
from committee.agendas.models import AgendaItem
from committee.agendas.rules import numbers
from committee.audit import service as audit
from committee.confidentiality import service as confidentiality
from committee.confidentiality.rules import OPENED
from committee.extensions import db
from committee.meetings import service as meetings
from committee.meetings.models import Meeting
from committee.people import service as people
from committee.people.memberships import usual_vote
from committee.people.models import Committee, Council, Councillor, Membership
from committee.reports import service as reports
from committee.reports.models import PaperVersion
from committee.reports.service import Upload
from committee.storage import Storage

FROM_FILE = "as the file of the meeting says"


def write(
    found: MeetingInFile, storage: Storage, *, now: datetime
) -> tuple[Meeting, list[PaperVersion]]:
    """Add the meeting, and its committee and members where they are new.

    Answers the meeting and the versions whose checks are now owed. Raises NotAllowed where a
    rule forbids what the file says.
    """
    council = people.council_named(found.council) or _new_council(found)
    committee = _committee(council, found)
    _members(council, committee, found)
    meeting = meetings.schedule(
        committee,
        held_on=found.held_on,
        starts_at=found.starts_at,
        place=found.place,
        notices=found.notices,
    )
    versions = [
        version for item in _numbered(found) for version in _item(meeting, item, storage, now)
    ]
    return meeting, versions


def remarks(found: MeetingInFile) -> list[str]:
    """What the officer should know of the file: printed counts that the names do not bear out."""
    counted: dict[str, int] = {"total": len(found.members)}
    for member in found.members:
        counted[member.group or "No group"] = counted.get(member.group or "No group", 0) + 1
    told = []
    for name, printed in found.printed_counts.items():
        if counted.get(name, 0) != printed:
            who = "members in all" if name == "total" else f"{name} members"
            told.append(
                f"The file prints {printed} {who}, but names {counted.get(name, 0)}. "
                "The pack counts the names."
            )
    return told


def _new_council(found: MeetingInFile) -> Council:
    council = people.add_council(found.council)
    if found.language:
        council.language = found.language
    return council


def _committee(council: Council, found: MeetingInFile) -> Committee:
    committee = people.committee_with_name(council, found.committee)
    if committee is None:
        committee = people.add_committee(council, name=found.committee, seats=found.seats)
    if found.contact and (name := found.contact.get("name")):
        people.set_contact(
            committee,
            name=name,
            telephone=found.contact.get("telephone"),
            email=found.contact.get("email"),
            job_title=found.contact.get("job_title"),
        )
    return committee


def _members(council: Council, committee: Committee, found: MeetingInFile) -> None:
    """Seat whoever does not sit on the committee on the day, from that day on.

    Someone whose seat is known only from a later meeting sat on this one too, until the later
    one's first day: what was said of the later meeting stays as it is.
    """
    seated = {m.councillor.name for m in people.memberships(committee, on=found.held_on)}
    later = _first_days_after(committee, found.held_on)
    for place, member in enumerate(found.members):
        if member.name in seated:
            continue
        group = people.group_named(council, member.group) if member.group else None
        councillor = people.councillor_named(council, member.name, group)
        begins_again = later.pop(member.name, None)
        if begins_again is None:
            people.add_membership(committee, councillor, role=member.role, started_on=found.held_on)
            continue
        earlier = Membership(
            committee_id=committee.id,
            councillor=councillor,
            role=member.role,
            voting=usual_vote(member.role),
            started_on=found.held_on,
            ended_on=begins_again - timedelta(days=1),
            print_order=place,
        )
        db.session.add(earlier)
        audit.record("membership:added", earlier, by=None)


def _first_days_after(committee: Committee, day: date) -> dict[str, date]:
    """By name, when each seat that begins only after `day` begins."""
    rows = db.session.execute(
        select(Councillor.name, Membership.started_on)
        .join(Membership.councillor)
        .where(Membership.committee_id == committee.id, Membership.started_on > day)
        .order_by(Membership.started_on.desc())
    )
    return {row.name: row.started_on for row in rows}


def _numbered(found: MeetingInFile) -> list[ItemInFile]:
    """The items, each keeping a number of its own only where its place would not give it."""
    in_place = [str(place) for place in range(1, len(found.items) + 1)]
    written = numbers([item.fields for item in found.items])
    if written == in_place:
        return [replace(item, fields=replace(item.fields, own_number=None)) for item in found.items]
    return found.items


def _item(
    meeting: Meeting, item: ItemInFile, storage: Storage, now: datetime
) -> list[PaperVersion]:
    added: AgendaItem = agendas.add_item(meeting, item.fields)
    confidentiality.take_over(added, item.said, source=FROM_FILE, now=now)
    added.public_title = item.public_title if added.is_closed else None
    versions = []
    for place, paper in enumerate(item.papers):
        title = paper.title or (item.fields.title if place == 0 else None)
        upload = Upload(paper.path.name, storage.save_file(paper.path))
        version = reports.receive_paper(added.id, upload, title=title)
        if added.is_open:
            confidentiality.take_over(version.paper, OPENED, source=FROM_FILE, now=now)
        versions.append(version)
    return versions
