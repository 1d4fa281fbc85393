"""Pictures of the example council for the README: QUORATE_PICTURES=1 takes them anew."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from committee.commands.examples import ACCOUNTS, PASSWORD
from committee.embedded.migrate import ROOT
from tests.browser.conftest import Visitor
from tests.browser.running import Product, every_part, installation

IMAGES = ROOT / "docs" / "images"
COLOURS = 64  # enough for pages of flat colours, and a quarter of the bytes

pytestmark = pytest.mark.skipif(
    os.environ.get("QUORATE_PICTURES") != "1", reason="QUORATE_PICTURES is not 1"
)


@pytest.fixture(scope="module")
def example(
    database_url: str, servers_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Product]:
    """The example council, as a first start shows it."""
    folder = tmp_path_factory.mktemp("example")
    with installation(servers_folder, folder, "browser_example") as made:
        made.run(sys.executable, "-m", "flask", "--app", "wsgi", "examples", "load")
        made.start({"web": every_part(made)["web"]})
        yield made


def test_pictures_of_the_example_council(example: Product, visitor: Callable[..., Visitor]) -> None:
    officer = replace(visitor(width=1100, height=960), address=example.address)
    page = officer.page
    officer.go("/")
    take(officer, "home")
    officer.sign_in(ACCOUNTS[0][0], PASSWORD)
    officer.go("/")
    page.get_by_role("table", name="Coming up").get_by_role("link").first.click()
    page.get_by_role("link", name="Agenda", exact=True).click()
    take(officer, "agenda")
    page.get_by_role("link", name="Papers", exact=True).click()
    page.get_by_role("heading", level=2, name=re.compile("^Item 8")).scroll_into_view_if_needed()
    page.evaluate("document.querySelector('[id^=papers-of-] li').scrollIntoView({block: 'center'})")
    take(officer, "papers")
    page.get_by_role("link", name="Packs", exact=True).click()
    take(officer, "packs")


def take(officer: Visitor, name: str) -> None:
    """Keep what the window shows as a small PNG."""
    expect(officer.page.get_by_role("heading", level=1)).to_be_visible()
    officer.page.evaluate("document.fonts.ready.then(() => true)")
    shown = Image.open(BytesIO(officer.page.screenshot()))
    IMAGES.mkdir(parents=True, exist_ok=True)
    reduced = shown.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    reduced.save(IMAGES / f"{name}.png", optimize=True)
