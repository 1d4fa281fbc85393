"""Making the PDF of a consultation's results after they were published."""

from datetime import date, datetime

import structlog

from committee.consultations import publishing
from committee.consultations import service as consultations
from committee.consultations.models import SummaryVersion
from committee.consultations.summary_document import document_of
from committee.documents.published.consultation import consultation_pdf
from committee.extensions import db
from committee.storage import current_storage
from committee.work import service as work
from tasks.working_folder import working_folder

log = structlog.get_logger()


def make_summary_files(claim: work.Claim) -> None:
    """Make the PDF from the frozen contents, which say the same however late it is made."""
    version = db.session.get_one(SummaryVersion, claim.subject_id)
    council = version.consultation.committee.council
    text = document_of(
        version.contents,
        council=council.name,
        colour=council.brand_colour,
        change_reason=version.change_reason,
    )
    db.session.rollback()
    with working_folder(f"summary-{claim.subject_id}") as folder:
        target = folder / "summary.pdf"
        consultation_pdf(text, target)
        stored = current_storage().save_file(target)
    version = db.session.get_one(SummaryVersion, claim.subject_id, with_for_update=True)
    publishing.record_file(version, stored.sha256)
    work.finish(claim)
    db.session.commit()


def give_up(version_id: int, _: datetime) -> None:
    """The PDF could not be made. The page holds every word of it; only the log is told."""
    log.error("summary_without_pdf", summary_version_id=version_id)


def close_ended(today: date, _: datetime) -> None:
    """Close the consultations whose last day is past."""
    for consultation in consultations.close_ended(today):
        log.info("consultation_closed", consultation_id=consultation.id)
