"""Minutes of the example year: attendance, what was resolved, actions, drafts and approval."""

from datetime import date, timedelta
from typing import Any

from committee.commands.example_year.stage import Stage
from committee.meetings import attendance, attendance_others
from committee.meetings.models import Meeting
from committee.meetings.rules import Capacity, InterestKind, Presence
from committee.minutes import actions, classing, numbering, publishing, resolving, service, voting
from committee.minutes.actions import ActionFields
from committee.minutes.models import Minute, Minutes
from committee.minutes.resolving import MinuteFields
from committee.minutes.rules import ActionStatus, Outcome, Vote
from committee.minutes.voting import Count
from committee.people import service as people

FIRST_NUMBER = 214  # minutes of earlier meetings were numbered before this system was used


def attend(stage: Stage, _day: date, name: str) -> None:
    """Record who was there, who came for whom, and what interests were declared."""
    meeting, said, by = stage.meeting(name), stage.said["minutes"][name], stage.clerk()
    seats = attendance.register_of(meeting).seats
    presences = {seat.councillor.id: _presence(seat.councillor.name, said) for seat in seats}
    attendance.record_members(meeting, presences, by=by)
    if came := said["substitute"]:
        council = stage.council()
        group = people.group_named(council, came["group"])
        substitute = people.councillor_named(council, came["name"], group)
        instead_of = stage.councillor(came["for"]).id
        attendance.add_substitute(meeting, substitute, instead_of, by=by)
    for capacity, who, title in said["attendees"]:
        attendance_others.add_attendee(
            meeting, capacity=Capacity(capacity), name=who, job_title=title, by=by
        )
    for each in said["declarations"]:
        _declare(stage, meeting, each)


def _presence(name: str, said: dict[str, Any]) -> Presence:
    if name in said["apologies"]:
        return Presence.APOLOGIES
    return Presence.REMOTE if name in said["remote"] else Presence.PRESENT


def _declare(stage: Stage, meeting: Meeting, said: dict[str, Any]) -> None:
    numbers = service.item_numbers(meeting)
    item_id = next(key for key, number in numbers.items() if number == said["item"])
    attendance_others.add_declaration(
        meeting,
        councillor_id=stage.councillor(said["name"]).id,
        agenda_item_id=item_id,
        kind=InterestKind(said["kind"]),
        nature=said["nature"],
        left_meeting=said["left"],
        by=stage.clerk(),
    )


def write(stage: Stage, day: date, name: str) -> None:
    """Begin the minutes, leave out what is not minuted, write the rest, and class it."""
    meeting, said = stage.meeting(name), stage.said["minutes"][name]["items"]
    if numbering.series_for(meeting) is None:
        numbering.begin_series(meeting, FIRST_NUMBER, by=stage.clerk())
    minutes = service.begin(meeting, by=stage.clerk())
    numbers = service.item_numbers(meeting)
    for entry in service.entries_of(minutes):
        words = said.get(numbers[entry.agenda_item_id or 0])
        if words is None:
            service.leave_out(entry, by=stage.clerk())
        else:
            _write(stage, entry, words)
    _class(stage, day, minutes)


def _class(stage: Stage, day: date, minutes: Minutes) -> None:
    """Close what was said of closed items on the same ground, and open the rest."""
    now, by = stage.at(day), stage.clerk()
    for entry in service.entries_of(minutes):
        if entry.is_of_closed_item:
            said, seen = classing.said_at_first(entry), classing.item_seen(entry)
            classing.classify(entry, said, seen=seen, now=now, today=day, by=by)
    agreed = classing.agreement(service.entries_of(minutes))
    classing.open_all(minutes, agreed, now=now, today=day, by=by)


def _write(stage: Stage, entry: Minute, said: dict[str, Any]) -> None:
    votes = said.get("votes")
    fields = MinuteFields(
        title=entry.title,
        discussion=said["discussion"],
        outcome=Outcome(said["outcome"]) if "outcome" in said else None,
        condition=said.get("condition"),
        resolution=said.get("resolution"),
        count=Count(*votes) if votes else None,
        on_education=said.get("education", False),
        public_summary=said.get("summary"),
    )
    resolving.save(entry, fields, by=stage.clerk())
    for who, vote in said.get("named", ()):
        voting.add_named_vote(entry, stage.councillor(who).id, Vote(vote), by=stage.clerk())
    for action in said.get("actions", ()):
        owner = stage.user(action["owner"])
        wanted = ActionFields(action["text"], owner.name, owner.id, _due(stage, action["due"]))
        actions.add(entry, wanted, by=stage.clerk())


def _due(stage: Stage, word: str) -> date:
    """When an action is due: in time to be done by the big meeting, over by now, or soon."""
    days = stage.days
    return {
        "done": days.before("big", days=1),
        "late": days.ago(5),
        "soon": days.today + timedelta(days=9),
    }[word]


def finish_actions(stage: Stage, day: date, name: str) -> None:
    """Note that what was to be done by now has been done, with a word about it."""
    by_text = {
        action["text"]: action.get("note")
        for said in stage.said["minutes"][name]["items"].values()
        for action in said.get("actions", ())
        if action["due"] == "done"
    }
    for entry in service.entries_of(_minutes(stage, name)):
        for action in entry.actions:
            if action.text in by_text:
                note = by_text[action.text]
                actions.update(action, ActionStatus.DONE, note, today=day, by=stage.author())


def publish(stage: Stage, day: date, name: str) -> None:
    """Publish the minutes as a draft, which tells the decisions what was resolved."""
    minutes = _minutes(stage, name)
    publishing.publish(minutes, today=day, now=stage.at(day), by=stage.clerk())


def approve(stage: Stage, day: date, name: str, *, at: str) -> None:
    """Note that a later meeting approved the minutes and that the Chairman signed them."""
    publishing.approve(
        _minutes(stage, name),
        stage.meeting(at),
        "Mrs O Adeyemi-Hart, Chairman",
        today=day,
        now=stage.at(day),
        by=stage.clerk(),
    )


def _minutes(stage: Stage, name: str) -> Minutes:
    found = service.minutes_of(stage.meeting(name))
    if found is None:
        raise LookupError(f"the minutes of {name} have not been begun")
    return found
