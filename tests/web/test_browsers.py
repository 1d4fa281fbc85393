"""Browsers are told by names that their owners know."""

import pytest

from committee.web.browsers import browser_in_words

ON_WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
KIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
ON_IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15"


@pytest.mark.parametrize(
    ("called", "words"),
    [
        (f"{ON_WINDOWS} {KIT} Chrome/156.0.0.0 Safari/537.36", "Chrome on Windows"),
        (f"{ON_WINDOWS} {KIT} Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0", "Edge on Windows"),
        (f"{ON_WINDOWS[:-1]}; rv:150.0) Gecko/20100101 Firefox/150.0", "Firefox on Windows"),
        (f"{ON_IPHONE} Version/19.1 Mobile/15E148 Safari/604.1", "Safari on an iPhone"),
        (f"{ON_IPHONE} CriOS/156.0 Mobile/15E148 Safari/604.1", "Chrome on an iPhone"),
        (f"Mozilla/5.0 (Linux; Android 16) {KIT} Chrome/156.0 Safari/537", "Chrome on Android"),
        ("Firefox", "Firefox"),
        ("A script of mine", "A script of mine"),
        ("", "Unknown browser"),
        (None, "Unknown browser"),
    ],
)
def test_a_browser_is_told_in_words(called: str | None, words: str) -> None:
    assert browser_in_words(called) == words
