"""Portfolios: the offices that take executive decisions, and who holds each on a day."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, or_, select

from committee.extensions import db
from committee.people.models import Portfolio, PortfolioHolding, User


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
