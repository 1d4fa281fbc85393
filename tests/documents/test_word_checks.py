"""Word documents that are refused, and those that must not be."""

import zipfile

import pytest

from committee.documents.reading import read
from committee.documents.refusals import Refused
from tests.documents.hostile_word import CHANGE, REFUSED
from tests.documents.making_word import (
    field,
    paragraph,
    parts,
    relationships,
    run,
    save,
    with_part,
    with_relationship,
    word,
    word_part,
    zipped,
)


def check(folder, content: bytes) -> dict:
    into = folder / "into"
    into.mkdir()
    return read("word", save(folder, content, "upload.docx"), into)


@pytest.mark.parametrize(("content", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_a_word_document_is_refused(tmp_path, content, code):
    with pytest.raises(Refused) as refused:
        check(tmp_path, content)
    assert refused.value.code == code
    assert refused.value.reason.endswith(".")
    assert refused.value.remedy.endswith(".")


def test_three_tracked_changes_are_counted_and_placed(tmp_path):
    insertion = f"<w:ins {CHANGE}>{run('new')}</w:ins>"
    deletion = f"<w:del {CHANGE}><w:r><w:delText>old</w:delText></w:r></w:del>"
    body = paragraph(run("Cost of the scheme ") + insertion + run(" and ") + insertion)
    with pytest.raises(Refused) as refused:
        check(
            tmp_path, word(paragraph(run("Summary")) + body + paragraph(run("Later ") + deletion))
        )
    assert refused.value.reason == (
        "There are 3 tracked changes left in the Word document; "
        "the first is near “Cost of the scheme new and new”."
    )
    assert refused.value.remedy.startswith("Accept or reject the 3 tracked changes")


def test_one_insertion_over_many_runs_is_one_change(tmp_path):
    insertion = f"<w:ins {CHANGE}>{run('a')}</w:ins>" * 4
    with pytest.raises(Refused) as refused:
        check(tmp_path, word(paragraph(run("Before ") + insertion)))
    assert "is 1 tracked change left" in refused.value.reason


def test_a_linked_picture_is_named(tmp_path):
    with pytest.raises(Refused) as refused:
        check(tmp_path, with_relationship("image", "http://example.org/logo.png"))
    assert "http://example.org/logo.png" in refused.value.reason


ACCEPTED = {
    "plain": word(),
    "web link": with_relationship("hyperlink", "https://www.gov.uk/"),
    "mail link": with_relationship("hyperlink", "mailto:clerk@example.org"),
    "link inside": with_relationship("hyperlink", "#_Toc1"),
    "page number field": word(paragraph(field(" PAGE "))),
    "contents": word(paragraph(field(' TOC \\o "1-3" \\h '))),
    "link field inside": word(paragraph(field(' HYPERLINK \\l "_Toc1" '))),
    "empty comments": with_part("word/comments.xml", word_part("comments", "")),
    "small tight part": word(paragraph(run("A" * 300_000))),
    "the word insert as text": word(paragraph(run("DDE was the Department &amp; INCLUDETEXT"))),
}


@pytest.mark.parametrize("content", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_an_honest_document_is_taken_without_a_notice(tmp_path, content):
    assert check(tmp_path, content)["notices"] == []
    with zipfile.ZipFile(tmp_path / "into" / "checked.docx") as written:
        assert written.testzip() is None


def test_hidden_text_is_noticed(tmp_path):
    hidden = run("the name of the child", "<w:vanish/>")
    found = check(tmp_path, word(paragraph(run("Shown ") + hidden)))
    assert "the name of the child" in found["notices"][0]


def test_text_hidden_by_its_style_is_noticed(tmp_path):
    style = '<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = paragraph(run("quietly", '<w:rStyle w:val="Secret"/>'))
    files = {**parts(body), "word/styles.xml": word_part("styles", style)}
    assert "quietly" in check(tmp_path, zipped(files))["notices"][0]


def test_text_that_is_expressly_shown_is_not_hidden(tmp_path):
    shown = run("shown", '<w:vanish w:val="0"/>')
    assert check(tmp_path, word(paragraph(shown)))["notices"] == []


def test_the_councils_own_template_is_left_out_with_a_notice(tmp_path):
    found = check(tmp_path, with_relationship("attachedTemplate", "file:///C:\\T\\Report.dotx"))
    assert "Report.dotx" in found["notices"][0]


def test_the_workbook_behind_a_chart_is_left_out(tmp_path):
    files = {
        **parts(),
        "word/charts/chart1.xml": "<c/>",
        "word/charts/_rels/chart1.xml.rels": relationships(("package", "../embeddings/a.xlsx", "")),
        "word/embeddings/a.xlsx": zipped({"xl/workbook.xml": "<figures-of-persons/>"}),
    }
    found = check(tmp_path, zipped(files))
    assert found["notices"] == ["1 workbook behind the charts was left out."]
    with zipfile.ZipFile(tmp_path / "into" / "checked.docx") as written:
        assert "word/embeddings/a.xlsx" not in written.namelist()
