"""People at browsers for the pages of decisions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import pytest
from flask import Flask

from committee.extensions import db
from committee.people.models import Committee, Portfolio, User
from committee.people.roles import Role
from tests import builders
from tests.decisions.builders import a_portfolio, at
from tests.pages.reader import Reader

PASSWORD = "a long enough password"

VIEWS = (
    "committee.decisions.views",
    "committee.decisions.record_views",
    "committee.decisions.classing_views",
    "committee.decisions.signing_views",
    "committee.decisions.publishing_views",
    "committee.public.decision_views",
)


class Calendar:
    """The day that the pages believe it is."""

    def __init__(self, day: date) -> None:
        self.day = day

    def today(self) -> date:
        """That day."""
        return self.day

    def now(self) -> datetime:
        """Noon of that day."""
        return at(self.day)


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    """A calendar that a test turns, in place of the clock."""
    made = Calendar(date(2018, 4, 17))
    for view in VIEWS:
        for name in ("today", "now"):
            monkeypatch.setattr(f"{view}.{name}", getattr(made, name), raising=False)
    return made


@dataclass(frozen=True)
class People:
    """Everyone who has to do with a decision, each at a browser."""

    committee: Committee
    portfolio: Portfolio
    holder: User
    officer: Reader
    author: Reader
    decision_maker: Reader
    other_decision_maker: Reader
    member: Reader
    visitor: Reader


@pytest.fixture
def people(app: Flask, calendar: Calendar) -> Iterator[People]:
    """A committee, a portfolio with its holder, and browsers for all roles."""
    before = app.config.get("WTF_CSRF_ENABLED", True)
    app.config["WTF_CSRF_ENABLED"] = True
    committee = builders.a_committee("Children’s Committee")
    holder = builders.a_user(Role.DECISION_MAKER, password=PASSWORD)
    portfolio = a_portfolio(committee, holder, title="Cabinet Member for Schools")

    def browser(role: Role, user: User | None = None) -> Reader:
        user = user or builders.a_user(role, password=PASSWORD)
        db.session.commit()
        reader = Reader(app)
        assert reader.sign_in(user.email, PASSWORD).status_code == 303
        return reader

    yield People(
        committee,
        portfolio,
        holder,
        officer=browser(Role.ADMINISTRATOR),
        author=browser(Role.REPORT_AUTHOR),
        decision_maker=browser(Role.DECISION_MAKER, holder),
        other_decision_maker=browser(Role.DECISION_MAKER),
        member=browser(Role.COMMITTEE_MEMBER),
        visitor=Reader(app),
    )
    app.config["WTF_CSRF_ENABLED"] = before
