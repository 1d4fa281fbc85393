"""Making the PDF and the Word file of minutes that were published."""

from datetime import datetime

import structlog

from committee.documents.published.minutes import minutes_pdf
from committee.documents.published.word import minutes_word
from committee.extensions import db
from committee.minutes import publishing
from committee.minutes.published_text import minutes_text
from committee.storage import current_storage
from committee.work import service as work
from tasks.working_folder import working_folder

log = structlog.get_logger()


def make_files(claim: work.Claim) -> None:
    """Make both files from the open contents of a version, and note them with the work's end."""
    version = publishing.version_with_id(claim.subject_id)
    if version is None:
        raise ValueError(f"there is no version {claim.subject_id} of any minutes")
    council = version.minutes.meeting.committee.council
    text = minutes_text(
        version.open_contents, colour=council.brand_colour, language=council.language
    )
    db.session.rollback()  # no connection is held while the files are written
    with working_folder(f"minutes-{claim.subject_id}") as folder:
        minutes_pdf(text, folder / "minutes.pdf")
        minutes_word(text, folder / "minutes.docx")
        pdf = current_storage().save_file(folder / "minutes.pdf")
        word = current_storage().save_file(folder / "minutes.docx")
    version = publishing.version_with_id(claim.subject_id, locked=True)
    if version is not None:
        publishing.keep_files(version, pdf_sha256=pdf.sha256, word_sha256=word.sha256)
    work.finish(claim)
    db.session.commit()


def give_up(version_id: int, _at: datetime) -> None:
    """The files could not be made: the page itself is complete, so it is only logged."""
    log.error("minutes_files_failed", version_id=version_id)
