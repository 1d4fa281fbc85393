"""Where an embedded server's socket goes: beside its data, or somewhere shorter."""

import hashlib
import os
import socket
import stat
import tempfile
from pathlib import Path

from committee.embedded.sharing import EmbeddedServerError

LONGEST_SOCKET_PATH = 103  # bytes; Linux holds 107 and macOS 103 in a socket's address


def socket_folder(folder: Path, file_name: str, *, owner: int | None = None) -> Path:
    """Answer a folder, closed to other users, in which a socket called `file_name` fits.

    `folder` itself when its path is short enough, else a folder of this data's own below the
    system's temporary folder. `owner` is the user id that the server runs as, when not ours.
    Raises `EmbeddedServerError` when somebody else holds the temporary folder's name.
    """
    if len(os.fsencode(folder / file_name)) <= LONGEST_SOCKET_PATH:
        return folder
    user = os.geteuid() if owner is None else owner
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    # TMPDIR may itself be long or differ between two terminals: both must find the same place.
    base = Path("/tmp") if Path("/tmp").is_dir() else Path(tempfile.gettempdir())  # noqa: S108
    short = base / f"quorate-{user}-{digest}"
    if not short.exists():
        short.mkdir(mode=0o700)
        if owner is not None:
            os.chown(short, owner, -1)
    _refuse_if_not_ours(short, user)
    return short


def something_listens(path: Path) -> bool:
    """Whether a process accepts connections on this socket."""
    with socket.socket(socket.AF_UNIX) as caller:
        caller.settimeout(5)
        try:
            caller.connect(str(path))
        except TimeoutError:
            return True  # it listens, and is too busy to accept
        except OSError:
            return False
    return True


def _refuse_if_not_ours(folder: Path, user: int) -> None:
    facts = folder.lstat()
    closed = not facts.st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    if not (stat.S_ISDIR(facts.st_mode) and facts.st_uid == user and closed):
        message = f"{folder} belongs to somebody else. Remove it, or use a shorter path."
        raise EmbeddedServerError(message)
