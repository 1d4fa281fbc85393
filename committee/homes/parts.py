"""The parts of somebody's home, one for each thing that they are. Read only."""

from collections.abc import Iterator
from datetime import date

from committee.homes import of_authors, of_decision_makers, of_members, of_officers
from committee.homes.rules import Part
from committee.homes.scope import scope_of
from committee.people.models import User
from committee.people.roles import Role

OFFICERS = (Role.DEMOCRATIC_SERVICES_OFFICER, Role.ADMINISTRATOR)


def home_of(user: User, *, today: date) -> list[Part]:
    """What the user has to do next, by part. Somebody with several roles has the parts of each."""
    return list(_parts(user, today))


def _parts(user: User, today: date) -> Iterator[Part]:
    decides = scope_of(user, [Role.DECISION_MAKER])
    member = scope_of(user, [Role.COMMITTEE_MEMBER])
    officer = scope_of(user, OFFICERS)
    if decides:
        yield of_decision_makers.part(user, today=today)
    if officer:
        yield of_officers.part(officer, today=today)
    if scope_of(user, [Role.REPORT_AUTHOR]):
        yield of_authors.reports_part(user)
    actions = of_authors.actions_part(user)
    if actions:
        yield actions
    if member:
        yield of_members.meetings_part(member, today=today)
    if member or decides:
        held = of_decision_makers.portfolio_ids_of(user, today=today)
        yield of_members.responses_part(user, member, held, today=today)
    if member:
        yield of_members.decisions_part(member)
