"""Keeps a page's drawing from leaking into what is stamped after it."""

import warnings
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from committee.documents.pack.page_shape import media_box

WHOLE = "/QuorateWholePage"


def content_streams(page: Object) -> list[Object]:
    """The page's own content, be it one stream or many."""
    contents = page.get("/Contents")
    many = contents if isinstance(contents, Array) else [contents]
    return [one for one in many if isinstance(one, pikepdf.Stream)]


def missing_operators(pdf: Pdf, page: Object) -> tuple[int, int] | None:
    """How many saves are missing before a page's content, and how many restores after it.

    None when the content cannot be read to its end, so that nothing can safely follow it.
    """
    depth = lowest = 0
    try:
        whole = b"\n".join(one.read_bytes() for one in content_streams(page))
        operators = list(_saves_and_restores(pdf, whole + b"\nq"))
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):
        return None
    if not operators or operators.pop() != "q":
        return None
    for operator in operators:
        depth += 1 if operator == "q" else -1
        lowest = min(lowest, depth)
    return -lowest, depth - lowest


def _saves_and_restores(pdf: Pdf, content: bytes) -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # what is wrong shows in the last operator
        found = pikepdf.parse_content_stream(pikepdf.Stream(pdf, content), "q Q")
    for instruction in found:
        yield str(instruction.operator)


def set_apart(pdf: Pdf, page: Object) -> Object:
    """Put a page's unreadable content into a drawing of its own, which ends with itself.

    Gives the new content of the page.
    """
    whole = b"\n".join(_bytes_of(one) for one in content_streams(page))
    drawing = pdf.make_stream(
        whole,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([round(side, 3) for side in media_box(page)]),
        Resources=page.get("/Resources", Dictionary()),
    )
    page["/Resources"] = Dictionary(XObject=Dictionary({WHOLE: drawing}))
    return pdf.make_stream(f"{WHOLE} Do".encode("ascii"))


def _bytes_of(stream: Object) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return b""
