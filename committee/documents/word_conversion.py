"""Word to PDF by LibreOffice, one document to a process, inside a sandbox without a network.

LibreOffice takes anything named .docx for a document, fetches what it links to, prints tracked
deletions and exits with 0 when it fails. So the checks come before, the import filter is forced,
and the output is looked at afterwards.
"""

import functools
import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from committee.documents import sandbox
from committee.documents.limits import (
    CONVERTING_CPU_SECONDS,
    CONVERTING_MEMORY_BYTES,
    CONVERTING_WALL_SECONDS,
)
from committee.documents.refusals import ConverterMissing, PreparationFailed, refusal

_LIMITS = sandbox.Limits(CONVERTING_MEMORY_BYTES, CONVERTING_CPU_SECONDS, CONVERTING_WALL_SECONDS)
_SETTINGS = Path(__file__).with_name("libreoffice_settings.xcu")
_FRESH_PROFILE_EXIT = 81


@functools.cache
def converter_problem() -> str | None:
    """Why Word papers cannot be converted on this machine; None when they can."""
    if _program() is None:
        return (
            "LibreOffice Writer is not installed. Install it "
            "(Debian, Ubuntu: apt-get install libreoffice-writer-nogui bubblewrap fonts-liberation "
            "fonts-crosextra-carlito fonts-crosextra-caladea)."
        )
    return sandbox.bubblewrap_problem()


def convert(source: Path, *, folder: Path, cache: Path | None = None) -> Path:
    """Convert the checked Word document to a PDF inside the folder, and give its path.

    `cache` keeps a ready-made LibreOffice profile; by default it lies in the user's cache folder.
    Raises ConverterMissing, Refused where LibreOffice cannot read the document, and
    PreparationFailed where the machine was too busy.
    """
    problem = converter_problem()
    if problem is not None:
        raise ConverterMissing(problem)
    profile = _ready_profile(cache or default_cache())
    shutil.copytree(profile, folder / "profile")
    outcome = sandbox.run(_job(folder, source), _LIMITS)
    shutil.rmtree(folder / "profile", ignore_errors=True)
    return _converted(folder / "paper.pdf", outcome)


def default_cache() -> Path:
    """The folder for things that can be made again at any time."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "quorate"


def _converted(path: Path, outcome: sandbox.Outcome) -> Path:
    if outcome.timed_out:
        raise PreparationFailed("The conversion from Word did not end in time.")
    if outcome.used_up_its_time:
        raise refusal("took_too_long")
    if path.is_symlink() or not path.is_file() or path.stat().st_size == 0:
        raise refusal("conversion_failed")
    return path


def _program() -> Path | None:
    """LibreOffice's own program; the script around it only costs time."""
    found = shutil.which("soffice")
    if found is None:
        return None
    program = Path(found).resolve().with_name("soffice.bin")
    return program if program.exists() else Path(found).resolve()


def _job(folder: Path, source: Path | None) -> sandbox.Job:
    command = [
        str(_program()), "--headless", "--norestore", "--nodefault", "--nolockcheck", "--nologo",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
    ]  # fmt: skip
    reads: dict[Path, Path] = {}
    if source is None:
        command += ["--terminate_after_init"]
    else:
        inside = folder / "in" / "paper.docx"
        inside.parent.mkdir()
        reads[inside] = source
        command += ["--infilter=MS Word 2007 XML", "--convert-to", "pdf:writer_pdf_Export"]
        command += ["--outdir", str(folder), str(inside)]
    environment = {
        "HOME": str(folder),
        "PATH": "/usr/bin:/bin",
        "LC_ALL": "C.UTF-8",
        "TZ": "Europe/London",
    }
    return sandbox.Job(command, folder, reads, environment, needs_proc=True)


def _ready_profile(cache: Path) -> Path:
    """A LibreOffice profile with our settings, made once for this LibreOffice and these settings.

    Two processes may make it at once: each makes its own and the first rename wins.
    """
    program = _program()
    stamp = f"{program}:{program.stat().st_mtime_ns if program else 0}".encode()
    key = hashlib.sha256(stamp + _SETTINGS.read_bytes()).hexdigest()[:16]
    profile = cache / f"libreoffice-{key}"
    if not profile.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        _make_profile(profile)
    return profile


def _make_profile(profile: Path) -> None:
    with tempfile.TemporaryDirectory(dir=profile.parent, prefix="new-profile-") as name:
        folder = Path(name)
        user = folder / "profile" / "user"
        user.mkdir(parents=True)
        shutil.copy(_SETTINGS, user / "registrymodifications.xcu")
        outcome = sandbox.run(_job(folder, None), _LIMITS)
        if outcome.timed_out or outcome.exit_code not in (0, _FRESH_PROFILE_EXIT):
            raise PreparationFailed(f"LibreOffice does not start: {outcome.output.strip()}")
        try:
            (folder / "profile").rename(profile)
        except OSError:
            if not profile.is_dir():
                raise
