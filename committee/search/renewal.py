"""Finding out what is published and not indexed as it is, or indexed and published no more.

Slices below cannot tell the index of what they publish, so it compares. Callers commit.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import structlog
from sqlalchemy import Select, String, and_, cast, func, literal, select
from sqlalchemy.orm import aliased, selectinload

from committee.agendas.models import AgendaVersion
from committee.consultations.models import Consultation, SummaryVersion
from committee.decisions.models import Decision, DecisionNotice, RecordVersion
from committee.decisions.rules import PUBLIC_FROM_NOTICE
from committee.extensions import db
from committee.minutes.models import Minutes, MinutesVersion
from committee.search import indexing
from committee.search.models import SearchEntry
from committee.search.rules import EntryKind
from committee.work import service as work
from committee.work.rules import WorkKind

log = structlog.get_logger()

AT_ONCE = 100
"""Things indexed in one transaction, so that a sweep never takes long."""


def bring_up_to_date(*, limit: int = AT_ONCE) -> int:
    """Index what has been published since, and remove what no longer is; answers how many.

    What cannot be indexed is told in the log and tried again the next time; the others go on.
    """
    return _decisions(limit) + _consultations(limit) + _minutes(limit)


def _indexed(kind: EntryKind, subject_id: int, index: Callable[[], None]) -> int:
    """Index one thing by itself; answers 1, or 0 where that failed and left nothing."""
    try:
        with db.session.begin_nested():
            index()
            db.session.flush()
    except Exception as error:  # one bad thing must not keep all others from search
        told = type(error).__name__
        log.error("not_indexed", thing=kind.value, subject_id=subject_id, error=told)
        return 0
    return 1


def _text(*parts: Any) -> Any:
    return func.concat(*(literal(p) if isinstance(p, str) else cast(p, String) for p in parts))


def _stale(kind: EntryKind, subject: Any, made_of: Any) -> Any:
    """The condition that a thing is not in the index as it is made now."""
    entry = aliased(SearchEntry)
    return ~(
        select(entry.id)
        .where(entry.kind == kind, entry.subject_id == subject, entry.made_of == made_of)
        .exists()
    )


def _gone(kind: EntryKind, public: Select[Any]) -> int:
    """Remove what is in the index and not public any more."""
    found = select(SearchEntry.subject_id).where(
        SearchEntry.kind == kind, SearchEntry.subject_id.not_in(public)
    )
    ids = set(db.session.scalars(found))
    if ids:
        indexing.remove(kind, ids)
    return len(ids)


def _newest(model: Any, owner: Any, subject: Any) -> Any:
    """The id of the newest version of a thing; 0 for none."""
    newest = select(func.max(model.id)).where(owner == subject)
    return func.coalesce(newest.correlate_except(model).scalar_subquery(), 0)


def _decisions(limit: int) -> int:
    notice = _newest(DecisionNotice, DecisionNotice.decision_id, Decision.id)
    record = _newest(RecordVersion, RecordVersion.decision_id, Decision.id)
    made_of = _text("notice ", notice, " record ", record)
    public = and_(Decision.status.in_(PUBLIC_FROM_NOTICE), notice > 0)
    found = db.session.execute(
        select(Decision, notice, record, made_of)
        .where(public, _stale(EntryKind.DECISION, Decision.id, made_of))
        .order_by(Decision.id)
        .limit(limit)
    ).all()
    notices = _by_id(DecisionNotice, [row[1] for row in found])
    records = _by_id(RecordVersion, [row[2] for row in found])
    done = 0
    for decision, notice_id, record_id, made in found:
        notice, record = notices[notice_id], records.get(record_id)
        index = partial(indexing.index_decision, decision, notice, record, made_of=made)
        done += _indexed(EntryKind.DECISION, decision.id, index)
    return done + _gone(EntryKind.DECISION, select(Decision.id).where(public))


def _consultations(limit: int) -> int:
    summary = _newest(SummaryVersion, SummaryVersion.consultation_id, Consultation.id)
    made_of = _text("version ", Consultation.version, " summary ", summary)
    public = Consultation.published_at.is_not(None)  # its page stays when it is withdrawn
    found = db.session.execute(
        select(Consultation, summary, made_of)
        .where(public, _stale(EntryKind.CONSULTATION, Consultation.id, made_of))
        .options(selectinload(Consultation.questions))
        .order_by(Consultation.id)
        .limit(limit)
    ).all()
    summaries = _by_id(SummaryVersion, [row[1] for row in found])
    done = 0
    for consultation, summary_id, made in found:
        summary = summaries.get(summary_id)
        index = partial(indexing.index_consultation, consultation, summary, made_of=made)
        done += _indexed(EntryKind.CONSULTATION, consultation.id, index)
    return done + _gone(EntryKind.CONSULTATION, select(Consultation.id).where(public))


def _minutes(limit: int) -> int:
    version = _newest(MinutesVersion, MinutesVersion.minutes_id, Minutes.id)
    made_of = _text("version ", version)
    found = db.session.execute(
        select(version, made_of)
        .select_from(Minutes)
        .where(version > 0, _stale(EntryKind.MINUTE, Minutes.id, made_of))
        .order_by(Minutes.id)
        .limit(limit)
    ).all()
    versions = _by_id(MinutesVersion, [row[0] for row in found])
    done = 0
    for version_id, made in found:
        newest = versions[version_id]
        index = partial(indexing.index_minutes, newest, made_of=made)
        done += _indexed(EntryKind.MINUTE, newest.minutes_id, index)
    return done


def _by_id(model: Any, ids: Sequence[int]) -> dict[int, Any]:
    found = select(model).where(model.id.in_(ids)).order_by(model.id)
    return {row.id: row for row in db.session.scalars(found)}


def newest_agendas() -> Sequence[AgendaVersion]:
    """The newest published version of every meeting's agenda."""
    newest = select(func.max(AgendaVersion.id)).group_by(AgendaVersion.meeting_id)
    found = select(AgendaVersion).where(AgendaVersion.id.in_(newest))
    return db.session.scalars(found.order_by(AgendaVersion.id)).all()


def rebuild() -> int:
    """Empty the index and owe all of it again; answers how many agendas were published.

    Agendas are then indexed by workers; the rest is put in by `bring_up_to_date`.
    """
    db.session.execute(SearchEntry.__table__.delete())  # type: ignore[attr-defined]
    agendas = newest_agendas()
    for version in agendas:
        work.owe(WorkKind.INDEX_AGENDA, version.id)
    return len(agendas)
