"""The pages of portfolios: offices, who holds them, and from when to when."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from committee.audit import service as audit
from committee.clock import today
from committee.extensions import db
from committee.people import portfolios
from committee.people import service as people
from committee.people.models import Portfolio, PortfolioHolding, User
from committee.people.roles import Role
from committee.states import NotAllowed
from tests import builders
from tests.pages.reader import Reader


def a_portfolio(title: str = "Leader of the Council") -> Portfolio:
    council = people.the_council()
    assert council is not None
    portfolio = portfolios.add_portfolio(council, title)
    db.session.commit()
    return portfolio


def a_decision_maker(name: str) -> User:
    user = builders.a_user(Role.DECISION_MAKER)
    user.name = name
    db.session.commit()
    return user


def day(on: date, field: str = "started_on") -> dict[str, object]:
    return {field: [str(on.day), str(on.month), str(on.year)]}


def test_an_office_is_added_and_gets_its_holder(reader: Reader) -> None:
    reader.get("/portfolios")
    assert "There is no portfolio yet" in reader.words()
    title = "Cabinet Member for <Ferries> & Piers"
    reader.follow(reader.post("/portfolios", {"title": title}))
    assert "has been added. Next, appoint its holder." in reader.words()
    assert "a holder needs an account with the role of decision maker" in reader.words()
    maker = a_decision_maker("Mrs V Osterley")
    portfolio = db.session.scalars(db.select(Portfolio)).one()
    reader.get(f"/portfolios/{portfolio.id}")
    holding = {"holder": maker.id, **day(date(2026, 5, 12))}
    reader.follow(reader.post(f"/portfolios/{portfolio.id}", holding))
    assert "Mrs V Osterley has been appointed" in reader.words()
    reader.get("/portfolios")
    assert f"{title} Mrs V Osterley 12 May 2026" in reader.words()
    reader.get(f"/people/{maker.id}")
    assert title in reader.words()
    assert [entry.actor_id for entry in audit.history(portfolio)] != [None]


@pytest.mark.parametrize(
    ("typed", "mistake"),
    [
        ({"title": " "}, "Enter the title"),
        ({"title": "x" * 201}, "200 characters or fewer"),
        ({"title": "LEADER of the council"}, "already a portfolio called"),
    ],
)
def test_a_title_that_cannot_be_taken_says_why(
    reader: Reader, typed: dict[str, str], mistake: str
) -> None:
    a_portfolio()
    reader.get("/portfolios")
    assert reader.post("/portfolios", typed).status_code == 422
    assert mistake in " ".join(reader.mistakes())


def test_only_those_who_may_decide_and_are_active_can_be_appointed(reader: Reader) -> None:
    portfolio = a_portfolio()
    maker, closed = a_decision_maker("Ms A"), a_decision_maker("Ms B")
    closed.active = False
    author = builders.a_user(Role.REPORT_AUTHOR)
    db.session.commit()
    path = f"/portfolios/{portfolio.id}"
    reader.get(path)
    offered = [option["value"] for option in reader.page.select("select[name=holder] option")]
    assert offered == ["", str(maker.id)]
    for someone in (closed.id, author.id, "", "x"):
        answer = reader.post(path, {"holder": someone, **day(date(2026, 5, 12))})
        assert answer.status_code == 422, someone
    assert db.session.scalars(db.select(PortfolioHolding)).all() == []


def test_a_day_that_cannot_be_is_said_beside_it(reader: Reader) -> None:
    portfolio, maker, other = a_portfolio(), a_decision_maker("Ms A"), a_decision_maker("Ms B")
    portfolios.appoint(portfolio, maker, started_on=date(2026, 5, 12))
    db.session.commit()
    path = f"/portfolios/{portfolio.id}"
    reader.get(path)
    for who, typed, mistake in (
        (other, day(date(2026, 5, 12)), "began on that day or later"),
        (maker, day(date(2026, 6, 1)), "Ms A holds the portfolio already"),
        (other, {"started_on": ["31", "2", "2026"]}, "must be a real date"),
        (other, {"started_on": ["", "", ""]}, "Enter the first day"),
    ):
        assert reader.post(path, {"holder": who.id, **typed}).status_code == 422
        assert mistake in " ".join(reader.mistakes())


def test_a_holding_is_ended_after_asking_for_its_last_day(reader: Reader) -> None:
    portfolio, maker = a_portfolio(), a_decision_maker("Ms A")
    began = today() - timedelta(days=30)
    holding = portfolios.appoint(portfolio, maker, started_on=began)
    db.session.commit()
    path = f"/portfolios/{portfolio.id}/holdings/{holding.id}/end"
    assert reader.get(path).status_code == 200
    early = day(began - timedelta(days=1), "ended_on")
    assert reader.post(path, early).status_code == 422
    assert "cannot be before the first" in " ".join(reader.mistakes())
    last = today() - timedelta(days=1)
    reader.follow(reader.post(path, day(last, "ended_on")))
    assert portfolios.holder_of(portfolio, last) == maker
    assert portfolios.holder_of(portfolio, today()) is None
    reader.get("/portfolios")
    assert "Leader of the Council Nobody" in reader.words()
    assert reader.post(path, day(last, "ended_on")).status_code == 422
    assert "known already" in " ".join(reader.mistakes())
    other = a_portfolio("Another")
    assert reader.get(f"/portfolios/{other.id}/holdings/{holding.id}/end").status_code == 404


def test_nobody_is_appointed_while_another_is_to_hold_it(reader: Reader) -> None:
    portfolio, maker, other = a_portfolio(), a_decision_maker("Ms A"), a_decision_maker("Ms B")
    holding = portfolios.appoint(portfolio, maker, started_on=date(2026, 5, 12))
    portfolios.end_holding(holding, on=date(2026, 7, 31))
    with pytest.raises(NotAllowed, match="until Friday 31 July 2026"):
        portfolios.appoint(portfolio, other, started_on=date(2026, 7, 31))
    portfolios.appoint(portfolio, other, started_on=date(2026, 8, 1))
    assert holding.ended_on == date(2026, 7, 31)


@pytest.mark.parametrize("rows", [10, 10_000])
def test_the_list_asks_few_questions(reader: Reader, questions: list[str], rows: int) -> None:
    council = people.the_council()
    assert council is not None
    holder = a_decision_maker("Ms A")
    many = [{"council_id": council.id, "title": f"Portfolio {n:05}"} for n in range(rows)]
    ids = db.session.scalars(insert(Portfolio).returning(Portfolio.id), many).all()
    held = [{"portfolio_id": n, "user_id": holder.id, "started_on": today()} for n in ids]
    db.session.execute(insert(PortfolioHolding), held)
    db.session.commit()
    questions.clear()
    assert reader.get("/portfolios").status_code == 200
    assert len(questions) <= 15, questions
    assert len(reader.page.select("tbody tr")) == min(rows, 50)
