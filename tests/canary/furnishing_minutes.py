"""Minutes: published and approved with an exempt part, and drafts that nobody has published."""

from dataclasses import replace

from committee.agendas import publishing as agendas
from committee.agendas.rules import ItemKind
from committee.clock import now
from committee.confidentiality.rules import OPENED, Said
from committee.extensions import db
from committee.meetings import attendance, attendance_others
from committee.meetings.models import Meeting
from committee.meetings.rules import Capacity, InterestKind, Presence
from committee.minutes import actions, classing, publishing, resolving, service
from committee.minutes.actions import ActionFields
from committee.minutes.models import Minute, Minutes
from committee.minutes.resolving import MinuteFields
from committee.minutes.rules import Outcome
from tests import builders
from tests.canary.council import Council, work_off
from tests.canary.furnishing_agendas import an_exempt_item, with_papers


def furnish_held(made: Council) -> None:
    """A meeting with its agenda and minutes published and approved, and a later one in draft."""
    held, later = made.meetings["held"], made.meetings["held later"]
    for meeting, days in ((held, -56), (later, -28)):
        builders.an_item(meeting, "Apologies", kind=ItemKind.PROCEDURAL)
        builders.an_item(meeting, "Update by the Director", kind=ItemKind.VERBAL_UPDATE)
        if made.stubs:
            item = an_exempt_item(made, meeting, f"exempt item of {days}")
            with_papers(made, item, f"exempt item of {days}")
        work_off()
        day = made.day(days)
        agendas.publish(meeting, today=day, now=made.at(day), by=made.by("clerk"))
        work_off()
    minuted = write(made, held, "published minutes")
    day = made.day(-30)
    publishing.publish(minuted, today=day, now=made.at(day), by=made.by("clerk"))
    work_off()
    publishing.approve(
        minuted,
        later,
        "Councillor Ours 1",
        today=made.day(-10),
        now=made.at(made.day(-10)),
        by=made.by("clerk"),
    )
    work_off()
    unseen_minutes(made, later)


def write(made: Council, meeting: Meeting, name: str) -> Minutes:
    """Minutes of every item. What was done in private is hidden but for its summary."""
    register = attendance.register_of(meeting)
    everyone = {seat.councillor.id: Presence.PRESENT for seat in register.seats}
    attendance.record_members(meeting, everyone, by=made.by("clerk"))
    attendance_others.add_attendee(
        meeting, capacity=Capacity.OFFICER, name="Ms L Okafor", job_title="Head of Travel"
    )
    minutes = service.begin(meeting, by=made.by("clerk"))
    for entry in service.entries_of(minutes):
        if entry.agenda_item is not None and entry.agenda_item.is_closed:
            in_private(made, entry, name)
            declared(made, meeting, entry, name)
        else:
            said = MinuteFields(entry.title, "Members asked questions.")
            resolving.save(entry, said, acknowledged=True)
            opened(made, entry)
    return minutes


def opened(made: Council, entry: Minute) -> None:
    """Open a minute, as an officer does who has read it."""
    classed(made, entry, OPENED)


def classed(made: Council, entry: Minute, said: Said) -> None:
    seen = classing.item_seen(entry)
    classing.classify(entry, said, seen=seen, now=now(), today=made.today, by=made.by("clerk"))


def in_private(made: Council, entry: Minute, name: str) -> None:
    """The minute of an exempt item, with an action and a vote."""
    said = MinuteFields(
        made.hidden(f"minute.title of the {name}"),
        made.hidden(f"minute.discussion of the {name}"),
        outcome=Outcome.NOTED,
        resolution=made.hidden(f"minute.resolution of the {name}"),
        public_summary="A property was discussed.",
    )
    resolving.save(entry, said, acknowledged=True)
    words = {
        part: made.hidden(f"determination.{part} of the minute of the {name}")
        for part in ("factors_for", "factors_against", "conclusion")
    }
    closed = replace(builders.EXEMPT, review_on=made.day(200), **words)
    classed(made, entry, closed)
    action = actions.add(
        entry,
        ActionFields(
            made.hidden(f"action.text of the {name}"),
            made.hidden(f"action.owner_name of the {name}"),
            owner_id=made.by("clerk"),
            due_on=made.day(3),
        ),
    )
    action.note = made.hidden(f"action.note of the {name}")


def declared(made: Council, meeting: Meeting, entry: Minute, name: str) -> None:
    """An interest in an exempt item, whose nature would tell of it."""
    member = attendance.register_of(meeting).seats[0].councillor
    assert entry.agenda_item_id is not None
    attendance_others.add_declaration(
        meeting,
        councillor_id=member.id,
        agenda_item_id=entry.agenda_item_id,
        kind=InterestKind.OTHER,
        nature=made.hidden(f"declaration.nature of the {name}"),
        left_meeting=False,
    )


def unseen_minutes(made: Council, meeting: Meeting) -> None:
    """Minutes that are written and not published, with all that they say."""
    for name in made.every("draft minutes"):
        minutes = service.minutes_of(meeting) or write(made, meeting, name)
        entry = service.entries_of(minutes)[0]
        said = MinuteFields(
            entry.title,
            made.hidden(f"minute.discussion of the {name}"),
            condition=made.hidden(f"minute.condition of the {name}"),
        )
        resolving.save(entry, said, acknowledged=True)
        text, owner = (made.hidden(f"action.{part} of the {name}") for part in ("text", "owner"))
        actions.add(entry, ActionFields(text, owner, owner_id=made.by("clerk")))
        attendance_others.add_attendee(
            meeting,
            capacity=Capacity.OFFICER,
            name=made.hidden(f"attendee.name of the {name}"),
            job_title=made.hidden(f"attendee.job_title of the {name}"),
        )
    db.session.commit()
