"""What browsers load: our own look, and nothing from anywhere else."""

import re
from pathlib import Path

import pytest

from committee.extensions import db
from committee.people.service import add_council
from tests.pages.reader import Reader

STATIC = Path(__file__).parents[2] / "committee" / "static"
STYLES = (STATIC / "quorate.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("reserved", ["GDS Transport", "crown", "light-94a07e06a1-v2"])
def test_nothing_reserved_for_the_governments_site_is_used(reserved: str) -> None:
    assert reserved.lower() not in STYLES.lower()


def test_every_file_that_the_style_sheet_names_is_there() -> None:
    named = re.findall(r'url\("?([^")]+)"?\)', STYLES)
    assert named
    assert [name for name in named if not (STATIC / name).is_file()] == []


def test_every_script_that_is_loaded_is_there() -> None:
    for script in (STATIC / "scripts").glob("*.mjs"):
        for name in re.findall(r'from "(\.[^"]+)"', script.read_text(encoding="utf-8")):
            assert (script.parent / name).is_file(), f"{script.name} loads {name}"


def test_licences_lie_beside_what_others_have_made() -> None:
    assert "SIL Open Font Licen" in (STATIC / "fonts" / "LICENCE.txt").read_text("utf-8").replace(
        "License", "Licen"
    )
    assert "MIT License" in (STATIC / "vendor" / "govuk-frontend.LICENCE.txt").read_text("utf-8")


def test_the_councils_colour_reaches_every_page(visitor: Reader) -> None:
    add_council("Example County Council", brand_colour="#ffdd00")
    db.session.commit()
    styles = visitor.get("/council-colour.css").text
    assert "--govuk-brand-colour:#ffdd00" in styles
    assert "--app-brand-text-colour:#000000" in styles  # black is read on yellow, white is not


def test_scripts_are_sent_as_scripts(visitor: Reader) -> None:
    assert visitor.get("/static/scripts/start.mjs").mimetype == "text/javascript"
