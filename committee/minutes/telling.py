"""Telling others what was resolved when minutes are published: decisions and the work programme.

Callers commit.
"""

from collections.abc import Sequence

from sqlalchemy import select

from committee.agendas import programme
from committee.audit import service as audit
from committee.decisions import service as decisions
from committee.decisions.models import Decision
from committee.documents.running_text import parse, to_plain
from committee.extensions import db
from committee.minutes import service
from committee.minutes.models import Minute, Minutes, MinutesVersion
from committee.minutes.rules import ADVISES, Outcome


def tell(
    minutes: Minutes,
    version: MinutesVersion,
    earlier: Sequence[MinutesVersion],
    *,
    by: int | None,
) -> None:
    """Enter what was resolved in the records of the decisions concerned, in words for anyone.

    `earlier` are the versions before this one, latest first. What the earlier one said already is
    not entered again, and words that an officer has written in the record since are left.
    """
    said = resolved_openly(version)
    before = resolved_openly(earlier[0]) if earlier else {}
    for entry in service.entries_of(minutes):
        item = entry.agenda_item
        if item is None:
            continue
        if entry.outcome is not Outcome.DEFERRED:
            programme.note_taken(item.id, by=by)
        words = said.get(entry.id, "")
        if not item.decision_number or entry.outcome not in ADVISES or not words:
            continue
        decision = decisions.decision_with_number(item.decision_number)
        if decision and words != before.get(entry.id):
            _enter(decision, entry, words, by=by)


def _enter(decision: Decision, entry: Minute, words: str, *, by: int | None) -> None:
    record = decision.record
    if record and record.committee_view and record.committee_view != _entered_before(decision):
        audit.record("committee_view:kept", decision, by=by)
        return
    decisions.record_committee_view(decision, words, minute_id=entry.id, by=by)


def _entered_before(decision: Decision) -> str | None:
    """The words that minutes last entered in a record, from whichever version they came."""
    record = decision.record
    if record is None or record.committee_view_minute_id is None:
        return None
    minute_id = record.committee_view_minute_id
    found = (
        select(MinutesVersion)
        .join(Minute, Minute.minutes_id == MinutesVersion.minutes_id)
        .where(Minute.id == minute_id)
        .order_by(MinutesVersion.number.desc())
    )
    said = {_spaced(resolved_openly(each).get(minute_id, "")) for each in db.session.scalars(found)}
    view = record.committee_view
    return view if view and _spaced(view) in said else None


def _spaced(words: str) -> str:
    """The words whatever their line breaks, which a browser sends otherwise than it got them."""
    return " ".join(words.split())


def resolved_openly(version: MinutesVersion) -> dict[int, str]:
    """What a version says to anyone that was resolved, as plain text, by the minute's id.

    The record of a decision is public, so of an exempt minute it gets the summary alone.
    """
    return {
        whole["id"]: to_plain(parse(each["discussion"] if each["summary"] else each["resolution"]))
        for each, whole in zip(
            version.open_contents["minutes"], version.restricted_contents["minutes"], strict=True
        )
    }
