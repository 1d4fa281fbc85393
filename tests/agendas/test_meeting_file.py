"""However wrong a meeting's file is, reading it ends in a meeting or in a list of problems."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from committee.agendas.meeting_file import MeetingFileError, MeetingInFile, read

MEETING: dict[str, Any] = {
    "council": "Example County Council",
    "committee": "Harbours Committee",
    "date": "2026-05-12",
    "time": "14:30",
    "venue": "Council Chamber",
    "seats": 2,
    "contact_officer": {"name": "Rosa Marsh", "telephone": "01632 960001"},
    "notices": [{"heading": "Fire", "text": "Leave by the stairs."}],
    "membership_printed": {"total": 1},
    "members": [{"name": "Mrs A Tern", "group": "Independent", "role": "Chairman"}],
    "items": [
        {
            "number": 1,
            "title": "Dredging",
            "kind": "report",
            "description": "To note.",
            "decision_number": "26/00012",
            "paper": "a.pdf",
            "paper_title": "Dredging the harbour",
            "appendices": [{"paper": "a.pdf", "title": "Chart"}],
        }
    ],
    "exempt_items": [
        {
            "number": 2,
            "title": "Offer",
            "kind": "report",
            "public_title": "Land",
            "exempt_paragraphs": [3],
        }
    ],
}


def places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value inside a value."""
    found = []
    for key in value if isinstance(value, dict) else range(len(value)):
        found.append((*way, key))
        if isinstance(value[key], dict | list):
            found += places(value[key], (*way, key))
    return found


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(min_value=-(10**30), max_value=10**30),
    st.floats(allow_nan=True),
    st.text(max_size=20),
    st.sampled_from(["", " ", "\x00", "\ud800", "x" * 5000, "..", "/", "a.pdf/b", "a\x00.pdf"]),
    st.lists(st.one_of(st.none(), st.integers(), st.text(max_size=3)), max_size=3),
    st.dictionaries(st.text(max_size=3), st.none(), max_size=2),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the file and its one paper lie."""
    made = tmp_path_factory.mktemp("meeting")
    (made / "a.pdf").write_bytes(b"%PDF-")
    return made


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(way=st.sampled_from(places(MEETING)), odd=ODD)
def test_any_value_anywhere_is_read_or_told(folder: Path, way: tuple[Any, ...], odd: Any) -> None:
    wrong = copy.deepcopy(MEETING)
    inside = wrong
    for key in way[:-1]:
        inside = inside[key]
    inside[way[-1]] = odd
    path = folder / "meeting.json"
    path.write_text(json.dumps(wrong), encoding="utf-8")
    found = what_comes_of(path)
    if isinstance(found, list):
        assert found
        assert all(problem.endswith(".") for problem in found)
        return
    assert found.council
    assert found.starts_at.tzinfo is None
    for item in found.items:
        assert item.fields.title
        assert all(paper.path.is_relative_to(folder.resolve()) for paper in item.papers)


def what_comes_of(path: Path) -> MeetingInFile | list[str]:
    """The meeting, or the problems; any other end is a fault."""
    try:
        return read(path)
    except MeetingFileError as error:
        return error.problems


def test_the_file_itself_is_sound(folder: Path) -> None:
    (folder / "meeting.json").write_text(json.dumps(MEETING), encoding="utf-8")
    meeting = read(folder / "meeting.json")
    assert [len(item.papers) for item in meeting.items] == [2, 0]
    assert meeting.notices == MEETING["notices"]
