"""The council's colour, and a text colour that is read on it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committee.web import branding


def test_contrast_is_that_of_wcag() -> None:
    assert branding.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert branding.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@given(st.integers(0, 0xFFFFFF))
def test_text_on_any_colour_passes_level_aa(number: int) -> None:
    colour = f"#{number:06x}"
    assert branding.contrast(branding.text_on(colour), colour) >= 4.5


@pytest.mark.parametrize("bad", ["red", "#12345", "#1234567", "#12345g", "#123456}*{", ""])
def test_what_is_no_colour_never_reaches_the_style_sheet(bad: str) -> None:
    assert branding.HOUSE_COLOUR in branding.style_sheet(bad)
    assert bad == "" or bad not in branding.style_sheet(bad)
