"""`./quorate people import` and `export`: a dry run, and then the file as it was seen."""

import re
from pathlib import Path

from committee.extensions import db
from committee.people import service as people
from committee.people.models import Councillor
from tests.commands.conftest import Command

HEADING = "name,group,division,from,to\n"


def a_file(folder: Path, *lines: str) -> Path:
    people.the_council() or people.add_council("Example County Council")
    db.session.commit()
    file = folder / "councillors.csv"
    file.write_text(HEADING + "\n".join(lines), encoding="utf-8")
    return file


def test_a_file_is_brought_in_as_it_was_seen(command: Command, tmp_path: Path) -> None:
    file = a_file(tmp_path, "Mrs A Carter,Blue,Marrowby West,2025-05-05,")
    dry = command("people", "import", str(file), "--dry-run")
    assert dry.exit_code == 0
    assert "1 new people, 1 new groups, 1 new terms of office" in dry.stdout
    assert db.session.query(Councillor).count() == 0
    (seen,) = re.findall(r"--as-seen ([0-9a-f]{64})", dry.stdout)
    file.write_text(HEADING + "Mr B,Blue,Marrowby West,2025-05-05,\n", encoding="utf-8")
    changed = command("people", "import", str(file), "--as-seen", seen)
    assert changed.exit_code == 1
    assert "no longer as they were shown" in changed.stderr
    a_file(tmp_path, "Mrs A Carter,Blue,Marrowby West,2025-05-05,")
    done = command("people", "import", str(file), "--as-seen", seen)
    assert done.exit_code == 0
    assert [each.name for each in db.session.query(Councillor)] == ["Mrs A Carter"]
    taken = command("people", "export", "councillors")
    file.write_text(taken.stdout, encoding="utf-8")
    again = command("people", "import", str(file))
    assert "nothing that is not recorded" in again.stdout


def test_problems_are_told_by_line_and_listed_in_a_file(command: Command, tmp_path: Path) -> None:
    file = a_file(tmp_path, *[f"Mr {n},Blue,Marrowby,31/02/2026," for n in range(300)])
    listed = tmp_path / "problems.csv"
    done = command("people", "import", str(file), "--dry-run", "--problems", str(listed))
    assert done.exit_code == 1
    assert done.stdout.startswith("line 2, from: “31/02/2026” is no date.")
    assert len(done.stdout.splitlines()) == 200
    assert "300 problems in 300 rows" in done.stderr
    assert len(listed.read_text(encoding="utf-8").splitlines()) == 301
    assert db.session.query(Councillor).count() == 0


def test_a_dry_run_and_bringing_in_exclude_each_other(command: Command, tmp_path: Path) -> None:
    file = a_file(tmp_path)
    done = command("people", "import", str(file), "--dry-run", "--as-seen", "x")
    assert done.exit_code == 2
