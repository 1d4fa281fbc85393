"""Files larger than are taken: the officer is told which one and why, with scripts or without."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.conftest import Visitor
from tests.browser.running import REQUEST_BYTES, UPLOAD_BYTES


def a_file(folder: Path, name: str, size: int) -> Path:
    """A file of so many bytes."""
    path = folder / name
    path.write_bytes(b"%PDF-1.7\n" + bytes(size))
    return path


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_file_that_is_too_large_is_named(
    scripts: bool, visitor: Callable[..., Visitor], furnished: dict[str, object], tmp_path: Path
) -> None:
    officer = visitor(scripts=scripts)
    officer.watch.expect(413, 422)
    page = officer.page
    officer.sign_in()
    for size, told in (
        (UPLOAD_BYTES, "“plan.pdf” is larger than 8 MB"),
        (REQUEST_BYTES, "too large"),
    ):
        officer.go(f"/meetings/{furnished['meeting']}/papers")
        if scripts:
            steps.started(page)
        item = steps.section(page, "School places")
        steps.send(item, a_file(tmp_path, "plan.pdf", size))
        expect(page.get_by_text(told).first).to_be_visible()
