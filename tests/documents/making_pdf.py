"""Small PDFs made object by object, so that a test can put one wrong thing in them."""

import io
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert('canary')"))


def new(
    pages: int = 1, content: bytes = b"BT /F1 12 Tf 72 700 Td (Words of the paper) Tj ET"
) -> Pdf:
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    )
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(595, 842))
        page.obj["/Resources"] = Dictionary(Font=Dictionary(F1=font))
        page.obj["/Contents"] = pdf.make_stream(content)
    return pdf


def saved(pdf: Pdf, **options: object) -> bytes:
    target = io.BytesIO()
    pdf.save(target, static_id=True, **options)
    return target.getvalue()


def made(change: Callable[[Pdf], None], pages: int = 1) -> bytes:
    """A PDF after that change to it."""
    pdf = new(pages)
    change(pdf)
    return saved(pdf)


def annotate(pdf: Pdf, subtype: str, number: int = 0, **entries: object) -> Dictionary:
    """Put an annotation on the page (counted from 0)."""
    note = pdf.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name("/" + subtype), Rect=[72, 72, 200, 100], **entries)
    )
    page = pdf.pages[number].obj
    if "/Annots" not in page:
        page["/Annots"] = Array([])
    page["/Annots"].append(note)
    return note


def raw(*objects: str, root: int = 1, end: str = "%%EOF") -> bytes:
    """A PDF written out by hand; objects are numbered from 1."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for place in places:
        out += f"{place:010d} 00000 n \n".encode()
    out += f"trailer\n<</Size {len(objects) + 1}/Root {root} 0 R>>\n".encode()
    out += f"startxref\n{start}\n{end}\n".encode()
    return bytes(out)


def page(**entries: str) -> str:
    shown = {"MediaBox": "[0 0 595 842]", "Parent": "2 0 R", **entries}
    return "<</Type/Page" + "".join(f"/{key} {value}" for key, value in shown.items()) + ">>"
