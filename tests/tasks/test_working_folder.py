"""Folders to work in: gone when the work is over, and soon gone when its worker was killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from config import ROOT
from tasks.working_folder import working_folder

KEPT_OPEN = """
import sys, time
from pathlib import Path
from tasks.working_folder import folder_in
with folder_in(Path(sys.argv[1]), "pack") as folder:
    (folder / "half.pdf").write_bytes(b"half")
    print(folder, flush=True)
    time.sleep(120)
"""


def in_working(app: Flask) -> list[Path]:
    base = app.config["SETTINGS"].data_folder / "working"
    return [path for path in base.iterdir() if path.is_dir()]


def test_it_is_empty_and_gone_afterwards_even_after_an_error(app: Flask) -> None:
    def fail(folder: Path) -> None:
        (folder / "half.pdf").write_bytes(b"half")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"), working_folder("pack") as folder:
        fail(folder)
    assert not folder.exists()
    assert in_working(app) == []


def test_what_a_killed_process_left_is_cleared_and_what_a_living_one_uses_is_kept(
    app: Flask,
) -> None:
    base = app.config["SETTINGS"].data_folder / "working"
    with subprocess.Popen(
        [sys.executable, "-c", KEPT_OPEN, str(base)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        left = Path(other.stdout.readline().strip())
        try:
            with working_folder("pack"):
                assert (left / "half.pdf").exists()
        finally:
            os.kill(other.pid, signal.SIGKILL)
    with working_folder("pack") as mine:
        assert not left.exists()
        assert in_working(app) == [mine]
