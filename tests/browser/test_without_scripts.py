"""The whole way from an agenda to a pack with JavaScript switched off."""

import re
from collections.abc import Callable
from pathlib import Path

from tests.browser import papers, reading, steps
from tests.browser.conftest import Visitor

LOOKS, PAUSE = 200, 300  # times that somebody looks again, and milliseconds in between


def test_an_agenda_its_papers_and_a_pack_without_scripts(
    visitor: Callable[..., Visitor], furnished: dict[str, object], tmp_path: Path
) -> None:
    officer = visitor(scripts=False)
    page = officer.page
    officer.sign_in()
    meeting = steps.new_meeting(officer, "Plain Pages Committee")
    officer.go(f"/meetings/{meeting}/agenda")
    steps.add_item(officer, "Trees")
    steps.add_item(officer, "A tenancy", paragraph=3, public_title="A property matter")
    steps.add_item(officer, "Apologies", kind="Procedural")
    page.get_by_role("button", name=steps.for_("Move up", "Apologies")).click()
    steps.told(page, "has been moved")
    steps.see_titles(page, ["Apologies", "Trees", "A tenancy"])
    send_two_files(officer, meeting, tmp_path)
    officer.go(f"/meetings/{meeting}/agenda")
    steps.open_everything(officer)
    pack = build_and_follow(officer, meeting, tmp_path)
    entries = dict(reading.outline(pack))
    first = next(page for title, page in entries.items() if "Trees" in title)
    assert "Agenda Item 2" in reading.words(pack, first)
    assert "tenancy" not in reading.words(pack)


def send_two_files(officer: Visitor, meeting: int, folder: Path) -> None:
    """Send two files at once by the file field, and look again until they are checked."""
    page = officer.page
    officer.go(f"/meetings/{meeting}/papers")
    trees = steps.section(page, "Trees")
    made = [papers.pdf(folder, f"trees-{seed}.pdf", pages=2, seed=seed) for seed in (3, 4)]
    steps.send(trees, made)
    steps.told(page, "2 files have been sent")
    look_again_until(officer, lambda: trees.get_by_text("Ready").count() == 2)


def build_and_follow(officer: Visitor, meeting: int, folder: Path) -> Path:
    """Ask for the public pack, look again until it is built, and save it."""
    page = officer.page
    officer.go(f"/meetings/{meeting}/packs")
    with page.expect_navigation():
        steps.ask_for(page, "Public pack")
    link = steps.pack(page, "Public pack").get_by_role("link", name=re.compile("^Download the"))
    look_again_until(officer, lambda: link.count() == 1)
    return steps.download(page, link, folder)


def look_again_until(officer: Visitor, done: Callable[[], bool]) -> None:
    """Follow the link that shows the page again, as long as it is offered."""
    again = officer.page.get_by_role("link", name=re.compile("^Check again"))
    for _ in range(LOOKS):
        if done():
            return
        with officer.page.expect_navigation():
            again.first.click()
        officer.page.wait_for_timeout(PAUSE)
    raise AssertionError("the page shows no result")
