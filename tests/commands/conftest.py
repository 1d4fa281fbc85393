"""A meeting's file with small papers beside it, and the command line to read it with."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from tests import builders

Command = Callable[..., Result]


def a_meeting_file() -> dict[str, Any]:
    """A meeting of every kind of item, with three papers and one exempt item."""
    return {
        "council": "Example County Council",
        "committee": "Harbours Committee",
        "date": "2026-05-12",
        "time": "14:30",
        "venue": "Council Chamber",
        "seats": 4,
        "contact_officer": {"name": "Rosa Marsh", "telephone": "01632 960001", "email": None},
        "members": [
            {"name": "Mrs A Tern", "group": "Independent", "role": "Chairman"},
            {"name": "Mr B Gull", "group": "Independent"},
            {"name": "Revd C Plover", "group": "Church representatives", "role": "Co-opted"},
        ],
        "items": [
            {"number": 1, "title": "Apologies", "kind": "procedural"},
            {"number": 2, "title": "Minutes", "kind": "minutes", "paper": "papers/minutes.pdf"},
            {
                "number": 3,
                "title": "Dredging the outer harbour",
                "kind": "report",
                "decision_number": "26/00012",
                "paper": "papers/dredging.pdf",
                "appendices": [{"paper": "papers/chart.pdf", "title": "Chart of depths"}],
            },
        ],
        "exempt_items": [
            {
                "number": 4,
                "title": "Offer for the old lifeboat house",
                "public_title": "Disposal of land",
                "exempt_paragraphs": [3],
                "public_interest": {
                    "for": "Bids are still to come.",
                    "against": "Public money is spent.",
                    "conclusion": "A fair price matters more until then.",
                    "review_on": "2027-03-01",
                },
                "kind": "report",
                "paper": "papers/offer.pdf",
            }
        ],
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The papers of that meeting: two, five, one and three pages."""
    papers = tmp_path / "meeting" / "papers"
    papers.mkdir(parents=True)
    for name, pages in (("minutes", 2), ("dredging", 5), ("chart", 1), ("offer", 3)):
        (papers / f"{name}.pdf").write_bytes(builders.a_pdf(pages, words=name))
    return papers.parent


def written(folder: Path, meeting: object) -> str:
    """The path of the meeting's file, once it is written beside its papers."""
    path = folder / "meeting.json"
    path.write_text(json.dumps(meeting), encoding="utf-8")
    return str(path)


@pytest.fixture
def command(app: Flask) -> Command:
    """Run words of the command line in this process."""
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=[str(word) for word in words])
