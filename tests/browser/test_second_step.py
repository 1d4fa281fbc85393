"""Two steps by keyboard alone, passkeys of a made-up device, and the council's own sign-in."""

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Page, expect

from committee.embedded import serve
from tests.browser import steps
from tests.browser.conftest import Visitor
from tests.browser.furnishing import PASSWORD
from tests.browser.running import Product, free_port
from tests.browser.test_keyboard import tab_to
from tests.browser.test_sign_in import go_by_keyboard, type_into
from tests.browser.test_sound_pages import mistaken, shown_mistakes
from tests.browser.watching import faults_of
from tests.people.providers import CLIENT, SECRET, real_provider

CODE = re.compile(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){3}")
FROM_PROVIDER = {
    "sub": "provided",
    "email": "provided@example.org",
    "email_verified": True,
    "name": "Petra Provided",
}
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def by_name(product: Product, furnished: dict[str, object]) -> Iterator[Product]:
    """The same installation at an address with a name, where browsers keep passkeys; beside a
    sign-in provider."""
    address = f"http://localhost:{free_port()}"
    folder = product.folder / "by-name"
    folder.mkdir(exist_ok=True)
    with real_provider(FROM_PROVIDER) as issuer:
        provider = {
            "PUBLIC_URL": address,
            "OIDC_ISSUER": issuer,
            "OIDC_CLIENT_ID": CLIENT,
            "OIDC_CLIENT_SECRET": SECRET,
            "OIDC_LABEL": "your Example CC account",
        }
        made = Product(address, {**product.environment, **provider}, folder)
        try:
            made.start({"web": serve.processes(int(address.rpartition(":")[2]))["web"]})
            yield made
        finally:
            made.stop()


@pytest.fixture
def at_name(by_name: Product, visitor: Callable[..., Visitor]) -> Callable[..., Visitor]:
    """Makes visitors of that address."""
    return lambda **named: replace(visitor(**named), address=by_name.address)


def add_account(product: Product, name: str) -> str:
    """An account of its own, since a second step stays; its e-mail address."""
    email = f"{name.lower().replace(' ', '.')}@example.org"
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "people", "add-user"]
    product.run(*command, email, name, "--password", PASSWORD)
    return email


def password_by_keyboard(someone: Visitor, email: str) -> None:
    """Enter address and password without touching a mouse."""
    someone.go("/sign-in")
    type_into(someone.page, "E-mail address", email)
    type_into(someone.page, "Password", PASSWORD)
    someone.page.keyboard.press("Enter")


def code(page_or_key: Page | str, *, later: int = 0) -> str:
    """What an app shows with the key of the page, now or so many half-minutes later."""
    key = page_or_key
    if not isinstance(key, str):
        key = key.get_by_text("Key:").locator("strong").inner_text()
    at = datetime.now(UTC) + later * timedelta(seconds=30)
    return pyotp.TOTP(key.replace(" ", "")).at(at)


def test_a_second_step_is_set_up_and_taken_by_keyboard_alone(
    by_name: Product, at_name: Callable[..., Visitor]
) -> None:
    someone = at_name()
    page = someone.page
    email = add_account(by_name, "Kay Boardman")
    password_by_keyboard(someone, email)
    steps.arrived(page, "Your work")
    go_by_keyboard(page, "Kay Boardman", "Your account")
    go_by_keyboard(page, "Set up a second step", "Second step of sign-in")
    go_by_keyboard(page, "Set up an app", "Set up an authenticator app")
    key = page.get_by_text("Key:").locator("strong").inner_text()
    expect(page.get_by_role("img", name="as a square of dots")).to_have_js_property(
        "complete", True
    )
    assert page.get_by_role("img", name="as a square of dots").evaluate("e => e.naturalWidth") > 100
    type_into(page, "Code that the app shows now", code(key))
    page.keyboard.press("Enter")
    steps.arrived(page, "Your recovery codes")
    spare = CODE.findall(page.locator("main").inner_text())
    assert len(spare) == 10
    go_by_keyboard(page, "I have kept them", "Second step of sign-in")
    tab_to(page, "Sign out", back=True)
    page.keyboard.press("Enter")
    steps.told(page, "You have signed out.")
    password_by_keyboard(someone, email)
    steps.arrived(page, "Second step of sign-in")
    type_into(page, "Code", "000000")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    tab_to(page, "Code")
    page.keyboard.press("Control+a")
    page.keyboard.type(code(key, later=1))
    page.keyboard.press("Enter")
    steps.arrived(page, "Your work")
    another = at_name(scripts=False)
    password_by_keyboard(another, email)
    steps.arrived(another.page, "Second step of sign-in")
    type_into(another.page, "Code", spare[0])
    another.page.keyboard.press("Enter")
    steps.arrived(another.page, "Your work")


