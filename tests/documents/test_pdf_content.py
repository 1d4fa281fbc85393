"""Page content is closed at its end, whatever it left open."""

import pikepdf
import pytest

from committee.documents.pdf_content import mend
from tests.documents.making_pdf import new

PAIRS = {"q": "Q", "BT": "ET", "BMC": "EMC", "BDC": "EMC"}


def open_at_the_end(page) -> dict[str, int]:
    """What a strict reader finds open at the end; fails where something closes nothing."""
    depth = dict.fromkeys(("Q", "ET", "EMC"), 0)
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in PAIRS:
            depth[PAIRS[operator]] += 1
        elif operator in depth:
            depth[operator] -= 1
            assert depth[operator] >= 0
    return {operator: count for operator, count in depth.items() if count}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"q 1 0 0 1 5 5 cm",
        b"q q q Q",
        b"Q Q q",
        b"q Q Q 1 0 0 1 5 5 cm q",
        b"BT (no end) Tj",
        b"BT ET ET",
        b"/P <</MCID 0>> BDC q",
        b"/Artifact BMC EMC EMC",
        b"BT (a string with q Q in it \\) q) Tj ET",
        b"BT (nested (parentheses q) Q) Tj ET q",
        b"BT (never closed q Q",
        b"% a remark q q q\nq",
        b"<71> Tj /q gs /Q Do",
        b"BI /W 1 /H 1 /BPC 8 /CS /G ID q EI Q q",
        b"[(q)-20(Q)] TJ q[(q)]TJ",
        b"q\x00Q\x00q",
    ],
)
def test_nothing_is_open_at_the_end(content):
    pdf = new(content=content)
    assert mend(pdf, pdf.pages[0].obj)
    assert open_at_the_end(pdf.pages[0]) == {}


def test_sound_content_is_left_alone():
    content = b"q BT /F1 9 Tf (q \\( Q) Tj ET Q\n/P <</MCID 1>> BDC EMC"
    pdf = new(content=content)
    before = pdf.pages[0].obj["/Contents"].objgen
    mend(pdf, pdf.pages[0].obj)
    assert pdf.pages[0].obj["/Contents"].objgen == before


def test_an_excess_restore_is_dropped_and_not_given_a_meaning():
    pdf = new(content=b"1 0 0 1 50 50 cm Q 0 0 5 5 re f")
    mend(pdf, pdf.pages[0].obj)
    content = pdf.pages[0].obj["/Contents"].read_bytes()
    assert b"Q" not in content
    assert b"re" in content


def test_streams_that_open_and_close_across_each_other_are_kept():
    pdf = new()
    page = pdf.pages[0].obj
    page["/Contents"] = pikepdf.Array([pdf.make_stream(b"q"), pdf.make_stream(b"Q q")])
    mend(pdf, page)
    assert len(page["/Contents"]) == 3
    assert open_at_the_end(pdf.pages[0]) == {}


def test_many_open_parentheses_take_no_longer_than_their_length():
    pdf = new(content=b"(" * 400_000)
    mend(pdf, pdf.pages[0].obj)
    assert open_at_the_end(pdf.pages[0]) == {}
