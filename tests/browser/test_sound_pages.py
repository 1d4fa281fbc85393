"""Every page for every kind of reader: axe finds nothing and nothing scrolls sideways."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser import papers, steps
from tests.browser.conftest import Visitor
from tests.browser.running import Product, every_part, installation
from tests.browser.watching import faults_of
from tests.pages import addresses

# Who examines which pages, each in one state.
EXAMINED = {
    None: addresses.ANYONE,
    "officer@example.org": addresses.OFFICERS,
    "second@example.org": addresses.SIGNED_IN
    | addresses.READERS
    | addresses.AUTHORS
    | addresses.MEMBERS,
    "administrator@example.org": addresses.ADMINISTRATORS,
    "maker@example.org": addresses.SIGNED_IN | addresses.HOLDER,
    "monitoring@example.org": addresses.MONITORING,
}
# What some of them look like in other states.
IN_OTHER_STATES_FOR_ANYONE = (
    "/meetings?past=1",
    "/meetings/{meeting}",
    "/meetings/{empty}",
    "/committees/{empty_slug}",
    "/committees/{empty_slug}/work-programme",
    "/search",
    "/search?q=zeppelin",
)
IN_OTHER_STATES = (
    "/",
    "/committees",
    "/committees/{slug}",
    "/committees/{slug}/work-programme",
    "/committees/{empty_slug}/members",
    "/meetings/{met}",
    "/meetings/{empty}/agenda",
    "/meetings/{empty}/agenda/publish",
    "/meetings/{empty}/papers",
    "/meetings/{empty}/packs",
    "/meetings/{empty}/reports",
    "/agenda-items/{long_item}/edit",
    "/agenda-items/{exempt_item}/edit",
    "/agenda-items/{exempt_item}/class",
    "/papers/{refused}",
    "/decisions/{draft_decision}",
    "/decisions/{published}",
    "/consultations/{draft}",
    "/consultations/{running}",
    "/consultations/{running}/questions",
    "/consultations/{reported}/responses",
    "/reports/{sent}",
)
STATUSES = (400, 401, 403, 404, 405, 409, 413, 429, 500, 503)


def pages_of(table: Mapping[str, str]) -> tuple[str, ...]:
    """The addresses in a part of the table that answer with a page."""
    return tuple(path for name, path in table.items() if name in addresses.PAGES)


def examine(
    someone: Visitor, paths: Iterable[str], known: dict[str, object], *, status: int | None = 200
) -> list[str]:
    """What is wrong with these pages, at every width, and which answer with another status."""
    found = []
    for path in paths:
        answer = someone.page.goto(someone.address + path.format(**known))
        assert answer
        found += [] if status in (None, answer.status) else [f"{path} answers {answer.status}"]
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


@pytest.mark.parametrize("email", EXAMINED, ids=lambda email: (email or "visitor").split("@")[0])
def test_each_page_is_sound_for_whom_it_is(
    visitor: Callable[..., Visitor], furnished: dict[str, object], email: str | None
) -> None:
    someone = visitor()
    if email:
        someone.sign_in(email)
    assert examine(someone, pages_of(EXAMINED[email]), furnished) == []


def test_pages_for_anyone_in_other_states_are_sound(
    visitor: Callable[..., Visitor], furnished: dict[str, object]
) -> None:
    assert examine(visitor(), IN_OTHER_STATES_FOR_ANYONE, furnished) == []


def test_pages_in_other_states_are_sound(officer: Visitor, furnished: dict[str, object]) -> None:
    assert examine(officer, IN_OTHER_STATES, furnished) == []


def test_every_page_that_a_browser_can_open_is_examined(app: Flask) -> None:
    """All that answers is in the table, whose pages somebody opens above."""
    there = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert there == set(addresses.ALL)
    examined = {path for table in EXAMINED.values() for path in pages_of(table)}
    assert examined == set(pages_of(addresses.ALL))


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
    officer.go("/agenda-items/{exempt_item}/class".format(**furnished))
    officer.page.get_by_label("Open: anyone").check()
    officer.press("Save")
    steps.arrived(officer.page, re.compile("open to the public"))
    assert faults_of(officer.page) == []
    officer.press("Back to what I typed")
    expect(officer.page.get_by_label("Open: anyone")).to_be_checked()


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
    officer.go("/agenda-items/{item}/class".format(**furnished))
    officer.page.locator("main input[type=radio][value=exempt]").first.check()
    officer.page.locator("main form button[type=submit]").first.click()
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
        found = examine(there, ("/", "/committees", "/sign-in", "/nowhere"), {}, status=None)
        found += examine(there, tuple(f"/problem/{status}" for status in STATUSES), {}, status=None)
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
