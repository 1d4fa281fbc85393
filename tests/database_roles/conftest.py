"""Connections that sign in as each of the three do, past the application."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from flask import Flask

from committee.embedded import postgres

Login = Callable[[str], psycopg.Connection]


@pytest.fixture
def signs_in(app: Flask, servers_folder: Path, database_url: str) -> Iterator[Login]:
    """Sign in as the "owner", the "application" or the "public", each statement by itself."""
    name = "test_" + os.environ.get("PYTEST_XDIST_WORKER", "alone")
    address = postgres.start_or_join(servers_folder / "postgres", database=name)
    assert address.url == database_url
    urls = {
        "owner": address.url,
        "application": address.application_url,
        "public": address.public_url,
    }
    with ExitStack() as open_ones:

        def connect(who: str) -> psycopg.Connection:
            url = urls[who].replace("+psycopg", "")
            return open_ones.enter_context(psycopg.connect(url, autocommit=True))

        yield connect
