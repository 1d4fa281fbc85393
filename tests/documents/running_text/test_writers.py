"""Each writer shows the same words, and no text makes markup that is not ours."""

import docx
import nh3
from bs4 import BeautifulSoup
from hypothesis import given, settings

from committee.documents.running_text import ListBlock, Run, Table, parse, to_html, to_plain
from committee.documents.running_text.content import ListItem, is_safe_address, paragraph
from committee.documents.running_text.html import _ATTRIBUTES, _TAGS
from committee.documents.running_text.numbering import lettered, marker_in_words, roman
from committee.documents.running_text.word import to_word
from tests.documents.running_text.texts import RESOLUTION, hostile_texts

COUNTS = Table(
    tuple((Run(one),) for one in ("Respondents", "Support")),
    (((Run("Pupils"),), (Run("3"),)), ((Run("Total"),), (Run("3"),))),
    (False, True),
    caption="Responses by position",
    row_headings=True,
    has_total=True,
)


def test_html_has_the_design_systems_classes():
    html = to_html(parse("# Why\nBecause **of it**.\n\n" + RESOLUTION), heading_level=3)
    page = BeautifulSoup(html, "html5lib")
    assert page.h3["class"] == ["govuk-heading-m"]
    assert page.strong.text == "of it"
    letters = page.find("ol", type="a")
    assert "app-list--letter-bracket" in letters["class"]
    assert [one.name for one in letters.find_all("li")[1].children if one.name] == ["ol"]


def test_a_table_tells_what_its_cells_are():
    page = BeautifulSoup(to_html((COUNTS,)), "html5lib")
    assert page.caption.text == "Responses by position"
    assert [one["scope"] for one in page.find_all("th")] == ["col", "col", "row", "row"]
    total = page.find_all("td")[-1]
    assert total.text == "3"
    assert "govuk-!-font-weight-bold" in total["class"]


@given(hostile_texts)
@settings(max_examples=250, deadline=None)
def test_hostile_text_never_makes_markup_of_its_own(text):
    html = to_html(parse(text))
    page = BeautifulSoup(html, "html5lib")
    for element in page.body.find_all(True):
        assert element.name in _TAGS | {"tbody"}
        assert set(element.attrs) <= _ATTRIBUTES.get(element.name, set())
        if "href" in element.attrs:
            assert is_safe_address(element["href"])
    assert nh3.clean(str(html), tags=_TAGS, attributes=_ATTRIBUTES, link_rel=None) == html


@given(hostile_texts)
@settings(max_examples=60, deadline=None)
def test_all_writers_show_the_same_letters(letters, text):
    blocks = parse(text)
    expected = letters.of_blocks(blocks)
    assert letters.of_html(blocks) == expected
    assert letters.of_typst(blocks) == expected
    assert letters.of_word(blocks) == expected


@given(hostile_texts)
@settings(max_examples=150, deadline=None)
def test_plain_text_is_sound_and_stays_what_it_is(text):
    plain = to_plain(parse(text))
    assert "\x00" not in plain
    assert plain.encode("utf-8").decode("utf-8") == plain


def test_words_that_nobody_typed_as_marks_are_kept_as_they_are():
    blocks = (paragraph("**a** <b> # c"),)
    assert to_plain(blocks) == "**a** <b> # c"
    assert "&lt;b&gt;" in to_html(blocks)


def test_word_lists_are_lists_with_their_own_start():
    document = docx.Document()
    to_word(document, (ListBlock("a)", (ListItem((paragraph("c"),)),), start=3),))
    number = document.paragraphs[0]._p.pPr.numPr.numId.val
    numbering = document.part.numbering_part.element
    kept = numbering.num_having_numId(number).abstractNumId.val
    start, form = numbering.xpath(
        f'w:abstractNum[@w:abstractNumId="{kept}"]/w:lvl/w:start/@w:val'
        f' | w:abstractNum[@w:abstractNumId="{kept}"]/w:lvl/w:lvlText/@w:val'
    )
    assert (start, form) == ("3", "%1)")


def test_word_tables_repeat_their_header():
    document = docx.Document()
    to_word(document, (COUNTS,))
    first, *others = document.tables[0].rows
    assert first._tr.xpath("w:trPr/w:tblHeader")
    assert not any(row._tr.xpath("w:trPr/w:tblHeader") for row in others)
    assert [cell.text for cell in document.tables[0].rows[-1].cells] == ["Total", "3"]


def test_word_links_lead_where_they_say():
    document = docx.Document()
    to_word(document, parse("[the page](https://example.org/)"))
    (link,) = document.paragraphs[0].hyperlinks
    assert (link.text, link.address) == ("the page", "https://example.org/")


def test_numbers_are_written_as_people_count_lists():
    assert [lettered(n) for n in (1, 26, 27, 53)] == ["a", "z", "aa", "ba"]
    assert [roman(n) for n in (1, 4, 9, 14, 39)] == ["i", "iv", "ix", "xiv", "xxxix"]
    assert marker_in_words("(i)", 2) == "(ii)"
    assert marker_in_words("i)", 40) == "40)"
    assert marker_in_words("a)", 3) == "c)"
    assert marker_in_words("1.", 12) == "12."
