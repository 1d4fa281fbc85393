"""The proposed record of decision: its words, what it quotes, and what it still lacks.

What comes from elsewhere is never typed again: recommendations are quoted from the report and
figures from the consultation, live while the record is a draft, and frozen when it is published.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from committee.agendas.holding import hold
from committee.agendas.models import AgendaItem
from committee.audit import service as audit
from committee.confidentiality import rules as confidentiality
from committee.decisions.models import Decision, DecisionRecord
from committee.decisions.rules import (
    EQUALITY_STATE_LABELS,
    KEY_CRITERION_LABELS,
    URGENCY_LABELS,
    EqualityState,
    is_reported,
)
from committee.decisions.service import check_not_taken, record_of
from committee.extensions import db
from committee.law.calendar import in_words
from committee.meetings.models import Meeting
from committee.meetings.rules import MeetingStatus
from committee.reports.models import Report
from committee.reports.rules import VERB_LABELS, ReportStatus, Verb
from committee.states import NotAllowed

# REC-01: words that put off what the record has to say by now.
PLACEHOLDER = re.compile(
    r"\b(will be (considered|added|confirmed|completed)|to be (added|confirmed|completed|decided)"
    r"|to follow|tbc|tba)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class RecordFields:
    """What is written in the record by hand. An empty part is None."""

    report_id: int | None = None
    decision_text: str | None = None
    reasons: str | None = None
    financial: str | None = None
    consultation_words: str | None = None
    committee_view: str | None = None
    alternatives: str | None = None
    interests: str | None = None
    equality_state: EqualityState | None = None
    equality_assessed_on: date | None = None
    equality_words: str | None = None


PARTS = {
    "decision_text": "the decision",
    "reasons": "the reasons for the decision",
    "financial": "the financial implications",
    "alternatives": "the alternatives considered (write “None” where there were none)",
    "interests": "interests and dispensations (write “None” where there were none)",
}


def save_record(decision: Decision, fields: RecordFields, *, by: int | None = None) -> None:
    """Keep what was written. Raises NotAllowed once the decision has been taken."""
    check_not_taken(decision)
    if fields.equality_state is EqualityState.ASSESSED and not fields.equality_assessed_on:
        raise NotAllowed("Give the date of the equality impact assessment.")
    record = record_of(decision)
    for name, value in asdict(fields).items():
        setattr(record, name, value)
    audit.record("decision_record:changed", record, by=by)


# Whether anyone may read a report: for itself, and for the item under which it comes.
_OPEN_TO_ALL = (
    Report.classification == confidentiality.Classification.OPEN,
    AgendaItem.classification == confidentiality.Classification.OPEN,
)


def reports_for(decision: Decision) -> Sequence[Report]:
    """Accepted reports on this decision that a record may quote, latest meeting first.

    A record is made to be published, so that nothing of an exempt report, nor of one that comes
    under an exempt item, may come into it.
    """
    found = (
        select(Report)
        .join(Report.meeting)
        .join(AgendaItem, AgendaItem.id == Report.agenda_item_id)
        .where(
            Report.decision_number == decision.number,
            Report.status == ReportStatus.ACCEPTED,
            AgendaItem.removed_at.is_(None),
            *_OPEN_TO_ALL,
        )
    )
    return db.session.scalars(
        found.options(
            joinedload(Report.meeting).joinedload(Meeting.committee),
            selectinload(Report.recommendations),
        ).order_by(Meeting.held_on.desc(), Report.id.desc())
    ).all()


def quotes_what_was_closed(said: Mapping[str, Any], *, held: bool = False) -> bool:
    """Whether these words of a record quote a report that anyone could read when they were made,
    and that has been closed since, or its item. `held` lets nobody close either until the
    transaction ends."""
    if not said["report"]:
        return False
    found = (
        select(Report.id)
        .join(AgendaItem, AgendaItem.id == Report.agenda_item_id)
        .where(Report.id == said["report"].get("id"), *_OPEN_TO_ALL)
    )
    if held:
        hold(found.with_only_columns(AgendaItem.id, maintain_column_froms=True))
    return db.session.scalars(found).first() is None


def is_report_author(decision: Decision, user_id: int) -> bool:
    """Whether this user writes a report on the decision, in whatever state that stands."""
    found = select(Report.id).where(
        Report.decision_number == decision.number, Report.author_id == user_id
    )
    return db.session.scalars(found.limit(1)).first() is not None


def quoted_report(decision: Decision) -> Report | None:
    """The report whose recommendations the record quotes: the one chosen, else the latest."""
    reports = reports_for(decision)
    chosen = decision.record.report_id if decision.record else None
    return next((each for each in reports if each.id == chosen), reports[0] if reports else None)


def considered_on(decision: Decision, *, today: date) -> date | None:
    """The last day up to today on which a committee had the decision on its agenda, if any."""
    found = (
        select(Meeting.held_on)
        .join(AgendaItem, AgendaItem.meeting_id == Meeting.id)
        .where(
            AgendaItem.decision_number == decision.number,
            AgendaItem.removed_at.is_(None),
            Meeting.held_on <= today,
            Meeting.status.in_((MeetingStatus.SCHEDULED, MeetingStatus.HELD)),
        )
        .order_by(Meeting.held_on.desc())
    )
    return db.session.scalars(found.limit(1)).first()


def words(decision: Decision) -> dict[str, Any]:
    """Exactly what the record says now, with what it quotes, as plain JSON: what is signed."""
    record = record_of(decision)
    criterion = decision.key_criterion
    return {
        "number": decision.number,
        "subject": decision.title,
        "decision_maker": decision.portfolio.title,
        "is_key": decision.is_key,
        "key_criterion": KEY_CRITERION_LABELS[criterion] if criterion else "",
        **openness_words(decision),
        "decision": record.decision_text or "",
        "reasons": record.reasons or "",
        "financial": record.financial or "",
        "equality": equality_words(record),
        **_report_words(quoted_report(decision)),
        "consultations": [
            {name: value for name, value in quote.items() if name != "newer"}
            for quote in decision.consultation_quotes
            if is_reported(quote)
        ],
        "consultation_words": record.consultation_words or "",
        "committee_view": record.committee_view or "",
        "alternatives": record.alternatives or "",
        "interests": record.interests or "",
        "reassignment": record.reassignment or "",
        "urgency": _urgency_words(decision),
    }


def openness_words(decision: Decision) -> dict[str, Any]:
    """Whether the record is for publication, by its class, and why it is not."""
    record = record_of(decision)
    ground = f"{record.reason_closed}." if record.is_closed else ""
    return {
        "for_publication": record.is_open,
        "not_for_publication_because": ground or decision.restriction_reason or "",
    }


def equality_words(record: DecisionRecord) -> str:
    """How the equality duty is met, in a sentence or two; nothing while nobody has said."""
    state = record.equality_state
    if state is None:
        return ""
    label = EQUALITY_STATE_LABELS[state]
    if state is EqualityState.ASSESSED and record.equality_assessed_on:
        label += f", dated {in_words(record.equality_assessed_on)}"
    return f"{label}. {record.equality_words or ''}".strip()


def _urgency_words(decision: Decision) -> str:
    if decision.urgency is None:
        return ""
    label = URGENCY_LABELS[decision.urgency]
    return f"{label}: {decision.urgency_reason} Informed or agreed: {decision.urgency_agreed_by}."


def _report_words(report: Report | None) -> dict[str, Any]:
    if report is None:
        return {"report": None, "recommendations": []}
    return {
        "report": {
            "id": report.id,
            "subject": report.subject,
            "committee": report.meeting.committee.name,
            "meeting_on": report.meeting.held_on.isoformat(),
        },
        "recommendations": [
            {"verbs": [VERB_LABELS[Verb(verb)] for verb in each.verbs], "text": each.text}
            for each in report.recommendations
        ],
    }


def lacking(decision: Decision, *, today: date) -> list[str]:
    """What the record must say before the decision can be taken, and does not yet (REC-01)."""
    record = record_of(decision)
    missing = [label for name, label in PARTS.items() if not getattr(record, name)]
    if record.equality_state is None:
        missing.append("how the equality duty is met")
    elif record.equality_state is not EqualityState.ASSESSED and not record.equality_words:
        missing.append("why no equality impact assessment is needed")
    if not record.committee_view and considered_on(decision, today=today):
        missing.append("what the committee resolved")
    return missing


def placeholders(decision: Decision) -> list[str]:
    """The parts of the record that only promise what they should say by now, by their names."""
    record = record_of(decision)
    parts = {**PARTS, "consultation_words": "the words on the consultation"}
    return [
        label.partition(" (")[0]
        for name, label in parts.items()
        if PLACEHOLDER.search(getattr(record, name) or "")
    ]
