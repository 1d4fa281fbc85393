"""Checks a PDF and writes it anew. Runs inside the sandbox."""

from pathlib import Path

import pikepdf

from committee.documents.findings import Unusable


def read(source: Path, folder: Path) -> dict[str, object]:
    """Check the PDF; leave `prepared.pdf` in the folder."""
    try:
        with pikepdf.open(source, suppress_warnings=True) as pdf:
            pages = len(pdf.pages)
            if pages == 0:
                raise Unusable("no_pages")
            tagged = "/StructTreeRoot" in pdf.Root
            for key in ("/OpenAction", "/AA", "/Names", "/AcroForm", "/Metadata"):
                if key in pdf.Root:
                    del pdf.Root[key]
            title = str(pdf.docinfo.get("/Title", "")) or None
            del pdf.docinfo
            pdf.save(folder / "prepared.pdf", deterministic_id=True)
    except pikepdf.PasswordError as problem:
        raise Unusable("encrypted") from problem
    except pikepdf.PdfError as problem:
        raise Unusable("damaged") from problem
    return {"pages": pages, "tagged": tagged, "notices": [], "title": title}
