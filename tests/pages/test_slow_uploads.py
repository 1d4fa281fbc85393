"""A file that comes in or is stored slowly keeps no transaction of the database waiting."""

import io
from typing import Any, BinaryIO

import pytest
from psycopg.errors import IdleInTransactionSessionTimeout
from sqlalchemy.exc import InternalError
from werkzeug.test import EnvironBuilder

from committee.extensions import db
from committee.reports import uploads
from committee.web import errors
from tests.builders import a_pdf
from tests.pages.conftest import Furnished
from tests.pages.reader import Reader


class SlowBody(io.BytesIO):
    """A request's body that notes, whenever it is read, how many connections are in use."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.in_use: list[int] = []

    def read(self, size: int | None = -1, /) -> bytes:
        self.in_use.append(db.engine.pool.checkedout())  # type: ignore[attr-defined]
        return super().read(size)

    def readinto(self, buffer: Any, /) -> int:
        self.in_use.append(db.engine.pool.checkedout())  # type: ignore[attr-defined]
        return super().readinto(buffer)


@pytest.fixture
def while_storing(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many connections were in use whenever a file was stored."""
    noted: list[int] = []
    storage = uploads.current_storage()

    class Watched:
        def save(self, source: BinaryIO, *, limit: int | None = None) -> Any:
            noted.append(db.engine.pool.checkedout())  # type: ignore[attr-defined]
            return storage.save(source, limit=limit)

    monkeypatch.setattr(uploads, "current_storage", Watched)
    return noted


@pytest.mark.parametrize(
    "address",
    ["/agenda-items/{item}/papers", "/meetings/{meeting}/papers", "/papers/{paper}/versions"],
)
def test_no_connection_is_held_while_a_file_comes_in_or_is_stored(
    officer: Reader, furnished: Furnished, while_storing: list[int], address: str
) -> None:
    where = address.format(
        item=furnished.open_item.id, meeting=furnished.meeting.id, paper=furnished.paper.id
    )
    fields = {"csrf_token": officer.token(), "files": (io.BytesIO(a_pdf(1)), "2 report.pdf")}
    builder = EnvironBuilder(method="POST", data=fields)
    made = builder.get_environ()
    content = made["wsgi.input"].read()
    builder.close()
    body = SlowBody(content)
    db.session.rollback()  # the context of a test outlives its requests
    answer = officer.client.post(
        where,
        input_stream=body,
        content_type=made["CONTENT_TYPE"],
        environ_overrides={"CONTENT_LENGTH": str(len(content))},
    )
    assert answer.status_code == 303
    assert body.in_use
    assert set(body.in_use) == {0}
    assert while_storing == [0]


def test_someone_who_has_not_signed_in_sends_no_large_body(
    visitor: Reader, furnished: Furnished
) -> None:
    answer = visitor.client.post(
        f"/agenda-items/{furnished.open_item.id}/papers",
        input_stream=io.BytesIO(),
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": "3000000"},
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("cause", "status"), [(IdleInTransactionSessionTimeout(), 503), (Exception("other"), 500)]
)
def test_a_transaction_that_the_database_ended_is_told_as_a_pause(
    visitor: Reader, cause: Exception, status: int
) -> None:
    with visitor.client.application.test_request_context("/"):
        answer = errors.cut_off(InternalError("SELECT", {}, cause))
    assert answer.status_code == status
    assert ("Retry-After" in answer.headers) == (status == 503)
