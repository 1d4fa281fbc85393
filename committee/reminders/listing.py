"""Reminders in lists: what is to be sent, was sent, failed or is no longer needed. Read only."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from committee.extensions import db
from committee.mail.models import Mail
from committee.mail.rules import MailStatus
from committee.people.models import Committee
from committee.reminders.models import Obligation
from committee.reminders.rules import ObligationKind, ObligationStatus, Standing

A_PAGE = 50  # reminders

_MAIL_FAILED = and_(
    Obligation.status == ObligationStatus.DONE,
    Mail.status.in_((MailStatus.FAILED, MailStatus.CANCELLED)),
)
_standing: ColumnElement[str] = case(
    (or_(Obligation.status == ObligationStatus.QUARANTINED, _MAIL_FAILED), Standing.FAILED.value),
    (Obligation.status == ObligationStatus.DONE, Standing.SENT.value),
    (Obligation.status == ObligationStatus.CANCELLED, Standing.GONE.value),
    else_=Standing.COMING.value,
)
_ORDER: dict[Standing, tuple[Any, ...]] = {
    Standing.COMING: (Obligation.remind_on, Obligation.id),
    Standing.SENT: (Obligation.done_at.desc(), Obligation.id.desc()),
    Standing.FAILED: (Obligation.remind_on.desc(), Obligation.id.desc()),
    Standing.GONE: (Obligation.remind_on.desc(), Obligation.id.desc()),
}


@dataclass(frozen=True)
class Chosen:
    """Which reminders a reader wants to see; none of `kind` or `committee_id` means all."""

    committee_ids: Collection[int] | None  # those that the reader looks after; none means all
    kind: ObligationKind | None = None
    committee_id: int | None = None


@dataclass(frozen=True)
class PageOfReminders:
    """Some of a list, each with its letter if there is one: page `number` of `pages`, from 1."""

    rows: Sequence[Row[tuple[Obligation, Mail | None]]]
    number: int
    pages: int
    total: int


def counts(chosen: Chosen) -> dict[Standing, int]:
    """How many of the chosen reminders stand how."""
    found = _chosen(select(_standing, func.count()), chosen).group_by(_standing)
    number = {row[0]: row[1] for row in db.session.execute(found.order_by(_standing))}
    return {standing: number.get(standing.value, 0) for standing in Standing}


def page_of(chosen: Chosen, standing: Standing, *, total: int, page: int) -> PageOfReminders:
    """Page `page` of the chosen reminders that stand so, of which there are `total`: those to be
    sent with the next one first, all others with the latest first."""
    pages = max(1, -(-total // A_PAGE))
    number = min(max(1, page), pages)
    found = (
        _chosen(select(Obligation, Mail), chosen)
        .where(_standing == standing.value)
        .options(joinedload(Obligation.user), joinedload(Obligation.committee))
        .order_by(*_ORDER[standing])
        .limit(A_PAGE)
        .offset((number - 1) * A_PAGE)
    )
    return PageOfReminders(db.session.execute(found).all(), number, pages, total)


def committees(committee_ids: Collection[int] | None) -> Sequence[Committee]:
    """The committees whose reminders the reader may see, by name."""
    found = select(Committee)
    if committee_ids is not None:
        found = found.where(Committee.id.in_(committee_ids))
    return db.session.scalars(found.order_by(Committee.name, Committee.id)).all()


def _chosen(found: Any, chosen: Chosen) -> Any:
    found = found.select_from(Obligation).outerjoin(Mail, Obligation.mail_id == Mail.id)
    if chosen.committee_ids is not None:
        found = found.where(Obligation.committee_id.in_(chosen.committee_ids))
    if chosen.committee_id is not None:
        found = found.where(Obligation.committee_id == chosen.committee_id)
    return found.where(Obligation.kind == chosen.kind) if chosen.kind else found
