"""The embedded Valkey: what it promises a broker, sharing, restarts and long paths."""

import subprocess
import sys
from pathlib import Path

import kombu
import psutil
import pytest
import redis

from committee.embedded import valkey

HOLDER = """
import sys
from pathlib import Path
from committee.embedded import valkey
valkey.start_or_join(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.read()
valkey.leave_server(Path(sys.argv[1]))
"""


def client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, decode_responses=True)


def test_it_never_drops_a_key_keeps_a_log_and_opens_no_port(folder):
    address = valkey.start_or_join(folder / "valkey")
    expected = {"maxmemory-policy": "noeviction", "appendonly": "yes", "port": "0", "save": ""}
    with client(address.url) as connection:
        assert {name: connection.config_get(name)[name] for name in expected} == expected


def test_what_it_holds_survives_a_restart(folder):
    with client(valkey.start_or_join(folder / "valkey").url) as connection:
        connection.rpush("queue", "first", "second")
    valkey.stop(folder / "valkey")
    address = valkey.start_or_join(folder / "valkey")
    assert address.started
    with client(address.url) as connection:
        assert connection.lrange("queue", 0, -1) == ["first", "second"]


def test_celery_can_send_and_receive_through_its_address(folder):
    address = valkey.start_or_join(folder / "valkey")
    with kombu.Connection(address.broker_url) as connection:
        queue = connection.SimpleQueue("notes")
        queue.put({"id": 7})
        message = queue.get(timeout=10)
        assert message.payload == {"id": 7}
        message.ack()
        queue.close()


def test_it_starts_again_after_a_kill(folder):
    with client(valkey.start_or_join(folder / "valkey").url) as connection:
        process = psutil.Process(connection.info("server")["process_id"])
    process.kill()
    psutil.wait_procs([process], timeout=5)
    address = valkey.start_or_join(folder / "valkey")
    assert address.started
    with client(address.url) as connection:
        assert connection.ping()


def test_the_last_to_leave_stops_it_and_only_the_last(folder):
    place = folder / "valkey"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(place)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout.readline() == "ready\n"
        address = valkey.start_or_join(place)
        assert address.started is False
        assert valkey.leave_server(place) is False
        with client(address.url) as connection:
            assert connection.ping()
    with client(address.url) as connection, pytest.raises(redis.ConnectionError):
        connection.ping()


def test_a_long_path_gets_a_short_socket(folder):
    place = folder / "valkey" / ("long-" * 20)
    address = valkey.start_or_join(place)
    path = Path(address.url.removeprefix("unix://"))
    assert len(str(path)) < 107
    assert path.parent.stat().st_mode & 0o077 == 0
    with client(address.url) as connection:
        assert connection.ping()
    valkey.stop(place)
    path.parent.rmdir()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("unix:///run/v.sock", "redis+socket:///run/v.sock"),
        ("redis://broker.example:6379/1", "redis://broker.example:6379/1"),
    ],
)
def test_only_a_socket_is_written_differently_for_celery(url, expected):
    assert valkey.broker_url(url) == expected
