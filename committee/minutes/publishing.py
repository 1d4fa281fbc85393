"""Publishing minutes: what stands in the way, what is frozen, and their approval. Callers commit.

Dates are civil dates in London.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, undefer

from committee.agendas import service as items
from committee.agendas.holding import hold_agenda
from committee.audit import service as audit
from committee.extensions import db
from committee.frozen import canonical_sha256
from committee.law.periods import Computed
from committee.law.retention import MINUTES_YEARS, years_beginning_with
from committee.meetings import attendance, attendance_others
from committee.meetings import service as meetings
from committee.meetings.models import Meeting
from committee.meetings.rules import MeetingStatus
from committee.minutes import classing, numbering, service, telling, voting
from committee.minutes.contents import Facts, open_contents, restricted_contents
from committee.minutes.models import Minute, Minutes, MinutesVersion
from committee.minutes.rules import MINUTES_STATES, MinutesStatus
from committee.people.models import Committee
from committee.states import NotAllowed
from committee.work import service as work
from committee.work.rules import WorkKind


def open_until(meeting: Meeting) -> Computed:
    """The last day on which minutes of this meeting must be open to inspection (PVA-20)."""
    return years_beginning_with(meeting.held_on, MINUTES_YEARS)


def standing_in_the_way(minutes: Minutes, *, today: date) -> list[str]:
    """Each thing that must be put right before these minutes can be published, in sentences."""
    meeting, entries = minutes.meeting, service.entries_of(minutes)
    found = []
    if meeting.held_on > today:
        found.append("The meeting has not been held yet.")
    if meeting.status in (MeetingStatus.CANCELLED, MeetingStatus.POSTPONED):
        found.append("Only a meeting that was held has minutes.")
    if not entries:
        found.append("There is no minute yet.")
    room = voting.room_of(meeting)
    if not room.register.is_complete or not room.register.seats:
        found.append("Say how each member attended: the names of those present are recorded.")
    without_test = classing.untested(entries)
    for number, entry in with_numbers(minutes, entries):
        wrong = [*_wrong_with(entry, room), *classing.wrong_with(entry, without_test)]
        found += [f"Minute {number}: {each}" for each in wrong]
    return found


def classes_in_the_way(minutes: Minutes) -> list[str]:
    """What about the classes of its minutes stands in the way of approval as of publication."""
    entries = service.entries_of(minutes)
    without_test = classing.untested(entries)
    return [
        f"Minute {number}: {wrong}"
        for number, entry in with_numbers(minutes, entries)
        for wrong in classing.wrong_with(entry, without_test)
    ]


def with_numbers(minutes: Minutes, entries: Sequence[Minute]) -> list[tuple[int, Minute]]:
    """Each of these minutes behind the number that it has or is to have."""
    numbers = numbering.foreseen(minutes, service.entries_of(minutes))
    return [(numbers[entry.id], entry) for entry in entries]


def _wrong_with(entry: Minute, room: voting.Room) -> list[str]:
    found = voting.contradictions(entry, room)
    if entry.is_closed and not entry.public_summary:
        found.append("write the summary for the public, or open the minute.")
    if not (entry.discussion or entry.resolution):
        found.append("it says nothing yet. Write it, or leave it out.")
    return found


def facts_of(minutes: Minutes) -> Facts:
    """Everything that the minutes are made of, as it stands now."""
    meeting, entries = minutes.meeting, service.entries_of(minutes)
    agenda = items.items(meeting)
    numbers = service.item_numbers(meeting)
    known = {item.id: item for item in agenda}
    known |= {entry.agenda_item.id: entry.agenda_item for entry in entries if entry.agenda_item}
    return Facts(
        meeting=meeting,
        register=attendance.register_of(meeting),
        attendees=attendance_others.attendees(meeting),
        declarations=attendance_others.declarations(meeting),
        entries=entries,
        items=known,
        item_numbers=numbers,
        order_notes=service.order_notes(entries, [item.id for item in agenda], numbers),
    )


def publish(
    minutes: Minutes,
    *,
    today: date,
    now: datetime,
    by: int | None,
    change_reason: str | None = None,
) -> MinutesVersion:
    """Freeze the minutes as they stand as their next version, which anyone can read.

    First published they become a published draft, and each minute gets its number. A correction
    of what was approved says so and bears no signature, since nobody signed these words. Raises
    NotAllowed for whatever stands in the way, and for a correction without its reason.
    """
    _lock_and_read_anew(minutes)
    if stops := standing_in_the_way(minutes, today=today):
        raise NotAllowed(" ".join(stops))
    earlier = versions(minutes.meeting)
    if earlier and not change_reason:
        raise NotAllowed("Say what has changed and why. Anyone can read this beside the minutes.")
    if not earlier:
        MINUTES_STATES.check(minutes.status, MinutesStatus.PUBLISHED_DRAFT)
        minutes.status = MinutesStatus.PUBLISHED_DRAFT
    numbering.number_entries(minutes, service.entries_of(minutes), by=by)
    signed = signed_version(earlier)
    standing = _corrected(minutes, signed, today) if signed else _standing(minutes)
    version = _freeze(minutes, earlier, change_reason, standing, today=today, now=now, by=by)
    audit.record("minutes:published", version, by=by, after=_both(version))
    telling.tell(minutes, version, earlier, by=by)
    return version


def _lock_and_read_anew(minutes: Minutes) -> None:
    """Let nobody change the agenda or the minutes, nor class an item, and forget what was read
    before that.

    Somebody may have made an item exempt between the opening of the page and this.
    """
    meetings.lock(minutes.meeting)
    service.lock(minutes)
    hold_agenda(minutes.meeting)


def approve(
    minutes: Minutes,
    at: Meeting,
    signed_by: str,
    *,
    today: date,
    now: datetime,
    by: int | None,
) -> MinutesVersion:
    """Record that a later meeting approved the minutes and that the person presiding signed.

    Source: Local Government Act 1972, Schedule 12, paragraph 41. Raises NotAllowed for a meeting
    that is not a later one of the same committee or has not been held, for minutes with changes
    that were not published or whose classes stand in the way, and without the name of who signed.
    """
    _lock_and_read_anew(minutes)
    MINUTES_STATES.check(minutes.status, MinutesStatus.APPROVED)
    if at.id not in {meeting.id for meeting in may_approve(minutes, today=today)}:
        raise NotAllowed("Choose a later meeting of the same committee that has been held.")
    if not signed_by.strip():
        raise NotAllowed("Enter who signed the minutes.")
    if stops := classes_in_the_way(minutes):
        raise NotAllowed(" ".join(stops))
    earlier = versions(minutes.meeting)
    if changed_since(minutes, earlier[0]):
        raise NotAllowed(
            "The minutes have been changed since they were published. Publish the correction "
            "first, so that what was approved is what everybody can read."
        )
    minutes.status, minutes.approved_on = MinutesStatus.APPROVED, at.held_on
    minutes.approved_at_meeting_id, minutes.signed_by = at.id, signed_by.strip()
    reason = f"Approved at the meeting on {at.held_on.day} {at.held_on:%B %Y}"
    approved = {"on": at.held_on.isoformat(), "signed_by": minutes.signed_by}
    standing = _standing(minutes) | {"approved": approved}
    version = _freeze(minutes, earlier, reason, standing, today=today, now=now, by=by)
    audit.record("minutes:approved", version, by=by, after=_both(version))
    return version


def may_approve(minutes: Minutes, *, today: date) -> Sequence[Meeting]:
    """Later meetings of the committee that have been held, soonest first.

    Any of them may do it, since an extraordinary one may be passed over (MTG-08).
    """
    meeting = minutes.meeting
    found = select(Meeting).where(
        Meeting.committee_id == meeting.committee_id,
        Meeting.held_on > meeting.held_on,
        Meeting.held_on <= today,
        Meeting.status.in_((MeetingStatus.SCHEDULED, MeetingStatus.HELD)),
    )
    return db.session.scalars(found.order_by(Meeting.held_on, Meeting.id).limit(20)).all()


def _freeze(
    minutes: Minutes,
    earlier: Sequence[MinutesVersion],
    reason: str | None,
    more: dict[str, Any],
    *,
    today: date,
    now: datetime,
    by: int | None,
) -> MinutesVersion:
    facts = facts_of(minutes)
    version = MinutesVersion(
        minutes_id=minutes.id,
        number=len(earlier) + 1,
        became=minutes.status,
        published_at=now,
        published_on=today,
        published_by_id=by,
        open_contents=open_contents(facts) | more,
        restricted_contents=restricted_contents(facts) | more,
        change_reason=reason if earlier else None,
    )
    version.sha256 = canonical_sha256(_both(version))
    db.session.add(version)
    db.session.flush()
    work.owe(WorkKind.MAKE_MINUTES_FILES, version.id)
    return version


def _both(version: MinutesVersion) -> dict[str, Any]:
    """All that was frozen: what anyone may read, and what members may."""
    return {"open": version.open_contents, "restricted": version.restricted_contents}


def _standing(minutes: Minutes) -> dict[str, Any]:
    return {
        "approved": None,
        "corrected": None,
        "open_until": open_until(minutes.meeting).as_json(),
    }


def _corrected(minutes: Minutes, signed: MinutesVersion, today: date) -> dict[str, Any]:
    """How minutes stand that differ from the version that was approved and signed."""
    corrected = {
        "on": today.isoformat(),
        "approved_on": signed.open_contents["approved"]["on"],
        "version": signed.number,
    }
    return _standing(minutes) | {"corrected": corrected}


def signed_version(found: Sequence[MinutesVersion]) -> MinutesVersion | None:
    """The version that was approved and signed, whatever was corrected after it."""
    return next((each for each in found if each.open_contents["approved"]), None)


def changed_since(minutes: Minutes, version: MinutesVersion) -> bool:
    """Whether the minutes say something else now than in this version.

    How they stand, as approved or as corrected after that, is not what they say.
    """
    facts = facts_of(minutes)
    pairs = (
        (version.open_contents, open_contents(facts)),
        (version.restricted_contents, restricted_contents(facts)),
    )
    return any({key: then.get(key) for key in words} != words for then, words in pairs)


def versions(meeting: Meeting, *, whole: bool = False) -> Sequence[MinutesVersion]:
    """The published versions of a meeting's minutes, latest first; `whole` with exempt contents."""
    found = select(MinutesVersion).join(Minutes).where(Minutes.meeting_id == meeting.id)
    if whole:
        found = found.options(undefer(MinutesVersion.restricted_contents))
    return db.session.scalars(found.order_by(MinutesVersion.number.desc())).all()


def version_with_id(version_id: int, *, locked: bool = False) -> MinutesVersion | None:
    """One published version, with its meeting, committee and council."""
    found = select(MinutesVersion).where(MinutesVersion.id == version_id)
    if locked:
        return db.session.scalars(found.with_for_update()).first()
    meeting = joinedload(MinutesVersion.minutes).joinedload(Minutes.meeting)
    return db.session.scalars(
        found.options(meeting.joinedload(Meeting.committee).joinedload(Committee.council))
    ).first()


def keep_files(version: MinutesVersion, *, pdf_sha256: str, word_sha256: str) -> None:
    """Note where the files are that were made from the open contents of a version. The first
    ones stay."""
    if version.pdf_sha256 is None and version.word_sha256 is None:
        version.pdf_sha256, version.word_sha256 = pdf_sha256, word_sha256
        files = {"pdf_sha256": pdf_sha256, "word_sha256": word_sha256}
        audit.record("minutes_version:filed", version, by=None, after=files)
