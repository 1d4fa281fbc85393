"""What a program in the sandbox can reach, and how it ends."""

import json
import socket
import sys
from pathlib import Path

import pytest

from committee.documents import reading, sandbox
from committee.documents.refusals import PreparationFailed, Refused

LIMITS = sandbox.Limits(memory_bytes=2**30, cpu_seconds=20, wall_seconds=30)
needs_bubblewrap = pytest.mark.skipif(
    sandbox.bubblewrap_problem() is not None, reason=str(sandbox.bubblewrap_problem())
)


def shell(folder: Path, script: str, limits: sandbox.Limits = LIMITS) -> sandbox.Outcome:
    job = sandbox.Job(["/bin/sh", "-c", script], folder, environment={"PATH": "/usr/bin:/bin"})
    return sandbox.run(job, limits)


@needs_bubblewrap
def test_only_the_folder_can_be_written_and_nothing_else_read(tmp_path):
    folder, secret = tmp_path / "folder", tmp_path / "secret.txt"
    folder.mkdir()
    secret.write_text("canary")
    outcome = shell(
        folder, f"cat {secret}; ls {tmp_path} /root /home; touch /usr/x; echo hi > here"
    )
    assert "canary" not in outcome.output
    assert (folder / "here").read_text() == "hi\n"
    assert "secret.txt" not in outcome.output.replace(f"cat: {secret}", "")


@needs_bubblewrap
def test_there_is_no_network(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        shell(tmp_path, f"perl -MIO::Socket::INET -e 'IO::Socket::INET->new(\"127.0.0.1:{port}\")'")
        with pytest.raises(TimeoutError):
            server.accept()


@needs_bubblewrap
def test_the_environment_of_the_worker_is_not_passed_on(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_PASSWORD", "canary")
    assert "canary" not in shell(tmp_path, "env").output


def test_a_program_that_hangs_is_ended_with_all_that_it_started(tmp_path):
    limits = sandbox.Limits(2**30, cpu_seconds=20, wall_seconds=1)
    mark = f"7{abs(hash(str(tmp_path))) % 10**6}"
    outcome = shell(tmp_path, f"sleep {mark} & sleep {mark} & wait", limits)
    assert outcome.timed_out
    assert not left_behind(mark)


def left_behind(mark: str) -> list[str]:
    """The processes whose command line holds the mark."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes().split(b"\0")
        except OSError:
            continue
        if mark.encode() in words:
            found.append(str(entry))
    return found


def test_a_program_that_works_for_ever_runs_out_of_its_time(tmp_path):
    limits = sandbox.Limits(2**30, cpu_seconds=1, wall_seconds=30)
    outcome = shell(tmp_path, "while :; do :; done", limits)
    assert outcome.used_up_its_time
    assert not outcome.timed_out


def test_a_program_cannot_write_a_file_over_its_limit(tmp_path):
    limits = sandbox.Limits(2**30, 20, 30, file_bytes=10_240)
    shell(tmp_path, "head -c 1000000 /dev/zero > big", limits)
    assert (tmp_path / "big").stat().st_size <= 10_240


@pytest.fixture
def reader(tmp_path, monkeypatch):
    """Has the reader do what a script says, in place of reading."""

    def _read(script: str, limits: sandbox.Limits = LIMITS):
        task = tmp_path / "task.py"
        task.write_text("import json, os, signal, sys\nfolder = sys.argv[3]\n" + script)
        folder = tmp_path / "folder"
        folder.mkdir()
        monkeypatch.setattr(reading, "_READER", task)
        monkeypatch.setattr(reading, "_LIMITS", limits)
        return reading.read("pdf", task, folder)

    return _read


@pytest.mark.parametrize("number", ["SIGSEGV", "SIGABRT", "SIGBUS"])
def test_a_file_that_crashes_its_reader_is_refused(reader, number):
    with pytest.raises(Refused) as refused:
        reader(f"os.kill(os.getpid(), signal.{number})")
    assert refused.value.code == "damaged"


def test_a_file_that_never_ends_is_refused(reader):
    with pytest.raises(Refused) as refused:
        reader("while True: pass", sandbox.Limits(2**30, cpu_seconds=1, wall_seconds=30))
    assert refused.value.code == "took_too_long"


def test_a_reader_that_sleeps_may_be_tried_again(reader):
    with pytest.raises(PreparationFailed, match="in time"):
        reader("import time; time.sleep(60)", sandbox.Limits(2**30, 20, wall_seconds=1))


def test_a_reader_with_a_fault_may_be_tried_again(reader):
    with pytest.raises(PreparationFailed, match="ZeroDivisionError"):
        reader("1 / 0")


def test_a_result_that_is_a_link_is_not_followed(reader, tmp_path):
    secret = tmp_path / "secret.json"
    secret.write_text(json.dumps({"done": {"pages": 1}}))
    with pytest.raises(PreparationFailed):
        reader(f"os.symlink({str(secret)!r}, folder + '/result.json')")


def test_the_reader_does_not_load_the_application():
    script = Path(reading._READER).read_text()
    assert "import committee" not in script
    assert "from committee" not in script
    assert sys.executable


def test_memory_beyond_the_limit_is_a_refusal(tmp_path, monkeypatch, upload):
    from tests.documents.making_pdf import new, saved

    bomb = new(content=b"0 " * 100_000_000)
    monkeypatch.setattr(reading, "_LIMITS", sandbox.Limits(300 * 2**20, 30, 60))
    with pytest.raises(Refused) as refused:
        upload(saved(bomb), "paper.pdf")
    assert refused.value.code == "too_much_memory"


def test_a_machine_without_bubblewrap_still_reads_in_a_process_of_its_own(monkeypatch, upload):
    from tests.documents.making_pdf import new, saved

    monkeypatch.setattr(sandbox, "bubblewrap_problem", lambda: "not here")
    assert upload(saved(new(2)), "paper.pdf").pages == 2
