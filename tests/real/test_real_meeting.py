"""A real meeting from its file to its pack, by the command line alone."""

import hashlib
import itertools
import json
import shutil
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from flask import Flask

from committee.agendas import service as agendas
from committee.meetings import service as meetings
from tests.documents.pack.pdf_reading import inner_links, outline_of


@pytest.fixture
def copied(real_meeting: Path, tmp_path: Path) -> Path:
    """The meeting's file and PDF papers in a folder that may be written."""
    folder = tmp_path / "meeting"
    shutil.copytree(real_meeting / "papers", folder / "papers")
    shutil.copy(real_meeting / "meeting.json", folder)
    for path in (folder, *folder.rglob("*")):
        path.chmod(path.stat().st_mode | 0o200)
    return folder


def imported_and_built(app: Flask, folder: Path, out: Path) -> tuple[int, dict[str, Any]]:
    """The meeting's id and what `packs build` answers for its public pack."""
    runner = app.test_cli_runner()
    imported = runner.invoke(args=["meetings", "import", str(folder / "meeting.json")])
    assert imported.exit_code == 0, imported.output
    meeting_id = imported.stdout.strip()
    words = ["packs", "build", meeting_id, "--audience", "public", "--out", str(out), "--json"]
    built = runner.invoke(args=words)
    assert built.exit_code == 0, built.output
    return int(meeting_id), json.loads(built.stdout)


def pages_of_papers(meeting_id: int) -> dict[str, int]:
    """By item number, how many pages its prepared papers have together."""
    meeting = meetings.meeting_with_id(meeting_id)
    assert meeting is not None
    return {
        entry.number: sum(paper.in_use.pages for paper in entry.item.papers)
        for entry in agendas.numbered_items(meeting)
        if entry.item.papers
    }


def check_navigation(path: Path, items: list[dict[str, Any]]) -> None:
    """Assert that outline and links lead to the first page of each item with papers."""
    with_papers = [item for item in items if item["first_page"]]
    with pikepdf.open(path) as pdf:
        lines = [(title, page) for depth, title, page in outline_of(pdf) if depth == 1]
        front = with_papers[0]["first_page"] - 1
        links = [there for here, there in inner_links(pdf) if here <= front]
        assert pdf.is_linearized
        assert [page.label for page in pdf.pages] == [str(n + 1) for n in range(len(pdf.pages))]
    for item in with_papers:
        (there,) = [page for title, page in lines if title.startswith(f"{item['number']}. ")]
        assert there == item["first_page"]
    assert sorted(links) == [item["first_page"] for item in with_papers]


def text_of(path: Path, number: int) -> str:
    """The words of a page, counted from 1, with single spaces."""
    with pypdfium2.PdfDocument(path) as document:
        return " ".join(document[number - 1].get_textpage().get_text_bounded().split())


def test_its_pack_has_the_page_numbers_that_the_council_printed(
    app: Flask, copied: Path, tmp_path: Path
) -> None:
    printed = json.loads((copied / "meeting.json").read_text(encoding="utf-8"))
    _, answer = imported_and_built(app, copied, tmp_path / "out")
    path = Path(answer["file"])
    assert answer["pages"] == 210
    assert answer["warnings"] == []
    assert hashlib.sha256(path.read_bytes()).hexdigest() == answer["sha256"]
    assert [
        (item["number"], item["title"], item["first_page"], item["last_page"])
        for item in answer["items"]
    ] == [
        (str(item["number"]), item["title"], *item.get("printed_pages", (None, None)))
        for item in printed["items"]
    ]
    check_navigation(path, answer["items"])
    (eighth,) = [item for item in printed["items"] if item["number"] == 8]
    page = text_of(path, 39)
    for words in ("Page 39", "Agenda Item 8", text_of(copied / eighth["paper"], 1)):
        assert words in page


@pytest.mark.libreoffice
def test_with_word_papers_the_page_ranges_follow_the_prepared_papers(
    app: Flask, copied: Path, real_meeting: Path, tmp_path: Path
) -> None:
    found = json.loads((copied / "meeting.json").read_text(encoding="utf-8"))
    word = {path.stem: path for path in real_meeting.glob("word/*.docx")}
    for item in found["items"]:
        stem = Path(item.get("paper", "")).stem
        if stem in word:
            shutil.copy(word[stem], copied / "papers")
            item["paper"] = f"papers/{stem}.docx"
    (copied / "meeting.json").write_text(json.dumps(found), encoding="utf-8")
    meeting_id, answer = imported_and_built(app, copied, tmp_path / "out")
    assert sum(str(item.get("paper")).endswith(".docx") for item in found["items"]) == 6
    assert all(item["warnings"] == [] for item in answer["items"])
    pages = pages_of_papers(meeting_id)
    ranges = {
        item["number"]: (item["first_page"], item["last_page"])
        for item in answer["items"]
        if item["first_page"]
    }
    assert {number: last - first + 1 for number, (first, last) in ranges.items()} == pages
    assert all(first % 2 == 1 for first, _ in ranges.values())
    for (_, last), (first, _) in itertools.pairwise(ranges.values()):
        assert first == last + 1 + last % 2, "only a filler before an odd page may lie between"
    assert answer["pages"] == max(last for _, last in ranges.values())
    check_navigation(Path(answer["file"]), answer["items"])
