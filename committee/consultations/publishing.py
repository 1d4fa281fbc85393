"""Publishing a summary: its contents are frozen, and every other document quotes from them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from committee.audit import service as audit
from committee.consultations.counting import arithmetic_faults
from committee.consultations.models import Consultation, SummaryVersion
from committee.consultations.rules import CONSULTATION_STATES, ConsultationStatus
from committee.consultations.service import locked_status
from committee.consultations.summary import contents_of
from committee.decisions import service as decisions
from committee.extensions import db
from committee.frozen import canonical_sha256
from committee.states import NotAllowed
from committee.work import service as work
from committee.work.rules import WorkKind


def publish_summary(
    consultation: Consultation,
    *,
    change_reason: str | None,
    now: datetime,
    today: date,
    by: int | None,
) -> SummaryVersion:
    """Freeze the figures as they stand, make their PDF, and let the decision quote them.

    A later version says why. Raises NotAllowed before the consultation has closed, for a version
    that would say the same as the last, and for sums that do not agree.
    """
    status = locked_status(consultation)
    earlier = newest(consultation)
    if earlier is None:
        CONSULTATION_STATES.check(status, ConsultationStatus.REPORTED)
    elif not change_reason:
        raise NotAllowed("Say why the results are published again.")
    contents = contents_of(consultation)
    faults = arithmetic_faults(contents)
    if faults:
        raise NotAllowed("The figures do not agree with each other. " + " ".join(faults))
    sha256 = canonical_sha256(contents)
    if earlier is not None and earlier.sha256 == sha256:
        raise NotAllowed("Nothing has changed since the results were published.")
    version = SummaryVersion(
        consultation_id=consultation.id,
        number=earlier.number + 1 if earlier else 1,
        published_at=now,
        published_on=today,
        published_by_id=by,
        contents=contents,
        sha256=sha256,
        change_reason=change_reason if earlier else None,
    )
    db.session.add(version)
    consultation.status = ConsultationStatus.REPORTED
    consultation.reported_on = consultation.reported_on or today
    audit.record("summary:published", version, by=by, after=version.contents)
    _tell_the_decision(consultation, version, by)
    work.owe(WorkKind.MAKE_SUMMARY_FILES, version.id)
    return version


def quote_of(consultation: Consultation, version: SummaryVersion) -> dict[str, Any]:
    """What the decision keeps of a published summary, to quote from."""
    return {
        "consultation_id": consultation.id,
        "title": consultation.title,
        "slug": consultation.slug,
        "summary_version_id": version.id,
        "number": version.number,
        "sha256": version.sha256,
        "contents": version.contents,
    }


def _tell_the_decision(consultation: Consultation, version: SummaryVersion, by: int | None) -> None:
    decision = consultation.decision
    if decision is not None:
        decisions.quote_consultation(decision, quote_of(consultation, version), by=by)


def is_out_of_date(version: SummaryVersion, contents: dict[str, Any]) -> bool:
    """Whether the figures have changed since they were published, as by a late response."""
    return canonical_sha256(contents) != version.sha256


def newest(consultation: Consultation) -> SummaryVersion | None:
    """The version of the results that stands."""
    return db.session.scalars(
        select(SummaryVersion)
        .where(SummaryVersion.consultation_id == consultation.id)
        .order_by(SummaryVersion.number.desc())
        .limit(1)
    ).first()


def versions(consultation: Consultation) -> Sequence[SummaryVersion]:
    """Every published version, the newest first."""
    return db.session.scalars(
        select(SummaryVersion)
        .where(SummaryVersion.consultation_id == consultation.id)
        .order_by(SummaryVersion.number.desc())
    ).all()


def record_file(version: SummaryVersion, pdf_sha256: str) -> None:
    """Note the PDF that was made of a version. The first one stays."""
    if version.pdf_sha256 is None:
        version.pdf_sha256 = pdf_sha256
        audit.record("summary:filed", version, by=None, after={"pdf_sha256": pdf_sha256})


def version_numbered(consultation: Consultation, number: int) -> SummaryVersion | None:
    """One published version."""
    return db.session.scalars(
        select(SummaryVersion).where(
            SummaryVersion.consultation_id == consultation.id, SummaryVersion.number == number
        )
    ).first()
