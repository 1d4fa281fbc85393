"""Signing in by the council's own provider: a real one in a process of its own."""

from collections.abc import Iterator

import pytest
from flask import Flask

from committee.audit import service as audit
from committee.extensions import db
from committee.people import users
from committee.people.models import Council, User
from committee.people.oidc import Provider
from committee.people.provider_settings import ProviderSettings
from committee.people.roles import Role
from committee.people.session_models import UserSession
from committee.people.sign_in_models import ProviderIdentity, SpentToken
from committee.people.sign_in_rules import SignInKind
from tests import builders
from tests.pages.reader import Reader
from tests.people.providers import CLIENT, PEOPLE, SECRET, give_consent, query_of, real_provider

PASSWORD = "a long enough password"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with real_provider(*PEOPLE) as found:
        yield found


@pytest.fixture
def pages(app: Flask, issuer: str) -> Iterator[Flask]:
    """The application with the provider set and its forms guarded."""
    before = app.config.get("WTF_CSRF_ENABLED", True), dict(app.extensions)
    app.config["WTF_CSRF_ENABLED"] = True
    app.extensions["provider"] = Provider(ProviderSettings(issuer, CLIENT, SECRET, "Example CC"))
    builders.a_committee("Planning")
    db.session.commit()
    yield app
    app.config["WTF_CSRF_ENABLED"] = before[0]
    app.extensions.update(before[1])


@pytest.fixture
def asha(pages: Flask) -> User:
    user = users.add_user("asha@example.org", "Asha", PASSWORD, role=Role.REPORT_AUTHOR)
    db.session.commit()
    return user


def come(app: Flask, subject: str, wanted: str = "") -> tuple[Reader, int]:
    """Come by the provider as this person; the browser, and the status of the last answer."""
    reader = Reader(app)
    left = reader.get(f"/sign-in/provider?next={wanted}")
    assert left.status_code == 303
    back = give_consent(left.headers["Location"], subject)
    reader.get("/sign-in/provider/answer", query_string=back)
    assert "You are being signed in" in reader.words()
    answer = reader.post("/sign-in/provider/answer", back)
    if answer.status_code == 303:
        reader.follow(answer)
    return reader, answer.status_code


def test_the_page_of_sign_in_names_the_provider(pages: Flask) -> None:
    reader = Reader(pages)
    reader.get("/sign-in?next=/account")
    assert "Sign in with Example CC" in reader.words()
    link = reader.page.select_one("a[href^='/sign-in/provider']")
    assert link
    assert link["href"] == "/sign-in/provider?next=/account"


def test_who_leaves_for_the_provider_takes_no_secret_along(pages: Flask, issuer: str) -> None:
    reader = Reader(pages)
    left = reader.get("/sign-in/provider")
    address = left.headers["Location"]
    asked = query_of(address)
    assert address.startswith(issuer)
    assert asked["redirect_uri"] == "http://127.0.0.1:5050/sign-in/provider/answer"
    assert (asked["code_challenge_method"], asked["scope"]) == ("S256", "openid email profile")
    with reader.client.session_transaction() as held:
        kept = str(dict(held))
    assert asked["state"] in kept
    assert asked["nonce"] not in kept
    assert SECRET not in address + kept


def test_a_verified_address_links_once_and_then_the_subject_counts(
    pages: Flask, asha: User, issuer: str
) -> None:
    reader, _ = come(pages, "asha", "/account")
    assert reader.words().count("Council account") == 1
    identity = db.session.scalars(db.select(ProviderIdentity)).one()
    assert (identity.user_id, identity.issuer, identity.subject) == (asha.id, issuer, "asha")
    assert [entry.act for entry in audit.history(identity)] == ["provider_identity:linked"]
    kept = db.session.scalars(db.select(UserSession)).one()
    assert (kept.user_id, kept.kind) == (asha.id, SignInKind.PROVIDER)
    asha.email = "renamed@example.org"
    db.session.commit()
    come(pages, "asha")
    assert len(db.session.scalars(db.select(ProviderIdentity)).all()) == 1
    assert {each.user_id for each in db.session.scalars(db.select(UserSession))} == {asha.id}


