"""People at browsers around one consultation, and a clock that stands where a test puts it."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path

import pytest
from flask import Flask

from committee import clock
from committee.consultations.models import Consultation, Response
from committee.extensions import db
from committee.people import users
from committee.people.models import Committee
from committee.people.roles import Role
from tests import builders
from tests.consultations import builders as consultations
from tests.consultations.builders import INSIDE
from tests.pages.reader import Reader

PASSWORD = "a long enough password"


@pytest.fixture
def pages_app(app: Flask) -> Iterator[Flask]:
    """The application with its forms guarded, as in real life."""
    before = app.config.get("WTF_CSRF_ENABLED", True)
    app.config["WTF_CSRF_ENABLED"] = True
    yield app
    app.config["WTF_CSRF_ENABLED"] = before


@pytest.fixture
def set_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[date | datetime], None]:
    """Put the application's clock to an instant, or to the noon of a day in London."""
    file = tmp_path / "moved"

    def put(to: date | datetime) -> None:
        if not isinstance(to, datetime):
            to = datetime.combine(to, time(12), clock.LONDON)
        monkeypatch.delenv(clock.MOVED_CLOCK, raising=False)
        seconds = (to - clock.now()).total_seconds()
        file.write_text(str(seconds), encoding="ascii")
        monkeypatch.setenv(clock.MOVED_CLOCK, str(file))

    put(INSIDE)
    return put


@pytest.fixture
def visitor(pages_app: Flask) -> Reader:
    """Somebody who has not signed in."""
    return Reader(pages_app)


@pytest.fixture
def officer(pages_app: Flask, set_clock: object) -> Reader:
    """A democratic services officer who has signed in."""
    return signed_in(pages_app, Role.DEMOCRATIC_SERVICES_OFFICER)


def signed_in(app: Flask, role: Role, committee: Committee | None = None) -> Reader:
    """Somebody with this role, council-wide or on one committee, signed in."""
    user = builders.a_user(role, password=PASSWORD)
    if committee is not None:
        for grant in list(users.roles_now(user)):
            grant.committee_id = committee.id
    db.session.commit()
    reader = Reader(app)
    assert reader.sign_in(user.email, PASSWORD).status_code == 303
    return reader


@pytest.fixture
def open_consultation(officer: Reader) -> Consultation:
    """A published consultation with one question for words."""
    made = consultations.a_consultation(published=False)
    consultations.a_question(made, "Why?")
    consultations.publish(made)
    return made


def base(consultation: Consultation) -> str:
    """Where the responses to a consultation are read."""
    return f"/consultations/{consultation.slug}/responses"


def said(consultation: Consultation, words: str, **more: object) -> Response:
    """A response with these words to the first question."""
    return consultations.a_response(
        consultation, texts={consultation.questions[0].id: words}, **more
    )
