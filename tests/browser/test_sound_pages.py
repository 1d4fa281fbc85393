"""Every page for every kind of reader: axe finds nothing and nothing scrolls sideways."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from flask import Flask
from playwright.sync_api import expect

from tests.browser import papers, steps
from tests.browser.conftest import Visitor
from tests.browser.running import Product, every_part, installation
from tests.browser.watching import faults_of

FOR_ANYONE = (
    "/",
    "/meetings",
    "/meetings?past=1",
    "/search",
    "/search?q=school",
    "/committees",
    "/committees/{slug}",
    "/committees/{empty_slug}",
    "/meetings/{meeting}",
    "/meetings/{empty}",
    "/mail",
    "/mail/{mail}",
)
FOR_OFFICERS = (
    *FOR_ANYONE,
    "/home",
    "/committees/new",
    "/committees/{slug}/edit",
    "/committees/{slug}/members",
    "/committees/{empty_slug}/members",
    "/committees/{slug}/members/{membership}/end",
    "/committees/{slug}/meetings/new",
    "/meetings/{meeting}/edit",
    "/meetings/{meeting}/agenda",
    "/meetings/{empty}/agenda",
    "/agenda-items/{item}/edit",
    "/agenda-items/{long_item}/edit",
    "/agenda-items/{exempt_item}/edit",
    "/agenda-items/{item}/remove",
    "/meetings/{meeting}/papers",
    "/meetings/{empty}/papers",
    "/papers/{paper}",
    "/papers/{refused}",
    "/papers/{paper}/remove",
    "/meetings/{meeting}/packs",
    "/meetings/{empty}/packs",
)
# Addresses that answer with a file or with data, or that lead to one of the pages above.
NOT_PAGES = {
    "/static/*",
    "/healthz",
    "/council-colour.css",
    "/feed.xml",
    "/decisions/feed.xml",
    "/meetings/calendar.ics",
    "/committees/*/calendar.ics",
    "/meetings/*/agenda/items",
    "/agenda-items/*/papers",
    "/agenda-items/*/papers/progress",
    "/papers/*/versions",
    "/papers/*/versions/*/original",
    "/papers/*/versions/*/prepared",
    "/packs/*/progress",
    "/packs/*/download",
}
STATUSES = (400, 401, 403, 404, 405, 409, 413, 429, 500, 503)


def examine(someone: Visitor, paths: tuple[str, ...], known: dict[str, object]) -> list[str]:
    """What is wrong with these pages, at every width."""
    found = []
    for path in paths:
        someone.go(path.format(**known))
        found += faults_of(someone.page)
    return found


def test_what_is_unsound_is_found(visitor: Callable[..., Visitor]) -> None:
    someone = visitor()
    someone.page.set_content("<html><title>T</title><main><img src=''><p>Wide</p></main></html>")
    someone.page.add_style_tag(content="p { width: 1000px }")
    found = faults_of(someone.page)
    for fault in ("html-has-lang", "image-alt", "at 390 pixels: scrolls sideways"):
        assert any(fault in each for each in found), found
    assert not any("1280 pixels: scrolls" in each for each in found)


def test_pages_for_anyone_are_sound(
    visitor: Callable[..., Visitor], furnished: dict[str, object]
) -> None:
    assert examine(visitor(), (*FOR_ANYONE, "/sign-in"), furnished) == []


def test_pages_for_officers_are_sound(officer: Visitor, furnished: dict[str, object]) -> None:
    assert examine(officer, FOR_OFFICERS, furnished) == []


def test_every_page_that_a_browser_can_open_is_examined(app: Flask) -> None:
    rules = [rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    examined = {
        re.sub(r"\{\w+\}", "*", path.partition("?")[0]) for path in (*FOR_OFFICERS, "/sign-in")
    }
    assert {re.sub(r"<[^>]+>", "*", rule) for rule in rules} - NOT_PAGES == examined


def test_pages_with_work_under_way_are_sound(
    officer: Visitor, product: Product, tmp_path: Path
) -> None:
    meeting = steps.new_meeting(officer, "Committee at Work")
    officer.go(f"/meetings/{meeting}/agenda")
    steps.add_item(officer, "A late paper")
    with product.worker_held():
        officer.go(f"/meetings/{meeting}/papers")
        steps.started(officer.page)
        late = papers.pdf(tmp_path, "late.pdf", pages=2, seed=4)
        steps.send(officer.page.locator("main"), late)
        # The line in the list comes last: nothing on the page changes after it.
        checked = officer.page.locator(".app-paper").filter(has_text="Being checked")
        expect(checked).to_have_count(1)
        found = faults_of(officer.page)
        officer.go(f"/meetings/{meeting}/packs")
        steps.ask_for(officer.page, "Public pack")
        expect(officer.page.get_by_text("Waiting to start").first).to_be_visible()
        found += faults_of(officer.page)
    assert found == []
    card = steps.pack(officer.page, "Public pack")
    expect(card.get_by_text(re.compile("^Built "))).to_be_visible(timeout=steps.CHECKED)
    officer.page.get_by_text("What is in the public pack").click()
    assert faults_of(officer.page) == []


def test_the_question_before_an_item_becomes_open_is_sound(
    officer: Visitor, furnished: dict[str, object]
) -> None:
    officer.go("/agenda-items/{exempt_item}/edit".format(**furnished))
    officer.page.get_by_label("Open: the public may attend").check()
    officer.press("Save")
    steps.arrived(officer.page, re.compile("open to the public"))
    assert faults_of(officer.page) == []
    officer.press("Back to what I typed")
    expect(officer.page.get_by_label("Open: the public may attend")).to_be_checked()


def test_forms_that_show_mistakes_are_sound(
    officer: Visitor, furnished: dict[str, object], visitor: Callable[..., Visitor]
) -> None:
    someone = visitor()
    found = mistaken(someone, "/sign-in", "Sign in")
    for path, button in (
        ("/committees/new", "Add the committee"),
        ("/committees/{slug}/members", "Add the member"),
        ("/committees/{slug}/meetings/new", "Add the meeting"),
        ("/meetings/{meeting}/agenda", "Add the item"),
    ):
        found += mistaken(officer, path.format(**furnished), button)
    officer.go("/meetings/{meeting}/papers".format(**furnished))
    officer.page.locator("form[enctype] button[type=submit]").first.click()
    found += shown_mistakes(officer)
    officer.go("/agenda-items/{item}/edit".format(**furnished))
    officer.page.get_by_label("Exempt: the public is excluded").check()
    officer.press("Save")
    found += shown_mistakes(officer)
    assert found == []


def mistaken(someone: Visitor, path: str, button: str) -> list[str]:
    """What is wrong with the page that answers a form sent empty."""
    someone.go(path)
    someone.page.get_by_role("button", name=button, exact=True).click()
    return shown_mistakes(someone)


def shown_mistakes(someone: Visitor) -> list[str]:
    """What is wrong with a page that lists mistakes; its list has the focus, its title says so."""
    summary = someone.page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(someone.page).to_have_title(re.compile("^Error: "))
    return faults_of(someone.page)


def test_pages_before_there_is_a_council_and_pages_of_errors_are_sound(
    database_url: str, servers_folder: Path, tmp_path: Path, visitor: Callable[..., Visitor]
) -> None:
    someone = visitor()
    someone.watch.expect(*STATUSES)
    with installation(servers_folder, tmp_path, f"troubled_{tmp_path.parent.name}") as troubled:
        web = every_part(troubled)["web"]
        troubled.start({"web": [*web[:-1], "tests.browser.troubled:app"]})
        there = replace(someone, address=troubled.address)
        found = examine(there, ("/", "/committees", "/sign-in", "/nowhere"), {})
        found += examine(there, tuple(f"/problem/{status}" for status in STATUSES), {})
        for status in (400, 401, 409, 500):
            found += faults_after_typing(there, status)
    assert found == []


def faults_after_typing(someone: Visitor, status: int) -> list[str]:
    """What is wrong with an error page that gives back what was typed."""
    someone.go("/sign-in")
    form = someone.page.locator("form", has=someone.page.get_by_label("E-mail address"))
    form.evaluate("(form, where) => { form.action = where }", f"/problem/{status}")
    someone.page.get_by_label("E-mail address").fill("officer@example.org")
    someone.press("Sign in")
    expect(someone.page.get_by_text("officer@example.org")).to_be_visible()
    return faults_of(someone.page)
