"""The roles themselves: made at the start, also for data of a release that knew none of them."""

from pathlib import Path

import psycopg
import pytest

from committee.database_roles import statements_for_administrator
from committee.embedded import postgres

MADE = "SELECT rolname, rolcanlogin FROM pg_roles WHERE rolname ~ '^quorate' ORDER BY rolname"
ALL = [("quorate", True), ("quorate_app", True), ("quorate_public", True)]


def connect(url: str) -> psycopg.Connection:
    """A connection in which each statement stands by itself."""
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for a server of the test's own, in which a socket's path stays short."""
    return tmp_path_factory.mktemp("roles") / "postgres"


def test_data_of_an_earlier_release_gets_the_roles_at_its_next_start(place: Path) -> None:
    try:
        first = postgres.start_or_join(place)
        with connect(first.administrator_url) as connection:
            connection.execute("DROP ROLE quorate_app")
            connection.execute("DROP ROLE quorate_public")
            # As a migration makes it that was run before the roles could sign in.
            connection.execute("CREATE ROLE quorate_app")
        postgres.stop(place)
        second = postgres.start_or_join(place)
        with connect(second.administrator_url) as connection:
            assert connection.execute(MADE).fetchall() == ALL
        for url in (second.application_url, second.public_url):
            with connect(url) as connection:
                assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        postgres.remove(place)


def test_what_an_administrator_is_told_to_run_makes_both_logins() -> None:
    told = statements_for_administrator("postgresql+psycopg://clerk@db.example/council-papers")
    assert "'CREATE ROLE quorate_app LOGIN'" in told
    assert "'CREATE ROLE quorate_public LOGIN'" in told
    assert 'GRANT CONNECT ON DATABASE "council-papers"' in told
    assert 'REVOKE TEMPORARY ON DATABASE "council-papers" FROM PUBLIC' in told
    assert told.count("NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS") == 2
    assert 'TO "clerk"' in told
