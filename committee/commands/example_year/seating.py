"""Before anything happens: councillors with their terms and contacts, seats, and substitutes."""

from datetime import date, timedelta
from typing import Any

from committee.commands.example_year.stage import Stage
from committee.people import councillors, seats
from committee.people import service as people
from committee.people.councillors import Contact
from committee.people.models import Committee, Council, Councillor
from committee.people.roles import MemberRole
from committee.people.rules import (
    AccessRegime,
    CommitteeKind,
    ContactKind,
    EndReason,
    QuorumShare,
    VotingRight,
)
from committee.people.service import Standing

AN_ELECTION = 2025  # county councils are elected every four years, in May
DAY = timedelta(days=1)


def elected_on(day: date) -> date:
    """When those who were councillors on a day had taken office: four days after the election.

    Source: Local Government Act 1972, section 7 (the fourth day after the ordinary election).
    """
    year = AN_ELECTION + 4 * ((day.year - AN_ELECTION) // 4)
    found = _first_thursday_of_may(year) + 4 * DAY
    return found if found <= day else _first_thursday_of_may(year - 4) + 4 * DAY


def _first_thursday_of_may(year: int) -> date:
    first = date(year, 5, 1)
    return first + (3 - first.weekday()) % 7 * DAY


def elect(stage: Stage, council: Council, day: date) -> None:
    """Enter the councillors of the day, one who changed group, one who left, and contacts."""
    said, began = stage.said["people"], elected_on(day)
    for name in said["groups"]:
        people.group_named(council, name)
    changed = said["changed_group"]
    for each in said["councillors"]:
        who = councillors.add_councillor(council, each["name"])
        if each["name"] == changed["name"]:
            _term(who, {**each, "group": changed["from"]}, began, day)
            _term(who, each, day - 30 * DAY, day)
        else:
            _term(who, each, began, day)
        _reach(who, said["contacts"].get(each["name"], {}))
    for each in said["former"]:
        who = councillors.add_councillor(council, each["name"])
        term = _term(who, each, _first_thursday_of_may(began.year - 4) + 4 * DAY, day)
        councillors.end_term(term, on=began - DAY, because=EndReason(each["because"]), today=day)


def _term(who: Councillor, said: dict[str, Any], began: date, day: date) -> Any:
    council = people.the_council()
    group = people.group_named(council, said["group"]) if council and said["group"] else None
    return councillors.begin_term(
        who, division=said["division"], group=group, started_on=began, today=day
    )


def _reach(who: Councillor, said: dict[str, tuple[str, bool]]) -> None:
    contacts = {ContactKind(kind): Contact(*each) for kind, each in said.items()}
    councillors.set_contacts(who, contacts)


def furnish(stage: Stage, committee: Committee, name: str, day: date) -> None:
    """Say what a committee is, how its seats are shared out, and who may stand in."""
    said = stage.said["people"]["committees"][name]
    share = said["quorum_share"]
    people.change_committee(
        committee,
        name=committee.name,
        description=said["description"],
        seats=committee.seats,
        standing=Standing(
            kind=CommitteeKind(said["kind"]),
            access_regime=AccessRegime.COUNCIL_COMMITTEE,
            quorum_share=QuorumShare(share) if share else None,
            quorum_minimum=said["quorum_minimum"],
        ),
    )
    for group, number in said["seats"].items():
        seats.allot(committee, people.group_named(committee.council, group), number, started_on=day)
    for who in said["substitutes"]:
        councillor = people.member_named(committee.council, who, None)
        seats.name_substitute(committee, councillor, started_on=day)
    for each in stage.said["people"]["former"]:
        if each["committee"] == name:
            _left(committee, each["name"], day)


def _left(committee: Committee, name: str, day: date) -> None:
    """Somebody who sat on the committee until the election."""
    last = elected_on(day) - DAY
    people.add_membership(
        committee,
        people.member_named(committee.council, name, None),
        role=MemberRole.MEMBER,
        started_on=last - 3 * 365 * DAY,
        ended_on=last,
        because=EndReason.CEASED_TO_BE_A_MEMBER,
    )


def voting_right(stage: Stage, name: str, member: str) -> VotingRight | None:
    """The vote that a member was given on a committee; none where the usual one goes."""
    found = stage.said["people"]["committees"][name]["voting"].get(member)
    return VotingRight(found) if found else None
