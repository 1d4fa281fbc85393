"""The words on each page, as the search index takes them."""

from pathlib import Path

import pytest

from committee.documents.page_text import pages_text
from committee.documents.page_text_reader import tidied
from committee.documents.published.record import record_pdf
from committee.documents.refusals import Refused
from tests.documents.making_pdf import new, saved
from tests.documents.published.matters import SCHOOL


def test_each_page_has_its_own_words(tmp_path: Path):
    path = tmp_path / "record.pdf"
    pages = record_pdf(SCHOOL, path)
    found = pages_text(path)
    assert len(found) == pages == 2
    assert "DECISION TO BE TAKEN BY" in found[0]
    assert "To be added after the committee meets." in found[1]
    assert "To be added" not in found[0]
    assert "Members of staff 12 1 1 14" in " ".join(found[0].split())


def test_a_page_without_words_is_an_empty_text(tmp_path: Path):
    pdf = new(3)
    pdf.pages[1].obj["/Contents"] = pdf.make_stream(b"")
    path = tmp_path / "paper.pdf"
    path.write_bytes(saved(pdf))
    assert pages_text(path) == ["Words of the paper", "", "Words of the paper"]


def test_a_page_with_endless_words_is_cut(tmp_path: Path):
    drawn = b"BT /F1 1 Tf 72 700 Td " + b"(words words words words ) Tj " * 6_000 + b"ET"
    path = tmp_path / "long.pdf"
    path.write_bytes(saved(new(1, drawn)))
    (found,) = pages_text(path)
    assert 50_000 < len(found) <= 60_000


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n%%EOF", b"not a PDF", b"%PDF-1.7\n" * 900])
def test_what_is_no_pdf_is_refused(tmp_path: Path, content: bytes):
    path = tmp_path / "no.pdf"
    path.write_bytes(content)
    with pytest.raises(Refused) as told:
        pages_text(path)
    assert told.value.code == "damaged"


def test_too_many_pages_are_refused(tmp_path: Path):
    path = tmp_path / "book.pdf"
    path.write_bytes(saved(new(2_001)))
    with pytest.raises(Refused, match="2001 pages"):
        pages_text(path)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ("a  b\t c\r\n\r\n d \r\n", "a b c\nd"),
        ("trans\ufffe\r\nport", "transport"),
        ("trans\x02port, well-\r\nknown", "transport, well-\nknown"),
        ("o\ufb03ce \ufb01le", "office file"),
        ("a\x00b\ud800c", "a b c"),
        ("½ £9k – ’", "½ £9k – ’"),
    ],
)
def test_text_is_tidied_for_searching(found: str, words: str):
    assert tidied(found) == words
