"""Two officers at one item, double clicks, the back button, and a session that ends too early."""

import itertools
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
    steps.edit_item(officer, "Ferries")
    edit = officer.page.url
    second = visitor()
    second.sign_in("second@example.org")
    second.page.goto(edit)
    officer.page.get_by_label("Title", exact=True).fill("Ferries and piers")
    officer.press("Save")
    steps.told(officer.page, "“Ferries and piers” has been changed.")
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
    steps.see_titles(second.page, ["One", "Two", "Three"])
    steps.said(second.page, re.compile("changed"))


def test_moves_in_quick_succession_are_all_kept(officer: Visitor) -> None:
    page = officer.page
    meeting = steps.new_meeting(officer, "Hasty Committee")
    officer.go(f"/meetings/{meeting}/agenda")
    for title in ("One", "Two", "Three", "Four"):
        steps.add_item(officer, title)
    steps.started(page)
    up = page.get_by_role("button", name=steps.for_("Move up", "Four"))
    answered = itertools.count(1)
    with page.expect_response(lambda answer: steps.is_post(answer) and next(answered) == 3):
        up.evaluate("button => [1, 2, 3].forEach(() => button.click())")
    steps.see_titles(page, ["Four", "One", "Two", "Three"])
    steps.said(page, re.compile("^Four is now 1 of 4"))
    page.reload()
    steps.see_titles(page, ["Four", "One", "Two", "Three"])


def test_a_double_click_on_build_is_harmless(officer: Visitor) -> None:
    page = officer.page
    meeting = steps.new_meeting(officer, "Impatient Committee")
    officer.go(f"/meetings/{meeting}/agenda")
    steps.add_item(officer, "Apologies", kind="Procedural")
    officer.go(f"/meetings/{meeting}/packs")
    steps.started(page)
    card = steps.pack(page, "Public pack")
    for _ in range(2):  # the second button came by script, without loading the page
        with page.expect_response(steps.is_post):
            card.get_by_role("button", name=re.compile("^Build the")).dblclick(delay=20)
        expect(card.get_by_text("Up to date")).to_be_visible(timeout=steps.CHECKED)
    officer.go(f"/meetings/{meeting}/packs")
    rows = page.get_by_role("table").get_by_role("row")
    expect(rows).to_have_count(3)
    expect(rows.get_by_text("Built")).to_have_count(2, timeout=steps.CHECKED)


def test_the_back_button_after_a_form_does_nothing_twice(officer: Visitor) -> None:
    page = officer.page
    meeting = steps.new_meeting(officer, "Returning Committee")
    officer.go(f"/meetings/{meeting}/agenda")
    steps.add_item(officer, "Apologies", kind="Procedural")
    page.reload()
    steps.see_titles(page, ["Apologies"])
    steps.edit_item(officer, "Apologies")
    page.get_by_label("Title", exact=True).fill("Apologies and substitutes")
    officer.press("Save")
    steps.told(page, "“Apologies and substitutes” has been changed.")
    page.go_back()
    steps.arrived(page, re.compile("^Edit item "))
    page.get_by_label("Title", exact=True).fill("Apologies, once more")
    officer.press("Save")
    steps.told(page, "“Apologies, once more” has been changed.")
    steps.see_titles(page, ["Apologies, once more"])


def test_a_session_that_ends_in_mid_form_keeps_what_was_typed(officer: Visitor) -> None:
    page = officer.page
    meeting = steps.new_meeting(officer, "Forgetful Committee")
    officer.go(f"/meetings/{meeting}/agenda")
    steps.add_item(officer, "Seaweed")
    steps.edit_item(officer, "Seaweed")
    words = "Two hundred words that nobody wants to type a second time."
    page.get_by_label("Description").fill(words)
    page.context.clear_cookies()
    officer.press("Save")
    expect(page.get_by_text(words)).to_be_visible()
    tab = page.context.new_page()
    Visitor(tab, officer.watch, officer.address).sign_in()
    tab.close()
    with page.expect_navigation():  # the button on this page is still of the session that ended
        officer.press("Send it again")
    expect(page.get_by_text(words)).to_be_visible()
    officer.press("Send it again")
    steps.told(page, "has been changed")
    expect(page.get_by_text(words)).to_be_visible()
