"""The night before publication: every paper dropped on the page at once, and sorted by its name."""

import re
from pathlib import Path

from playwright.sync_api import Route, expect

from tests.browser import papers, steps
from tests.browser.conftest import Visitor


def test_files_go_to_the_items_that_their_names_number(officer: Visitor, tmp_path: Path) -> None:
    page = officer.page
    meeting = steps.new_meeting(officer, "Midnight Committee")
    officer.go(f"/meetings/{meeting}/agenda")
    for title in ("Apologies", "Bridges", "Culverts"):
        steps.add_item(officer, title)
    officer.go(f"/meetings/{meeting}/papers")
    steps.started(page)
    names = ("2a Costs of bridges.pdf", "03 Culverts.pdf", "2 Bridges.pdf", "Late thoughts.pdf")
    files = [papers.pdf(tmp_path, name, pages=2, seed=seed) for seed, name in enumerate(names, 2)]
    bundle = page.get_by_role("region", name="All papers at once")
    steps.drop_at(page, bundle, files)
    rows = bundle.get_by_role("list").get_by_role("listitem")
    expect(rows).to_have_count(4)
    expect(rows.filter(has_text="Late thoughts").get_by_role("combobox")).to_be_focused()
    page.get_by_role("button", name="Send 4 files").click()
    expect(bundle.get_by_text("Choose an item for this file")).to_be_visible()
    rows.filter(has_text="Late thoughts").get_by_role("combobox").select_option(label="3. Culverts")
    page.get_by_role("button", name="Send 4 files").click()
    for title, wanted in (("Bridges", 2), ("Culverts", 2), ("Apologies", 0)):
        ready = steps.section(page, title).locator(".app-paper").filter(has_text="Ready")
        expect(ready).to_have_count(wanted, timeout=steps.CHECKED)
    bridges = steps.section(page, "Bridges").locator(".app-paper")
    expect(bridges.nth(0)).to_contain_text("Main paper")
    expect(bridges.nth(1)).to_contain_text(re.compile("Costs of bridges.*Appendix", re.DOTALL))


def test_an_item_of_its_own_takes_what_is_dropped_on_it(officer: Visitor, tmp_path: Path) -> None:
    page = officer.page
    meeting = steps.new_meeting(officer, "Tidy Committee")
    officer.go(f"/meetings/{meeting}/agenda")
    for title in ("Apologies", "Bridges"):
        steps.add_item(officer, title)
    officer.go(f"/meetings/{meeting}/papers")
    steps.started(page)
    file = papers.pdf(tmp_path, "1 Named for another item.pdf", pages=2, seed=2)
    steps.drop_files(page, steps.section(page, "Bridges"), [file])
    ready = steps.section(page, "Bridges").locator(".app-paper").filter(has_text="Ready")
    expect(ready).to_have_count(1, timeout=steps.CHECKED)
    expect(steps.section(page, "Apologies").locator(".app-paper")).to_have_count(0)


def test_a_file_that_is_checked_while_others_are_followed_is_shown(
    officer: Visitor, tmp_path: Path
) -> None:
    page = officer.page
    meeting = steps.new_meeting(officer, "Patient Committee")
    officer.go(f"/meetings/{meeting}/agenda")
    steps.add_item(officer, "Bridges")
    officer.go(f"/meetings/{meeting}/papers")
    sent: list[Route] = []
    page.route("**/agenda-items/*/papers", lambda route: hold_the_third(route, sent))
    bridges = steps.section(page, "Bridges")
    steps.send(bridges, [papers.pdf(tmp_path, f"{n}.pdf", pages=2, seed=n) for n in (2, 3, 4)])
    ready = bridges.locator(".app-paper").filter(has_text="Ready")
    expect(ready).to_have_count(2, timeout=steps.CHECKED)
    while len(sent) < 3:
        page.wait_for_timeout(50)
    sent[2].continue_()
    expect(ready).to_have_count(3, timeout=steps.CHECKED)


def hold_the_third(route: Route, sent: list[Route]) -> None:
    """Let two files through at once, and keep the third until it is let go."""
    sent.append(route)
    if len(sent) < 3:
        route.continue_()
