"""The same way by keyboard alone: everything can be reached, and it is always seen where one is."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import papers, steps
from tests.browser.conftest import Visitor

STEPS = 400  # presses of Tab after which a control counts as out of reach

# The name of what has the focus, and whether it can be seen that it has.
FOCUS = """() => {
    const element = document.activeElement;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const label = element.labels?.[0]?.textContent ?? "";
    const own = element.matches("input, select, textarea") ? "" : element.textContent;
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return {
        name: (label || own).replace(/\\s+/g, " ").trim(),
        seen: outlined || style.boxShadow !== "none",
        inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        tag: element.tagName.toLowerCase(),
    };
}"""


def tab_to(page: Page, name: str, *, back: bool = False) -> None:
    """Press Tab until the control with this name has the focus, which must show on the way."""
    passed = []
    for _ in range(STEPS):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        focus = page.evaluate(FOCUS)
        if focus["tag"] != "body":
            assert focus["seen"], f"the focus on {focus} does not show"
            assert focus["inside"], f"{focus} has the focus out of sight"
        if focus["name"] == name:
            return
        passed.append(focus["name"])
    raise AssertionError(f"{name} cannot be reached by Tab: {passed}")


def test_the_first_stop_leads_past_the_menu(officer: Visitor) -> None:
    officer.go("/")
    page = officer.page
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["name"] == "Skip to main content"
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_an_agenda_its_papers_and_a_pack_by_keyboard(officer: Visitor, tmp_path: Path) -> None:
    page = officer.page
    meeting = steps.new_meeting(officer, "Keyboard Committee")
    officer.go(f"/meetings/{meeting}/agenda")
    for title in ("Harbour dues", "Apologies", "Lease"):
        add_by_keyboard(page, title)
    steps.started(page)
    tab_to(page, "Move up: Apologies")
    page.keyboard.press("Enter")
    expect(page.locator("#announcements")).to_have_text("Apologies is now 1 of 3.")
    assert page.evaluate(FOCUS)["name"] == "Move up: Apologies"
    steps.see_titles(page, ["Apologies", "Harbour dues", "Lease"])
    upload_by_keyboard(page, papers.pdf(tmp_path, "dues.pdf", pages=2, seed=6))
    build_by_keyboard(page)


def add_by_keyboard(page: Page, title: str) -> None:
    """Fill in the form of a new item and send it, without a pointer."""
    tab_to(page, "Title")
    page.keyboard.type(title)
    # On a busy machine the next key can overtake the last letter.
    expect(page.get_by_label("Title", exact=True)).to_have_value(title)
    tab_to(page, "Add the item")
    page.keyboard.press("Enter")
    # The scripts of the next page move the focus when they begin, to the notice.
    steps.told(page, f"“{title}” has been added.")


def upload_by_keyboard(page: Page, file: Path) -> None:
    """Go to the papers, choose a file for the item that is second, and send it."""
    tab_to(page, "Papers", back=True)
    page.keyboard.press("Enter")
    steps.arrived(page, "Papers")
    # Listened for well before the key is pressed, since the browser has to be told of it.
    page.once("filechooser", lambda chooser: chooser.set_files(file))
    tab_to(page, "Send papers for item 2")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_value(re.compile(re.escape(file.name)))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    ready = steps.section(page, "Harbour dues").get_by_text("Ready")
    expect(ready).to_be_visible(timeout=steps.CHECKED)


def build_by_keyboard(page: Page) -> None:
    """Go to the packs and build the restricted one."""
    tab_to(page, "Packs", back=True)
    page.keyboard.press("Enter")
    steps.arrived(page, "Packs")
    tab_to(page, "Build the restricted pack")
    page.keyboard.press("Space")
    card = steps.pack(page, "Restricted pack")
    expect(card.get_by_text("Up to date")).to_be_visible(timeout=steps.CHECKED)
    tab_to(page, card.get_by_role("link", name="Download the restricted pack").inner_text())
