"""Cover and agenda."""

import dataclasses
import datetime
import io

import pypdfium2
import pytest
from pikepdf import Pdf

from committee.documents.pack.build import build_pack
from committee.documents.pack.front_matter import front_matter, in_words
from committee.documents.pack.layout import lay_out
from committee.documents.pack.plan import GroupLine, MemberLine, Notice, PackItem, PackPaper
from committee.web.filters import time_in_words


def pages_of(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def set_in_type(plan) -> tuple[list[str], tuple[str, ...]]:
    relative = lay_out(0, [[paper.pages for paper in item.papers] for item in plan.items])
    made = front_matter(plan, relative)
    with Pdf.open(io.BytesIO(made.pdf)) as pdf:
        assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf.Root.Metadata.read_bytes()
        assert pdf.Root.MarkInfo.Marked is True
    return pages_of(made.pdf), made.warnings


def item(number: int, pages: int = 0, **more) -> PackItem:
    papers = (PackPaper("Report", "main", None, pages),) if pages else ()
    return PackItem(str(number), more.pop("title", f"Subject {number}"), papers=papers, **more)


def test_the_cover_says_what_when_and_where(plan_of):
    pages, _ = set_in_type(plan_of())
    for words in (
        "Wexbury Council",
        "Parks and Libraries Committee",
        "Thursday, 5 March 2026",
        "6.30 pm",
        "Council Chamber, Market Hall",
    ):
        assert words in pages[0]
    assert "RESTRICTED" not in " ".join(pages)


def test_a_restricted_pack_says_so_on_its_cover(plan_of):
    pages, _ = set_in_type(plan_of(audience="restricted"))
    assert "RESTRICTED – contains exempt information, not for publication" in pages[0]


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (10, 0, "10.00 am"),
        (0, 5, "12.05 am"),
        (12, 0, "noon"),
        (12, 1, "12.01 pm"),
        (0, 0, "midnight"),
        (19, 30, "7.30 pm"),
    ],
)
def test_times_are_in_the_councils_words(plan_of, hour, minute, words):
    at = datetime.time(hour, minute)
    plan = plan_of(time=at, date=datetime.date(2018, 5, 8))
    assert time_in_words(at) == words, "the pages say it as the pack does"
    assert in_words(plan) == ("Tuesday, 8 May 2018", words)


def test_members_are_counted_and_listed_by_group(plan_of):
    groups = (
        GroupLine("Green", (MemberLine("Cllr B Ash", "Vice-Chairman"), MemberLine("Cllr C Elm"))),
        GroupLine("Co-opted", (MemberLine("Ms D Fir", "non-voting"),)),
    )
    text = " ".join(set_in_type(plan_of(groups=groups, vacancies=1))[0])
    assert "Membership (3 and 1 vacancy)" in text
    assert "Green (2) Cllr B Ash (Vice-Chairman) and Cllr C Elm" in text
    assert "Co-opted (1) Ms D Fir (non-voting)" in text
    assert "Ask for Olu Marsh Telephone: 01632 960101 Email: clerk@wexbury.example" in text


def test_lines_show_decision_number_description_and_page_range(plan_of):
    plan = plan_of(
        item(1),
        item(2, 4, title="Park gates", decision_number="26/00012", description="To decide."),
        item(3, 1),
        item(4, 6, exempt=True, exempt_reason="Paragraph 3 of Schedule 12A."),
    )
    text = " ".join(set_in_type(plan)[0])
    assert "2 26/00012 - Park gates (Pages 5 - 8) To decide." in text
    assert "3 Subject 3 (Page 9)" in text
    assert "4 Subject 4 (Pages 11 - 16) Paragraph 3 of Schedule 12A." in text
    assert text.index("Open items") < text.index("Subject 3") < text.index("Exempt items")
    assert text.index("Exempt items") < text.index("Subject 4")


def test_an_empty_agenda_still_makes_a_pack(plan_of, tmp_path):
    text = " ".join(set_in_type(plan_of(groups=(), contact=None))[0])
    assert "There are no open items on this agenda." in text
    assert "None had been put forward" in text
    assert build_pack(plan_of(groups=(), contact=None), tmp_path / "pack.pdf").pages == 4


def test_page_ranges_follow_front_matter_of_any_length(plan_of, tmp_path):
    long = "A very long subject that goes on about parks, libraries and the gates of both " * 4
    plan = plan_of(
        *(item(number, 2, title=long, description=long) for number in range(1, 61)),
        groups=(GroupLine("All", tuple(MemberLine(f"Cllr Number {n}") for n in range(100))),),
        notices=(Notice("Filming", "This meeting is filmed.\nAsk the clerk."),),
    )
    pages, _ = set_in_type(plan)
    front = len(pages) + len(pages) % 2
    text = " ".join(pages)
    for number in range(60):
        assert f"(Pages {front + 2 * number + 1} - {front + 2 * number + 2})" in text
    assert "Membership (100)" in text
    placeholders = build_pack(
        dataclasses.replace(plan, items=plan.items[:3]), tmp_path / "pack.pdf"
    )
    assert placeholders.front_pages % 2 == 0


@pytest.mark.parametrize(
    "title",
    [
        "דוח הספרייה",
        "تقرير المكتبات",
        "Llyfrgell Llŷn a’r Ŵyl",
        "ਪਾਰਕ রিপোর্ট उद्यान ગ્રંથાલય பூங்கா",
        "Ελληνικά и кириллица",
        "e\u0301clairs ‘quoted’ – dashes — €5 ½ ☂ ✓",
    ],
)
def test_titles_in_the_languages_of_our_towns_need_no_replacement(plan_of, title):
    _, warnings = set_in_type(plan_of(item(1, 2, title=title)))
    assert warnings == ()


def test_what_no_font_can_print_is_replaced_and_named(plan_of):
    pages, warnings = set_in_type(plan_of(item(1, 2, title="Libraries \U0001f9a9 公园")))
    assert "Libraries □ □□" in " ".join(pages)
    assert len(warnings) == 3
    assert "Flamingo" in warnings[0]


def test_text_that_would_steer_the_page_is_only_text(plan_of):
    hostile = '#panic("x") $ * _ ` <label> @ref \\ // /* #include "x"'
    pages, warnings = set_in_type(
        plan_of(item(1, 2, title=hostile + "\x00\x07\u202etxt\ud800\n", description=hostile))
    )
    assert '#panic("x")' in " ".join(pages)
    assert warnings == ()
