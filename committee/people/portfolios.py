"""Portfolios: the offices that take executive decisions, and who holds each. Callers commit."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from committee.audit import service as audit
from committee.extensions import db
from committee.law.calendar import in_words
from committee.people.held import hold
from committee.people.models import Council, Portfolio, PortfolioHolding, User
from committee.people.rules import EndReason
from committee.people.tenure_models import TermOfOffice
from committee.states import NotAllowed


def add_portfolio(council: Council, title: str, *, by: int | None = None) -> Portfolio:
    """Set up an office that takes decisions. Raises NotAllowed for a title that is taken."""
    title = title.strip()
    same = select(Portfolio).where(
        Portfolio.council_id == council.id, func.lower(Portfolio.title) == title.lower()
    )
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
    day before. Raises NotAllowed where the last one began on that day or later, where they are to
    hold it until that day or later, and where the user is the holder already."""
    db.session.refresh(portfolio, with_for_update=True)
    held = holdings_of(portfolio)
    before = held[0] if held else None
    if before and before.started_on >= started_on:
        raise NotAllowed("The portfolio has a holder who began on that day or later.")
    if before and before.ended_on and before.ended_on >= started_on:
        raise NotAllowed(
            f"{before.user.name} holds the portfolio until {in_words(before.ended_on)}. Choose a "
            "later day."
        )
    if before and before.ended_on is None and before.user_id == user.id:
        raise NotAllowed(f"{user.name} holds the portfolio already.")
    if before and before.ended_on is None:
        before.ended_on = started_on - timedelta(days=1)
        audit.record("portfolio_holding:ended", before, by=by)
    holding = PortfolioHolding(portfolio_id=portfolio.id, user_id=user.id, started_on=started_on)
    db.session.add(holding)
    audit.record("portfolio_holding:started", holding, by=by)
    return holding


def end_holding(holding: PortfolioHolding, *, on: date, by: int | None = None) -> None:
    """End a holding, `on` being its last day; nobody holds the portfolio after it. Raises
    NotAllowed if its end is known already, and for a day before its first."""
    hold(holding)
    if holding.ended_on is not None:
        raise NotAllowed(f"The last day is known already: {in_words(holding.ended_on)}.")
    if on < holding.started_on:
        raise NotAllowed(
            f"The last day cannot be before the first, which is {in_words(holding.started_on)}."
        )
    holding.ended_on = on
    audit.record("portfolio_holding:ended", holding, by=by)


def holdings_of(portfolio: Portfolio) -> Sequence[PortfolioHolding]:
    """Everybody who holds or has held the portfolio, the last at the top."""
    found = select(PortfolioHolding).where(PortfolioHolding.portfolio_id == portfolio.id)
    return db.session.scalars(
        found.options(joinedload(PortfolioHolding.user)).order_by(
            PortfolioHolding.started_on.desc(), PortfolioHolding.id.desc()
        )
    ).all()


def portfolios() -> Sequence[Portfolio]:
    """Every portfolio, by title."""
    return db.session.scalars(select(Portfolio).order_by(Portfolio.title, Portfolio.id)).all()


def portfolio_with_id(portfolio_id: int) -> Portfolio | None:
    """One portfolio."""
    return db.session.get(Portfolio, portfolio_id)


def holder_of(portfolio: Portfolio, on: date) -> User | None:
    """Who holds the portfolio on that day, the first and the last day of a holding included. A
    member of the executive is a councillor, so nobody does whose term of office is over (Local
    Government Act 2000, s.9C)."""
    found = (
        select(User)
        .join(PortfolioHolding, PortfolioHolding.user_id == User.id)
        .where(PortfolioHolding.portfolio_id == portfolio.id, lasts_on(on), _in_office(on))
        .order_by(PortfolioHolding.started_on.desc(), PortfolioHolding.id.desc())
    )
    return db.session.scalars(found.limit(1)).first()


def holds(user: User, portfolio: Portfolio, on: date) -> bool:
    """Whether the user is the holder of the portfolio on that day."""
    holder = holder_of(portfolio, on)
    return holder is not None and holder.id == user.id


def portfolios_of(user: User, on: date) -> Sequence[Portfolio]:
    """The portfolios that the user holds on that day, by title."""
    found = (
        select(Portfolio)
        .join(PortfolioHolding, PortfolioHolding.portfolio_id == Portfolio.id)
        .join(User, User.id == PortfolioHolding.user_id)
        .where(User.id == user.id, lasts_on(on), _in_office(on))
        .order_by(Portfolio.title, Portfolio.id)
    )
    return db.session.scalars(found).all()


def lasts_on(on: date) -> ColumnElement[bool]:
    """That a holding lasts on this day, its first and its last included."""
    ended = PortfolioHolding.ended_on
    return (PortfolioHolding.started_on <= on) & or_(ended.is_(None), ended >= on)


def _in_office(on: date) -> ColumnElement[bool]:
    """What `holdings.is_in_office` says, asked of the database."""
    known = and_(
        TermOfOffice.councillor_id == User.councillor_id,
        TermOfOffice.ended_because.is_distinct_from(EndReason.ENTERED_IN_ERROR),
    )
    lasting = and_(
        TermOfOffice.started_on <= on,
        or_(TermOfOffice.ended_on.is_(None), TermOfOffice.ended_on >= on),
    )
    return or_(~exists().where(known), exists().where(known, lasting))
