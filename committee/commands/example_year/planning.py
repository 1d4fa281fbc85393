"""The work programme of the example year's committee, with what was put off and why."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from committee.agendas import programme
from committee.agendas import service as agendas
from committee.agendas.models import ProgrammeItem
from committee.agendas.programme import PlannedFields
from committee.commands.example_year.days import at_ten
from committee.commands.example_year.stage import FILES, Stage
from committee.extensions import db


def plan(stage: Stage, day: date) -> None:
    """Plan the business of the meetings to come."""
    for said in stage.said["programme"]:
        fields = PlannedFields(
            title=said["title"],
            meeting_id=stage.meeting(said["meeting"]).id if said["meeting"] else None,
            requested_by=said["requested_by"],
            requested_on=day - timedelta(days=3),
            decision_number=_number(stage, said),
        )
        programme.plan(stage.committee(), fields, by=stage.clerk())


def planned_for(stage: Stage, name: str) -> set[str]:
    """The titles that the work programme puts on the agenda of that meeting."""
    return {
        said["title"]
        for said in stage.said["programme"]
        if said["meeting"] == name and said.get("item")
    }


def put_on_agenda(stage: Stage, _day: date, name: str) -> None:
    """Make agenda items of what is planned for the meeting, each in its place."""
    for title in sorted(planned_for(stage, name)):
        programme.put_on_agenda(_item(title), by=stage.clerk())
    meeting = stage.meeting(name)
    titles = [item["title"] for item in stage.texts(FILES[name])["items"]]
    ordered = sorted(agendas.items(meeting), key=lambda item: titles.index(item.title))
    agendas.set_order(meeting, [item.id for item in ordered], by=stage.clerk())


def defer(stage: Stage, day: date, turn: int) -> None:
    """Put an item off, for the first or the second time."""
    for said in stage.said["programme"]:
        for times, each in enumerate(said.get("deferred", ())):
            if times == turn:
                programme.defer(
                    _item(said["title"]),
                    stage.meeting(each["to"]),
                    reason=each["because"],
                    today=day,
                    now=at_ten(day),
                    by=stage.clerk(),
                )


def _number(stage: Stage, said: dict[str, Any]) -> str | None:
    matter = said.get("matter")
    return stage.numbers[stage.said["matters"][matter]["number"]] if matter else None


def _item(title: str) -> ProgrammeItem:
    return db.session.scalars(select(ProgrammeItem).where(ProgrammeItem.title == title)).one()
