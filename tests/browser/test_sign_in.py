"""Signing in and out, being invited, forgetting a password, and the pages of administrators."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.conftest import Visitor
from tests.browser.furnishing import PASSWORD
from tests.browser.running import Product
from tests.browser.test_keyboard import tab_to
from tests.browser.test_sound_pages import mistaken
from tests.browser.watching import faults_of

NEWEST_LETTER = """
SELECT text FROM mail WHERE to_address = %s AND text LIKE '%%/choose-password/%%'
ORDER BY id DESC LIMIT 1
"""
BETTER = "three words remembered"


def mailed_link(product: Product, email: str, besides: str = "") -> str:
    """Where the link of the newest letter to this address leads, once a worker has written it:
    another than the one that was mailed before."""
    with product.database() as database:
        for _ in range(300):  # other letters are tried again and again here: no mail server is set
            letter = database.execute(NEWEST_LETTER, [email]).fetchone()
            link = re.search(r"(/choose-password/\S+)", letter[0]) if letter else None
            if link and link[1] != besides:
                return link[1]
            time.sleep(0.1)
    pytest.fail(f"no other letter to {email} with a link is owed")


def type_into(page: Page, label: str, words: str) -> None:
    """Go to a field by Tab and type into it."""
    tab_to(page, label)
    page.keyboard.type(words)
    # On a busy machine the next key can overtake the last letter.
    expect(page.get_by_label(label, exact=True)).to_have_value(words)


def go_by_keyboard(page: Page, link: str, heading: str) -> None:
    """Follow a link and wait for the page with this heading."""
    tab_to(page, link)
    page.keyboard.press("Enter")
    steps.arrived(page, heading)


def test_in_to_ones_account_and_out_by_keyboard(
    furnished: dict[str, object], visitor: Callable[..., Visitor]
) -> None:
    someone = visitor()
    page = someone.page
    someone.go("/")
    go_by_keyboard(page, "Sign in", "Sign in")
    type_into(page, "E-mail address", "officer@example.org")
    type_into(page, "Password", PASSWORD)
    page.keyboard.press("Enter")
    steps.arrived(page, "Your work")
    go_by_keyboard(page, "Asha Whitlock", "Your account")
    expect(page.get_by_role("row", name="This browser")).to_be_visible()
    tab_to(page, "Sign out")
    page.keyboard.press("Enter")
    steps.told(page, "You have signed out.")
    someone.go("/account")
    steps.arrived(page, "Sign in")


def test_a_wrong_password_is_told_and_the_way_back_is_near(
    furnished: dict[str, object], visitor: Callable[..., Visitor]
) -> None:
    someone = visitor()
    page = someone.page
    someone.go("/sign-in")
    type_into(page, "E-mail address", "second@example.org")
    type_into(page, "Password", "not the password")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.get_by_label("E-mail address")).to_have_value("second@example.org")
    go_by_keyboard(page, "Forgotten your password?", "Forgotten password")


@pytest.fixture
def administrator(furnished: dict[str, object], visitor: Callable[..., Visitor]) -> Visitor:
    """Somebody who administers accounts and has signed in."""
    someone = visitor()
    someone.sign_in("administrator@example.org")
    return someone


def invite(administrator: Visitor, name: str, email: str, role: str) -> None:
    """Add a person; the page shown next is theirs."""
    page = administrator.page
    administrator.go("/people/new")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("radio", name=role).check()
    administrator.press("Add the person and send the invitation")
    steps.arrived(page, name)


def test_from_the_invitation_to_a_new_password(
    administrator: Visitor, product: Product, visitor: Callable[..., Visitor]
) -> None:
    email = "newcomer@example.org"
    invite(administrator, "Ms N Okafor", email, "Committee member")
    newcomer = visitor()
    page = newcomer.page
    invitation = mailed_link(product, email)
    newcomer.go(invitation)
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    newcomer.press("Save the password")
    steps.told(page, "Your password is set, Ms N Okafor. Sign in with it.")
    newcomer.sign_in(email)
    forgetful = visitor()
    forgetful.go("/forgotten-password")
    type_into(forgetful.page, "E-mail address", email)
    forgetful.page.keyboard.press("Enter")
    steps.arrived(forgetful.page, "Look into your mail")
    link = mailed_link(product, email, besides=invitation)
    forgetful.go(link)
    forgetful.page.get_by_label("New password", exact=True).fill(BETTER)
    forgetful.press("Save the password")
    forgetful.sign_in(email, BETTER)
    # The browser that was signed in before is out, and the link is spent.
    newcomer.go("/account")
    steps.arrived(page, "Sign in")
    newcomer.go(link)
    steps.arrived(page, "This link can no longer be used")


def test_the_pages_of_administrators_are_sound(
    administrator: Visitor, product: Product, furnished: dict[str, object]
) -> None:
    page = administrator.page
    administrator.go("/portfolios")
    found = faults_of(page)
    page.get_by_label("Title of the portfolio").fill("Cabinet Member for Ferries and Piers")
    administrator.press("Add the portfolio")
    found += faults_of(page)
    portfolio = page.url
    email = "decider@example.org"
    invite(administrator, "Mrs V Osterley", email, "Decision maker")
    found += faults_of(page)
    person = page.url.removeprefix(administrator.address)
    page.get_by_text("What each role may do").click()
    found += faults_of(page)
    page.goto(portfolio)
    page.get_by_label("Holder").select_option(label="Mrs V Osterley")
    administrator.press("Appoint")
    steps.told(page, "Mrs V Osterley has been appointed.")
    found += faults_of(page)
    page.get_by_role("link", name="End the holding of Mrs V Osterley").click()
    found += faults_of(page)
    for path in ("/people", "/people?words=nobody-at-all", "/people/new", "/portfolios"):
        administrator.go(path)
        found += faults_of(page)
    for path in ("/edit", "/deactivate"):
        administrator.go(person + path)
        found += faults_of(page)
    administrator.go(person)
    page.get_by_role("link", name="End the role Decision maker").click()
    found += faults_of(page)
    found += mistaken(administrator, "/people/new", "Add the person and send the invitation")
    found += mistaken(administrator, person, "Give the role")
    found += mistaken(administrator, "/portfolios", "Add the portfolio")
    found += mistaken(administrator, portfolio.removeprefix(administrator.address), "Appoint")
    administrator.go("/account")
    found += faults_of(page)
    assert found == []


def test_the_pages_on_the_way_in_are_sound(
    visitor: Callable[..., Visitor], administrator: Visitor, product: Product
) -> None:
    email = "invited@example.org"
    invite(administrator, "Mr I Vaughan", email, "Report author")
    someone = visitor()
    found = mistaken(someone, "/forgotten-password", "Send the link")
    someone.page.get_by_label("E-mail address").fill("nobody" + "y" * 60 + "@example.org")
    someone.press("Send the link")
    found += faults_of(someone.page)
    found += mistaken(someone, mailed_link(product, email), "Save the password")
    someone.go("/choose-password/no-such-link")
    found += faults_of(someone.page)
    assert found == []
