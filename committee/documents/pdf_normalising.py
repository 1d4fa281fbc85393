"""Checks a PDF and writes it anew: our own file, holding pages, tags, bookmarks and links only.

Runs inside the sandbox. The new catalog is filled with what is known to be good, rather than
emptied of what is known to be bad; then one walk over everything reachable takes out what hides
in corners. What nothing points to any more is not written. At the end the file is made ready for
packs, so that joining it later is copying its bytes.
"""

import re
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from committee.documents import pdf_checks, pdf_pages
from committee.documents.findings import Unusable
from committee.documents.notices import Notices
from committee.documents.pack.papers import UnusablePaperError, declares_accessibility
from committee.documents.pack.segment_making import segment_of
from committee.documents.pdf_actions import as_dictionary
from committee.documents.pdf_annotations import Annotations, triggered_kinds
from committee.documents.pdf_destinations import Destinations, Outline
from committee.documents.pdf_sweep import Sweep

PREPARED_NAME = "prepared.pdf"
_LONGEST_TITLE = 300
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
# What programs put before the name of the file when the author gave no title.
_PROGRAM_TITLES = re.compile(
    r"^(Microsoft (Word|PowerPoint|Excel)|untitled\b)[ \-–:]*", re.IGNORECASE
)


def read(source: Path, folder: Path) -> dict[str, object]:
    """Check the PDF; leave `prepared.pdf` in the folder and give its facts."""
    target = folder / PREPARED_NAME
    try:
        with pdf_checks.opened(source) as pdf:
            facts, accessible = _normalised(pdf, target)
        with pikepdf.open(target, suppress_warnings=True) as written:
            if len(written.pages) != facts["pages"] or written.get_warnings():
                raise Unusable("damaged")
        target.write_bytes(segment_of(target, accessible=accessible))
    except (
        pikepdf.PdfError,
        UnusablePaperError,
        RuntimeError,
        ValueError,
        TypeError,
        OverflowError,
    ) as problem:
        # Whatever a broken file makes the library stumble over, the file is the cause.
        raise Unusable("damaged") from problem
    return facts


def _normalised(pdf: Pdf, target: Path) -> tuple[dict[str, object], bool]:
    """The facts, and whether the paper's word that it follows PDF/UA-1 still holds.

    That word is read before the metadata goes. Anything that was left out, flattened or mended
    may have had a part in it, so then it is no longer passed on.
    """
    claimed = declares_accessibility(pdf)
    notices = Notices()
    pdf_checks.check_protection(pdf, notices)
    pages = pdf_checks.pages_of(pdf)
    if pdf.get_warnings():
        notices.add("mended")
    pdf_checks.check_catalog(pdf, notices)
    pdf_checks.check_layers(pdf, notices)
    title = _title(pdf)
    annotations = _annotations(pdf, pages, notices)
    outline = Outline(pdf, annotations.destinations).rebuilt()
    for number, page in enumerate(pages, 1):
        pdf_pages.settle(pdf, page, number, notices)
    tagged = _new_catalog(pdf, pages, outline)
    Sweep({page.objgen for page in pages}, annotations.kept).over(pdf)
    _new_trailer(pdf, title)
    _save(pdf, target)
    said = notices.all()
    accessible = claimed and tagged and "/Lang" in pdf.Root and not (said or annotations.altered)
    return {"pages": len(pages), "tagged": tagged, "notices": said, "title": title}, accessible


def _annotations(pdf: Pdf, pages: list[Object], notices: Notices) -> Annotations:
    annotations = Annotations(pdf, Destinations(pdf, pages), notices)
    for number, page in enumerate(pages, 1):
        if "/AA" in page:
            notices.add("automatic", *triggered_kinds(page["/AA"]))
        if "/AF" in page:
            notices.add("attachments")
        annotations.take(page, number)
    annotations.refuse()
    annotations.finish()
    return annotations


def _new_catalog(pdf: Pdf, pages: list[Object], outline: Object | None) -> bool:
    """Fill the catalog anew with one page tree node. True where the paper keeps its tags."""
    root = pdf.Root
    structure = as_dictionary(root.get("/StructTreeRoot"))
    language = root.get("/Lang")
    tree = pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=Array(pages), Count=len(pages)))
    for key in list(root.keys()):
        del root[key]
    root["/Type"], root["/Pages"] = Name.Catalog, tree
    for page in pages:
        page["/Parent"] = tree
    if isinstance(language, pikepdf.String) and _LANGUAGE.fullmatch(str(language)):
        root["/Lang"] = str(language)
    root["/ViewerPreferences"] = Dictionary(DisplayDocTitle=True)
    if outline is not None:
        root["/Outlines"] = outline
    if structure is None:
        return False
    root["/StructTreeRoot"] = structure
    root["/MarkInfo"] = Dictionary(Marked=True)
    return True


def _title(pdf: Pdf) -> str | None:
    """The document's own title, never its author."""
    information = as_dictionary(pdf.trailer.get("/Info"))
    value = information.get("/Title") if information is not None else None
    text = str(value) if isinstance(value, pikepdf.String) else ""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return _PROGRAM_TITLES.sub("", line)[:_LONGEST_TITLE] or None


def _new_trailer(pdf: Pdf, title: str | None) -> None:
    for key in set(pdf.trailer.keys()) - {"/Root"}:
        del pdf.trailer[key]
    # The library puts the true figure here, but only where the key is there already.
    pdf.trailer["/Size"] = 1
    if title:
        pdf.trailer["/Info"] = pdf.make_indirect(Dictionary(Title=pikepdf.String(title)))


def _save(pdf: Pdf, target: Path) -> None:
    pdf.save(
        target,
        static_id=False,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        compress_streams=True,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        encryption=False,
        linearize=False,
    )
