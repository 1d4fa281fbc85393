"""Minutes: who was there, what was resolved, in the same words as PDF, Word and page."""

import dataclasses
import zipfile

import docx
import pytest

from committee.documents.published.making import Signature
from committee.documents.published.minutes import (
    Attendance,
    Entry,
    MinutesText,
    entry_blocks,
    minutes_parts,
    minutes_pdf,
)
from committee.documents.published.word import minutes_word
from committee.documents.running_text import parse, to_plain
from tests.documents.published.matters import MINUTES
from tests.documents.published.reading_back import pdf_words, tags_of, title_of, word_words

SAID = (
    "Draft minutes",
    "Tuesday 8 May 2018, 10.00 am, Darent Room, Sessions House",
    "Mr G Cooke (Chairman), Mrs A D Allen, MBE (Vice-Chairman), "
    "Ms S Hamilton (Substitute for Mr R C Love) and Dr L Sullivan",
    "Matt Dunkley (Corporate Director) and Emma West (Democratic Services Officer)",
    "Mr R C Love and Mr Q Roper",
    "Unrestricted items Meeting open to the press and public",
    "95. Minutes of the meeting held on 8 March 2018 (Item 4)",
    "96. 18/00016 - Post-16 Transport Policy Statement (Item 8)",
    "(This item was taken before item 7.)",
    "be endorsed. Votes: for 9, against 2, abstained 1",
    "Dr Sullivan asked that her vote against be noted.",
    "Keith Abbott 28 June 2018",
    "Exempt items Open access to minutes 97. Risk management (Item 14)",
    "Signed by the person presiding",
)


@pytest.fixture
def written(tmp_path):
    minutes_pdf(MINUTES, tmp_path / "minutes.pdf")
    minutes_word(MINUTES, tmp_path / "minutes.docx")
    return tmp_path


@pytest.mark.parametrize("said", SAID)
def test_both_files_say_it(written, said):
    assert said in pdf_words(written / "minutes.pdf")
    assert said in word_words(written / "minutes.docx")


def test_paragraphs_are_numbered_and_a_single_one_is_not():
    single, several, _ = (to_plain(entry_blocks(entry)) for entry in MINUTES.entries)
    assert single == "RESOLVED that the minutes be signed as a true record."
    assert "(1) Mr Gough introduced the report" in several
    assert "(3) RESOLVED that the decision proposed" in several
    assert "    b) delegate what follows to:\n       (i) the Director; or" in several
    assert "\n    be endorsed." in several


def test_resolved_stands_out_however_it_is_written():
    for word in ("RESOLVED", "Resolved"):
        (made,) = entry_blocks(Entry("1", "A", resolution=parse(f"{word} that it be so.")))
        assert [(run.text, run.strong) for run in made.runs] == [
            (word, True),
            (" that it be so.", False),
        ]


def test_open_and_exempt_parts_keep_the_order_taken():
    first, second, third = MINUTES.entries
    text = dataclasses.replace(MINUTES, entries=(first, third, second))
    assert [part.heading for part in minutes_parts(text)] == [
        "Unrestricted items",
        "Exempt items",
        "Unrestricted items",
    ]


def test_the_pdf_is_tagged_and_titled(written):
    tags = tags_of(written / "minutes.pdf")
    assert (tags.count("H1"), tags.count("H2"), tags.count("H3")) == (1, 7, 3)
    assert {"L", "LI", "Lbl", "LBody", "Table", "TH"} <= set(tags)
    assert title_of(written / "minutes.pdf") == (
        "Minutes: Children’s, Young People and Education Cabinet Committee, Tuesday 8 May 2018"
    )


def test_the_word_file_has_real_headings_and_properties(written):
    document = docx.Document(written / "minutes.docx")
    levels = [
        (one.style.name, one.text)
        for one in document.paragraphs
        if one.style.name.startswith("Heading")
    ]
    assert levels[0] == ("Heading 1", MINUTES.committee)
    assert ("Heading 3", "97. Risk management (Item 14)") in levels
    about = document.core_properties
    assert (about.author, about.language) == ("Kent County Council", "en-GB")
    assert about.title.startswith("Minutes: Children’s")
    with zipfile.ZipFile(written / "minutes.docx") as parts:
        assert b'w:val="en-GB"' in parts.read("word/styles.xml")
        assert b"en-US" not in parts.read("word/styles.xml").replace(b'w:eastAsia="en-US"', b"")
        footer = parts.read("word/footer1.xml")
    assert b'w:instr="PAGE"' in footer
    assert b'w:instr="NUMPAGES"' in footer


def test_equal_minutes_give_equal_bytes(written):
    minutes_pdf(MINUTES, written / "again.pdf")
    minutes_word(MINUTES, written / "again.docx")
    for kind in ("pdf", "docx"):
        made = (written / f"again.{kind}").read_bytes()
        assert made == (written / f"minutes.{kind}").read_bytes()
    with zipfile.ZipFile(written / "again.docx") as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_approved_minutes_say_who_signed_them(tmp_path):
    signed = dataclasses.replace(
        MINUTES,
        status="Minutes approved on 28 June 2018",
        signature=Signature("Mr G Cooke", "Chairman", "28 June 2018"),
    )
    minutes_pdf(signed, tmp_path / "minutes.pdf")
    minutes_word(signed, tmp_path / "minutes.docx")
    for words in (pdf_words(tmp_path / "minutes.pdf"), word_words(tmp_path / "minutes.docx")):
        assert "Minutes approved on 28 June 2018" in words
        assert "Signed by the person presiding" not in words
        assert words.rindex("Signed by") < words.rindex("Mr G Cooke")


def test_minutes_of_nothing_can_be_written(tmp_path):
    bare = MinutesText("A council", "Committee", "8 May 2018", "", "", "Draft minutes", (), ())
    assert minutes_pdf(bare, tmp_path / "bare.pdf") == 1
    minutes_word(bare, tmp_path / "bare.docx")
    assert "Draft minutes" in word_words(tmp_path / "bare.docx")


def test_a_capacity_and_a_substitution_stand_together():
    both = Attendance("Ms A", "Vice-Chairman", "Mr B")
    assert both.in_words == "Ms A (Vice-Chairman, Substitute for Mr B)"
