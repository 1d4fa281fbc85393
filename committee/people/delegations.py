"""Lending a role to somebody for the days of an absence. Callers commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from committee.audit import service as audit
from committee.extensions import db
from committee.people.delegation_models import Delegation
from committee.people.holdings import Holding, explain, own_holdings
from committee.people.models import User
from committee.people.rights import DELEGABLE
from committee.people.roles import ROLE_LABELS, Permission, Role
from committee.states import NotAllowed

LONGEST = timedelta(days=183)  # half a year: who is away for longer has a successor
KEPT = timedelta(days=400)  # how long a delegation that is over stays in the lists


@dataclass(frozen=True)
class Loan:
    """What is to be lent: a role on a committee (none: council-wide), from a day to a day."""

    role: Role
    committee_id: int | None
    first_day: date
    last_day: date
    reason: str


def may_be_lent(user: User, *, on: date) -> list[Holding]:
    """The user's own roles that they may lend on that day."""
    return [each for each in own_holdings(user, on=on) if each.role in DELEGABLE]


def lend(giver: User, receiver: User, loan: Loan, *, today: date) -> Delegation:
    """Offer to let somebody act for the giver. It counts once somebody has allowed it.

    Raises NotAllowed for a role that the giver does not hold there or that cannot be lent, for
    days that are over, out of order or too many, and for a receiver who cannot sign in.
    """
    _check_role(giver, loan, today)
    _check_days(loan, today)
    if receiver.id == giver.id:
        raise NotAllowed("Choose somebody else to act for you.")
    if not receiver.active:
        raise NotAllowed(f"The account of {receiver.name} is inactive.")
    found = Delegation(
        giver=giver,
        receiver=receiver,
        role=loan.role,
        committee_id=loan.committee_id,
        first_day=loan.first_day,
        last_day=loan.last_day,
        reason=loan.reason,
    )
    db.session.add(found)
    audit.record("delegation:offered", found, by=giver.id)
    return found


def allow(found: Delegation, *, by: User, now: datetime, today: date) -> None:
    """Let an offered delegation count.

    Raises NotAllowed for one that was allowed already, that is over or ended, or that is the
    allowing person's own: as giver, as receiver, or as one who may allow it only because one of
    these two has lent them that.
    """
    db.session.refresh(found, with_for_update=True)
    if by.id in (found.giver_id, found.receiver_id):
        raise NotAllowed("Somebody else must allow it: it is lent by you or to you.")
    stands_for = explain(by, Permission.DELEGATION_ALLOW, None, on=today).for_whom
    if stands_for is not None and stands_for.id in (found.giver_id, found.receiver_id):
        raise NotAllowed(f"Somebody else must allow it: you act for {stands_for.name} today.")
    if found.ended_at is not None or found.last_day < today:
        raise NotAllowed("This delegation is over.")
    if found.allowed_at is not None:
        raise NotAllowed("This delegation has been allowed already.")
    found.allowed_by, found.allowed_at = by, now
    audit.record("delegation:allowed", found, by=by.id)


def end(found: Delegation, *, by: int | None, now: datetime) -> None:
    """End a delegation, or take an offer back; it counts no more from the next request on.

    Raises NotAllowed for one that has ended.
    """
    db.session.refresh(found, with_for_update=True)
    if found.ended_at is not None:
        raise NotAllowed("This delegation has ended already.")
    found.ended_at, found.ended_by_id = now, by
    audit.record("delegation:ended", found, by=by)


def of_user(user: User, *, today: date) -> Sequence[Delegation]:
    """What the user has lent and was lent that is not over, the first to begin at the top."""
    mine = or_(Delegation.giver_id == user.id, Delegation.receiver_id == user.id)
    going_on = Delegation.ended_at.is_(None) & (Delegation.last_day >= today)
    return _listed(mine & going_on)


def lately(*, today: date) -> Sequence[Delegation]:
    """Every delegation of the last year or so, those that wait to be allowed first."""
    return _listed(Delegation.last_day >= today - KEPT)


def delegation_with_id(delegation_id: int) -> Delegation | None:
    """One delegation."""
    return db.session.get(Delegation, delegation_id)


def stands(found: Delegation, *, today: date) -> str:
    """How a delegation stands, in words."""
    if found.ended_at is not None:
        return "Ended"
    if found.last_day < today:
        return "Over"
    if found.allowed_at is None:
        return "Waits to be allowed"
    return "Counts now" if found.first_day <= today else "Begins later"


def _listed(condition: ColumnElement[bool]) -> Sequence[Delegation]:
    found = (
        select(Delegation)
        .where(condition)
        .options(
            joinedload(Delegation.giver),
            joinedload(Delegation.receiver),
            joinedload(Delegation.committee),
            joinedload(Delegation.allowed_by),
        )
    )
    order = (Delegation.allowed_at.is_not(None), Delegation.first_day.desc(), Delegation.id.desc())
    return db.session.scalars(found.order_by(*order).limit(200)).all()


def _check_role(giver: User, loan: Loan, today: date) -> None:
    label = ROLE_LABELS[loan.role].lower()
    if loan.role is Role.DECISION_MAKER:
        raise NotAllowed(
            "Taking and signing decisions cannot be lent: the law gives the decision to the person "
            "who holds the portfolio. Another member takes it only once it is reassigned to them."
        )
    if loan.role not in DELEGABLE:
        raise NotAllowed(f"The role of {label} cannot be lent.")
    held = may_be_lent(giver, on=today)
    if not any(each.role is loan.role and each.reaches(loan.committee_id) for each in held):
        raise NotAllowed(f"You are not {label} there yourself, so you cannot lend the role.")


def _check_days(loan: Loan, today: date) -> None:
    if loan.last_day < loan.first_day:
        raise NotAllowed("The last day must not be before the first day.")
    if loan.last_day < today:
        raise NotAllowed("These days are over.")
    if loan.last_day - loan.first_day > LONGEST:
        raise NotAllowed("A role can be lent for half a year at most.")
