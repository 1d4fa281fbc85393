"""Two officers at one item, double clicks, the back button, and a session that ends too early."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.conftest import Visitor


def test_two_officers_at_one_item_lose_nothing(
    officer: Visitor, visitor: Callable[..., Visitor]
) -> None:
    meeting = steps.new_meeting(officer, "Busy Committee")
    officer.go(f"/meetings/{meeting}/agenda")
    steps.add_item(officer, "Ferries")
    officer.page.get_by_role("link", name=steps.for_("Edit", "Ferries")).click()
    edit = officer.page.url
    second = visitor()
    second.sign_in("second@example.org")
    second.page.goto(edit)
    officer.page.get_by_label("Title", exact=True).fill("Ferries and piers")
    officer.press("Save")
    second.page.get_by_label("Description").fill("With the harbour master's report.")
    second.page.get_by_label("Title", exact=True).fill("Ferries in winter")
    second.press("Save")
    saved = second.page.get_by_role("region", name="What is saved now")
    expect(saved).to_contain_text("Ferries and piers")
    expect(second.page.get_by_role("alert")).to_contain_text("Somebody else saved a change")
    expect(second.page.get_by_label("Title", exact=True)).to_have_value("Ferries in winter")
    expect(second.page.get_by_label("Description")).to_have_value(re.compile("harbour master"))
    second.press("Save")
    expect(second.page.get_by_text("Ferries in winter", exact=True)).to_be_visible()


def test_an_order_made_on_an_old_page_is_not_kept_and_the_new_one_is_shown(
    officer: Visitor, visitor: Callable[..., Visitor]
) -> None:
    meeting = steps.new_meeting(officer, "Shuffled Committee")
    officer.go(f"/meetings/{meeting}/agenda")
    for title in ("One", "Two"):
        steps.add_item(officer, title)
    second = visitor()
    second.watch.expect(409)
    second.sign_in("second@example.org")
    second.go(f"/meetings/{meeting}/agenda")
    steps.started(second.page)
    steps.add_item(officer, "Three")
    second.page.get_by_role("button", name=steps.for_("Move up", "Two")).click()
    expect(second.page.locator(".app-agenda__title")).to_have_text(["One", "Two", "Three"])
    steps.said(second.page, re.compile("changed"))


def test_moves_in_quick_succession_are_all_kept(officer: Visitor) -> None:
    page = officer.page
    meeting = steps.new_meeting(officer, "Hasty Committee")
    officer.go(f"/meetings/{meeting}/agenda")
    for title in ("One", "Two", "Three", "Four"):
        steps.add_item(officer, title)
    steps.started(page)
    up = page.get_by_role("button", name=steps.for_("Move up", "Four"))
    up.evaluate("button => [1, 2, 3].forEach(() => button.click())")
    assert steps.titles(page) == ["Four", "One", "Two", "Three"]
    steps.said(page, re.compile("^Four is now 1 of 4"))
    page.reload()
    assert steps.titles(page) == ["Four", "One", "Two", "Three"]


def test_a_double_click_on_build_is_harmless(officer: Visitor) -> None:
    page = officer.page
    meeting = steps.new_meeting(officer, "Impatient Committee")
    officer.go(f"/meetings/{meeting}/agenda")
    steps.add_item(officer, "Apologies", kind="Procedural")
    officer.go(f"/meetings/{meeting}/packs")
    steps.started(page)
    card = steps.pack(page, "Public pack")
    for _ in range(2):  # the second button came by script, without loading the page
        card.get_by_role("button", name=re.compile("^Build the")).dblclick(delay=20)
        expect(card.get_by_text("Up to date")).to_be_visible(timeout=steps.CHECKED)
    officer.go(f"/meetings/{meeting}/packs")
    rows = page.get_by_role("table").get_by_role("row")
    expect(rows).to_have_count(3)
    expect(rows.get_by_text("Built")).to_have_count(2)


def test_the_back_button_after_a_form_does_nothing_twice(officer: Visitor) -> None:
    page = officer.page
    meeting = steps.new_meeting(officer, "Returning Committee")
    officer.go(f"/meetings/{meeting}/agenda")
    steps.add_item(officer, "Apologies", kind="Procedural")
    page.reload()
    assert steps.titles(page) == ["Apologies"]
    page.get_by_role("link", name=steps.for_("Edit", "Apologies")).click()
    page.get_by_label("Title", exact=True).fill("Apologies and substitutes")
    officer.press("Save")
    page.wait_for_url(re.compile("/agenda"))
    page.go_back()
    page.get_by_label("Title", exact=True).fill("Apologies, once more")
    officer.press("Save")
    expect(page.get_by_text("Apologies, once more").first).to_be_visible()
    page.wait_for_url(re.compile("/agenda"))
    assert steps.titles(page) == ["Apologies, once more"]


def test_a_session_that_ends_in_mid_form_keeps_what_was_typed(officer: Visitor) -> None:
    page = officer.page
    meeting = steps.new_meeting(officer, "Forgetful Committee")
    officer.go(f"/meetings/{meeting}/agenda")
    steps.add_item(officer, "Seaweed")
    page.get_by_role("link", name=steps.for_("Edit", "Seaweed")).click()
    words = "Two hundred words that nobody wants to type a second time."
    page.get_by_label("Description").fill(words)
    page.context.clear_cookies()
    officer.press("Save")
    expect(page.get_by_text(words)).to_be_visible()
    tab = page.context.new_page()
    Visitor(tab, officer.watch, officer.address).sign_in()
    tab.close()
    officer.press("Send it again")
    expect(page.get_by_text(words)).to_be_visible()
    if page.get_by_role("button", name="Send it again").count():
        officer.press("Send it again")
    expect(page.get_by_role("alert")).to_contain_text("has been changed")
    expect(page.get_by_text(words)).to_be_visible()
