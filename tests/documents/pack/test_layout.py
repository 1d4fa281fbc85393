"""The arithmetic of pack pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committee.documents.pack.layout import lay_out

PAPERS = st.lists(st.lists(st.integers(1, 60), max_size=5), max_size=30)


def test_a_meeting_of_three_items():
    layout = lay_out(3, [[2], [], [1, 3]])
    assert (layout.front_pages, layout.front_fillers) == (4, 1)
    assert [(item.first_page, item.last_page) for item in layout.items] == [
        (5, 6),
        (None, None),
        (7, 11),
    ]
    assert [paper.fillers for paper in layout.items[2].papers] == [1, 0]
    assert layout.pages == 11


@given(st.integers(0, 9), PAPERS)
def test_papers_follow_each_other_and_start_on_odd_pages(front, papers):
    layout = lay_out(front, papers)
    assert layout.front_pages % 2 == 0
    assert layout.front_pages - layout.front_fillers == front
    expected = layout.front_pages + 1
    for item, counts in zip(layout.items, papers, strict=True):
        assert [place.pages for place in item.papers] == counts
        for place in item.papers:
            assert place.first_page == expected
            assert place.first_page % 2 == 1
            assert place.fillers in (0, 1)
            expected = place.last_page + place.fillers + 1
    assert layout.pages == expected - 1
    placed = [place for item in layout.items for place in item.papers]
    if placed:
        assert layout.pages == placed[-1].last_page


@given(st.integers(0, 9), PAPERS)
def test_longer_front_matter_only_moves_the_papers(front, papers):
    short, long = lay_out(0, papers), lay_out(front, papers)
    for before, after in zip(short.items, long.items, strict=True):
        if before.first_page is not None:
            assert after.first_page == before.first_page + long.front_pages
            assert after.last_page == before.last_page + long.front_pages


def test_a_paper_without_pages_is_refused():
    with pytest.raises(ValueError, match="at least one page"):
        lay_out(2, [[3], [0]])