@pytest.fixture
def holder(at_name: Callable[..., Visitor]) -> Visitor:
    """Somebody whose device keeps passkeys."""
    someone = at_name()
    devtools = someone.page.context.new_cdp_session(someone.page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return someone


def test_a_passkey_is_added_and_opens_alone_and_as_second_step_by_keyboard(
    by_name: Product, holder: Visitor
) -> None:
    page = holder.page
    email = add_account(by_name, "Pat Keyes")
    password_by_keyboard(holder, email)
    steps.arrived(page, "Your work")
    holder.go("/account/second-step")
    go_by_keyboard(page, "Add a passkey", "Add a passkey")
    tab_to(page, "Add the passkey")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    type_into(page, "Name of this passkey", "Work laptop")
    page.keyboard.press("Enter")
    steps.arrived(page, "Your recovery codes")
    go_by_keyboard(page, "I have kept them", "Second step of sign-in")
    expect(page.get_by_role("row", name="Work laptop")).to_contain_text("Never")
    holder.press("Sign out")
    holder.go("/sign-in")
    tab_to(page, "Sign in with a passkey")
    page.keyboard.press("Enter")
    steps.arrived(page, "Your work")
    holder.go("/account")
    expect(page.get_by_role("row", name="This browser")).to_contain_text("Passkey")
    holder.press("Sign out")
    password_by_keyboard(holder, email)
    steps.arrived(page, "Second step of sign-in")
    tab_to(page, "Use a passkey")
    page.keyboard.press("Enter")
    steps.arrived(page, "Your work")
    holder.go("/account")
    expect(page.get_by_role("row", name="This browser")).to_contain_text("Password and passkey")


def test_a_passkey_that_was_removed_opens_nothing(by_name: Product, holder: Visitor) -> None:
    page = holder.page
    email = add_account(by_name, "Rhys Mould")
    holder.sign_in(email)
    holder.go("/account/second-step/passkeys/new")
    page.get_by_label("Name of this passkey").fill("Telephone")
    holder.press("Add the passkey")
    steps.arrived(page, "Your recovery codes")
    holder.go("/account/second-step")
    page.get_by_role("link", name="Remove the passkey Telephone").click()
    holder.press("Remove it")
    steps.told(page, "The passkey “Telephone” was removed.")
    holder.press("Sign out")
    holder.go("/sign-in")
    holder.press("Sign in with a passkey")
    expect(page.locator(".govuk-error-summary")).to_contain_text("The passkey was not taken.")


def test_who_has_no_passkey_is_told_and_goes_on_in_another_way(
    by_name: Product, at_name: Callable[..., Visitor]
) -> None:
    someone = at_name()
    devtools = someone.page.context.new_cdp_session(someone.page)
    devtools.send("WebAuthn.enable")
    refusing: dict[str, Any] = {**DEVICE, "isUserVerified": False}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": refusing})
    someone.go("/sign-in")
    someone.press("Sign in with a passkey")
    expect(someone.page.get_by_text("No passkey was used.")).to_be_visible()
    expect(someone.page.get_by_role("button", name="Sign in with a passkey")).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False])
def test_in_by_the_councils_own_sign_in(
    by_name: Product, at_name: Callable[..., Visitor], scripts: bool
) -> None:
    someone = at_name(scripts=scripts)
    page = someone.page
    with by_name.database() as database:
        known = database.execute(
            "SELECT 1 FROM user_account WHERE email = 'provided@example.org'"
        ).fetchone()
    if not known:
        add_account(by_name, "Provided")
    someone.go("/sign-in?next=/account")
    page.get_by_role("button", name="Sign in with your Example CC account").click()
    page.get_by_role("button", name="provided").click()
    if not scripts:
        steps.arrived(page, "You are being signed in")
        someone.press("Continue")
    steps.arrived(page, "Your account")
    expect(page.get_by_role("row", name="This browser")).to_contain_text("Council account")


def test_the_pages_of_setting_up_a_second_step_are_sound(by_name: Product, holder: Visitor) -> None:
    page = holder.page
    holder.go("/sign-in")
    found = faults_of(page)
    holder.sign_in(add_account(by_name, "Sol Weir"))
    holder.go("/account")
    found += faults_of(page)
    holder.go("/account/second-step")
    found += faults_of(page)
    holder.press("Set up an app")
    found += faults_of(page)
    key = page.get_by_text("Key:").locator("strong").inner_text()
    holder.press("Use this app")
    found += shown_mistakes(holder)
    page.get_by_label("Code that the app shows now").fill(code(key))
    holder.press("Use this app")
    steps.arrived(page, "Your recovery codes")
    found += faults_of(page)
    holder.go("/account/second-step/passkeys/new")
    found += faults_of(page)
    page.get_by_label("Name of this passkey").fill("Supercalifragilisticexpialidocious telephone")
    holder.press("Add the passkey")
    steps.arrived(page, "Second step of sign-in")
    found += faults_of(page)
    page.get_by_role("link", name="Remove the passkey").click()
    found += faults_of(page)
    holder.go("/account/second-step/app/remove")
    found += faults_of(page)
    found += mistaken(holder, "/account/confirm", "Continue")
    assert found == []


def test_the_pages_of_taking_and_losing_a_second_step_are_sound(
    by_name: Product, holder: Visitor, visitor: Callable[..., Visitor]
) -> None:
    page = holder.page
    email = add_account(by_name, "Lou Tarn")
    holder.sign_in(email)
    holder.go("/account/second-step")
    holder.press("Set up an app")
    page.get_by_label("Code that the app shows now").fill(code(page))
    holder.press("Use this app")
    steps.arrived(page, "Your recovery codes")
    holder.press("Sign out")
    password_by_keyboard(holder, email)
    steps.arrived(page, "Second step of sign-in")
    found = faults_of(page)
    holder.press("Continue")
    found += shown_mistakes(holder)
    administrator = visitor()
    administrator.sign_in("administrator@example.org")
    with by_name.database() as database:
        row = database.execute("SELECT id FROM user_account WHERE email = %s", [email]).fetchone()
    assert row
    for path in ("", "/second-step/reset"):
        administrator.go(f"/people/{row[0]}{path}")
        found += faults_of(administrator.page)
    administrator.press("Reset the second step")
    steps.told(administrator.page, "signs in without a second step")
    assert found == []
