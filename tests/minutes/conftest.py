"""People at browsers, and a committee that met."""

from collections.abc import Iterator

import pytest
from flask import Flask

from committee.extensions import db
from committee.people.roles import Role
from tests import builders as common
from tests.minutes import builders
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
def met(app: Flask) -> builders.Met:
    """A committee that met, its agenda published."""
    made = builders.a_committee_that_met()
    db.session.commit()
    return made


@pytest.fixture
def visitor(pages_app: Flask) -> Reader:
    """Somebody who has not signed in."""
    return Reader(pages_app)


@pytest.fixture
def clerk(pages_app: Flask) -> Reader:
    """A democratic services officer at a browser."""
    return at_a_browser(pages_app, Role.DEMOCRATIC_SERVICES_OFFICER)


@pytest.fixture
def author(pages_app: Flask) -> Reader:
    """A report author at a browser."""
    return at_a_browser(pages_app, Role.REPORT_AUTHOR)


def at_a_browser(app: Flask, role: Role) -> Reader:
    """Somebody with this role, signed in."""
    user = common.a_user(role, password=PASSWORD)
    db.session.commit()
    reader = Reader(app)
    assert reader.sign_in(user.email, PASSWORD).status_code == 303
    return reader
