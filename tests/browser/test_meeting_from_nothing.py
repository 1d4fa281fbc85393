"""An officer's evening: from an empty calendar to two packs, one of them without any secret."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import papers, reading, steps
from tests.browser.conftest import Visitor
from tests.browser.running import Product

SALE = f"Sale of land to {papers.SECRET} Homes"
PUBLIC_TITLE = "A property matter"
AGENDA = ["Apologies", "Minutes", "Update by the director", "Sea defences", "Beach huts", SALE]


@pytest.mark.libreoffice
@pytest.mark.skipif(not papers.CONVERTER, reason="LibreOffice or bubblewrap is not installed")
def test_a_meeting_from_nothing_to_both_packs(
    officer: Visitor, product: Product, tmp_path: Path
) -> None:
    page = officer.page
    steps.add_committee(officer, "Coast and Harbours Committee")
    for name, group, role in (
        ("Mrs A Carter", "Independent", "Chairman"),
        ("Mr B Osei", "Independent", "Vice-Chairman"),
        ("Dr C Lund", "Green", "Member"),
        ("Canon D Reeve", "Diocese", "Co-opted member"),
    ):
        steps.add_member(officer, name, group, role)
    page.get_by_role("link", name="Back to the committee").click()
    expect(page.get_by_text("2 vacant seats.")).to_be_visible()
    meeting = steps.schedule(officer, "Harbour Room, County Hall")
    build_agenda(officer, meeting)
    send_papers(officer, meeting, tmp_path)
    public, restricted = build_both(officer, meeting, tmp_path)
    check_public(public)
    check_restricted(restricted)
    replace_a_paper(officer, meeting, tmp_path)
    stop_before_it_begins(officer, product)
    stop_in_mid_build(officer, product)


def build_agenda(officer: Visitor, meeting: int) -> None:
    """Add an item of each kind in the wrong order, put them right, and change one."""
    page = officer.page
    officer.go(f"/meetings/{meeting}/agenda")
    expect(page.get_by_text("The agenda is empty")).to_be_visible()
    steps.add_item(officer, "Sea defences")
    steps.add_item(officer, "Apologies", kind="Procedural")
    steps.add_item(officer, SALE, paragraph=3, public_title=PUBLIC_TITLE)
    steps.add_item(officer, "Minutes", kind="Minutes")
    steps.add_item(officer, "Beach hut", kind="Presentation")
    steps.add_item(officer, "Update by the director", kind="Verbal update")
    steps.edit_item(officer, "Beach hut")
    page.get_by_label("Title", exact=True).fill("Beach huts")
    page.get_by_label("Decision number").fill("99/00042")
    officer.press("Save")
    steps.told(page, "“Beach huts” has been changed.")
    expect(page.get_by_text("Presentation, decision 99/00042")).to_be_visible()
    with saved(page):
        page.get_by_role("button", name=steps.for_("Move up", "Apologies")).click()
    with saved(page):
        page.get_by_role("button", name=steps.for_("Move up", "Minutes")).click()
    expect(page.locator("#announcements")).to_have_text("Minutes is now 2 of 5.")
    with saved(page):
        drag(page, "Update by the director", before="Sea defences")
    steps.see_titles(page, AGENDA)
    steps.see_numbers(page, ["1", "2", "3", "4", "5", "6"])
    page.reload()
    steps.see_titles(page, AGENDA)
    steps.see_numbers(page, ["1", "2", "3", "4", "5", "6"])


def saved(page: Page):
    """A step after which the server has answered that the new order is kept."""
    return page.expect_response(
        lambda answer: answer.url.endswith("/agenda/order") and answer.status == 200
    )


def drag(page: Page, title: str, *, before: str) -> None:
    """Drag an item by its dots above another, as a hand with a mouse does."""
    item = page.locator(f"[data-title='{title}']")
    item.scroll_into_view_if_needed()
    handle = item.locator(".app-agenda__handle").bounding_box()
    target = page.locator(f"[data-title='{before}']").bounding_box()
    assert handle is not None
    assert target is not None
    page.mouse.move(handle["x"] + 5, handle["y"] + 5)
    page.mouse.down()
    page.mouse.move(target["x"] + 20, target["y"] + target["height"] * 0.4, steps=12)
    page.mouse.up()


def send_papers(officer: Visitor, meeting: int, folder: Path) -> None:
    """Drop three files on one item, choose one for another, and see a bad one refused."""
    page = officer.page
    steps.open_part(page, "Papers")
    sea = steps.section(page, "Sea defences")
    steps.record_words(page, ".app-upload")
    files = [
        papers.word(folder, "sea-defences.docx", pages=3, seed=2),
        papers.pdf(folder, "costs.pdf", pages=5, seed=3),
        papers.not_word(folder, "accounts.docx"),
    ]
    steps.drop_files(page, sea, files)
    expect(sea.locator(".app-paper").filter(has_text="Ready")).to_have_count(
        2, timeout=steps.CHECKED
    )
    refused = sea.locator(".app-paper--refused")
    expect(refused).to_contain_text("accounts.docx")
    expect(refused).to_contain_text("This is a web page saved with a Word name.")
    for file in files:
        for told in (r"\d+% sent", r"Sent\. Being checked\."):
            steps.see_recorded(page, ".app-upload", f"{re.escape(file.name)}: {told}")
    steps.said(page, re.compile("cannot be used"))
    send_by_field(officer, folder)


def send_by_field(officer: Visitor, folder: Path) -> None:
    """Choose files by the file fields of two further items, and take the refused one off."""
    page = officer.page
    for title, file in (
        ("Minutes", papers.pdf(folder, "minutes.pdf", pages=4, seed=5)),
        (SALE, papers.pdf(folder, "offers.pdf", pages=2, seed=7, title=f"{papers.SECRET} offers")),
    ):
        part = steps.section(page, title)
        steps.send(part, file)
        expect(part.locator(".app-paper").filter(has_text="Ready")).to_have_count(
            1, timeout=steps.CHECKED
        )
    page.get_by_role("link", name=steps.for_("Remove", "accounts")).click()
    officer.press("Remove it")
    steps.told(page, "has been removed")


def build_both(officer: Visitor, meeting: int, folder: Path) -> tuple[Path, Path]:
    """Build the public pack and the restricted one, and save them."""
    page = officer.page
    officer.go(f"/meetings/{meeting}/agenda")
    steps.open_everything(officer)
    steps.open_part(page, "Packs")
    kept = []
    for name in ("Public pack", "Restricted pack"):
        steps.build(page, name)
        link = steps.pack(page, name).get_by_role("link", name=re.compile("^Download the"))
        kept.append(steps.download(page, link, folder))
    expect(page.get_by_role("table").get_by_text("Built")).to_have_count(2)
    assert kept[0].name == "2099-12-08 Coast and Harbours Committee public pack.pdf"
    return kept[0], kept[1]


def check_public(pack: Path) -> None:
    """The public pack has every open page in its place and nothing that is secret."""
    entries = dict(reading.outline(pack))
    first = next(page for title, page in entries.items() if "Sea defences" in title)
    assert first % 2 == 1
    assert "Agenda Item 4" in reading.words(pack, first)
    assert reading.words(pack, first).endswith(str(first))
    text = reading.words(pack)
    for expected in ("Mrs A Carter", "Independent (2)", "Priya Nair", "Harbour Room", PUBLIC_TITLE):
        assert expected in text
    assert papers.SECRET not in text
    assert papers.SECRET.encode() not in reading.every_byte(pack)


def check_restricted(pack: Path) -> None:
    """The restricted pack has the exempt item too, on its own pages."""
    entries = dict(reading.outline(pack))
    first = next(page for title, page in entries.items() if papers.SECRET in title)
    assert "Agenda Item 6" in reading.words(pack, first)
    assert papers.SECRET in reading.words(pack, first)


def replace_a_paper(officer: Visitor, meeting: int, folder: Path) -> None:
    """A late paper: the pack says that it is out of date, and can be built again."""
    page = officer.page
    officer.go(f"/meetings/{meeting}/papers")
    page.get_by_role("link", name=steps.for_("Replace or rename", "costs")).click()
    late = papers.pdf(folder, "costs-late.pdf", pages=9, seed=11)
    steps.arrived(page, "Costs")
    page.get_by_label("New version").set_input_files(late)
    officer.press("Send the new version")
    expect(page.get_by_text("Version 2 (in the pack)")).to_be_visible(timeout=steps.CHECKED)
    officer.go(f"/meetings/{meeting}/packs")
    card = steps.pack(page, "Public pack")
    expect(card.get_by_text("The agenda or its papers have changed")).to_be_visible()
    link = card.get_by_role("link", name=re.compile("^Download the"))
    pages = pages_in(link.inner_text()) + 4
    steps.build(page, "Public pack")
    expect(link).to_contain_text(f"{pages:,} pages")


def pages_in(link: str) -> int:
    """The number of pages that the words of a link to a pack give."""
    found = re.search(r"([\d,]+) pages", link)
    assert found is not None, link
    return int(found[1].replace(",", ""))


def stop_before_it_begins(officer: Visitor, product: Product) -> None:
    """A build that is asked for and stopped leaves the last good pack where it was."""
    page = officer.page
    card = steps.pack(page, "Restricted pack")
    with product.worker_held():
        steps.ask_for(page, "Restricted pack")
        expect(card.get_by_text("Waiting to start").first).to_be_visible()
        card.get_by_role("button", name=re.compile("^Stop building")).click()
        expect(page.get_by_role("alert")).to_contain_text("being stopped")
        expect(card.get_by_text("Cancelled")).to_be_visible()
        expect(card.get_by_role("link", name=re.compile("^Download the"))).to_be_visible()


def stop_in_mid_build(officer: Visitor, product: Product) -> None:
    """The page follows a build by itself; one that is stopped leaves the last good pack too."""
    page = officer.page
    card = steps.pack(page, "Public pack")
    steps.ask_for(page, "Public pack")
    while not product.hold_worker_in_build():
        page.reload()
        expect(card.get_by_role("progressbar")).to_have_count(0)
        steps.ask_for(page, "Public pack")
    try:
        words = card.locator("[data-progress-words]")
        expect(words).to_have_text(re.compile(r"^\d of 6 done\. Now: .+\.$"))
        card.get_by_role("button", name=re.compile("^Stop building")).click()
        expect(words).to_have_text("Stopping.")
    finally:
        product.let_worker_go()
    expect(card.get_by_text("Cancelled")).to_be_visible(timeout=steps.CHECKED)
    expect(card.get_by_role("link", name=re.compile("^Download the"))).to_be_visible()
