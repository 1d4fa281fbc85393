"""Portfolios: the offices that take executive decisions, and who holds each. Callers commit."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, or_, select

from committee.audit import service as audit
from committee.extensions import db
from committee.people.models import Council, Portfolio, PortfolioHolding, User
from committee.states import NotAllowed


def add_portfolio(council: Council, title: str, *, by: int | None = None) -> Portfolio:
    """Set up an office that takes decisions. Raises NotAllowed for a title that is taken."""
    same = select(Portfolio).where(Portfolio.council_id == council.id, Portfolio.title == title)
    if db.session.scalars(same).first():
        raise NotAllowed(f"There is already a portfolio called {title}.")
    portfolio = Portfolio(council_id=council.id, title=title)
    db.session.add(portfolio)
    audit.record("portfolio:added", portfolio, by=by)
    return portfolio


def appoint(
    portfolio: Portfolio, user: User, *, started_on: date, by: int | None = None
) -> PortfolioHolding:
    """Give the portfolio to its next holder, from `started_on`; the last one's holding ends on the
    day before. Raises NotAllowed where the last one began on that day or later."""
    open_now = select(PortfolioHolding).where(
        PortfolioHolding.portfolio_id == portfolio.id, PortfolioHolding.ended_on.is_(None)
    )
    before = db.session.scalars(open_now.with_for_update()).first()
    if before and before.started_on >= started_on:
        raise NotAllowed("The portfolio has a holder who began on that day or later.")
    if before:
        before.ended_on = started_on - timedelta(days=1)
        audit.record("portfolio_holding:ended", before, by=by)
    holding = PortfolioHolding(portfolio_id=portfolio.id, user_id=user.id, started_on=started_on)
    db.session.add(holding)
    audit.record("portfolio_holding:started", holding, by=by)
    return holding


def portfolios() -> Sequence[Portfolio]:
    """Every portfolio, by title."""
    return db.session.scalars(select(Portfolio).order_by(Portfolio.title, Portfolio.id)).all()


def portfolio_with_id(portfolio_id: int) -> Portfolio | None:
    """One portfolio."""
    return db.session.get(Portfolio, portfolio_id)


def holder_of(portfolio: Portfolio, on: date) -> User | None:
    """Who holds the portfolio on that day, the first and the last day of a holding included."""
    found = (
        select(User)
        .join(PortfolioHolding, PortfolioHolding.user_id == User.id)
        .where(PortfolioHolding.portfolio_id == portfolio.id, _lasts(on))
        .order_by(PortfolioHolding.started_on.desc(), PortfolioHolding.id.desc())
    )
    return db.session.scalars(found.limit(1)).first()


def holds(user: User, portfolio: Portfolio, on: date) -> bool:
    """Whether the user is the holder of the portfolio on that day."""
    holder = holder_of(portfolio, on)
    return holder is not None and holder.id == user.id


def portfolios_of(user: User, on: date) -> Sequence[Portfolio]:
    """The portfolios that the user holds on that day, by title."""
    found = select(Portfolio).join(PortfolioHolding, PortfolioHolding.portfolio_id == Portfolio.id)
    return db.session.scalars(
        found.where(PortfolioHolding.user_id == user.id, _lasts(on)).order_by(
            Portfolio.title, Portfolio.id
        )
    ).all()


def _lasts(on: date) -> ColumnElement[bool]:
    ended = PortfolioHolding.ended_on
    return (PortfolioHolding.started_on <= on) & or_(ended.is_(None), ended >= on)
