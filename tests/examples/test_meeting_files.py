"""The example meetings are in the documented form and have the shape that they promise."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from committee.agendas.meeting_file import KINDS
from examples.papers import HERE, MEETING_FILES, PAPERS, REPORT_PAPERS, meeting

SCHEMA = json.loads((HERE / "meeting-file.schema.json").read_text(encoding="utf-8"))
FORM = Draft202012Validator(SCHEMA)
PAGE = HERE.parent / "docs" / "meeting-file.md"
REAL = HERE.parent.parent / "shared" / "real" / "kent-2018-05-08" / "meeting.json"


def faults(data: object) -> list[str]:
    return [fault.message for fault in FORM.iter_errors(data)]


def documented_example() -> dict:
    return json.loads(re.search(r"```json\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)[1])


def papers_of(data: dict) -> list[str]:
    found = []
    for item in [*data["items"], *data["exempt_items"]]:
        found += [item["paper"]] if "paper" in item else []
        found += [appendix["paper"] for appendix in item.get("appendices", ())]
    return found


@pytest.mark.parametrize("name", MEETING_FILES)
def test_a_meeting_file_is_in_the_documented_form(name: str) -> None:
    assert faults(meeting(name)) == []


def test_the_example_in_the_page_is_in_the_form_that_the_page_describes() -> None:
    assert faults(documented_example()) == []


def test_a_published_councils_file_is_in_the_form() -> None:
    if not REAL.exists():
        pytest.skip("the real meeting's file is not on this machine")
    assert faults(json.loads(REAL.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("paper", "../elsewhere.pdf"),
        ("paper", "/etc/passwd.pdf"),
        ("paper", "papers/notes.odt"),
        ("decision_number", "2026/71"),
        ("kind", "speech"),
        ("public_title", 7),
        ("exempt_paragraphs", [8]),
        ("exempt_paragraphs", []),
    ],
)
def test_the_form_refuses_a_bad_value(field: str, value: object) -> None:
    data = documented_example()
    data["exempt_items"][0][field] = value
    assert len(faults(data)) == 1


def test_every_field_of_the_form_is_explained_in_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    fields = set(SCHEMA["properties"])
    for part in SCHEMA["$defs"].values():
        fields |= set(part.get("properties", ()))
    assert [field for field in sorted(fields) if f"`{field}`" not in text] == []


def test_the_coming_meeting_has_the_promised_shape() -> None:
    data = meeting("council.json")
    items = [*data["items"], *data["exempt_items"]]
    assert [item["number"] for item in items] == list(range(1, 18))
    assert len(data["exempt_items"]) == 1
    assert data["seats"] == 18
    assert len(data["members"]) == 17, "one seat is vacant"
    assert [item["kind"] for item in items[:3]] == ["procedural"] * 3
    assert {KINDS[item["kind"]] for item in items} == set(KINDS.values())
    assert [i["decision_number"] for i in items if i.get("decision_number")] == [
        "26/00071",
        "26/00084",
    ]


def test_the_exempt_items_private_words_are_not_in_its_public_title() -> None:
    exempt = meeting("council.json")["exempt_items"][0]
    assert exempt["public_title"] != exempt["title"]
    assert "Saltmarsh" in exempt["title"]
    assert "Saltmarsh" not in exempt["public_title"]


@pytest.mark.parametrize("name", MEETING_FILES)
def test_printed_numbers_agree_with_the_names(name: str) -> None:
    data = meeting(name)
    groups = [member["group"] for member in data["members"]]
    printed = {group: groups.count(group) for group in groups}
    assert data["membership_printed"] == {"total": data["seats"], **printed}
    assert len({member["name"] for member in data["members"]}) == len(data["members"])


def test_meetings_come_in_order_and_on_working_days() -> None:
    days = [date.fromisoformat(meeting(name)["date"]) for name in MEETING_FILES]
    assert days == sorted(days)
    assert {day.strftime("%A") for day in days} == {"Tuesday", "Thursday"}


def test_the_next_meeting_has_no_papers_yet() -> None:
    assert papers_of(meeting("next-meeting.json")) == []


def test_every_paper_named_is_made_and_no_other_but_those_of_reports(example: Path) -> None:
    named = [paper for name in MEETING_FILES for paper in papers_of(meeting(name))]
    made = {str(path.relative_to(example)) for path in (example / "papers").iterdir()}
    assert {f"papers/{name}" for name in PAPERS} == set(named)
    assert {f"papers/{name}" for name in REPORT_PAPERS} == made - set(named)
    assert len(named) == len(set(named))
