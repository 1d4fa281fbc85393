"""Bring a database to the newest migration, without loading the application when it is there.

The same is done where the code declares other rights than the database gives.
"""

import subprocess
import sys
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from committee.database_rights.giving import are_given
from committee.embedded.sharing import EmbeddedServerError

ROOT = Path(__file__).resolve().parents[2]
FLASK = (sys.executable, "-m", "flask", "--app", str(ROOT / "wsgi.py"))


def is_current(database_url: str) -> bool:
    """Whether the database has every migration of this release, and gives the rights that it means.

    Raises `EmbeddedServerError` when it cannot be reached.
    """
    newest = set(ScriptDirectory(str(ROOT / "migrations")).get_heads())
    engine = create_engine(database_url, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return not newest
            rows = connection.execute(text("SELECT version_num FROM alembic_version"))
            return {row.version_num for row in rows} == newest and are_given(connection)
    except OperationalError as error:
        message = f"The database cannot be reached. Is DATABASE_URL right?\n{error.orig}"
        raise EmbeddedServerError(message) from None


def upgrade(environment: dict[str, str]) -> None:
    """Run the migrations. Raises `EmbeddedServerError` with what they said when one fails."""
    done = subprocess.run(
        [*FLASK, "db", "upgrade"],
        env=environment,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode != 0:
        message = f"The database could not be brought up to date:\n{done.stdout}"
        raise EmbeddedServerError(message)
