"""Keeping the table of obligations equal to what things, as they are, ask for. Callers commit.

Nothing is remembered that could be worked out: a row that was lost comes back at the next pass,
one that is no longer wanted is let go, and one that is wanted again is taken up again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any

from sqlalchemy import ARRAY, Row, String, and_, any_, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from committee.clock import LONDON
from committee.constitution import ReminderChoices
from committee.extensions import db
from committee.reminders import (
    of_actions,
    of_agendas,
    of_consultations,
    of_decisions,
    of_exemptions,
    of_reports,
)
from committee.reminders.models import Obligation
from committee.reminders.readers import readers_on
from committee.reminders.rules import CANCELLABLE, ObligationStatus
from committee.reminders.wanted import Wanted, newest_alone
from committee.work import service as work
from committee.work.models import SignOfLife

NOUNS = (of_reports, of_agendas, of_consultations, of_decisions, of_actions, of_exemptions)

# The name under which it is noted when this was last done, which is also that of its lock.
NAME = "reminders"

# How old the last pass may be before the next.
AT_MOST_EVERY = timedelta(minutes=1)

# Rows in one statement.
A_HEAP = 1000

_CONTENTS = ("words", "address", "remind_on", "deadline_on", "committee_id")


@dataclass(frozen=True)
class Reconciled:
    """How many rows one pass added, took up again, wrote anew and let go."""

    added: int
    brought_back: int
    rewritten: int
    cancelled: int


def reconcile_if_due(choices: ReminderChoices, *, now: datetime, today: date) -> Reconciled | None:
    """Reconcile if that was last done a minute ago or on another day; else do nothing.

    Nobody else does it at the same time: of two schedulers the later one goes on without.
    """
    if _is_fresh(now):
        return None
    key = func.hashtextextended(NAME, 0)
    if not db.session.scalar(select(func.pg_try_advisory_xact_lock(key))) or _is_fresh(now):
        return None
    done = reconcile(choices, today=today)
    db.session.merge(SignOfLife(name=NAME, seen_at=now))
    return done


def _is_fresh(now: datetime) -> bool:
    """By the clock of the application, which may be moved: dates turn when it says so."""
    seen = work.last_seen(NAME)
    if seen is None or not timedelta() <= now - seen < AT_MOST_EVERY:
        return False
    return seen.astimezone(LONDON).date() == now.astimezone(LONDON).date()


def reconcile(choices: ReminderChoices, *, today: date) -> Reconciled:
    """Make the table hold every reminder that is wanted, and none waiting that is not."""
    wanted = {each.dedupe_key: each for each in everything(choices, today=today)}
    known = _known(wanted)
    by_key = {row.dedupe_key: row for row in known}
    new = [each for key, each in wanted.items() if key not in by_key]
    back = [row for row in known if row.dedupe_key in wanted and _is(row, "cancelled")]
    changed = [
        row
        for row in known
        if row.dedupe_key in wanted
        and not _is(row, "done")
        and _contents(wanted[row.dedupe_key]) != _contents(row)
    ]
    gone = [row.id for row in known if row.dedupe_key not in wanted]
    _add(new)
    _rewrite(changed, wanted)
    _bring_back([row.id for row in back])
    return Reconciled(len(new), len(back), len(changed), _cancel(gone))


def everything(choices: ReminderChoices, *, today: date) -> list[Wanted]:
    """Every reminder that should exist on `today`, those of days to come included."""
    readers = readers_on(today)
    each_noun = (noun.wanted(readers, choices, today=today) for noun in NOUNS)
    return newest_alone(chain.from_iterable(each_noun), today=today)


def _known(wanted: Iterable[str]) -> Sequence[Row[Any]]:
    """The rows of these keys, and all others that still wait for something."""
    keys = literal(list(wanted), ARRAY(String))
    found = select(
        Obligation.id,
        Obligation.dedupe_key,
        Obligation.status,
        *(getattr(Obligation, name) for name in _CONTENTS),
    ).where(or_(Obligation.dedupe_key == any_(keys), Obligation.status.in_(CANCELLABLE)))
    return db.session.execute(found.order_by(Obligation.id)).all()


def _is(row: Row[Any], status: str) -> bool:
    return bool(row.status is ObligationStatus(status))


def _contents(of: Any) -> tuple[Any, ...]:
    return tuple(getattr(of, name) for name in _CONTENTS)


def _add(new: Sequence[Wanted]) -> None:
    for start in range(0, len(new), A_HEAP):
        rows = [
            {
                "dedupe_key": each.dedupe_key,
                "kind": each.kind,
                "subject_kind": each.subject_kind,
                "subject_id": each.subject_id,
                "user_id": each.user_id,
                "status": ObligationStatus.DUE,
                "attempts": 0,
                **dict(zip(_CONTENTS, _contents(each), strict=True)),
            }
            for each in new[start : start + A_HEAP]
        ]
        fresh = insert(Obligation).values(rows)
        db.session.execute(fresh.on_conflict_do_nothing(index_elements=[Obligation.dedupe_key]))


def _rewrite(rows: Sequence[Row[Any]], wanted: dict[str, Wanted]) -> None:
    """Say anew what has been renamed or moved. What was sent stays as it was sent."""
    if rows:
        contents = [_contents(wanted[row.dedupe_key]) for row in rows]
        db.session.execute(
            update(Obligation),
            [
                {"id": row.id, **dict(zip(_CONTENTS, new, strict=True))}
                for row, new in zip(rows, contents, strict=True)
            ],
        )


def _bring_back(ids: Sequence[int]) -> None:
    if ids:
        db.session.execute(
            update(Obligation)
            .where(Obligation.id.in_(ids), Obligation.status == ObligationStatus.CANCELLED)
            .values(status=ObligationStatus.DUE, attempts=0, last_error=None)
            .execution_options(synchronize_session=False)
        )


def _cancel(ids: Sequence[int]) -> int:
    """Let these go, but for those that a living worker has in hand: its letter is on its way."""
    if not ids:
        return 0
    in_hand = and_(
        Obligation.status == ObligationStatus.LEASED, Obligation.lease_until >= func.now()
    )
    done = db.session.execute(
        update(Obligation)
        .where(Obligation.id.in_(ids), Obligation.status.in_(CANCELLABLE), ~in_hand)
        .values(status=ObligationStatus.CANCELLED, lease_token=None, lease_until=None)
        .execution_options(synchronize_session=False)
        .returning(Obligation.id)
    )
    return len(done.all())
