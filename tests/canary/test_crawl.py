"""Nobody who may not read it can obtain a single secret, in whatever way it is written."""

import json
import os
from pathlib import Path

import pytest

from tests.canary.crawling import Crawl, crawl
from tests.canary.watched import WatchedCouncil

FIGURES = "CANARY_FIGURES"  # names a file to which the figures of a crawl are added


def test_no_secret_can_be_obtained(watched: WatchedCouncil) -> None:
    found = crawl(watched)
    note(watched, found, "quick")
    assert found.findings == []
    assert_much_was_looked_through(watched, found)


@pytest.mark.nightly
@pytest.mark.timeout(1800)
def test_no_secret_can_be_obtained_by_whoever_has_all_night(watched: WatchedCouncil) -> None:
    found = crawl(watched, quick=False)
    note(watched, found, "whole")
    assert found.findings == []
    assert_much_was_looked_through(watched, found)


def assert_much_was_looked_through(watched: WatchedCouncil, found: Crawl) -> None:
    """A crawl that finds nothing must have looked at much, and those who may read find secrets."""
    secrets = set(watched.tokens.names.values())
    assert len(secrets) >= 400
    assert len(found.seen_by_right) >= len(secrets) // 2
    assert len(found.surfaces) >= 400
    assert sum(found.answers.values()) >= 3000


def note(watched: WatchedCouncil, found: Crawl, which: str) -> None:
    """Add the figures of a crawl to the file that the environment names."""
    if os.environ.get(FIGURES):
        figures = {
            "crawl": which,
            "tokens": len(watched.tokens.names) + len(watched.tokens.colours),
            "seen by right readers": len(found.seen_by_right),
            "surfaces": len(found.surfaces),
            "answers": dict(found.answers),
            "seconds": {name: round(seconds, 1) for name, seconds in found.seconds.items()},
        }
        with Path(os.environ[FIGURES]).open("a", encoding="utf-8") as file:
            file.write(json.dumps(figures) + "\n")
