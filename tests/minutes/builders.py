"""A committee that met on 8 May 2018 with its agenda published, for tests. Callers commit."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from committee.agendas import publishing as agendas
from committee.agendas import service as items
from committee.agendas.models import AgendaItem
from committee.agendas.rules import ItemKind, Part
from committee.agendas.service import ItemFields
from committee.confidentiality.rules import OPENED, Said
from committee.decisions.models import Decision
from committee.extensions import db
from committee.meetings import attendance
from committee.meetings.models import Meeting
from committee.meetings.rules import Presence
from committee.minutes import classing, publishing, resolving, service
from committee.minutes.models import Minute, Minutes, MinutesVersion
from committee.minutes.resolving import MinuteFields
from committee.people import service as people
from committee.people.models import Committee, Councillor
from committee.people.roles import MemberRole
from committee.reports.models import Recommendation, Report
from committee.reports.rules import ReportStatus, Verb
from tests import builders
from tests.decisions.builders import a_notified, a_portfolio

MEETING_DAY = date(2018, 5, 8)
AGENDA_DAY = date(2018, 4, 27)
MINUTES_DAY = date(2018, 5, 15)
SECRET = "Blackacre"
ASKED = (
    "the proposed decision to:\na) adopt the policy; and\nb) delegate its detail to the Director."
)


def at(day: date) -> datetime:
    """Noon of a day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Met:
    """A meeting that was held, with its items and the members of its committee."""

    committee: Committee
    meeting: Meeting
    apologies: AgendaItem
    earlier_minutes: AgendaItem
    transport: AgendaItem
    verbal: AgendaItem
    exempt: AgendaItem
    members: dict[str, Councillor]
    decision: Decision


def a_committee_that_met() -> Met:
    """Five seats, one without a vote; five items, one with a report to endorse, one exempt."""
    committee = builders.a_committee("Schools Committee", seats=5)
    roles = {
        "Mr Cooke": MemberRole.CHAIRMAN,
        "Mrs Allen": MemberRole.VICE_CHAIRMAN,
        "Dr Sullivan": MemberRole.MEMBER,
        "Mr Love": MemberRole.MEMBER,
        "Canon Hall": MemberRole.NON_VOTING,
    }
    groups = {"Dr Sullivan": "Labour", "Canon Hall": None}
    members = {
        name: builders.a_member(
            committee,
            name,
            role=role,
            group=groups.get(name, "Conservative"),
            since=date(2017, 5, 25),
        ).councillor
        for name, role in roles.items()
    }
    portfolio = a_portfolio(committee, title="Cabinet Member for Education")
    decision = a_notified(committee=committee, portfolio=portfolio)
    meeting = builders.a_meeting(committee, held_on=MEETING_DAY)
    apologies = builders.an_item(meeting, "Apologies", kind=ItemKind.PROCEDURAL)
    earlier = builders.an_item(meeting, "Minutes of the last meeting", kind=ItemKind.MINUTES)
    transport = items.add_item(
        meeting,
        ItemFields(ItemKind.REPORT, "Transport after 16", decision_number=decision.number),
    )
    builders.opened_or_closed(transport, Part.OPEN)
    verbal = builders.an_item(meeting, "Update", kind=ItemKind.VERBAL_UPDATE)
    exempt = builders.an_item(
        meeting, f"Sale of {SECRET}", part=Part.EXEMPT, public_title="A property"
    )
    a_report_on(transport, ASKED, Verb.CONSIDER, Verb.ENDORSE, Verb.MAKE_RECOMMENDATIONS)
    agendas.publish(meeting, today=AGENDA_DAY, now=at(AGENDA_DAY), by=None)
    return Met(committee, meeting, apologies, earlier, transport, verbal, exempt, members, decision)


def a_report_on(item: AgendaItem, asked: str, *verbs: Verb) -> Report:
    """An accepted report of an item with one recommendation."""
    report = Report(
        meeting_id=item.meeting_id,
        author_id=builders.a_user().id,
        agenda_item_id=item.id,
        subject=item.title,
        due_on=AGENDA_DAY,
        status=ReportStatus.ACCEPTED,
        accepted_at=at(AGENDA_DAY),
    )
    report.recommendations.append(
        Recommendation(position=1, verbs=[verb.value for verb in verbs], text=asked)
    )
    db.session.add(report)
    db.session.flush()
    return report


def everyone_present(met: Met, **otherwise: Presence) -> None:
    """Record all members as present, but for those named by their surnames."""
    attendance.record_members(
        met.meeting,
        {
            councillor.id: otherwise.get(name.split()[-1], Presence.PRESENT)
            for name, councillor in met.members.items()
        },
    )


def begun(met: Met) -> Minutes:
    """The minutes, with a minute for each item."""
    return service.begin(met.meeting)


def minute_of(minutes: Minutes, item: AgendaItem) -> Minute:
    """The first minute of an item."""
    return next(e for e in service.entries_of(minutes) if e.agenda_item_id == item.id)


def write(
    minute: Minute,
    words: str = "Members asked questions.",
    *,
    said: Said | None = None,
    **more: object,
) -> None:
    """Save a minute with these words, whatever is unusual about it, and give it a class: what is
    `said` or, if it has none yet, that of its item."""
    if minute.is_unclassed and said is None:
        said = common_class(minute)
    if said is not None:
        give_class(minute, said)
    given: dict[str, object] = {
        "title": minute.title,
        "discussion": words,
        "public_summary": "A property was discussed." if minute.is_closed else None,
    }
    resolving.save(minute, MinuteFields(**(given | more)), acknowledged=True)  # type: ignore[arg-type]


def common_class(minute: Minute) -> Said:
    """What is said of a minute as a rule: what was said of its item."""
    return builders.EXEMPT if minute.is_of_closed_item else OPENED


def give_class(minute: Minute, said: Said = OPENED) -> None:
    """Give a minute its class, as somebody does who means it."""
    classing.classify(
        minute,
        said,
        seen=classing.item_seen(minute),
        acknowledged=True,
        now=builders.A_MOMENT,
        today=builders.A_DAY,
    )


def written(met: Met) -> Minutes:
    """Minutes of every item, ready to be published."""
    everyone_present(met)
    minutes = begun(met)
    for entry in service.entries_of(minutes):
        secret = entry.agenda_item_id == met.exempt.id
        write(entry, f"The price of {SECRET} was named." if secret else "Members asked questions.")
    return minutes


def publish(minutes: Minutes, day: date = MINUTES_DAY, change: str | None = None) -> MinutesVersion:
    """Publish the minutes as they stand."""
    return publishing.publish(minutes, today=day, now=at(day), by=None, change_reason=change)


def substitute_named(name: str, group: str = "Conservative") -> Councillor:
    """A member of the council without a seat on the committee."""
    council = people.the_council()
    assert council
    return people.councillor_named(council, name, people.group_named(council, group))


def a_later_meeting(met: Met, held_on: date = date(2018, 7, 11)) -> Meeting:
    """The committee's next meeting, with the minutes and one report on its published agenda."""
    meeting = builders.a_meeting(met.committee, held_on=held_on)
    builders.an_item(meeting, "Minutes of the last meeting", kind=ItemKind.MINUTES)
    builders.an_item(meeting, "Work programme")
    agendas.publish(meeting, today=date(2018, 6, 29), now=at(date(2018, 6, 29)), by=None)
    return meeting
