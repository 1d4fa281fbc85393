"""Offices that take decisions, and who holds them on which day."""

from datetime import date

import pytest
from flask import Flask

from committee.clock import today
from committee.extensions import db
from committee.people import holdings, portfolios, users
from committee.people.models import Portfolio
from committee.people.roles import Permission, Role
from committee.states import NotAllowed
from tests import builders


def a_portfolio() -> Portfolio:
    committee = builders.a_committee()
    return portfolios.add_portfolio(committee.council, "Cabinet Member for Ferries")


def test_a_title_is_given_once(app: Flask) -> None:
    portfolio = a_portfolio()
    council = builders.a_committee().council
    assert council.id == portfolio.council_id
    with pytest.raises(NotAllowed, match="already a portfolio called Cabinet Member for Ferries"):
        portfolios.add_portfolio(council, "Cabinet Member for Ferries")


def test_one_holder_follows_another_without_a_day_between(app: Flask) -> None:
    portfolio = a_portfolio()
    first = builders.a_user(Role.DECISION_MAKER)
    second = builders.a_user(Role.DECISION_MAKER)
    portfolios.appoint(portfolio, first, started_on=date(2025, 5, 6))
    portfolios.appoint(portfolio, second, started_on=date(2026, 5, 12))
    db.session.flush()
    assert portfolios.holder_of(portfolio, date(2025, 5, 5)) is None
    assert portfolios.holder_of(portfolio, date(2026, 5, 11)) == first
    assert portfolios.holder_of(portfolio, date(2026, 5, 12)) == second


def test_nobody_is_appointed_before_the_one_who_holds_it(app: Flask) -> None:
    portfolio = a_portfolio()
    portfolios.appoint(
        portfolio, builders.a_user(Role.DECISION_MAKER), started_on=date(2026, 5, 12)
    )
    with pytest.raises(NotAllowed, match="began on that day or later"):
        portfolios.appoint(
            portfolio, builders.a_user(Role.DECISION_MAKER), started_on=date(2026, 5, 12)
        )


def test_an_account_may_be_given_a_role_on_one_committee_alone(app: Flask) -> None:
    committee = builders.a_committee()
    user = users.add_user(
        "member@example.org", "Ms B", None, role=Role.COMMITTEE_MEMBER, committee=committee
    )
    db.session.flush()
    db.session.refresh(user)
    assert holdings.committees_where(user, Permission.PACK_READ_RESTRICTED, on=today()) == {
        committee.id
    }
