"""The figures of a consultation, their totals and their bases."""

import dataclasses

import pytest
from bs4 import BeautifulSoup

from committee.documents.published.consultation import (
    COMMENTS_NOT_PEOPLE,
    ConsultationFigures,
    PositionRow,
    PositionTable,
    consultation_pdf,
    figures_blocks,
    figures_sentence,
    position_table,
    share,
)
from committee.documents.published.word import consultation_word
from committee.documents.running_text import to_html, to_plain
from tests.documents.published.matters import SCHOOL_BASE, SUMMARY, TRANSPORT, TRANSPORT_SUMMARY
from tests.documents.published.reading_back import pdf_words, tags_of, word_words

SCHOOL_TABLE = """\
Respondents	Support	Against	Undecided	Total
Parents/carers	67	4	5	76
Parent and Governor	1	0	0	1
Parent and Staff Member	1	0	0	1
Pupils	3	0	0	3
Governors	1	0	0	1
Members of staff	12	1	1	14
Local Resident	1	0	0	1
Other Interested parties	1	1	0	2
Total	87	6	6	99"""


def test_the_real_table_comes_out_exactly_in_every_format(tmp_path):
    table = position_table(SCHOOL_BASE.positions)
    assert to_plain((table,)).partition("\n")[2] == SCHOOL_TABLE
    page = BeautifulSoup(to_html((table,)), "html5lib")
    rows = [[cell.text for cell in row.find_all(["th", "td"])] for row in page.find_all("tr")]
    assert rows == [line.split("\t") for line in SCHOOL_TABLE.splitlines()]
    consultation_pdf(SUMMARY, tmp_path / "summary.pdf")
    consultation_word(SUMMARY, tmp_path / "summary.docx")
    in_a_line = " ".join(SCHOOL_TABLE.split())
    assert in_a_line in pdf_words(tmp_path / "summary.pdf")
    assert in_a_line in word_words(tmp_path / "summary.docx")


def test_the_sentence_gives_responses_and_positions():
    assert figures_sentence(SCHOOL_BASE) == (
        "99 responses were received: 87 support, 6 against and 6 undecided."
    )
    assert figures_sentence(TRANSPORT) == (
        "91 responses were received between 26 February 2018 and 8 April 2018."
    )
    assert figures_sentence(ConsultationFigures("", "", 1)) == "1 response was received."
    assert figures_sentence(ConsultationFigures("", "", 0)) == "No responses were received."


def test_shares_say_what_they_are_shares_of():
    said = to_plain(figures_blocks(TRANSPORT))
    assert "Agree\t59\t67%\nDisagree\t3\t3%\nDon’t know\t26\t30%\nTotal who answered\t88" in said
    assert "Answered in 88 of 91 responses. Shares are of those 88" in said


def test_respondents_alone_are_counted_without_positions():
    said = to_plain(figures_blocks(TRANSPORT))
    assert "Respondents\tResponses\nParents or carers\t70\n" in said
    assert "Total\t91" in said


def test_under_every_table_of_themes_it_says_that_comments_are_not_people():
    said = to_plain(figures_blocks(SCHOOL_BASE))
    assert said.count(COMMENTS_NOT_PEOPLE) == len(SCHOOL_BASE.themes) == 3
    assert "22 comments on 3 themes; 87 people took this position." in said


@pytest.mark.parametrize(
    ("count", "base", "words"),
    [
        (59, 88, "67%"),
        (3, 88, "3%"),
        (26, 88, "30%"),
        (1, 8, "13%"),
        (1, 300, "under 1%"),
        (0, 300, "0%"),
        (5, 5, "100%"),
        (0, 0, "–"),
    ],
)
def test_shares_are_rounded_and_never_invented(count, base, words):
    assert share(count, base) == words


def test_a_question_that_nobody_answered_has_no_shares():
    (question,) = TRANSPORT.questions
    nobody = dataclasses.replace(
        question, answers=tuple(dataclasses.replace(one, count=0) for one in question.answers)
    )
    said = to_plain(figures_blocks(dataclasses.replace(TRANSPORT, questions=(nobody,))))
    assert "Agree\t0\t–" in said
    assert "Nobody answered this question." in said


def test_a_consultation_without_answers_still_has_a_summary(tmp_path):
    empty = ConsultationFigures("", "", 0, PositionTable(("Support", "Against"), ()))
    text = dataclasses.replace(SUMMARY, figures=empty, introduction=(), closing=())
    assert consultation_pdf(text, tmp_path / "empty.pdf") == 1
    assert "No responses were received." in pdf_words(tmp_path / "empty.pdf")


def test_the_pdf_is_tagged(tmp_path):
    assert consultation_pdf(TRANSPORT_SUMMARY, tmp_path / "summary.pdf") == 1
    tags = tags_of(tmp_path / "summary.pdf")
    assert tags.count("H1") == 1
    assert {"H2", "L", "LI", "Table", "TH", "TD", "P"} <= set(tags)
    assert tags.count("Table") == 2


def test_numbers_add_up_whatever_they_are():
    table = PositionTable(("Yes", "No"), (PositionRow("A", (1000, 2)), PositionRow("B", (3, 4))))
    assert table.totals == (1003, 6)
    assert to_plain((position_table(table),)).endswith("Total\t1,003\t6\t1,009")
