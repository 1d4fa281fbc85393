"""What happened to a decision and what lies before it, as one list of dated events.

Each slice that has a part in the matter gives events of its own; the page puts them in order.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from committee.decisions.models import Decision, RecordVersion
from committee.decisions.rules import (
    BEFORE_TAKEN,
    CALL_IN_STATUS_LABELS,
    CallInStatus,
    DecisionStatus,
    RecordKind,
)


@dataclass(frozen=True)
class Event:
    """One thing on a day: what it is, where it can be read, and what more there is to say.

    `kind` orders what falls on one day. An event that has not come yet is `to_come`.
    """

    on: date
    what: str
    address: str | None = None
    more: str = ""
    to_come: bool = False
    kind: int = 0
    basis: dict[str, object] | None = None  # how the date was worked out


def in_order(*parts: Iterable[Event]) -> list[Event]:
    """All events, earliest first."""
    return sorted((each for part in parts for each in part), key=lambda e: (e.on, e.kind))


def events_of(
    decision: Decision, versions: Sequence[RecordVersion], *, today: date
) -> Iterator[Event]:
    """The decision's own events: notices, records, signature, call-in and effect."""
    yield from _notices(decision)
    yield from _records(decision, versions)
    yield from _taking(decision, today)
    yield from _call_in(decision, today)


def _notices(decision: Decision) -> Iterator[Event]:
    for notice in decision.notices:
        first = notice.number == 1
        yield Event(
            notice.published_on,
            "Notice of the decision published"
            if first
            else f"Notice changed (version {notice.number})",
            more=notice.change_reason or "",
            kind=1,
        )


def _records(decision: Decision, versions: Sequence[RecordVersion]) -> Iterator[Event]:
    for version in versions:
        proposed = version.kind is RecordKind.PROPOSED
        words = "Proposed record published" if proposed else "Record of decision published"
        yield Event(
            version.published_on,
            words if version.number == 1 else f"{words} (version {version.number})",
            url_for(
                "decision_pages.record_version",
                number=decision.number,
                kind=version.kind.value,
                version=version.number,
            ),
            version.change_reason or "",
            kind=3 if proposed else 6,
        )


def _taking(decision: Decision, today: date) -> Iterator[Event]:
    if decision.taken_on:
        yield Event(decision.taken_on, f"Decision taken by the {decision.portfolio.title}", kind=5)
    elif decision.earliest_on and decision.status in BEFORE_TAKEN:
        yield Event(
            decision.earliest_on,
            "Earliest day on which the decision may be taken",
            to_come=decision.earliest_on > today,
            kind=4,
            basis=decision.earliest_basis,
        )


def _call_in(decision: Decision, today: date) -> Iterator[Event]:
    # Who asked is told once the request has been found valid, and of no other request.
    for asked in decision.call_ins:
        if asked.status in (CallInStatus.REQUESTED, CallInStatus.REFUSED):
            continue
        yield Event(
            asked.requested_on,
            f"Call-in asked for by {asked.requested_by}",
            more=f"{CALL_IN_STATUS_LABELS[asked.status]}. {asked.outcome or ''}".strip(),
            kind=7,
        )
    if not decision.effective_on or not decision.call_in_ends_on:
        return
    waits = decision.status in (DecisionStatus.PUBLISHED, DecisionStatus.CALLED_IN)
    if decision.call_in_basis:
        over = decision.call_in_ends_on < today
        yield Event(
            decision.call_in_ends_on,
            "Last day for call-in",
            to_come=not over,
            kind=8,
            basis=decision.call_in_basis,
        )
    if decision.status is not DecisionStatus.CALLED_IN:
        words = "Comes into force unless called in" if waits else "In force"
        yield Event(decision.effective_on, words, to_come=waits, kind=9)
