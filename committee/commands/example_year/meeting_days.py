"""Meetings of the example year: scheduled with their papers, published with packs, and held."""

import json
from datetime import date, time

from committee.agendas import classing
from committee.agendas import publishing as agendas
from committee.agendas import service as items
from committee.commands.example_year.planning import planned_for
from committee.commands.example_year.stage import FILES, Stage
from committee.commands.meetings import check_papers, run_import
from committee.commands.packs import build_now
from committee.extensions import db
from committee.meetings import service as meetings
from committee.meetings.rules import MeetingStatus
from committee.packs import service as packs
from committee.packs.rules import Audience
from committee.packs.shelves import audiences_of


def schedule(stage: Stage, _day: date, name: str) -> None:
    """Put a meeting in the calendar, with its items and those papers that come from no report.

    Items that the work programme puts on the agenda are left to it. May be begun again where it
    was interrupted: the import commits before papers are checked.
    """
    if known := stage.known_meeting(name):
        check_papers(known)
        return
    data = stage.texts(FILES[name])
    planned = planned_for(stage, name)
    data["items"] = [item for item in data["items"] if item["title"] not in planned]
    for item in data["items"]:
        if item.get("decision_number"):
            item.pop("paper", None)
            item.pop("appendices", None)
    file = stage.folder / f"{name}-without-reports.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    run_import(file, quiet=True)


def schedule_later(stage: Stage, _day: date) -> None:
    """Put the meeting after the next one in the calendar, of which nothing is known yet."""
    meetings.schedule(
        stage.committee(),
        held_on=stage.days.later,
        starts_at=time(10, 0),
        place="Orrin Room, County Hall, Harrowmere",
        by=stage.clerk(),
    )


def build_packs(stage: Stage, day: date, name: str) -> None:
    """Open what nobody has classed, and build the packs that the meeting needs, unless an
    interrupted start has built them already."""
    meeting = stage.meeting(name)
    agreed = classing.to_open(meeting)
    classing.open_all(meeting, agreed, now=stage.at(day), today=day, by=stage.clerk())
    db.session.flush()
    for audience in audiences_of(items.numbered_items(meeting)):
        meeting = stage.meeting(name)
        if not packs.current(meeting, audience):
            build_now(meeting, audience)


def publish_agenda(stage: Stage, day: date, name: str) -> None:
    """Publish the agenda with its packs."""
    meeting = stage.meeting(name)
    built = {audience: packs.current(meeting, audience) for audience in Audience}
    public, restricted = (pack.id if (pack := built[each]) else None for each in Audience)
    version = agendas.publish(
        meeting, today=day, now=stage.at(day), by=stage.clerk(), packs=(public, restricted)
    )
    packs.note_published(version, by=stage.clerk())


def hold(stage: Stage, _day: date, name: str) -> None:
    """Note that the meeting was held."""
    meeting = stage.meeting(name)
    meetings.change(
        meeting,
        held_on=meeting.held_on,
        starts_at=meeting.starts_at,
        place=meeting.place,
        status=MeetingStatus.HELD,
        by=stage.clerk(),
    )
    db.session.flush()
