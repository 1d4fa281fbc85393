"""Several programs in one terminal: started again when they die, stopped all together."""

import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

PROGRAM = """
import sys
from committee.embedded.supervisor import Supervisor
named = zip(sys.argv[1::2], sys.argv[2::2])
commands = {name: [sys.executable, "-c", body] for name, body in named}
supervisor = Supervisor(commands, {})
by_hand = supervisor.run(when_started=lambda: print("all started", flush=True))
sys.exit(0 if by_hand else 3)
"""
# Prints its process id and that of a child, and then runs until it is told to stop.
LONG_LIVED = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
print("pids", os.getpid(), child.pid, flush=True)
time.sleep(300)
"""
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + (
    "print('deaf', flush=True); time.sleep(300)"
)


@pytest.fixture
def start():
    started = []

    def begin(*parts: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *parts],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).resolve().parents[2],
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def read_until(process: subprocess.Popen[str], text: str) -> str:
    for line in process.stdout:
        if text in line:
            return line
    pytest.fail(f"it ended without saying {text!r}")


def pids(line: str) -> list[psutil.Process]:
    return [psutil.Process(int(word)) for word in line.split("pids")[1].split()]


def assert_gone(processes: list[psutil.Process]) -> None:
    psutil.wait_procs(processes, timeout=10)
    left = [p for p in processes if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]
    assert left == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_every_part_with_its_children_and_counts_as_success(start, number):
    process = start("one", LONG_LIVED)
    running = pids(read_until(process, "pids"))
    process.send_signal(number)
    assert process.wait() == 0
    assert_gone(running)


def test_a_part_that_is_killed_is_started_again_and_leaves_no_child_behind(start):
    process = start("one", LONG_LIVED)
    first = pids(read_until(process, "pids"))
    first[0].kill()
    assert "starting it again" in read_until(process, "stopped by itself")
    second = pids(read_until(process, "pids"))
    assert_gone(first)
    assert second[0].pid != first[0].pid


def test_a_part_that_cannot_run_stops_everything_and_is_named(start):
    process = start("good", LONG_LIVED, "bad", "raise SystemExit(7)")
    running = pids(read_until(process, "pids"))
    assert "The bad keeps stopping (exit code 7)" in read_until(process, "keeps stopping")
    assert process.wait() == 3
    assert_gone(running)


def test_a_part_that_does_not_listen_is_killed(start):
    process = start("stubborn", DEAF)
    read_until(process, "stubborn | deaf")
    process.terminate()
    assert process.wait() == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of a parent's death")
def test_parts_stop_even_when_the_supervisor_itself_is_killed(start):
    process = start("one", LONG_LIVED)
    running = pids(read_until(process, "pids"))
    process.kill()
    assert_gone(running[:1])
    running[1].kill()
