"""Who is out of office keeps none of the offices that need one."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from committee.clock import today
from committee.extensions import db
from committee.people import holdings, portfolios
from committee.people import service as people
from committee.people.holdings import Way
from committee.people.lapses import lapses
from committee.people.models import Portfolio, User
from committee.people.roles import MemberRole, Permission, Role
from committee.people.rules import EndReason
from committee.people.tenure_models import TermOfOffice
from committee.states import NotAllowed
from tests import builders
from tests.people.test_holdings import a_councillor

BEFORE = today() - timedelta(days=30)


def a_cabinet_member() -> tuple[User, Portfolio]:
    """A councillor who holds a portfolio and takes its decisions, of whom no term is known."""
    committee = builders.a_committee()
    user, _ = a_councillor(committee, Role.DECISION_MAKER)
    user.grants[0].committee_id = None
    office = portfolios.add_portfolio(committee.council, "Cabinet Member for Ferries")
    portfolios.appoint(office, user, started_on=today() - timedelta(days=300))
    db.session.flush()
    return user, office


def served(user: User, ended_on: date | None, because: EndReason | None) -> None:
    """Record a term for the councillor."""
    assert user.councillor_id is not None
    db.session.add(
        TermOfOffice(
            councillor_id=user.councillor_id,
            division="North",
            started_on=date(2021, 5, 10),
            ended_on=ended_on,
            ended_because=because,
        )
    )
    db.session.flush()
    db.session.expire_all()


def decides(user: User, office: Portfolio) -> list[bool]:
    """Whether they may decide, may read what is exempt for it, and hold the portfolio."""
    wanted = (Permission.DECISION_TAKE, Permission.EXEMPT_MATTER_READ)
    may = [holdings.explain(user, each, None, on=today()).allowed for each in wanted]
    held = office in portfolios.portfolios_of(user, today())
    assert held == portfolios.holds(user, office, today())
    return [*may, held]


def test_a_cabinet_member_decides_until_the_term_ends(app: Flask) -> None:
    user, office = a_cabinet_member()
    assert decides(user, office) == [True, True, True]
    served(user, None, None)
    assert decides(user, office) == [True, True, True]


def test_a_cabinet_member_whose_term_is_over_decides_nothing(app: Flask) -> None:
    user, office = a_cabinet_member()
    served(user, BEFORE, EndReason.RESIGNED)
    assert decides(user, office) == [False, False, False]
    (why,) = [each.why for each in lapses(user, on=today()) if each.holding.way is Way.GRANT]
    assert why.startswith("their term of office ended on")


@pytest.mark.parametrize("role", [Role.GROUP_SPOKESMAN, Role.SCRUTINY_CHAIRMAN])
@pytest.mark.parametrize("whole_council", [True, False])
def test_to_be_co_opted_keeps_no_office_of_a_councillor(
    app: Flask, role: Role, whole_council: bool
) -> None:
    committee, other = builders.a_committee(), builders.a_committee("Ferries")
    user, seat = a_councillor(committee, role)
    if whole_council:
        user.grants[0].committee_id = None
    served(user, BEFORE, EndReason.RESIGNED)
    people.add_membership(
        other, seat.councillor, role=MemberRole.CO_OPTED, started_on=BEFORE + timedelta(days=1)
    )
    db.session.flush()
    db.session.expire_all()
    held = holdings.holdings(user, on=today())
    assert [(each.role, each.committee_id) for each in held] == [(Role.CO_OPTED_MEMBER, other.id)]


def test_the_second_who_ends_a_seat_is_told_that_it_has_ended(app: Flask) -> None:
    _, seat = a_councillor(builders.a_committee())
    db.session.commit()
    assert seat.ended_on is None
    end_elsewhere = text(
        "UPDATE membership SET ended_on = :day, ended_because = 'ended' WHERE id = :id"
    )
    with db.engine.begin() as connection:
        connection.execute(end_elsewhere, {"day": BEFORE, "id": seat.id})
    with pytest.raises(NotAllowed, match="has already ended"):
        people.end_membership(seat, on=today())
    assert seat.ended_on == BEFORE
