"""Long lists of people, page by page, each read by a fixed number of questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from committee.extensions import db
from committee.people import users
from committee.people.holdings import role_of_seat, seats_that_count
from committee.people.models import (
    Committee,
    Councillor,
    Membership,
    Portfolio,
    PortfolioHolding,
    RoleGrant,
    User,
)
from committee.people.portfolios import lasts_on
from committee.people.roles import ROLE_LABELS, ROLE_PERMISSIONS, Permission, Role

A_PAGE = 50  # rows

T = TypeVar("T")


@dataclass(frozen=True)
class Listed(Generic[T]):
    """One page of a list; `total` counts all its rows and `pages` is 1 at least."""

    rows: Sequence[T]
    page: int
    pages: int
    total: int


@dataclass(frozen=True)
class Held:
    """A portfolio and who holds it on the day that was asked about."""

    portfolio: Portfolio
    holding: PortfolioHolding | None


def accounts(*, words: str = "", page: int = 1) -> Listed[User]:
    """Page `page` of the accounts whose name or e-mail address holds `words`, by name."""
    found = select(User)
    if words:
        found = found.where(
            or_(
                User.name.icontains(words, autoescape=True),
                User.email.icontains(words, autoescape=True),
            )
        )
    total, page, pages = _place(found, page)
    roles = selectinload(User.grants).joinedload(RoleGrant.committee)
    seats = selectinload(User.memberships).joinedload(Membership.committee)
    found = found.options(roles, seats, selectinload(User.terms)).order_by(User.name, User.id)
    return Listed(db.session.scalars(_only(found, page)).all(), page, pages, total)


def held_portfolios(*, on: date, page: int = 1) -> Listed[Held]:
    """Page `page` of the portfolios by title, each with its holder on that day."""
    total, page, pages = _place(select(Portfolio), page)
    found = _only(select(Portfolio).order_by(Portfolio.title, Portfolio.id), page)
    shown = db.session.scalars(found).all()
    holdings = (
        select(PortfolioHolding)
        .where(PortfolioHolding.portfolio_id.in_([each.id for each in shown]), lasts_on(on))
        .options(joinedload(PortfolioHolding.user))
        .order_by(PortfolioHolding.started_on, PortfolioHolding.id)
    )
    by_portfolio = {each.portfolio_id: each for each in db.session.scalars(holdings)}
    rows = [Held(each, by_portfolio.get(each.id)) for each in shown]
    return Listed(rows, page, pages, total)


def decision_makers() -> Sequence[User]:
    """Who may be given a portfolio: active accounts that may take decisions anywhere, by name."""
    deciding = [role for role, may in ROLE_PERMISSIONS.items() if Permission.DECISION_TAKE in may]
    held = User.grants.any(RoleGrant.ended_at.is_(None) & RoleGrant.role.in_(deciding))
    found = select(User).where(User.active, held)
    return db.session.scalars(found.order_by(User.name, User.id)).all()


def councillors_without_account(user: User) -> Sequence[Councillor]:
    """The councillors that this account may be linked to: its own, and those of no account."""
    taken = select(User.councillor_id).where(User.councillor_id.is_not(None), User.id != user.id)
    found = select(Councillor).where(Councillor.id.not_in(taken))
    return db.session.scalars(
        found.options(joinedload(Councillor.group)).order_by(Councillor.name, Councillor.id)
    ).all()


def roles_in_words(user: User, *, on: date) -> list[str]:
    """What the user is on that day, by hand or by their seats: each role once, with its committee
    or the number of its committees."""
    where: dict[Role, dict[int | None, Committee | None]] = {}
    for grant in users.roles_now(user):
        where.setdefault(grant.role, {})[grant.committee_id] = grant.committee
    for seat in seats_that_count(user, on):
        where.setdefault(role_of_seat(seat), {})[seat.committee_id] = seat.committee
    return [
        f"{ROLE_LABELS[role]}{_place_in_words(list(committees.values()))}"
        for role, committees in where.items()
    ]


def _place_in_words(committees: list[Committee | None]) -> str:
    names = [committee.name for committee in committees if committee]
    if len(names) < len(committees):
        return ", whole council"
    return f", {names[0]}" if len(names) == 1 else f", {len(names)} committees"


def _place(found: Select, page: int) -> tuple[int, int, int]:
    total = db.session.scalar(select(func.count()).select_from(found.subquery())) or 0
    pages = max(1, -(-total // A_PAGE))
    return total, min(max(1, page), pages), pages


def _only(found: Select, page: int) -> Select:
    return found.limit(A_PAGE).offset((page - 1) * A_PAGE)
