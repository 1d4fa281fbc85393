"""The launcher's words as a person uses them, with the real servers and the real application."""

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import psutil
import pytest

from committee.embedded import choice, postgres, serve
from committee.embedded.sharing import EmbeddedServerError

RUN = (sys.executable, "-m", "committee.embedded.run")


def quorate(environment, *words):
    return subprocess.run(
        [*RUN, *words],
        env=environment,
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )


def server_processes(environment):
    """The database and queue servers whose data belongs to this environment."""
    data = Path(environment["QUORATE_DATA"])
    place = data / "postgres" / "place"
    places = [str(data), *([place.read_text()] if place.exists() else [])]
    lines = [" ".join(p.info["cmdline"] or ()) for p in psutil.process_iter(["cmdline"])]
    servers = [line for line in lines if "postgres -D" in line or "valkey-server" in line]
    return [line for line in servers if any(place in line for place in places)]


@pytest.fixture
def folder(bare_environment):
    yield Path(bare_environment["QUORATE_DATA"])
    quorate(bare_environment, "reset", "--yes")


@pytest.mark.usefixtures("folder")
def test_a_command_finds_its_tables_on_a_new_machine_and_leaves_no_server(bare_environment):
    done = quorate(bare_environment, "db", "current")
    assert done.returncode == 0
    assert "(head)" not in done.stdout + done.stderr  # `db` words never migrate unasked
    listed = quorate(bare_environment, "examples", "accounts")
    assert listed.returncode == 0, listed.stderr
    assert "(head)" in quorate(bare_environment, "db", "current").stdout
    unknown = quorate(bare_environment, "no-such-word")
    assert unknown.returncode == 2  # the application's own exit code
    assert "No such command" in unknown.stderr
    assert server_processes(bare_environment) == []


OWN_WORDS = ("run", "test", "setup", "lint", "format", "nightly", "lock", "reset", "help")


@pytest.mark.parametrize("asking", ["--help", "-h"])
@pytest.mark.parametrize("word", OWN_WORDS)
def test_a_word_that_is_asked_about_is_explained_and_does_nothing(
    launcher, monkeypatch, capsys, word, asking
):
    for name in ("install", "become", "each", "start_packages", "write_stamp"):
        monkeypatch.setattr(launcher, name, lambda *_, **__: pytest.fail("it did something"))
    launcher.main(word, ["further", asking])
    assert f"./quorate {word} " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("run", "--help"), "run"),
        (("reset", "--yes", "--help"), "reset"),
        (("packs", "build", "--help"), "--audience"),
        (("db", "--help"), "upgrade"),
        (("bench", "pack", "--help"), "--json"),
    ],
)
def test_asking_starts_no_server_and_leaves_the_data_alone(bare_environment, words, told):
    folder = Path(bare_environment["QUORATE_DATA"])
    folder.mkdir()
    (folder / "kept").touch()
    done = quorate(bare_environment, *words)
    assert done.returncode == 0, done.stderr
    assert told in done.stdout
    assert [each.name for each in folder.iterdir()] == ["kept"]


@pytest.mark.parametrize("words", [("run", "--port", "80"), ("reset", "--yes", "everything")])
def test_a_word_that_is_not_known_is_refused_before_anything_is_done(bare_environment, words):
    folder = Path(bare_environment["QUORATE_DATA"])
    folder.mkdir()
    done = quorate(bare_environment, *words)
    assert done.returncode == 1
    assert "./quorate help" in done.stderr
    assert list(folder.iterdir()) == []


def test_reset_asks_before_it_deletes(bare_environment, folder):
    folder.mkdir()
    (folder / "kept").touch()
    done = quorate(bare_environment, "reset")
    assert done.returncode == 1
    assert "--yes" in done.stderr
    assert (folder / "kept").exists()
    assert quorate(bare_environment, "reset", "--yes").returncode == 0
    assert not folder.exists()


