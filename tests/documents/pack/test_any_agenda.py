"""Any agenda at all: page numbers, bookmarks and links hold, and nothing exempt gets out."""

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Pdf

from committee.documents.pack.build import build_pack
from tests.documents.pack.leaks import words_in
from tests.documents.pack.pdf_reading import check_tags, inner_links, outline_of

SLOW_SET_UP = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
OPEN_WORD, EXEMPT_WORD = "Bluebell", "Wolfsbane"


@st.composite
def agendas(draw):
    """For each item: whether it is exempt, and the kinds of its papers."""
    papers = st.lists(st.sampled_from(["untagged1", "untagged2", "tagged", "missing"]), max_size=3)
    return draw(st.lists(st.tuples(st.booleans(), papers), max_size=7))


@SLOW_SET_UP
@given(agenda=agendas())
def test_any_agenda(agenda, tmp_path, untagged_paper, tagged_paper, plan_of, item_of):
    makers = {
        "untagged1": lambda word: untagged_paper(word, 1),
        "untagged2": lambda word: untagged_paper(word, 2),
        "tagged": lambda word: tagged_paper(word, 3),
        "missing": lambda _word: None,
    }
    items, public_items = [], []
    for row, (exempt, kinds) in enumerate(agenda, start=1):
        word = EXEMPT_WORD if exempt else OPEN_WORD
        papers = [makers[kind](word) for kind in kinds]
        whole = item_of(str(row), *papers, exempt=exempt)
        items.append(whole)
        public_items.append(item_of(str(row), exempt=True) if exempt else whole)
    restricted = build_pack(plan_of(*items, audience="restricted"), tmp_path / "restricted.pdf")
    public = build_pack(plan_of(*public_items), tmp_path / "public.pdf")
    for pack, listed in ((restricted, items), (public, public_items)):
        check_pack(pack, listed)
    assert EXEMPT_WORD not in words_in(public.path)
    if any(exempt and {"untagged1", "tagged"} & set(kinds) for exempt, kinds in agenda):
        assert EXEMPT_WORD in words_in(restricted.path), "the search itself must work"


@pytest.mark.nightly
@pytest.mark.timeout(7200)
@settings(SLOW_SET_UP, max_examples=2000)
@given(agenda=agendas())
def test_very_many_agendas(agenda, tmp_path, untagged_paper, tagged_paper, plan_of, item_of):
    test_any_agenda.hypothesis.inner_test(
        agenda, tmp_path, untagged_paper, tagged_paper, plan_of, item_of
    )


def check_pack(pack, items) -> None:
    expected_lines = [(1, "Agenda", 1)]
    expected_links = []
    last = pack.front_pages
    with Pdf.open(pack.path) as pdf:
        assert len(pdf.pages) == pack.pages
        assert pack.front_pages % 2 == 0
        assert [page.label for page in pdf.pages] == [str(n + 1) for n in range(pack.pages)]
        for item, packed in zip(items, pack.items, strict=True):
            if not item.papers:
                assert (packed.first_page, packed.last_page) == (None, None)
                continue
            assert packed.first_page % 2 == 1
            assert packed.first_page in (last + 1, last + 2)
            last = packed.last_page
            expected_links.append(packed.first_page)
            expected_lines.append((1, f"{item.number}. {item.title}", packed.first_page))
        assert last == pack.pages
        lines = [line for line in outline_of(pdf) if line[0] == 1]
        paperless = {f"{one.number}. {one.title}" for one in items if not one.papers}
        assert [line for line in lines if line[1] not in paperless] == expected_lines
        assert all(2 < page <= pack.front_pages for _, one, page in lines if one in paperless)
        from_agenda = [there for here, there in inner_links(pdf) if here <= pack.front_pages]
        assert sorted(from_agenda) == expected_links
        check_tags(pdf)
    with pypdfium2.PdfDocument(pack.path) as document:
        for number, page in enumerate(document, start=1):
            assert f"Page {number}" in page.get_textpage().get_text_bounded()
