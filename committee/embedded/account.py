"""The operating system account that PostgreSQL runs under. It refuses to run as root.

A plain user runs it as herself. Root gets an account of its own for it. When that account cannot
reach the place of our checkout (one in a home folder, say), programs and data go below `/var/lib`:
opening the folders above the checkout to everybody would be worse.
"""

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from committee.embedded.sharing import EmbeddedServerError

ACCOUNT = "quorate-postgres"
REACHABLE = Path("/var/lib/quorate")


@dataclass(frozen=True)
class Account:
    """Who runs the server: `uid` and `gid`, or both None for the user that we are already."""

    uid: int | None = None
    gid: int | None = None

    def run(self, command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        """Run a program as this account and answer its result, output and errors together."""
        if self.uid is not None:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return subprocess.run(  # type: ignore[call-overload]
            command,
            check=False,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **options,
        )

    def reaches(self, path: Path, permission: str) -> bool:
        """Whether the account may read ("-r"), write ("-w") or pass through ("-x") a path."""
        return self.uid is None or self.run(["test", permission, str(path)]).returncode == 0


def server_account(folder: Path) -> Account:
    """Answer who shall run PostgreSQL on the data in `folder`.

    Root takes the owner of data that is there already, else an account for PostgreSQL alone,
    which is made when missing. Raises `EmbeddedServerError` when root cannot make it.
    """
    if os.geteuid() != 0:
        return Account()
    with suppress(FileNotFoundError):
        facts = (folder / "data").stat()
        return Account(facts.st_uid, facts.st_gid)
    try:
        entry = pwd.getpwnam(ACCOUNT)
    except KeyError:
        entry = _make_account()
    return Account(entry.pw_uid, entry.pw_gid)


def _make_account() -> pwd.struct_passwd:
    command = ["useradd", "--system", "--user-group", "--no-create-home"]
    command += ["--shell", "/bin/false", "--home-dir", str(REACHABLE), ACCOUNT]
    made = Account().run(command)
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        message = (
            "PostgreSQL does not run as root, and no account could be made for it "
            f"({made.stdout.strip()}). Run as a plain user, or set DATABASE_URL."
        )
        raise EmbeddedServerError(message) from None


def reachable_data(account: Account, folder: Path) -> Path:
    """Answer the data folder's place: inside `folder`, or below `/var/lib` when out of reach.

    A note in `folder` names a place outside it, so that a checkout that moves keeps its data.
    """
    note = folder / "place"
    if note.exists():
        return Path(note.read_text(encoding="utf-8"))
    if account.reaches(folder, "-x"):
        return folder / "data"
    REACHABLE.mkdir(mode=0o755, exist_ok=True)
    place = REACHABLE / f"postgres-{secrets.token_hex(6)}"
    origin = place.with_suffix(".origin")
    origin.write_text(str(folder), encoding="utf-8")
    _remove_abandoned(now=origin.stat().st_mtime)
    note.write_text(str(place), encoding="utf-8")
    return place


def remove_data(data: Path) -> None:
    """Delete a data folder and the note that says whose it is."""
    shutil.rmtree(data, ignore_errors=True)
    data.with_suffix(".origin").unlink(missing_ok=True)


def _remove_abandoned(now: float) -> None:
    """Delete data that belonged to a temporary folder which is gone, as those of tests are.

    Data that was used within the hour before `now` (seconds since 1970) stays: its folder may
    only be on the move.
    """
    temporary = Path(tempfile.gettempdir()).resolve()
    for note in REACHABLE.glob("postgres-*.origin"):
        origin = Path(note.read_text(encoding="utf-8"))
        data = note.with_suffix("")
        lately = data.exists() and now - data.stat().st_mtime < 3600
        if origin.is_relative_to(temporary) and not origin.exists() and not lately:
            remove_data(data)


def reachable_programs(account: Account, package: Path, version: str) -> Path:
    """Answer a folder of PostgreSQL's programs that the account can run; a copy if need be."""
    programs = package / "pginstall" / "bin"
    library = package / "pginstall" / "lib"
    if account.reaches(programs / "postgres", "-x") and account.reaches(library, "-r"):
        return programs
    place = REACHABLE / f"postgresql-{version}"
    copied = place / package.name / "pginstall" / "bin"
    if not copied.is_dir():
        _copy_programs(package, place)
    return copied


def _copy_programs(package: Path, place: Path) -> None:
    # The programs look for their shared libraries beside the package, so both move together.
    unfinished = place.with_name(f"{place.name}.{os.getpid()}")
    bundled = package.with_name(f"{package.name}.libs")
    shutil.copytree(package / "pginstall", unfinished / package.name / "pginstall", symlinks=True)
    if bundled.is_dir():
        shutil.copytree(bundled, unfinished / bundled.name, symlinks=True)
    for path in (unfinished, *unfinished.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755)
    if place.exists():
        shutil.rmtree(unfinished)
    else:
        unfinished.rename(place)
