"""The parts of somebody's home, one for each thing that they are. Read only."""

from collections.abc import Iterator
from datetime import date

from flask import url_for

from committee.homes import (
    of_authors,
    of_decision_makers,
    of_members,
    of_monitoring_officers,
    of_officers,
)
from committee.homes.rules import Part
from committee.homes.scope import scope_of
from committee.people.models import User
from committee.people.roles import Role

OFFICERS = (Role.DEMOCRATIC_SERVICES_OFFICER, Role.ADMINISTRATOR)
AUTHORS = (Role.REPORT_AUTHOR, Role.DIRECTOR)
READERS = (
    Role.MONITORING_OFFICER,
    Role.CLEARANCE_OFFICER,
    Role.AUDITOR,
    Role.REGISTERED_PUBLIC,
)
MEMBERS = (
    Role.COMMITTEE_MEMBER,
    Role.CO_OPTED_MEMBER,
    Role.GROUP_SPOKESMAN,
    Role.SCRUTINY_CHAIRMAN,
)


def home_of(user: User, *, today: date) -> list[Part]:
    """What the user has to do next, by part. Somebody with several roles has the parts of each."""
    found = [*_to_take(user, today), *_staff(user, today), *_to_read(user, today)]
    return [*found, *_to_look_up(user, today)]


def _to_take(user: User, today: date) -> Iterator[Part]:
    if scope_of(user, [Role.DECISION_MAKER], on=today):
        yield of_decision_makers.part(user, today=today)


def _staff(user: User, today: date) -> Iterator[Part]:
    if officer := scope_of(user, OFFICERS, on=today):
        yield of_officers.part(officer, today=today)
    if scope_of(user, [Role.MONITORING_OFFICER], on=today):
        yield of_monitoring_officers.takedowns_part()
    if scope_of(user, AUTHORS, on=today):
        yield of_authors.reports_part(user)
    if actions := of_authors.actions_part(user):
        yield actions


def _to_read(user: User, today: date) -> Iterator[Part]:
    member = scope_of(user, MEMBERS, on=today)
    if member:
        yield of_members.meetings_part(member, today=today)
    reader = scope_of(user, [Role.COMMITTEE_MEMBER], on=today)
    if reader or scope_of(user, [Role.DECISION_MAKER], on=today):
        held = of_decision_makers.portfolio_ids_of(user, today=today)
        yield of_members.responses_part(user, reader, held, today=today)
    if member:
        yield of_members.decisions_part(member, today=today)


def _to_look_up(user: User, today: date) -> Iterator[Part]:
    """Where those begin who read, and whom nothing is asked of."""
    if scope_of(user, READERS, on=today):
        yield Part(
            "all-meetings",
            "Meetings",
            (),
            "Agendas, papers and minutes are on the page of each meeting.",
            ("All meetings", url_for("public.meetings")),
        )
        yield Part(
            "plan",
            "Decisions to come",
            (),
            "The forward plan says which decisions are to be taken, by whom and when.",
            ("The forward plan", url_for("decision_pages.forward_plan")),
        )
