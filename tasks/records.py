"""Making the PDF of a record of decision after it was published, and the end of call-ins."""

from datetime import date, datetime

import structlog

from committee.decisions import calling_in, publishing
from committee.decisions.models import RecordVersion
from committee.decisions.record_document import document_of
from committee.documents.published.record import record_pdf
from committee.extensions import db
from committee.storage import current_storage
from committee.work import service as work
from tasks.working_folder import working_folder

log = structlog.get_logger()


def make_record_files(claim: work.Claim) -> None:
    """Make the PDF from the frozen contents, which say the same however late it is made."""
    version = db.session.get_one(RecordVersion, claim.subject_id)
    colour = version.decision.committee.council.brand_colour
    text = document_of(version.contents, colour=colour)
    db.session.rollback()
    with working_folder(f"record-{claim.subject_id}") as folder:
        target = folder / "record.pdf"
        record_pdf(text, target)
        stored = current_storage().save_file(target)
    version = db.session.get_one(RecordVersion, claim.subject_id, with_for_update=True)
    publishing.keep_file(version, stored.sha256)
    work.finish(claim)
    db.session.commit()


def give_up(version_id: int, _: datetime) -> None:
    """The PDF could not be made. The page holds every word of it; only the log is told."""
    log.error("record_without_pdf", record_version_id=version_id)


def end_call_ins(today: date, _: datetime) -> None:
    """Put into force the decisions whose call-in is over."""
    ended = calling_in.end_call_ins(today)
    if ended:
        log.info("call_ins_ended", count=ended)
