"""No test speaks to any machine but its own, and none sends mail."""

import ast
import socket
import threading

import pytest
from pytest_socket import SocketConnectBlockedError

from tests.conventions.sources import python_files, told, tree


@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::1"])
def test_no_test_reaches_another_machine(address: str) -> None:
    """The addresses are set aside for documentation: nobody answers there if this should fail.

    The refusal begins with a warning, and warnings are errors here.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as caller:
        caller.settimeout(0.2)
        with pytest.raises((SocketConnectBlockedError, UserWarning), match="allowed"):
            caller.connect((address, 80))


def test_tests_reach_their_own_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        answering = threading.Thread(target=lambda: server.accept()[0].close())
        answering.start()
        socket.create_connection(server.getsockname(), timeout=5).close()
        answering.join()


# Mail leaves by the first; the others are servers, for development and for tests.
SPEAK_SMTP = {
    "committee/mail/sending.py",
    "committee/embedded/catcher.py",
    "tests/mail/server.py",
    "tests/mail/test_encrypted.py",
}


def test_nothing_sends_mail_by_itself() -> None:
    """Mail leaves by one module, after the commit."""
    found = [
        f"{name}:{node.lineno}"
        for name in python_files("committee", "tasks", "tests")
        if name not in SPEAK_SMTP
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and any("smtp" in word for word in imported(node))
    ]
    assert not found, told(found, "Owe a mail with committee.mail.service.owe instead.")


def imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    """The modules that an import names."""
    names = [alias.name for alias in node.names]
    return [*names, node.module or ""] if isinstance(node, ast.ImportFrom) else names
