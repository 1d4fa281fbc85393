"""Publishing an agenda: the notice it gives, what stands in the way, and what is frozen.

Callers commit. Dates are civil dates in London.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, undefer

from committee.agendas import classing
from committee.agendas.accepting import accepted_reports
from committee.agendas.contents import open_contents, restricted_contents
from committee.agendas.holding import hold_agenda
from committee.agendas.models import AgendaItem, AgendaVersion
from committee.agendas.service import NumberedItem, numbered_items
from committee.agendas.state_of_papers import papers_state
from committee.audit import service as audit
from committee.extensions import db
from committee.frozen import canonical_sha256
from committee.law.calendar import CalendarExhausted
from committee.law.notice import AGENDA_CLEAR_DAYS, ClearDays, count_clear, latest_publication
from committee.law.periods import Computed
from committee.meetings import service as meetings
from committee.meetings.models import Meeting
from committee.meetings.rules import MeetingStatus
from committee.states import NotAllowed
from committee.work import service as work
from committee.work.rules import WorkKind


@dataclass(frozen=True)
class NoticeGiven:
    """How much notice publishing on a day gives: the last day in time, and the clear days left."""

    on: date
    deadline: Computed
    clear: ClearDays

    @property
    def in_time(self) -> bool:
        """Whether five clear days are left (LGA 1972, section 100B(3))."""
        return self.clear.enough


@dataclass(frozen=True)
class Reasons:
    """What an officer says where the rules ask for a reason. `urgent` goes by an item's id."""

    late: str | None = None
    change: str | None = None
    urgent: Mapping[int, str] = field(default_factory=dict)


def notice_given(meeting: Meeting, *, on: date) -> NoticeGiven:
    """The notice that publishing `on` this day gives. Raises NotAllowed beyond the calendar."""
    try:
        deadline = latest_publication(meeting.held_on)
        clear = count_clear(on, meeting.held_on, needed=AGENDA_CLEAR_DAYS)
    except CalendarExhausted as exhausted:
        raise NotAllowed(str(exhausted)) from exhausted
    return NoticeGiven(on, deadline, clear)


def standing_in_the_way(
    meeting: Meeting, entries: Sequence[NumberedItem], *, today: date, hidden: Collection[int] = ()
) -> list[str]:
    """Each thing that must be put right before the agenda can be published, in sentences. Papers
    of items whose ids are `hidden` are not named."""
    state = papers_state(entries)
    found = []
    if meeting.status is not MeetingStatus.SCHEDULED:
        found.append("Only the agenda of a meeting that is to be held can be published.")
    if meeting.held_on < today:
        found.append("The meeting’s date has passed.")
    if not entries:
        found.append("The agenda has no items yet.")
    found += classing.stops(entries, hidden)
    found += [f"A paper of item {e.number} is still being checked." for e in state.checking]
    found += [f"A paper of item {e.number} cannot be used." for e in state.unusable]
    return found


def to_follow(entries: Sequence[NumberedItem]) -> list[NumberedItem]:
    """The items whose paper is missing, and would have to follow (T4: lawful, but not good)."""
    return list(papers_state(entries).missing)


def added_late(
    meeting: Meeting, entries: Sequence[NumberedItem], *, today: date
) -> list[NumberedItem]:
    """Items that were on no earlier version and now have less than five clear days.

    Each needs the special circumstances for which the chairman takes it as a matter of urgency.
    Source: Local Government Act 1972, section 100B(4)(b).
    """
    earlier = versions(meeting, whole=True)
    if not earlier or notice_given(meeting, on=today).in_time:
        return []
    known = {item["id"] for version in earlier for item in version.restricted_contents["items"]}
    return [entry for entry in entries if entry.item.id not in known]


def publish(
    meeting: Meeting,
    *,
    today: date,
    now: datetime,
    by: int | None,
    reasons: Reasons | None = None,
    packs: tuple[int | None, int | None] = (None, None),
) -> AgendaVersion:
    """Freeze the agenda as it stands as its next version, which members and the public now read.

    `packs` are the ids of the public and the restricted pack that are published with it.
    Raises NotAllowed for whatever stands in the way, and for a reason that is missing.
    """
    reasons = reasons or Reasons()
    lock(meeting)
    entries = numbered_items(meeting)
    if stops := standing_in_the_way(meeting, entries, today=today):
        raise NotAllowed(" ".join(stops))
    given = notice_given(meeting, on=today)
    earlier = versions(meeting)
    _check_reasons(given, reasons, changed=bool(earlier))
    _note_urgent(added_late(meeting, entries, today=today), reasons.urgent)
    version = AgendaVersion(
        meeting_id=meeting.id,
        number=len(earlier) + 1,
        published_at=now,
        published_on=today,
        published_by_id=by,
        late_reason=None if given.in_time else reasons.late,
        change_reason=reasons.change if earlier else None,
        public_pack_id=packs[0],
        restricted_pack_id=packs[1],
    )
    _freeze(version, meeting, entries, given)
    db.session.add(version)
    audit.record("agenda:published", version, by=by, after=_both(version))
    work.owe(WorkKind.INDEX_AGENDA, version.id)
    return version


