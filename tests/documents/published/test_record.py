"""The record of decision, before the decision is taken and after."""

import dataclasses
import tempfile
from pathlib import Path

from hypothesis import given, settings

from committee.documents.published.record import (
    AFTER_THE_COMMITTEE,
    record_pdf,
    record_sections,
)
from committee.documents.published.word import record_word
from committee.documents.running_text import number_paragraphs, parse, to_plain
from tests.documents.published.matters import PROPOSED, SCHOOL, TAKEN
from tests.documents.published.reading_back import pdf_words, tags_of, title_of, word_words
from tests.documents.running_text.texts import hostile_texts


def both(text, folder) -> tuple[str, str]:
    record_pdf(text, folder / "record.pdf")
    record_word(text, folder / "record.docx")
    return pdf_words(folder / "record.pdf"), word_words(folder / "record.docx")


def test_a_proposed_record_never_says_that_it_was_taken(tmp_path):
    for words in both(PROPOSED, tmp_path):
        assert "DECISION TO BE TAKEN BY" in words
        assert "DECISION TAKEN BY" not in words
        assert "Proposed record of decision" in words
        assert AFTER_THE_COMMITTEE in words
        assert "Not signed: the decision has not been taken." in words
        assert "Last day for call-in" not in words


def test_a_record_says_who_took_it_when_and_what_follows(tmp_path):
    for words in both(TAKEN, tmp_path):
        assert "DECISION TAKEN BY" in words
        assert "TO BE TAKEN" not in words
        for said in ("18/00016", "Roger Gough", "16 May 2018", "23 May 2018", "24 May 2018"):
            assert said in words
        assert "Key decision" in words
        assert "Yes: It affects people in two or more electoral divisions." in words
        assert "2: The committee’s view was added." in words
        assert "endorsed the proposal on 8 May 2018 (minute 97)." in words


def test_the_parts_come_in_the_forms_order():
    assert [one.heading for one in record_sections(TAKEN)] == [
        "Decision",
        "Reasons for the decision",
        "Financial implications",
        "Equality implications",
        "Consultation",
        "Recommendations of the committee",
        "Alternatives considered, and why they were not chosen",
        "Interests declared and dispensations granted",
    ]


def test_an_empty_part_makes_no_statement():
    parts = {one.heading: to_plain(one.blocks) for one in record_sections(PROPOSED)}
    assert parts["Interests declared and dispensations granted"] == "Not yet written."
    bare = dataclasses.replace(TAKEN, interests=(), consultation=None, committee_view=())
    parts = {one.heading: to_plain(one.blocks) for one in record_sections(bare)}
    assert parts["Interests declared and dispensations granted"] == "Nothing was recorded."
    assert parts["Recommendations of the committee"] == "Nothing was recorded."
    assert parts["Consultation"] == "No consultation is linked to this decision."


def test_the_real_table_is_in_the_record(tmp_path):
    for words in both(SCHOOL, tmp_path):
        assert "Members of staff 12 1 1 14" in words
        assert "Total 87 6 6 99" in words


def test_the_pdf_is_tagged_and_titled(tmp_path):
    assert record_pdf(PROPOSED, tmp_path / "record.pdf") == 2
    tags = tags_of(tmp_path / "record.pdf")
    assert tags.count("H1") == 1
    assert tags.count("H2") == 9
    assert "H3" in tags
    assert {"L", "LI", "Lbl", "Table", "TH", "Link"} <= set(tags)
    assert title_of(tmp_path / "record.pdf") == (
        "Proposed record of decision 18/00016: Post-16 Transport Policy Statement"
    )


def test_equal_records_give_equal_bytes(tmp_path):
    made = []
    for name in ("one", "two"):
        record_pdf(TAKEN, tmp_path / f"{name}.pdf")
        record_word(TAKEN, tmp_path / f"{name}.docx")
        made.append([(tmp_path / f"{name}.{kind}").read_bytes() for kind in ("pdf", "docx")])
    assert made[0] == made[1]


def test_text_that_would_steer_the_page_is_only_text(tmp_path):
    hostile = '#panic("x") $ <label> @ref // \x00\u202etxt\ud800 <script>x</script>'
    text = dataclasses.replace(
        TAKEN,
        subject=hostile,
        what_changed=hostile,
        decision=parse("# " + hostile + "\n\n" + hostile),
    )
    for words in both(text, tmp_path):
        assert words.count('#panic("x")') >= 3
        assert "<script>x</script>" in words


def test_nothing_is_left_behind_beside_the_files(tmp_path):
    both(TAKEN, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["record.docx", "record.pdf"]


@given(hostile_texts)
@settings(max_examples=25, deadline=None)
def test_no_text_stops_a_record_from_being_published(text):
    blocks = parse(text) + number_paragraphs(parse(text))
    record = dataclasses.replace(TAKEN, subject=text, decision=blocks, reasons=blocks)
    with tempfile.TemporaryDirectory() as folder:
        assert record_pdf(record, Path(folder) / "record.pdf") >= 1
        record_word(record, Path(folder) / "record.docx")
