"""A pack that was built stays what it is, whoever holds which login to the database."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from committee.database_roles import OWNER
from committee.extensions import db
from committee.packs import service
from committee.packs.models import Pack
from committee.storage import Stored
from tests.packs.test_service import a_pack, finish

NEVER = "A pack that was built is never changed"
ANOTHER = "The file of what was published is never another"


@pytest.fixture
def built(app: Flask) -> Pack:
    """A pack that was built, without its copy for fast web view."""
    pack = a_pack()
    finish(pack)
    return pack


@pytest.mark.parametrize("login", [None, OWNER])
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE pack SET file_sha256 = repeat('b', 64)",
        "UPDATE pack SET contents = '[{}]'",
        "UPDATE pack SET pages = 5",
        "UPDATE pack SET status = 'failed', file_sha256 = NULL, pages = NULL",
        "DELETE FROM pack",
    ],
)
def test_nothing_of_a_built_pack_can_be_changed(
    built: Pack, login: str | None, change: str
) -> None:
    with pytest.raises(DBAPIError, match=NEVER), db.engines[login].begin() as connection:
        connection.execute(text(change))


def test_its_copy_for_fast_web_view_is_noted_once(built: Pack) -> None:
    note_fast(built, "c")
    note_fast(built, "d")
    assert built.fast_file_sha256 == "c" * 64, "a worker that comes second changes nothing"
    change = text("UPDATE pack SET fast_file_sha256 = repeat('e', 64)")
    with pytest.raises(DBAPIError, match=ANOTHER), db.engine.begin() as connection:
        connection.execute(change)


def note_fast(pack: Pack, digit: str) -> None:
    service.record_fast(pack, Stored(digit * 64, 10))
    db.session.commit()
