"""The commands as a real process, as a person or a script starts them."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from config import ROOT, Settings
from tests.commands.conftest import a_meeting_file, written


@pytest.fixture
def environment(app: Flask, settings: Settings) -> dict[str, str]:
    """What the launcher sets for the application's own words."""
    return {
        **os.environ,
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "STORAGE_URL": settings.storage_url,
        "QUORATE_DATA": str(settings.data_folder),
        "SECRET_KEY": settings.secret_key,
    }


def run(environment: dict[str, str], *words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", str(ROOT / "wsgi.py"), *map(str, words)],
        env=environment,
        cwd=ROOT,
        check=False,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        text=True,
        timeout=120,
    )


def test_a_meeting_goes_in_and_a_pack_comes_out(
    environment: dict[str, str], folder: Path, tmp_path: Path
) -> None:
    imported = run(environment, "meetings", "import", written(folder, a_meeting_file()))
    assert imported.returncode == 0, imported.stderr
    meeting_id = imported.stdout.strip()
    assert meeting_id.isdigit(), "standard output holds the id and nothing else"
    made = run(
        environment, "packs", "build", meeting_id, "--audience=public", "--out", tmp_path, "--json"
    )
    assert made.returncode == 0, made.stderr
    answer = json.loads(made.stdout)
    (file,) = tmp_path.glob("*.pdf")
    assert hashlib.sha256(file.read_bytes()).hexdigest() == answer["sha256"]
    assert [item["number"] for item in answer["items"]] == ["1", "2", "3", "4"]


def test_a_wrong_file_ends_with_an_error_and_no_traceback(
    environment: dict[str, str], folder: Path
) -> None:
    done = run(environment, "meetings", "import", written(folder, {}))
    assert done.returncode == 1
    assert done.stdout == ""
    assert "“council” is missing" in done.stderr
    assert "Traceback" not in done.stderr
