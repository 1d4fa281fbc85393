"""The only way by which a view hands out what is closed: asked about, noted, and with a name on it.

What somebody may not read is 404, as though it did not exist.
"""

import tempfile
from datetime import date, datetime

from flask import Response, abort, request
from flask_login import current_user

from committee.confidentiality import reading
from committee.confidentiality.reading_rules import Matter
from committee.documents.named_copy import write_named_copy
from committee.people.permissions import note_reason
from committee.web.files import stored_pdf, whole_pdf
from committee.web.filters import moment_in_words


def may_read(matter: Matter, *, on: date) -> bool:
    """Whether the person signed in may read a closed thing on that day."""
    if not current_user.is_authenticated:
        return False
    return reading.may_read(current_user, matter, on=on).may


def check_may_read(matter: Matter, *, on: date) -> None:
    """Go on only if this reader may read the closed thing; to others it is 404."""
    if not current_user.is_authenticated:
        abort(404)
    answer = reading.may_read(current_user, matter, on=on)
    note_reason(answer.because)
    if not answer.may:
        abort(404)


def note_reading(subject_kind: str, subject_id: int) -> None:
    """Note that this reader is now shown a closed thing. To be called last before it leaves."""
    if request.method != "HEAD":  # by which nothing of it is sent
        reading.note_reading(subject_kind, subject_id, by=current_user.id)


def closed_pdf(
    matter: Matter,
    subject: tuple[str, int],
    sha256: str,
    name: str,
    *,
    inline: bool,
    now: datetime,
    on: date,
) -> Response:
    """A copy of a closed PDF for this reader, with their name and the time on each page.

    `subject` is the table and the id of what is read. The copy is made for this answer alone and
    kept nowhere; it is sent whole, so that one opening of it is one reading. Raises NotFound.
    """
    check_may_read(matter, on=on)
    source = stored_pdf(sha256)
    if request.method == "HEAD":
        return Response(mimetype="application/pdf", headers={"Cache-Control": "private, no-store"})
    copy = tempfile.TemporaryFile()  # noqa: SIM115  # shut once the answer has been sent
    try:
        write_named_copy(source, copy, f"Copy for {current_user.name}, {moment_in_words(now)}")
        copy.seek(0)
        note_reading(*subject)
    except BaseException:
        copy.close()
        raise
    return whole_pdf(copy, name, inline=inline)
