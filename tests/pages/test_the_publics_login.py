"""Every page for anyone says by the public's login what it would say by the application's.

So nothing that is public is missing from what that login can read, and no page for anyone is made
of anything that it cannot.
"""

import re

import pytest
from flask import Flask, g, request
from sqlalchemy import event

from committee.database_roles import READS_AS_PUBLIC
from committee.extensions import db
from committee.web import public_reading
from tests.pages import addresses
from tests.pages.conftest import Furnished
from tests.pages.reader import Reader
from tests.pages.test_every_page import Place, place

__all__ = ["place"]  # the fixture

# Views of things that are somebody's own, which a link from a mail or a password opens.
BY_PROOF = {"account.choose", "second_step.ask"}
# What differs from one answer to the next: a form's token and number, and a feed's tag.
OWN = re.compile(rb'name="(csrf_token|form_number)"[^>]*|value="[^"]*"[^>]*name="csrf_token"')


def page_of(reader: Reader, address: str) -> tuple[int, bytes]:
    """The status and what the page says."""
    answer = reader.get(address)
    return answer.status_code, OWN.sub(b"", answer.get_data())


@pytest.mark.parametrize("name", sorted(addresses.ANYONE.keys() - BY_PROOF))
def test_a_page_for_anyone_rests_on_nothing_that_is_not_public(
    name: str, place: Place, visitor: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = place.at(name)
    by_public = page_of(visitor, address)
    monkeypatch.setattr(public_reading, "_opens_by_proof", lambda: True)
    assert page_of(visitor, address) == by_public


def logins(reader: Reader, method: str, address: str) -> set[str]:
    """Which logins a request has used."""
    used = set()

    def note(connection: object, *_: object) -> None:
        used.add(connection.engine.url.username or "?")  # type: ignore[attr-defined]
        used.add("public" if request.environ.get(READS_AS_PUBLIC) else "application")

    for engine in db.engines.values():
        event.listen(engine, "before_cursor_execute", note)
    try:
        for kept in ("_login_user", "council"):
            g.pop(kept, None)
        reader.client.open(address, method=method).close()
    finally:
        for engine in db.engines.values():
            event.remove(engine, "before_cursor_execute", note)
    return used & {"public", "application"}


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize("address", ["/", "/no-such-page", "/meetings/999999", "/decisions"])
def test_a_visitor_reads_by_the_publics_login_alone(
    visitor: Reader, furnished: Furnished, method: str, address: str
) -> None:
    assert logins(visitor, method, address) <= {"public"}


def test_who_has_signed_in_reads_by_the_applications(officer: Reader, furnished: Furnished) -> None:
    assert logins(officer, "GET", "/") == {"application"}


def test_what_is_sent_is_written_by_the_applications(visitor: Reader) -> None:
    visitor.client.application.config["WTF_CSRF_ENABLED"] = False
    assert logins(visitor, "POST", "/forgotten-password") <= {"application"}


def test_only_what_is_opened_by_proof_reads_more_than_is_public(app: Flask) -> None:
    marked = {
        name for name, view in app.view_functions.items() if getattr(view, "opens_by_proof", False)
    }
    assert marked == BY_PROOF