def test_reset_refuses_while_somebody_works(bare_environment, folder):
    postgres.start_or_join(folder / "postgres")
    try:
        done = quorate(bare_environment, "reset", "--yes")
        assert done.returncode == 1
        assert "is running" in done.stderr
        assert (folder / "postgres").exists()
    finally:
        postgres.leave_server(folder / "postgres")


def test_servers_that_are_named_are_used_and_said(tmp_path):
    named = {
        "DATABASE_URL": "postgresql://db.example/q",
        "REDIS_URL": "redis://queue.example",
        "STORAGE_URL": "s3://papers",
        "QUORATE_DATA": str(tmp_path / "var"),
    }
    with choice.servers(named) as chosen:
        assert {name: chosen.environment[name] for name in named} == named
        assert not chosen.own_database
        assert len(chosen.reasons) == 3
        assert all("names" in reason for reason in chosen.reasons)
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "cannot be reached"),
        ({"UPLOAD_BYTES": "plenty"}, "UPLOAD_BYTES must be a whole number"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_setting_that_cannot_work_is_told_in_a_sentence(bare_environment, wrong, told):
    done = quorate({**bare_environment, **wrong}, "run")
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert server_processes(bare_environment) == []


def test_the_next_free_port_is_taken_and_said(monkeypatch, capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        monkeypatch.setenv("QUORATE_PORT", str(number))
        assert serve.free_port() > number
    assert f"Port {number} is taken" in capsys.readouterr().out


def test_a_port_that_is_no_number_is_refused(monkeypatch):
    monkeypatch.setenv("QUORATE_PORT", "web")
    with pytest.raises(EmbeddedServerError, match="QUORATE_PORT must be a port number"):
        serve.free_port()


def kill_server(environment, name):
    """Kill an embedded server of this environment as the kernel does when memory runs out."""
    folder = Path(environment["QUORATE_DATA"]) / name.lower().replace("postgresql", "postgres")
    note = folder / "place"
    data = Path(note.read_text().strip()) if note.exists() else folder / "data"
    pid_file = folder / "pid" if name == "Valkey" else data / "postmaster.pid"
    psutil.Process(int(pid_file.read_text().split()[0])).kill()


def family(process):
    return [process, *process.children(recursive=True)]


@pytest.mark.usefixtures("folder")
def test_run_serves_pages_survives_killed_programs_and_stops_without_a_trace(bare_environment):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**bare_environment, "QUORATE_PORT": str(port), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [*RUN, "run"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as running:
        try:
            lines = []
            for line in running.stdout:
                lines.append(line)
                if "Quorate is ready" in line:
                    break
            told = "".join(lines)
            assert "embedded PostgreSQL" in told
            assert "because DATABASE_URL is not set" in told
            address = lines[-1].split()[-1]
            # Browsers open connections on which they ask nothing yet: they must not hold us up.
            idle = [socket.create_connection(("127.0.0.1", port)) for _ in range(6)]
            with urllib.request.urlopen(f"{address}/healthz", timeout=60) as answer:  # noqa: S310
                assert json.load(answer)["database"] == "ok"
            for connection in idle:
                connection.close()
            assert len(server_processes(bare_environment)) == 2
            everybody = family(psutil.Process(running.pid))
            workers = [p for p in everybody if "tasks.worker" in p.cmdline()]
            next(p for p in workers if "worker" in p.cmdline()).kill()
            assert any("starting it again" in line for line in running.stdout)
            for name in ("Valkey", "PostgreSQL"):
                kill_server(bare_environment, name)
                assert any(f"{name} runs again" in line for line in running.stdout)
                with urllib.request.urlopen(f"{address}/healthz") as answer:  # noqa: S310
                    assert json.load(answer)["database"] == "ok"
            assert len(server_processes(bare_environment)) == 2
            everybody += family(psutil.Process(running.pid))
            running.send_signal(signal.SIGINT)
            running.stdout.read()
            assert running.wait() == 0
        finally:
            running.kill()
    _, alive = psutil.wait_procs(everybody, timeout=10)
    assert [p for p in alive if p.status() != psutil.STATUS_ZOMBIE] == []
    assert server_processes(bare_environment) == []
