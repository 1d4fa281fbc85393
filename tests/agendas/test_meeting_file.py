"""However wrong a meeting's file is, reading it ends in a meeting or in a list of problems."""

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from committee.agendas.meeting_file import KINDS, ROLES, MeetingFileError, MeetingInFile, read
from config import ROOT

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


# --- the page, the schema and the reader say one thing ---

FORM = Draft202012Validator(
    json.loads((ROOT / "examples" / "meeting-file.schema.json").read_text(encoding="utf-8"))
)
LEFT_OUT = object()
MEMBER, ITEM, APPENDIX = ("members", 0), ("items", 0), ("items", 0, "appendices", 0)
EXEMPT, CONTACT, NOTICE = ("exempt_items", 0), ("contact_officer",), ("notices", 0)

GOOD: list[tuple[tuple[Any, ...], list[Any]]] = [
    (("exempt_items",), [LEFT_OUT, None, []]),
    (("seats",), [LEFT_OUT, None, 0, 500]),
    (("contact_officer",), [LEFT_OUT, None, {"name": "Rosa Marsh"}]),
    (("notices",), [LEFT_OUT, None, []]),
    (("language",), [LEFT_OUT, None, "cy", "en-GB"]),
    (("membership_printed",), [LEFT_OUT, None, 7]),
    (("colour of the room",), ["green"]),
    ((*MEMBER, "group"), [LEFT_OUT, None]),
    ((*MEMBER, "role"), [LEFT_OUT, None, *ROLES]),
    ((*MEMBER, "division"), [LEFT_OUT, None, "North", 7]),
    ((*ITEM, "number"), [LEFT_OUT, None, 8, "8a"]),
    ((*ITEM, "kind"), [LEFT_OUT, None, *KINDS]),
    ((*ITEM, "description"), [LEFT_OUT, None]),
    ((*ITEM, "decision_number"), [LEFT_OUT, None, "18/00016"]),
    ((*ITEM, "paper"), [LEFT_OUT, None]),
    ((*ITEM, "paper_title"), [LEFT_OUT, None]),
    ((*ITEM, "appendices"), [LEFT_OUT, None, []]),
    ((*APPENDIX, "title"), [LEFT_OUT, None]),
    ((*EXEMPT, "public_title"), [LEFT_OUT, None]),
    ((*EXEMPT, "exempt_paragraphs"), [[1, 7], [3, 3]]),
]
BAD: list[tuple[tuple[Any, ...], list[Any]]] = [
    *(((name,), [LEFT_OUT, None, "", " ", 7]) for name in ("council", "committee", "venue")),
    (("date",), [LEFT_OUT, None, "", "12 May 2026", "20260512", "2026-W19-2", 20260512]),
    (("time",), [LEFT_OUT, None, "", "14", "14:30:00", "14:30Z", "24:00", "1430"]),
    (("members",), [LEFT_OUT, None, {}, "", 0, False, ["Mrs A Tern"]]),
    (("items",), [LEFT_OUT, None, {}, [7]]),
    (("exempt_items",), [{}, "", False]),
    (("seats",), [-1, 501, "18", True, 1.5]),
    (("contact_officer",), [{}, [], "Rosa Marsh"]),
    ((*CONTACT, "telephone"), [1632]),
    (("notices",), [{}, ["Fire"], [{"heading": "Fire"}]]),
    ((*NOTICE, "text"), [None, " "]),
    (("language",), ["", "English", "EN", "en_GB", 7]),
    ((*MEMBER, "name"), [LEFT_OUT, None, " "]),
    ((*MEMBER, "group"), [7]),
    ((*MEMBER, "role"), ["", "Admiral", "CHAIRMAN", 7, ["Chair"]]),
    ((*ITEM, "number"), [True, [8], 8.5]),
    ((*ITEM, "title"), [LEFT_OUT, None, "", 7]),
    ((*ITEM, "kind"), ["", "song", "Report", 7]),
    ((*ITEM, "description"), [7]),
    ((*ITEM, "decision_number"), ["", "2026/71", "26/71", 2600071]),
    ((*ITEM, "paper"), ["", "../a.pdf", "/a.pdf", "notes.odt", 7]),
    ((*ITEM, "paper_title"), [7]),
    ((*ITEM, "appendices"), [{}, "a.pdf", ["a.pdf"]]),
    ((*APPENDIX, "paper"), [LEFT_OUT, None, ""]),
    ((*APPENDIX, "title"), [7]),
    ((*EXEMPT, "public_title"), [7]),
    ((*EXEMPT, "exempt_paragraphs"), [LEFT_OUT, None, [], [8], [0], ["3"], [True], 3]),
]


def with_value(way: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """The meeting with one value changed or left out."""
    changed = copy.deepcopy(MEETING)
    inside = changed
    for key in way[:-1]:
        inside = inside[key]
    if value is LEFT_OUT:
        inside.pop(way[-1], None)
    else:
        inside[way[-1]] = value
    return changed


@pytest.mark.parametrize(
    ("way", "value", "good"),
    [
        pytest.param(way, value, good, id=f"{way[-1]}={'left out' if value is LEFT_OUT else value}")
        for good, cases in ((True, GOOD), (False, BAD))
        for way, values in cases
        for value in values
    ],
)
def test_the_schema_and_the_reader_agree(
    folder: Path, way: tuple[Any, ...], value: Any, good: bool
) -> None:
    (folder / "notes.odt").touch()
    changed = with_value(way, value)
    path = folder / "meeting.json"
    path.write_text(json.dumps(changed), encoding="utf-8")
    found = what_comes_of(path)
    assert isinstance(found, MeetingInFile) is good, found
    assert FORM.is_valid(changed) is good


def test_the_page_says_what_must_be_there() -> None:
    page = (ROOT / "docs" / "meeting-file.md").read_text(encoding="utf-8")
    needed = {row[0] for row in re.findall(r"^\| `(\w+)` \| yes \|(.*)$", page, re.MULTILINE)}
    schema: Any = FORM.schema
    parts = [schema, *(schema["$defs"][name] for name in ("member", "item", "exempt_item"))]
    assert needed == {name for part in parts for name in part["required"]}
