"""Installing: once, by hash, without waste, and in plain words when something cannot be had."""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
PINNED = re.compile(r"^([a-z0-9.-]+)(?:\[[a-z,-]+\])?==(\S+)", re.MULTILINE)


def pinned(name: str) -> dict[str, str]:
    return dict(PINNED.findall((ROOT / "requirements" / f"{name}.lock").read_text()))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_names_no_host_and_no_place(lock):
    text = lock.read_text()
    assert not re.search(r"://|--(extra-)?index|--find-links|\bfile:|^/|\s/", text, re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_pinned_library_has_its_hashes(lock):
    entries = re.split(r"^(?=[a-z0-9])", lock.read_text(), flags=re.MULTILINE)
    without = [entry for entry in entries if "==" in entry and "--hash=sha256:" not in entry]
    assert entries
    assert without == []


def test_the_tools_come_on_top_of_exactly_what_the_product_runs_with():
    assert pinned("run").items() <= pinned("develop").items()
    assert pinned("bootstrap").items() <= pinned("run").items()


def ready(launcher, name):
    locks = {key: launcher.LOCKS[key].read_bytes() for key in {"run", name}}
    launcher.write_stamp(**{key: hashlib.sha256(lock).hexdigest() for key, lock in locks.items()})


def forbid(*_, **__):
    pytest.fail("it started a program")


@pytest.mark.parametrize(("installed", "wanted"), [("run", "run"), ("develop", "run")])
def test_what_is_installed_is_not_looked_at_again(launcher, monkeypatch, installed, wanted):
    ready(launcher, installed)
    monkeypatch.setattr(launcher.subprocess, "call", forbid)
    launcher.install_libraries(wanted)


def test_a_lock_that_changed_is_installed_again_and_keeps_the_tools(launcher, monkeypatch):
    launcher.write_stamp(run="old", develop="old")
    calls = []
    monkeypatch.setattr(launcher.subprocess, "call", lambda line, **_: calls.append(line) or 0)
    launcher.install_libraries("run")
    assert calls[0][-1].endswith("bootstrap.lock")
    assert calls[1][-1].endswith("develop.lock")
    assert "--require-hashes" in calls[1]


def test_pip_does_it_when_uv_cannot(launcher, monkeypatch, capsys):
    calls = []

    def call(line, **_):
        calls.append(line)
        return 1 if "uv" in line else 0

    monkeypatch.setattr(launcher.subprocess, "call", call)
    launcher.install_libraries("run")
    assert "pip" in calls[-1]
    assert calls[-1][-1].endswith("run.lock")
    assert "--require-hashes" in calls[-1]
    assert "trying again with pip" in capsys.readouterr().err


def test_without_the_right_to_install_it_gives_the_command_and_what_is_off(
    launcher, monkeypatch, capsys
):
    monkeypatch.setattr(launcher, "may_install", lambda: None)
    monkeypatch.setattr(launcher.shutil, "which", lambda _: None)
    launcher.finish_packages(launcher.start_packages(["word"]), ["word"])
    told = capsys.readouterr().err
    assert "libreoffice-writer-nogui bubblewrap" in told
    assert "Word papers are refused" in told
    assert launcher.missing_groups(["word"], again=False) == []
    assert launcher.missing_groups(["word"], again=True) == ["word"]


def test_without_the_environment_module_it_gives_the_command(launcher, monkeypatch, capsys):
    monkeypatch.setattr(launcher, "may_install", lambda: None)
    failed = subprocess.CompletedProcess([], 1)
    monkeypatch.setattr(launcher.subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(SystemExit) as stopped:
        launcher.make_environment()
    assert stopped.value.code == 1
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    assert f"apt-get install -y {package}" in capsys.readouterr().err


def test_an_environment_that_is_a_link_is_never_emptied(launcher, monkeypatch, tmp_path, capsys):
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "kept").touch()
    launcher.ENVIRONMENT.rmdir()
    launcher.ENVIRONMENT.symlink_to(theirs)
    monkeypatch.setattr(launcher, "start_apt", lambda _: None)
    with pytest.raises(SystemExit):
        launcher.make_environment()
    assert "is a link to another folder" in capsys.readouterr().err
    assert (theirs / "kept").exists()


def test_a_checkout_that_moved_gets_a_new_environment(launcher, monkeypatch):
    launcher.PYTHON.parent.mkdir()
    launcher.PYTHON.touch()
    monkeypatch.setattr(launcher.subprocess, "run", forbid)
    launcher.write_stamp(place=str(launcher.ROOT))
    launcher.make_environment()
    launcher.write_stamp(place="/somewhere/else")
    made = []
    done = subprocess.CompletedProcess([], 0)
    monkeypatch.setattr(launcher.subprocess, "run", lambda line, **_: made.append(line) or done)
    launcher.make_environment()
    assert "--clear" in made[0]


def test_an_older_python_is_told_so(launcher, monkeypatch, capsys):
    monkeypatch.setattr(launcher.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(launcher.shutil, "which", lambda _: None)
    with pytest.raises(SystemExit):
        launcher.insist_on_python()
    assert "needs Python 3.11 or newer; this is Python 3.9" in capsys.readouterr().err


def test_an_older_python_hands_over_to_a_newer_one(launcher, monkeypatch):
    handed_over = []
    monkeypatch.setattr(launcher.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(launcher.sys, "argv", ["quorate", "run"])
    monkeypatch.setattr(launcher.shutil, "which", lambda _: sys.executable)
    monkeypatch.setattr(launcher.os, "execv", lambda *call: handed_over.append(call))
    with pytest.raises(SystemExit):
        launcher.insist_on_python()
    assert handed_over[0][0] == sys.executable
    assert handed_over[0][1][-1] == "run"


def test_help_tells_of_every_word():
    told = subprocess.run(
        [sys.executable, str(ROOT / "quorate"), "help"], check=True, capture_output=True, text=True
    ).stdout
    words = ["run", "test", "setup", "lint", "format", "bench", "nightly", "lock", "reset"]
    assert [word for word in words if f"./quorate {word} " not in told] == []


def test_make_offers_the_same_words():
    words = re.search(r"^WORDS = (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[1]
    told = re.findall(r"^\./quorate (\w+)", (ROOT / "quorate").read_text(), re.MULTILINE)
    assert sorted(words.split()) == sorted(told)
