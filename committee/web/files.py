"""Sending stored files: other people's only to be saved, our own PDFs also to be read at once."""

from pathlib import Path
from typing import IO

from flask import Response, send_file
from werkzeug.exceptions import NotFound

from committee.headers import as_file
from committee.storage import FileDamaged, FileMissing, current_storage

# A browser's own PDF reader may work, and nothing else. The `sandbox` of other files stops the
# readers of some browsers; these PDFs were written by us and hold nothing that acts.
PDF_POLICY = "; ".join(
    (
        "default-src 'none'",
        "object-src 'self'",
        "style-src 'unsafe-inline'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def as_sent(sha256: str, name: str) -> Response:
    """A file as it came. It may hold anything, so it is only ever saved. Raises NotFound."""
    return as_file(_stored(sha256, name, "application/octet-stream", inline=False))


def our_pdf(sha256: str, name: str, *, inline: bool) -> Response:
    """A PDF that we have written, to be saved or, `inline`, to be read. Raises NotFound."""
    answer = _stored(sha256, name, "application/pdf", inline=inline)
    if not inline:
        return as_file(answer)
    answer.headers["Content-Security-Policy"] = PDF_POLICY
    return answer


def stored_pdf(sha256: str) -> Path:
    """Where a stored PDF is, to be copied. Raises NotFound."""
    try:
        return current_storage().local_path(sha256)
    except (FileDamaged, FileMissing):
        raise NotFound from None


def whole_pdf(copy: IO[bytes], name: str, *, inline: bool) -> Response:
    """A PDF that was written for this answer alone. It is sent as a whole, never in ranges."""
    answer = send_file(
        copy,
        mimetype="application/pdf",
        as_attachment=not inline,
        download_name=name,
        conditional=False,
        etag=False,
    )
    answer.headers["Cache-Control"] = "private, no-store"
    if not inline:
        return as_file(answer)
    answer.headers["Content-Security-Policy"] = PDF_POLICY
    return answer


def _stored(sha256: str, name: str, media_type: str, *, inline: bool) -> Response:
    try:
        path = current_storage().local_path(sha256)
    except (FileDamaged, FileMissing):
        raise NotFound from None
    answer = send_file(
        path, mimetype=media_type, as_attachment=not inline, download_name=name, etag=sha256
    )
    # Papers are drafts and may be exempt: no cache on the way keeps them, nor the reader's disk.
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
