"""Keep a few programs running in the foreground: start, label, start again, stop them all."""

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

QUICK = 10  # seconds; a part that ends sooner than this after its start has failed quickly
QUICK_FAILURES = 5  # in a row, after which starting it again is pointless
FAREWELL = 10  # seconds that the parts may take to stop before they are killed


@dataclass
class Part:
    """One program: its label, its command, and how it fares."""

    name: str
    command: list[str]
    process: subprocess.Popen[str]
    started: float  # monotonic seconds
    quick_failures: int = 0


def tell(text: str) -> None:
    """Say something to the person at the terminal."""
    print(text, flush=True)  # noqa: T201


class Supervisor:
    """Runs programs together until a signal comes or one of them cannot be kept running.

    Each program leads a process group, so that stopping it stops its children as well. A program
    that ends by itself is started again: a killed worker costs seconds, not the evening.
    """

    def __init__(self, commands: Mapping[str, list[str]], environment: dict[str, str]) -> None:
        self.commands = commands
        self.environment = environment
        self.parts: list[Part] = []
        self.stop_wanted = False
        # Should we be killed outright, the kernel asks the programs to stop in our place.
        setpriv = shutil.which("setpriv")
        self.prefix = [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []

    def run(self, *, when_started: Callable[[], None]) -> bool:
        """Run until stopped; True when by a signal, False when a part could not be kept running.

        `when_started` is called once, in a thread of its own, after every part was started.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop_soon)
        try:
            for name, command in self.commands.items():
                self.parts.append(self._start(name, command))
            threading.Thread(target=when_started, daemon=True).start()
            return self._watch()
        finally:
            self.stop_wanted = True
            self._stop_all()

    def _stop_soon(self, *_: object) -> None:
        self.stop_wanted = True

    def _start(self, name: str, command: list[str], *, quick_failures: int = 0) -> Part:
        process = subprocess.Popen(
            [*self.prefix, *command],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        threading.Thread(target=self._relay, args=(name, process), daemon=True).start()
        return Part(name, command, process, time.monotonic(), quick_failures)

    def _relay(self, name: str, process: subprocess.Popen[str]) -> None:
        width = max(map(len, self.commands))
        for line in process.stdout or ():
            tell(f"{name:<{width}} | {line.rstrip()}")

    def _watch(self) -> bool:
        while not self.stop_wanted:
            for place, part in enumerate(self.parts):
                if part.process.poll() is not None:
                    again = self._start_again(part)
                    if again is None:
                        return False
                    self.parts[place] = again
            time.sleep(0.2)
        return True

    def _start_again(self, part: Part) -> Part | None:
        """Start a part that ended by itself, unless it did nothing else lately."""
        _signal_group(part, signal.SIGKILL)  # children that outlived it
        quick = time.monotonic() - part.started < QUICK
        failures = part.quick_failures + 1 if quick else 0
        code = part.process.returncode
        if failures >= QUICK_FAILURES:
            tell(f"The {part.name} keeps stopping (exit code {code}), so everything is stopped.")
            return None
        tell(f"The {part.name} stopped by itself (exit code {code}); starting it again.")
        if quick:
            time.sleep(1)
        return self._start(part.name, part.command, quick_failures=failures)

    def _stop_all(self) -> None:
        for part in self.parts:
            _signal_group(part, signal.SIGTERM)
        deadline = time.monotonic() + FAREWELL
        for part in self.parts:
            with suppress(subprocess.TimeoutExpired):
                part.process.wait(max(0.1, deadline - time.monotonic()))
        for part in self.parts:
            _signal_group(part, signal.SIGKILL)
            part.process.wait()


def _signal_group(part: Part, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(part.process.pid, number)
