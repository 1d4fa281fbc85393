"""What a file is, by its bytes and its name together."""

import pytest

from committee.documents import file_kind
from committee.documents.refusals import Refused
from tests.documents import making_pdf, making_word

PDF = making_pdf.saved(making_pdf.new())
WORD = making_word.word()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ODT = making_word.zipped({"mimetype": "application/vnd.oasis.opendocument.text"}, 0)
SHEET = making_word.zipped({"[Content_Types].xml": making_word.content_types("sheet")})

WRONG = {
    "empty": (b"", "paper.pdf", "empty"),
    "empty Word": (b"", "paper.docx", "empty"),
    "old Word": (OLE, "paper.doc", "old_word"),
    "Word with a password": (OLE, "paper.docx", "encrypted"),
    "macro document": (WORD, "paper.docm", "macro_document"),
    "OpenDocument": (ODT, "paper.odt", "open_document"),
    "OpenDocument named Word": (ODT, "paper.docx", "open_document"),
    "flat OpenDocument named Word": (
        b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument">',
        "paper.docx",
        "open_document",
    ),
    "rich text": (b"{\\rtf1 hello}", "paper.rtf", "rich_text"),
    "rich text named Word": (b"{\\rtf1 hello}", "paper.docx", "rich_text"),
    "web page named Word": (b"<html><body>hello</body></html>", "paper.docx", "web_page"),
    "web page named PDF": (b"\n <!DOCTYPE html><title>x</title>", "paper.pdf", "web_page"),
    "web page with a mark": (b"\xef\xbb\xbf<HTML>", "paper.docx", "web_page"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(50), "plan.png", "image"),
    "picture named PDF": (b"\xff\xd8\xff\xe0" + bytes(50), "plan.pdf", "image"),
    "picture with a PDF in it": (b"GIF89a" + PDF, "plan.pdf", "two_kinds"),
    "PDF named Word": (PDF, "paper.docx", "wrong_extension"),
    "Word named PDF": (WORD, "paper.pdf", "wrong_extension"),
    "PDF without an ending": (PDF, "paper", "wrong_extension"),
    "program after the name": (PDF, "paper.pdf.exe", "wrong_extension"),
    "bytes before the PDF": (b"#!/bin/sh\nexit\n" + PDF, "paper.pdf", "two_kinds"),
    "bytes before the zip": (b"MZ junk" + WORD, "paper.docx", "two_kinds"),
    "zip behind the PDF": (PDF + WORD, "paper.pdf", "two_kinds"),
    "small zip behind the PDF": (PDF + making_word.zipped({"a": "b"}), "paper.pdf", "two_kinds"),
    "another file behind the PDF": (PDF + b"x" * 5_000, "paper.pdf", "two_kinds"),
    "web page inside the head": (b"%PDF-1.4\n<html>" + PDF, "paper.pdf", "two_kinds"),
    "PDF cut short": (PDF[: len(PDF) - 40], "paper.pdf", "truncated"),
    "half a PDF": (PDF[: len(PDF) // 2], "paper.pdf", "truncated"),
    "half a Word document": (WORD[: len(WORD) // 2], "paper.docx", "truncated"),
    "text": (b"just words", "notes.txt", "type_not_accepted"),
    "text named PDF": (b"just words", "notes.pdf", "not_pdf"),
    "text named Word": (b"just words", "notes.docx", "not_word"),
    "spreadsheet": (SHEET, "figures.xlsx", "wrong_extension"),
    "archive": (making_word.zipped({"a.txt": "b"}), "papers.zip", "type_not_accepted"),
}


@pytest.mark.parametrize(("content", "name", "code"), WRONG.values(), ids=WRONG.keys())
def test_a_file_that_is_not_what_it_should_be_is_refused(tmp_path, content, name, code):
    source = making_word.save(tmp_path, content, "upload")
    with pytest.raises(Refused) as refused:
        file_kind.identify(source, name)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "name",
    ["paper.pdf", "PAPER.PDF", " paper.pdf ", "../../etc/passwd.pdf", "a\x00b.pdf",
     "x" * 400 + ".pdf", "CON.pdf", "p\u202efdp.pdf", "раper.pdf", "Cabinet – “late” paper.pdf"],
)  # fmt: skip
def test_an_odd_name_is_only_data(upload, name):
    prepared = upload(PDF, name)
    assert prepared.pages == 1
    assert prepared.path.parent.name == "prepared"


def test_a_web_page_named_word_is_told_how_to_be_saved(tmp_path):
    source = making_word.save(tmp_path, b"<html>", "upload")
    with pytest.raises(Refused) as refused:
        file_kind.identify(source, "paper.docx")
    assert refused.value.reason == "This is a web page saved with a Word name."
    assert refused.value.remedy == "Open it in Word and save it as a Word document (.docx)."


def test_a_file_over_the_limit_is_refused_without_being_read(tmp_path):
    source = tmp_path / "large.pdf"
    with source.open("wb") as file:
        file.truncate(101 * 1024 * 1024)
    with pytest.raises(Refused) as refused:
        file_kind.identify(source, "large.pdf")
    assert refused.value.code == "too_large"
    assert "101 MB" in refused.value.reason


def test_a_zip_record_inside_a_pdf_is_no_second_file(tmp_path):
    content = PDF.replace(b"%PDF-1.3\n", b"%PDF-1.3\n%PK\x05\x06 is only a remark\n")
    source = making_word.save(tmp_path, content, "upload")
    assert file_kind.identify(source, "paper.pdf") == "pdf"
