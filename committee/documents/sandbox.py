"""Runs a program that reads an uploaded file where it can do no harm.

With bubblewrap the program sees the system's programs, the one file and one folder, and no
network. Without it only the limits on memory, time and file size remain, which is enough for our
own readers but not for LibreOffice, which fetches what a document links to.
"""

import contextlib
import functools
import os
import select
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from committee.documents.limits import LARGEST_OUTPUT_BYTES, MEGABYTE, MOST_OPEN_FILES

# Bubblewrap and shells report a program that a signal ended as 128 + the signal's number.
_SIGNAL_BASE = 128
_PROBE_SECONDS = 20
_ENDING_SECONDS = 10
_SYSTEM_FOLDERS = ("/bin", "/sbin", "/lib", "/lib32", "/lib64")
_SYSTEM_SETTINGS = ("/etc/ld.so.cache", "/etc/fonts", "/etc/alternatives", "/etc/libreoffice")
# Sets the limits, then becomes the program. The shell's file size unit is 512 bytes. A limit that
# the system does not know (macOS and memory) is passed over. The limit on time is the hard one,
# which kills: a gentler signal LibreOffice catches and makes a crash of.
_LIMITS_SCRIPT = (
    'ulimit -c 0; ulimit -v "$1" 2>/dev/null; ulimit -t "$2"; ulimit -f "$3"; ulimit -n "$4"; '
    'shift 4; exec "$@"'
)


@dataclass(frozen=True)
class Limits:
    """What a program may use: address space in bytes, processor and wall-clock time in seconds."""

    memory_bytes: int
    cpu_seconds: int
    wall_seconds: int
    file_bytes: int = LARGEST_OUTPUT_BYTES


@dataclass(frozen=True)
class Job:
    """A program to run, what it may read and the one folder that it may write to.

    `reads` maps a path inside the sandbox to a real one; `folder` is seen under its own path.
    """

    command: Sequence[str]
    folder: Path
    reads: Mapping[Path, Path] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    needs_proc: bool = False


@dataclass(frozen=True)
class Outcome:
    """How the program ended. `ended_by` is a signal's number, or None for a plain exit."""

    exit_code: int
    timed_out: bool
    output: str

    @property
    def ended_by(self) -> int | None:
        if self.exit_code < 0:
            return -self.exit_code
        return self.exit_code - _SIGNAL_BASE if self.exit_code > _SIGNAL_BASE else None

    @property
    def used_up_its_time(self) -> bool:
        """Whether the limit on processor time ended it: the file's doing, not the machine's."""
        return not self.timed_out and self.ended_by in (signal.SIGXCPU, signal.SIGKILL)


@functools.cache
def bubblewrap_problem() -> str | None:
    """Why bubblewrap cannot be used on this machine, with the remedy; None when it can."""
    program = shutil.which("bwrap")
    if program is None:
        return (
            "bubblewrap is not installed. Install it (Debian, Ubuntu: apt-get install bubblewrap)."
        )
    probe = [program, "--unshare-all", "--ro-bind", "/", "/", "true"]
    try:
        done = subprocess.run(probe, capture_output=True, timeout=_PROBE_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as problem:
        return f"bubblewrap does not start: {problem}"
    if done.returncode == 0:
        return None
    said = done.stderr.decode(errors="replace").strip()
    return (
        f"bubblewrap may not make a sandbox here ({said}). Allow user namespaces "
        "(sysctl kernel.unprivileged_userns_clone=1; on Ubuntu 24.04 an AppArmor profile for "
        "bwrap; in a container, a seccomp profile that permits them)."
    )


def run(job: Job, limits: Limits) -> Outcome:
    """Run the program to its end or its limits; nothing that it started outlives this call."""
    command = _with_limits(_confined(job), limits)
    output = job.folder / ".output"
    alive, held = os.pipe()
    with output.open("w+b") as stream, os.fdopen(alive, "rb") as last_breath:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            env=dict(job.environment),
            start_new_session=True,
            cwd=job.folder,
            pass_fds=[held],
        )
        os.close(held)
        timed_out = _wait(process, limits.wall_seconds)
        # Every process of the job holds the other end, so this returns when the last one is gone:
        # the kernel ends those inside a sandbox a moment after the sandbox itself.
        select.select([last_breath], [], [], _ENDING_SECONDS)
        stream.seek(max(0, os.fstat(stream.fileno()).st_size - 4096))
        said = stream.read(4096).decode(errors="replace")
    output.unlink(missing_ok=True)
    return Outcome(process.returncode, timed_out, said)


def _wait(process: subprocess.Popen[bytes], seconds: int) -> bool:
    """Wait for the end; kill the whole tree at the time limit or when we ourselves are stopped."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return True
    else:
        return False
    finally:
        _kill_session(process)


def _kill_session(process: subprocess.Popen[bytes]) -> None:
    # The whole group may have ended already (macOS answers with the second).
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _with_limits(command: Sequence[str], limits: Limits) -> list[str]:
    bounds = (
        limits.memory_bytes // 1024,
        limits.cpu_seconds,
        limits.file_bytes // 512,
        MOST_OPEN_FILES,
    )
    return ["/bin/sh", "-c", _LIMITS_SCRIPT, "limits", *map(str, bounds), *command]


def _confined(job: Job) -> list[str]:
    if bubblewrap_problem() is not None:
        return list(job.command)
    words = [str(shutil.which("bwrap")), "--unshare-all", "--clearenv", "--die-with-parent"]
    words += ["--new-session", "--cap-drop", "ALL", "--dev", "/dev"]
    if job.needs_proc:
        words += ["--proc", "/proc"]
    words += ["--size", str(256 * MEGABYTE), "--tmpfs", "/tmp"]  # noqa: S108 - inside the sandbox
    words += _system_mounts()
    words += ["--bind", str(job.folder), str(job.folder), "--chdir", str(job.folder)]
    # After the folder, since a file to read may be shown inside it.
    for inside, outside in job.reads.items():
        words += ["--ro-bind", str(outside), str(inside)]
    for name, value in job.environment.items():
        words += ["--setenv", name, value]
    return [*words, *job.command]


def _system_mounts() -> list[str]:
    words = ["--ro-bind", "/usr", "/usr"]
    for folder in map(Path, _SYSTEM_FOLDERS):
        if folder.is_symlink():
            words += ["--symlink", str(folder.readlink()), str(folder)]
        else:
            words += ["--ro-bind-try", str(folder), str(folder)]
    for settings in _SYSTEM_SETTINGS:
        words += ["--ro-bind-try", settings, settings]
    return words
