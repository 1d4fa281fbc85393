"""The embedded PostgreSQL: settings, sharing, restarts and the remains of a crash."""

import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import psycopg
import pytest

from committee.embedded import postgres

HOLDER = """
import sys
from pathlib import Path
from committee.embedded import postgres
postgres.start_or_join(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.read()
if len(sys.argv) == 2:
    postgres.leave_server(Path(sys.argv[1]))
"""


def connect(url: str) -> psycopg.Connection:
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)


def value(url: str, expression: str) -> object:
    with connect(url) as connection:
        return connection.execute(f"SELECT {expression}").fetchone()[0]


def server(address: postgres.PostgresAddress) -> psutil.Process:
    return psutil.Process(int(address.pid_file.read_text().split()[0]))


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        ("data_checksums", "on"),
        ("server_encoding", "UTF8"),
        ("TimeZone", "UTC"),
        ("listen_addresses", ""),
        ("is_superuser", "off"),
    ],
)
def test_it_keeps_what_it_acknowledged_and_listens_on_no_network(shared, setting, expected):
    assert value(shared, f"current_setting('{setting}')") == expected


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("settings") / "postgres"
    yield postgres.start_or_join(folder).url
    postgres.remove(folder)


def test_it_knows_letters_beyond_ascii_and_sorts_by_code_point(shared):
    assert value(shared, "upper('gwrêch')") == "GWRÊCH"
    assert value(shared, "'Z' < 'a'") is True


def test_search_extensions_can_be_added_by_the_application_itself(shared):
    with connect(shared) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        connection.execute("CREATE EXTENSION unaccent")
    assert value(shared, "unaccent('Llanfairpwllgŵyn')") == "Llanfairpwllgwyn"


def test_data_and_databases_survive_a_restart(folder):
    place = folder / "postgres"
    first = postgres.start_or_join(place, database="minutes")
    with connect(first.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    postgres.stop(place)
    second = postgres.start_or_join(place, database="minutes")
    assert (first.started, second.started) == (True, True)
    assert value(second.url, "(SELECT number FROM kept)") == 7


def test_two_that_start_it_at_once_get_one_server(folder):
    place = folder / "postgres"
    with ThreadPoolExecutor(4) as pool:
        names = ["one", "two", "three", "four"]
        made = list(pool.map(lambda name: postgres.start_or_join(place, database=name), names))
    assert sorted(address.started for address in made) == [False, False, False, True]
    for name, address in zip(names, made, strict=True):
        assert value(address.url, "current_database()") == name


def test_the_last_to_leave_stops_it_and_only_the_last(folder):
    place = folder / "postgres"
    command = [sys.executable, "-c", HOLDER, str(place)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "ready\n"
        address = postgres.start_or_join(place)
        assert postgres.leave_server(place) is False
        assert value(address.url, "1") == 1
        assert address.pid_file.exists()
    assert not address.pid_file.exists()
    with pytest.raises(psycopg.OperationalError):
        connect(address.url)


def test_a_user_that_was_killed_no_longer_counts(folder):
    place = folder / "postgres"
    command = [sys.executable, "-c", HOLDER, str(place), "never leave"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "ready\n"
        other.kill()
    postgres.start_or_join(place)
    assert postgres.leave_server(place) is True


def test_it_starts_again_after_a_kill_with_a_pid_file_that_names_a_stranger(folder):
    place = folder / "postgres"
    first = postgres.start_or_join(place)
    with connect(first.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    server(first).send_signal(signal.SIGKILL)
    remains = first.pid_file
    _, _, rest = remains.read_text().partition("\n")
    remains.write_text(f"{os.getppid()}\n{rest}")
    again = postgres.start_or_join(place)
    assert again.started
    assert value(again.url, "(SELECT number FROM kept)") == 7


def test_a_set_up_that_was_cut_off_is_done_again(folder):
    unfinished = folder / "postgres" / "data.unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    assert value(postgres.start_or_join(folder / "postgres").url, "1") == 1


def test_a_long_path_gets_a_short_socket_folder_that_is_closed_to_others(folder):
    place = folder / "deep" / ("long-" * 20)
    address = postgres.start_or_join(place)
    try:
        setting = value(address.administrator_url, "current_setting('unix_socket_directories')")
        assert value(address.url, "1") == 1
        assert Path(setting).stat().st_mode & 0o077 == 0
    finally:
        postgres.remove(place)
    assert not Path(setting).exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs an account of its own for it")
def test_root_gets_it_under_another_account_even_from_a_closed_folder(folder):
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    place = closed / "postgres"
    url = postgres.start_or_join(place).url
    assert value(url, "1") == 1
    data = Path(
        value(postgres.start_or_join(place).administrator_url, "current_setting('data_directory')")
    )
    assert server_owner(data) != 0
    assert closed.stat().st_mode & 0o777 == 0o700
    postgres.remove(place)
    assert not data.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs an account of its own for it")
def test_a_checkout_in_a_closed_folder_may_move_and_keeps_its_data(folder):
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    with connect(postgres.start_or_join(closed / "postgres").url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    postgres.leave_server(closed / "postgres")
    moved = closed.rename(folder / "moved") / "postgres"
    try:
        address = postgres.start_or_join(moved)
        assert value(address.url, "(SELECT number FROM kept)") == 7
    finally:
        postgres.remove(moved)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs an account of its own for it")
def test_data_of_a_temporary_folder_that_is_gone_is_cleared_away(folder):
    for name in ("first", "second"):
        (folder / name).mkdir(mode=0o700)
    address = postgres.start_or_join(folder / "first" / "postgres")
    data = Path(value(address.administrator_url, "current_setting('data_directory')"))
    postgres.stop(folder / "first" / "postgres")
    assert data.exists()
    shutil.rmtree(folder / "first")
    try:
        postgres.start_or_join(folder / "second" / "postgres")
        assert data.exists(), "used within the hour: its folder may only be on the move"
        postgres.remove(folder / "second" / "postgres")
        two_hours_ago = time.time() - 7200
        os.utime(data, (two_hours_ago, two_hours_ago))
        postgres.start_or_join(folder / "second" / "postgres")
        assert not data.exists()
    finally:
        postgres.remove(folder / "second" / "postgres")


def server_owner(data: Path) -> int:
    return psutil.Process(int((data / "postmaster.pid").read_text().split()[0])).uids().real