def lock(meeting: Meeting) -> None:
    """Let nobody change the agenda until the transaction ends, nor class anything on it, and read
    anew what is read next: an item that somebody made exempt a moment ago must not be frozen as it
    was before."""
    meetings.lock(meeting)
    hold_agenda(meeting)


def seen(meeting: Meeting, entries: Sequence[NumberedItem]) -> str:
    """What an officer has before their eyes who publishes: another value means another agenda."""
    reports = accepted_reports(entry.item for entry in entries)
    return canonical_sha256(restricted_contents(meeting, entries, reports))


def _freeze(
    version: AgendaVersion, meeting: Meeting, entries: Sequence[NumberedItem], given: NoticeGiven
) -> None:
    version.deadline_on, version.deadline_basis = given.deadline.day, given.deadline.as_json()
    version.clear_days = given.clear.count
    reports = accepted_reports(entry.item for entry in entries)
    version.open_contents = open_contents(meeting, entries, reports)
    version.restricted_contents = restricted_contents(meeting, entries, reports)
    version.sha256 = canonical_sha256(_both(version))


def _both(version: AgendaVersion) -> dict[str, Any]:
    """All that was frozen: what anyone may read, and what members may."""
    return {"open": version.open_contents, "restricted": version.restricted_contents}


def _check_reasons(given: NoticeGiven, reasons: Reasons, *, changed: bool) -> None:
    if changed and not reasons.change:
        raise NotAllowed("Say what has changed and why. Anyone can read this beside the agenda.")
    if not changed and not given.in_time and not reasons.late:
        raise NotAllowed(
            "Five clear days are not left. Say who convened the meeting at shorter notice, and why."
        )


def _note_urgent(late: Sequence[NumberedItem], urgent: Mapping[int, str]) -> None:
    for entry in late:
        reason = urgent.get(entry.item.id) or entry.item.urgent_reason
        if not reason:
            raise NotAllowed(
                f"Item {entry.number} was added too late for five clear days. Say what special "
                "circumstances make it urgent."
            )
        entry.item.urgent_reason = reason


def versions(meeting: Meeting, *, whole: bool = False) -> Sequence[AgendaVersion]:
    """The versions published of a meeting's agenda, latest first; `whole` with exempt contents."""
    found = select(AgendaVersion).where(AgendaVersion.meeting_id == meeting.id)
    if whole:
        found = found.options(undefer(AgendaVersion.restricted_contents))
    return db.session.scalars(found.order_by(AgendaVersion.number.desc())).all()


def telling(item: AgendaItem) -> list[AgendaVersion]:
    """The published versions that tell anyone this item by more than its public title, latest
    first. Publishing it as closed from now on leaves them where they are."""
    return [
        version
        for version in versions(item.meeting)
        if any(told.get("id") == item.id for told in version.open_contents["items"])
    ]


def version_with_id(version_id: int) -> AgendaVersion | None:
    """One published version, with its meeting."""
    found = select(AgendaVersion).where(AgendaVersion.id == version_id)
    with_meeting = joinedload(AgendaVersion.meeting).joinedload(Meeting.committee)
    return db.session.scalars(found.options(with_meeting)).first()


def changed_since(version: AgendaVersion, entries: Sequence[NumberedItem]) -> bool:
    """Whether the agenda now differs from this version, so that it would have to be published."""
    reports = accepted_reports(entry.item for entry in entries)
    return version.restricted_contents != restricted_contents(version.meeting, entries, reports)


def items_with_decision(number: str) -> Sequence[AgendaItem]:
    """Every item on an agenda that concerns the decision of this number, by date of meeting."""
    found = (
        select(AgendaItem)
        .join(Meeting)
        .where(AgendaItem.decision_number == number, AgendaItem.removed_at.is_(None))
        .options(joinedload(AgendaItem.meeting).joinedload(Meeting.committee))
    )
    return db.session.scalars(found.order_by(Meeting.held_on, AgendaItem.id)).all()
