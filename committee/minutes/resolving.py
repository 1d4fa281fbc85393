"""What one minute says: discussion, outcome, resolution and vote. Callers commit."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from committee.agendas.rules import ItemKind
from committee.audit import service as audit
from committee.decisions import service as decisions
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.minutes import service, voting, wording
from committee.minutes.models import Minute, Minutes
from committee.minutes.rules import (
    NEEDS_MAJORITY,
    NEEDS_WORDS,
    OUTCOME_LABELS,
    MinutesStatus,
    Outcome,
    is_carried,
)
from committee.minutes.voting import Count
from committee.minutes.wording import Matter
from committee.reports.models import Report
from committee.reports.rules import ReportStatus, Verb
from committee.states import NotAllowed


@dataclass(frozen=True)
class MinuteFields:
    """What a clerk fills in for one minute. With no `resolution` it is worded from the outcome."""

    title: str
    discussion: str | None = None
    outcome: Outcome | None = None
    condition: str | None = None
    resolution: str | None = None
    count: Count | None = None
    on_education: bool = False  # a question on which church and parent representatives vote
    public_summary: str | None = None


def matter_of(minute: Minute) -> Matter:
    """What the item put before the committee: what its report asked, and who is to decide."""
    item = minute.agenda_item
    if item is None:
        return Matter(ItemKind.PROCEDURAL, minute.title)
    asked = recommendations_on(item.id)
    number = item.decision_number
    decision = decisions.decision_with_number(number) if number else None
    return Matter(
        kind=item.kind,
        title=minute.title,
        verbs=frozenset(verb for verbs, _ in asked for verb in verbs),
        asked=_to_quote(asked),
        decision_maker=decision.portfolio.title if decision else None,
        minutes_of=_minutes_of(minute) if item.kind is ItemKind.MINUTES else None,
    )


def recommendations_on(agenda_item_id: int) -> list[tuple[tuple[Verb, ...], str]]:
    """What the accepted reports of an item ask the committee to do: verbs, and words."""
    found = select(Report).where(
        Report.agenda_item_id == agenda_item_id, Report.status == ReportStatus.ACCEPTED
    )
    reports = db.session.scalars(
        found.options(selectinload(Report.recommendations)).order_by(Report.id)
    )
    return [
        (tuple(Verb(verb) for verb in each.verbs), each.text)
        for report in reports
        for each in report.recommendations
    ]


def _to_quote(asked: Sequence[tuple[tuple[Verb, ...], str]]) -> tuple[str, ...]:
    """The words that a resolution takes up: those of what is to be endorsed or agreed."""
    active = {Verb.ENDORSE, Verb.MAKE_RECOMMENDATIONS, Verb.AGREE}
    return tuple(text for verbs, text in asked if active & set(verbs))


def _minutes_of(minute: Minute) -> str | None:
    """The latest meeting before this one whose minutes wait to be approved, in words."""
    meeting = minute.minutes.meeting
    found = (
        select(Meeting)
        .join(Minutes, Minutes.meeting_id == Meeting.id)
        .where(
            Meeting.committee_id == meeting.committee_id,
            Meeting.held_on < meeting.held_on,
            Minutes.status == MinutesStatus.PUBLISHED_DRAFT,
        )
        .order_by(Meeting.held_on.desc(), Meeting.id.desc())
    )
    earlier = db.session.scalars(found).first()
    if earlier is None:
        return None
    day = earlier.held_on
    return f"the {meeting.committee.name} held on {day.day} {day:%B %Y}"


def warnings(fields: MinuteFields, matter: Matter) -> list[str]:
    """What is unusual about the outcome. It can be saved by somebody who says that it is meant."""
    found = []
    if fields.outcome and fields.outcome not in wording.permitted_outcomes(matter):
        found.append(
            f"“{OUTCOME_LABELS[fields.outcome]}” does not answer what the report asks for."
        )
    lost = fields.count and not is_carried(
        fields.count.votes_for, fields.count.votes_against, fields.count.casting
    )
    if lost and fields.outcome in NEEDS_MAJORITY:
        found.append(
            f"The vote was not carried, but the outcome is “{OUTCOME_LABELS[fields.outcome]}”."
        )
    return found


def save(
    minute: Minute,
    fields: MinuteFields,
    *,
    acknowledged: bool = False,
    by: int | None = None,
) -> None:
    """Save what a minute says, and word its resolution where none is given.

    Raises NotAllowed for a count that cannot be, a condition that is missing, and for anything
    unusual that was not `acknowledged`.
    """
    service.lock(minute.minutes)
    matter = matter_of(minute)
    check(minute, fields)
    unusual = warnings(fields, matter)
    if unusual and not acknowledged:
        raise NotAllowed(" ".join(unusual))
    minute.resolution = _worded(minute, fields, matter)
    minute.title, minute.discussion = fields.title, fields.discussion
    minute.outcome, minute.condition = fields.outcome, fields.condition
    count = fields.count
    minute.votes_for = count.votes_for if count else None
    minute.votes_against = count.votes_against if count else None
    minute.votes_abstained = count.abstained if count else None
    minute.casting_vote = count.casting if count else None
    minute.on_education = fields.on_education
    minute.public_summary = fields.public_summary
    audit.record("minute:changed", minute, by=by)
    if unusual:
        audit.record("minute:warning_acknowledged", minute, by=by)


def check(minute: Minute, fields: MinuteFields) -> None:
    """Raises NotAllowed for what cannot be recorded at all."""
    if fields.outcome in NEEDS_WORDS and not fields.condition:
        raise NotAllowed("Enter the condition, or the recommendations that were made.")
    if fields.count:
        room = voting.room_of(minute.minutes.meeting)
        voters = room.voters(minute.agenda_item_id, on_education=fields.on_education)
        entitled = voting.entitled(voters)
        voting.check_count(fields.count, entitled, [each.vote for each in minute.named_votes])


def _worded(minute: Minute, fields: MinuteFields, matter: Matter) -> str | None:
    """The resolution to keep: the clerk's own words, or else those that follow from the outcome.

    Words that still are those of an earlier outcome are worded anew. Raises NotAllowed where the
    clerk's own words were left as they were although the outcome has changed.
    """
    if not fields.resolution:
        return proposed(fields, matter)
    changed = (fields.outcome, fields.condition) != (minute.outcome, minute.condition)
    if not changed or fields.resolution != minute.resolution:
        return fields.resolution
    saved = MinuteFields(minute.title, outcome=minute.outcome, condition=minute.condition)
    if minute.resolution == proposed(saved, matter):
        return proposed(fields, matter)
    raise NotAllowed(
        "The outcome has changed, but the resolution is the one from before. Change it too, or "
        "empty it to have it worded for you."
    )


def proposed(fields: MinuteFields, matter: Matter) -> str | None:
    """The resolution as it is worded from the outcome; none where nothing was resolved."""
    if fields.outcome is None:
        return None
    return wording.resolution(matter, fields.outcome, fields.condition)
