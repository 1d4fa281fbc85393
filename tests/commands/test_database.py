"""What the administrator of a database server is told to run."""

from flask import Flask

from committee.database_roles import APPLICATION_ROLE, PUBLIC_ROLE


def test_the_roles_are_printed_for_the_database_at_hand(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["database", "roles"])
    assert done.exit_code == 0, done.output
    for role in (APPLICATION_ROLE, PUBLIC_ROLE):
        assert f"\\password {role}\n" in done.output
    assert 'ON DATABASE "test_' in done.output
    assert 'TO "quorate";' in done.output
