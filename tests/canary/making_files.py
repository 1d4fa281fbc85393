"""Papers in which each part carries a token of its own: a Word file, and a PDF."""

import io
from collections.abc import Callable

import docx
import pikepdf
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from pikepdf import Array, Dictionary, Name, OutlineItem, String
from PIL import Image

from tests.canary.tokens import Tokens

SIDE = 24  # pixels of the square whose colour stands for a picture


def a_word_file(tokens: Tokens, name: str) -> bytes:
    """A Word file that the checks accept, with tokens in every part that may hold words."""

    def token(part: str) -> str:
        return tokens.make(f"{name}: {part}")

    made = docx.Document()
    made.add_heading(f"Heading {token('heading')}", level=1)
    for number in (1, 2):
        made.add_paragraph(f"Paragraph {token(f'paragraph {number}')}")
    _table(made, token)
    section = made.sections[0]
    section.header.paragraphs[0].text = token("header")
    section.footer.paragraphs[0].text = token("footer")
    _bookmark(made, token("bookmark"))
    _picture(made, tokens, name)
    about = made.core_properties
    about.title, about.author = token("metadata title"), token("metadata author")
    about.subject, about.keywords = token("metadata subject"), token("metadata keywords")
    about.comments, about.category = token("metadata comments"), token("metadata category")
    about.last_modified_by = token("metadata last author")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _table(made: Document, token: Callable[[str], str]) -> None:
    table = made.add_table(rows=2, cols=2)
    for row in (0, 1):
        for column in (0, 1):
            table.cell(row, column).text = token(f"table cell {row + 1},{column + 1}")


def _bookmark(made: Document, name: str) -> None:
    paragraph = made.add_paragraph("A place in the paper")
    begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for each in (begin, end):
        each.set(qn("w:id"), "7")
    begin.set(qn("w:name"), name)
    paragraph._p.insert(0, begin)
    paragraph._p.append(end)


def _picture(made: Document, tokens: Tokens, name: str) -> None:
    shape = made.add_picture(io.BytesIO(a_square(tokens.colour(f"{name}: picture"))))
    shape._inline.docPr.set("descr", tokens.make(f"{name}: picture's description"))
    shape._inline.docPr.set("name", tokens.make(f"{name}: picture's name"))


def a_square(colour: tuple[int, int, int]) -> bytes:
    """A square of one colour as a PNG."""
    out = io.BytesIO()
    Image.new("RGB", (SIDE, SIDE), colour).save(out, "PNG")
    return out.getvalue()


def a_pdf_file(tokens: Tokens, name: str) -> bytes:
    """A PDF that the checks accept, with tokens wherever a PDF may hold words."""

    def token(part: str) -> str:
        return tokens.make(f"{name}: {part}")

    pdf = pikepdf.new()
    font = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    )
    for number in (1, 2):
        page = pdf.add_blank_page(page_size=(595, 842))
        page.obj["/Resources"] = Dictionary(Font=Dictionary(F1=font))
        words = f"BT /F1 12 Tf 72 700 Td (Page {token(f'page {number}')}) Tj ET"
        page.obj["/Contents"] = pdf.make_stream(words.encode())
    with pdf.open_metadata() as about:
        about["dc:description"] = token("metadata description")
    pdf.docinfo["/Title"] = String(token("metadata title"))
    pdf.docinfo["/Author"] = String(token("metadata author"))
    with pdf.open_outline() as outline:
        outline.root.append(OutlineItem(token("bookmark"), 0))
    pdf.pages[0].obj["/Annots"] = Array([pdf.make_indirect(_link(token("link's words")))])
    pdf.Root["/Dests"] = pdf.make_indirect(
        Dictionary({f"/{token('named place')}": Array([pdf.pages[1].obj, Name.Fit])})
    )
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _link(words: str) -> Dictionary:
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=[72, 72, 200, 100],
        Contents=String(words),
        A=Dictionary(S=Name.URI, URI=String(f"https://example.org/{words}")),
    )
