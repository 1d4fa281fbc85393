"""Says what a file is by its own bytes, and holds that against its name.

Looks at the first and last few kilobytes only and interprets nothing: the full parse comes later,
in a sandbox.
"""

import struct
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Literal

from committee.documents.limits import LARGEST_UPLOAD_BYTES, MEGABYTE
from committee.documents.refusals import Refused, refusal

Kind = Literal["pdf", "word"]

_HEAD_BYTES = 8 * 1024
# A zip's last record may be followed by a comment of 65,535 bytes.
_TAIL_BYTES = 66 * 1024
# Harmless programs leave a few line ends or a signature's remains behind the end of a PDF.
_BEHIND_PDF_BYTES = 1_024

_PICTURES = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\x00",
    b"MM\x00*",
    b"BM",
    b"\x00\x00\x00\x0cjP",
)
_WEB_PAGE = (
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<body",
    b"<script",
    b"<meta",
    b"<div",
    b"<p>",
    b"<table",
)
_ZIP_END = b"PK\x05\x06"
_ZIP_END_RECORD_BYTES = 22
_BY_EXTENSION = {
    ".doc": "old_word", ".dot": "old_word",
    ".docm": "macro_document", ".dotm": "macro_document",
    ".odt": "open_document", ".ott": "open_document", ".fodt": "open_document",
    ".rtf": "rich_text",
    ".png": "image", ".jpg": "image", ".jpeg": "image", ".gif": "image", ".tif": "image",
    ".tiff": "image", ".bmp": "image", ".heic": "image", ".webp": "image",
}  # fmt: skip


def identify(source: Path, name: str) -> Kind:
    """Whether the file is a PDF or a Word document, by its bytes and its name together.

    `name` is the name it was uploaded under and is only ever data. Raises Refused where the two
    do not agree, or where the file is of a kind that is not accepted.
    """
    size = source.stat().st_size
    if size == 0:
        raise refusal("empty")
    if size > LARGEST_UPLOAD_BYTES:
        shown = -(-size // MEGABYTE)
        raise refusal("too_large", {"size": shown, "limit": LARGEST_UPLOAD_BYTES // MEGABYTE})
    extension = PurePosixPath(name.strip()).suffix.lower()
    with source.open("rb") as file:
        head = file.read(_HEAD_BYTES)
        tail = _read_tail(file, size)
    actual = _kind_of(head, tail, extension)
    if actual == "pdf":
        _check_pdf_ends(head, tail)
    return actual


def _read_tail(file: BinaryIO, size: int) -> bytes:
    file.seek(max(0, size - _TAIL_BYTES))
    return file.read(_TAIL_BYTES)


def _kind_of(head: bytes, tail: bytes, extension: str) -> Kind:
    if head.startswith(b"%PDF-"):
        if extension == ".pdf":
            return "pdf"
        raise _named_wrongly(extension, "PDF", ".pdf")
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(head, tail, extension)
    raise _not_accepted(head, extension)


def _zip_kind(head: bytes, tail: bytes, extension: str) -> Kind:
    if b"mimetypeapplication/vnd.oasis.opendocument" in head:
        raise refusal("open_document")
    if extension == ".docx":
        if _ZIP_END not in tail:
            raise refusal("truncated")
        return "word"
    if extension in (".docm", ".dotm"):
        raise refusal("macro_document")
    if b"[Content_Types].xml" in head or b"word/" in head:
        raise _named_wrongly(extension, "Word document", ".docx")
    raise _not_accepted(head, extension)


def _named_wrongly(extension: str, actual: str, right: str) -> Refused:
    facts = {"extension": extension or "nothing", "actual": actual, "right": right}
    return refusal("wrong_extension", facts)


def _not_accepted(head: bytes, extension: str) -> Refused:
    """The refusal that says best what the file is instead of a PDF or a Word document."""
    by_content = _kind_not_accepted(head, extension)
    if by_content:
        return by_content
    if head.find(b"%PDF-") > 0 or head.find(b"PK\x03\x04") > 0:
        return refusal("two_kinds")
    if extension in _BY_EXTENSION:
        return refusal(_BY_EXTENSION[extension])
    if extension in (".pdf", ".docx"):
        return refusal("not_pdf" if extension == ".pdf" else "not_word")
    return refusal("type_not_accepted", {"extension": extension or "no ending"})


def _kind_not_accepted(head: bytes, extension: str) -> Refused | None:
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00").lower()
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        # A Word document with a password is wrapped in the container of the old kind.
        return refusal("encrypted" if extension == ".docx" else "old_word")
    if head.startswith(_PICTURES) and b"%PDF-" not in head:
        return refusal("image")
    if start.startswith(b"{\\rtf"):
        return refusal("rich_text")
    if start.startswith(_WEB_PAGE) or (start.startswith(b"<") and b"<html" in start):
        return refusal("web_page", {"claimed": "PDF" if extension == ".pdf" else "Word"})
    if start.startswith(b"<?xml") and b"opendocument" in start:
        return refusal("open_document")
    return None


def _check_pdf_ends(head: bytes, tail: bytes) -> None:
    """Refuse a PDF that lacks its end, or that has another file behind it or around it."""
    end = tail.rfind(b"%%EOF")
    if end < 0 or len(tail) - end > _BEHIND_PDF_BYTES + len(b"%%EOF"):
        rest = tail[end:].strip(b"\x00\r\n\t ") if end >= 0 else b""
        if end < 0 or len(rest) > _BEHIND_PDF_BYTES:
            raise refusal("truncated" if end < 0 else "two_kinds")
    if _ends_as_zip(tail) or b"<html" in head[:1024].lower():
        raise refusal("two_kinds")


def _ends_as_zip(tail: bytes) -> bool:
    """Whether a zip's closing record ends exactly where the file ends."""
    at = tail.rfind(_ZIP_END)
    while at >= 0:
        record = tail[at : at + _ZIP_END_RECORD_BYTES]
        if len(record) == _ZIP_END_RECORD_BYTES:
            (comment,) = struct.unpack_from("<H", record, 20)
            if at + _ZIP_END_RECORD_BYTES + comment == len(tail):
                return True
        at = tail.rfind(_ZIP_END, 0, at)
    return False
