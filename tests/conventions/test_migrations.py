"""Migrations lead from nothing to the models and back, in one line, each with a name."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from committee import create_app
from committee.embedded import postgres
from committee.extensions import db, end_connections
from config import Settings
from tests.conventions.sources import ROOT, told

MIGRATIONS = ROOT / "migrations"


@pytest.fixture(scope="module")
def empty_app(settings: Settings, servers_folder: Path, database_url: str) -> Iterator[Flask]:
    """The application on a database of its own that holds nothing yet."""
    folder = servers_folder / "postgres"
    name = database_url.split("/")[3].split("?")[0] + "_migrations"
    values = vars(settings) | {"database_url": postgres.start_or_join(folder, database=name).url}
    app = create_app(Settings(**values))
    with app.app_context():
        yield app
        db.session.remove()
        end_connections()


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_migrations_lead_from_nothing_to_the_models_and_back(empty_app: Flask) -> None:
    assert tables() == set()
    upgrade()
    assert tables() == set(db.metadata.tables)
    downgrade(revision="base")
    assert tables() == set(), "A downgrade leaves tables behind: drop what its upgrade made."
    upgrade()
    assert tables() == set(db.metadata.tables)


def test_models_and_migrations_agree(empty_app: Flask) -> None:
    upgrade()
    with db.engine.connect() as connection:
        differences = compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": True}), db.metadata
        )
    assert not differences, told(
        [str(difference) for difference in differences],
        "Write a migration for what changed in the models: "
        "./quorate db revision --autogenerate --rev-id 00NN -m 'words'",
    )


def test_there_is_one_newest_migration() -> None:
    heads = ScriptDirectory(str(MIGRATIONS)).get_heads()
    assert len(heads) == 1, told(heads, "Let the later migration follow the earlier, renumbered.")


def test_migrations_are_numbered_and_named_in_words() -> None:
    files = sorted(path.stem for path in (MIGRATIONS / "versions").glob("*.py"))
    assert files
    for place, stem in enumerate(files, start=1):
        assert re.fullmatch(r"\d{4}_[a-z]+(_[a-z]+)*", stem), f"{stem}: name it 0008_like_this.py"
        assert stem.startswith(f"{place:04d}_"), f"{stem}: the numbers run without a gap"


def test_each_migration_follows_the_one_before_it() -> None:
    scripts = list(ScriptDirectory(str(MIGRATIONS)).walk_revisions())[::-1]
    before = None
    for script in scripts:
        assert script.down_revision == before, f"{script.revision} does not follow {before}"
        assert Path(script.path).name.startswith(f"{script.revision}_")
        before = script.revision