def test_an_address_that_is_linked_is_nobody_elses(pages: Flask, asha: User) -> None:
    come(pages, "asha")
    reader, status = come(pages, "second")
    assert status == 422
    assert "belongs to another council account" in reader.words()


@pytest.mark.parametrize("subject", ["unverified", "silent"])
def test_an_address_that_is_not_verified_links_nothing(
    pages: Flask, asha: User, subject: str
) -> None:
    reader, status = come(pages, subject)
    assert status == 422
    assert "does not say that your e-mail address is verified" in reader.words()
    assert db.session.scalars(db.select(ProviderIdentity)).all() == []
    assert db.session.scalars(db.select(UserSession)).all() == []


def test_a_stranger_is_told_that_they_have_no_account(pages: Flask, asha: User) -> None:
    reader, status = come(pages, "stranger")
    assert status == 422
    assert "You have no account here." in reader.words()
    assert len(db.session.scalars(db.select(User)).all()) == 1
    council = db.session.scalars(db.select(Council)).one()
    assert [entry.act for entry in audit.history(council)][:1] == ["provider_answer:refused"]


def test_a_closed_account_and_a_stranger_are_told_the_same(pages: Flask, asha: User) -> None:
    come(pages, "asha")
    asha.active = False
    db.session.commit()
    closed, status = come(pages, "asha")
    stranger, _ = come(pages, "stranger")
    assert status == 422
    assert closed.words() == stranger.words()


def test_who_declines_is_told_so(pages: Flask, asha: User) -> None:
    reader = Reader(pages)
    left = reader.get("/sign-in/provider")
    back = give_consent(left.headers["Location"], "asha", deny=True)
    assert reader.get("/sign-in/provider/answer", query_string=back).status_code == 422
    assert "was left before its end" in reader.words()


def test_the_page_that_was_wanted_is_shown_and_never_another_site(pages: Flask, asha: User) -> None:
    reader, _ = come(pages, "asha", "/account%3Fx=1")
    assert reader.page.select_one("h1").get_text(strip=True) == "Your account"  # type: ignore[union-attr]
    other, _ = come(pages, "asha", "//elsewhere.example/")
    assert "Your work" in other.words()


def test_an_answer_is_taken_once_and_from_the_browser_that_asked(pages: Flask, asha: User) -> None:
    reader = Reader(pages)
    left = reader.get("/sign-in/provider")
    with reader.client.session_transaction() as held:
        before = dict(held)
    back = give_consent(left.headers["Location"], "asha")
    stranger = Reader(pages)
    assert stranger.post("/sign-in/provider/answer", back).status_code == 422
    assert "This took too long" in stranger.words()
    before_it = len(db.session.scalars(db.select(SpentToken)).all())
    assert reader.post("/sign-in/provider/answer", back).status_code == 303
    assert len(db.session.scalars(db.select(SpentToken)).all()) == before_it + 1
    replayed = Reader(pages)
    with replayed.client.session_transaction() as held:
        held.update(before)
    assert replayed.post("/sign-in/provider/answer", back).status_code == 422
    assert replayed.get("/account").status_code == 303


def test_reading_the_answer_changes_nothing(pages: Flask, asha: User) -> None:
    reader = Reader(pages)
    back = give_consent(reader.get("/sign-in/provider").headers["Location"], "asha")
    for _ in range(2):
        assert reader.get("/sign-in/provider/answer", query_string=back).status_code == 200
    assert db.session.scalars(db.select(UserSession)).all() == []
    assert reader.post("/sign-in/provider/answer", back).status_code == 303


def test_without_a_provider_there_is_no_such_page(app: Flask) -> None:
    reader = Reader(app)
    assert reader.get("/sign-in/provider").status_code == 404
    assert reader.get("/sign-in/provider/answer?code=1&state=2").status_code == 404
