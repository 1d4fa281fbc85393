"""Chromium, a running product for it to look at, and people who use both."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from committee.embedded import serve
from tests.browser.furnishing import PASSWORD
from tests.browser.running import Product, every_part, installation
from tests.browser.watching import Watch

PROGRAM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
# Headless Chromium on a machine of tests: no sandbox for the root account, and no calls home.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 20_000  # milliseconds that a page may take to show what is expected


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark each test of this folder: one test process runs them all, beside one product."""
    item.add_marker(pytest.mark.browser)
    item.add_marker(pytest.mark.xdist_group("browser"))
    if PROGRAM is None:
        item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@pytest.fixture(scope="session")
def product(
    database_url: str, servers_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Product]:
    """A whole installation that runs while the tests of this folder do."""
    folder = tmp_path_factory.mktemp("product")
    with installation(servers_folder, folder, f"browser_{folder.parent.name[-20:]}") as made:
        made.start(every_part(made))
        yield made


@pytest.fixture(scope="session")
def furnished(product: Product) -> dict[str, object]:
    """Ids and addresses of a committee, meetings and papers; three accounts are put in too."""
    answer: dict[str, object] = json.loads(
        product.run(sys.executable, "-m", "tests.browser.furnishing").splitlines()[-1]
    )
    return answer


@pytest.fixture(scope="session")
def example(
    database_url: str, servers_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Product]:
    """The example council, as a first start shows it once its background work is done."""
    folder = tmp_path_factory.mktemp("example")
    name = f"example_{folder.parent.name[-20:]}"
    with installation(servers_folder, folder, name) as made:
        catcher, made.environment["SMTP_URL"] = serve.mail_catcher(folder / "mail")
        made.run(sys.executable, "-m", "flask", "--app", "wsgi", "examples", "load")
        made.start({**every_part(made), "mail": catcher})
        made.wait_until_idle()
        yield made


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One Chromium for the tests of a module."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=FLAGS)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Visitor:
    """Somebody at a browser of their own, and what that browser complained of."""

    page: Page
    watch: Watch
    address: str

    def go(self, path: str) -> None:
        """Open a page of the product."""
        self.page.goto(self.address + path)

    def sign_in(self, email: str = "officer@example.org", password: str = PASSWORD) -> None:
        """Use the sign-in form."""
        self.go("/sign-in")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.get_by_role("button", name="Sign out").wait_for()

    def press(self, name: str) -> None:
        """Press the one button with this name."""
        self.page.get_by_role("button", name=name, exact=True).click()


@pytest.fixture
def visitor(product: Product, chromium: Browser) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors, each in a context of their own; no browser may have complained at the end."""
    made: list[Visitor] = []

    def make(*, scripts: bool = True, width: int = 1280, height: int = 1000) -> Visitor:
        context = chromium.new_context(
            java_script_enabled=scripts,
            viewport={"width": width, "height": height},
            locale="en-GB",
            accept_downloads=True,
        )
        context.set_default_timeout(PATIENCE)
        found = Visitor(context.new_page(), Watch(context), product.address)
        made.append(found)
        return found

    yield make
    faults = [fault for each in made for fault in each.watch.faults]
    for each in made:
        each.page.context.close()
    assert faults == [], product.logs()


@pytest.fixture
def officer(furnished: dict[str, object], visitor: Callable[..., Visitor]) -> Visitor:
    """A democratic services officer who has signed in."""
    someone = visitor()
    someone.sign_in()
    return someone
