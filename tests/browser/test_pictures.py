"""Pictures of the example council for the README: QUORATE_PICTURES=1 takes them anew."""

import os
import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from committee.commands.example_year.settled import PASSWORD
from committee.embedded.migrate import ROOT
from tests.browser.conftest import Visitor
from tests.browser.running import Product

IMAGES = ROOT / "docs" / "images"
COLOURS = 64  # enough for pages of flat colours, and a quarter of the bytes

pytestmark = pytest.mark.skipif(
    os.environ.get("QUORATE_PICTURES") != "1", reason="QUORATE_PICTURES is not 1"
)


def test_pictures_of_the_example_council(example: Product, visitor: Callable[..., Visitor]) -> None:
    """Each picture of the tour in README.md, by the way that the tour takes."""
    resident = replace(visitor(width=1100, height=960), address=example.address)
    page = resident.page
    resident.go("/")
    take(resident, "home")
    page.get_by_role("link", name="Decisions", exact=True).click()
    page.get_by_role("link", name="Enlargement of Brackenhythe Primary School").first.click()
    take(resident, "decision")
    page.get_by_role("link", name="Consultations", exact=True).click()
    page.get_by_role("link", name="A larger primary school for Brackenhythe").click()
    page.get_by_role("link", name="Read the results").click()
    bring_up(resident, "Who responded")
    take(resident, "results")


def test_pictures_of_each_persons_work(example: Product, visitor: Callable[..., Visitor]) -> None:
    """What the clerk, the author and the cabinet member see on the tour."""
    clerk, author, decider = (
        replace(visitor(width=1100, height=960), address=example.address) for _ in range(3)
    )
    for someone, name in ((clerk, "clerk"), (author, "author"), (decider, "cabinet")):
        someone.sign_in(f"{name}@harrowmere.example", PASSWORD)
        someone.go("/home")
    take(clerk, "work")
    clerk.page.get_by_role("link", name="Publish the agenda", exact=True).click()
    clerk.page.get_by_role("link", name="Agenda", exact=True).click()
    take(clerk, "agenda")
    clerk.go("/meetings?past=1")
    clerk.page.get_by_role("link", name="Children, Learning and Communities").first.click()
    clerk.page.get_by_role("link", name="Packs", exact=True).click()
    take(clerk, "packs")
    author.page.get_by_role("link", name="Spending on children, learning").click()
    take(author, "report")
    decider.page.get_by_role("link", name=re.compile("^Read and take decision")).click()
    bring_up(decider, "Confirm and sign")
    take(decider, "sign")


def bring_up(someone: Visitor, heading: str) -> None:
    """Scroll until the heading is at the top of the window."""
    found = someone.page.get_by_role("heading", name=heading)
    found.evaluate("heading => heading.scrollIntoView()")


def take(officer: Visitor, name: str) -> None:
    """Keep what the window shows as a small PNG."""
    expect(officer.page.get_by_role("heading", level=1)).to_be_visible()
    officer.page.evaluate("document.fonts.ready.then(() => true)")
    shown = Image.open(BytesIO(officer.page.screenshot()))
    IMAGES.mkdir(parents=True, exist_ok=True)
    reduced = shown.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    reduced.save(IMAGES / f"{name}.png", optimize=True)
