"""A provider is believed only where all that it says is right, and its silence is told in words."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from joserfc.jwk import RSAKey

from committee.clock import now
from committee.extensions import db
from committee.people import users
from committee.people.models import User
from committee.people.oidc import KEPT_SECONDS, Provider
from committee.people.provider_settings import ProviderSettings
from committee.people.roles import Role
from committee.people.session_models import UserSession
from committee.people.sign_in_models import ProviderIdentity
from tests.pages.reader import Reader
from tests.people.providers import CLIENT, SECRET, HostileProvider, hostile_provider

TOLD = "could not be verified"
GOOD = {"email": "asha@example.org", "email_verified": True}


@pytest.fixture
def provider() -> Iterator[HostileProvider]:
    with hostile_provider() as found:
        found.claims = dict(GOOD)
        yield found


@pytest.fixture
def pages(app: Flask, provider: HostileProvider) -> Iterator[Flask]:
    before = app.config.get("WTF_CSRF_ENABLED", True), app.extensions["provider"]
    app.config["WTF_CSRF_ENABLED"] = True
    app.extensions["provider"] = Provider(ProviderSettings(provider.issuer, CLIENT, SECRET))
    users.add_user("asha@example.org", "Asha", None, role=Role.DEMOCRATIC_SERVICES_OFFICER)
    db.session.commit()
    yield app
    app.config["WTF_CSRF_ENABLED"], app.extensions["provider"] = before


def come(app: Flask, provider: HostileProvider) -> tuple[Reader, int]:
    reader = Reader(app)
    left = reader.get("/sign-in/provider")
    if left.status_code != 303:
        return reader, left.status_code
    back = provider.consent(left.headers["Location"])
    return reader, reader.post("/sign-in/provider/answer", back).status_code


def in_seconds(seconds: int) -> int:
    return int(time.time()) + seconds


Twist = Callable[[HostileProvider], None]


def claim(**claims: object) -> Twist:
    return lambda provider: provider.claims.update(claims)


def without(*names: str) -> Twist:
    return lambda provider: provider.token_without.update(names)


def another_key(provider: HostileProvider) -> None:
    provider.signed_by = RSAKey.generate_key(2048, {"kid": "first"})


def the_clients_secret(provider: HostileProvider) -> None:
    provider.header = {"alg": "HS256"}
    provider.shared = SECRET.encode()


def the_public_key(provider: HostileProvider) -> None:
    """The well-known trick: the key that everybody has, taken for a shared secret."""
    provider.header = {"alg": "HS256"}
    provider.shared = provider.key.as_pem(private=False)


def no_signature(provider: HostileProvider) -> None:
    provider.header = {"alg": "none"}


LIES: dict[str, Twist] = {
    "nonce of another": claim(nonce="another"),
    "no nonce": without("nonce"),
    "issuer of another": claim(iss="https://elsewhere.example"),
    "no issuer": without("iss"),
    "audience of another": claim(aud="another"),
    "audience without us": claim(aud=["another", "third"]),
    "for several, authorised for another": claim(aud=[CLIENT, "another"], azp="another"),
    "for several, authorised for nobody": claim(aud=[CLIENT, "another"]),
    "no audience": without("aud"),
    "run out": lambda provider: provider.claims.update(exp=in_seconds(-180)),
    "no end": without("exp"),
    "from the future": lambda provider: provider.claims.update(iat=in_seconds(3600)),
    "not yet": lambda provider: provider.claims.update(nbf=in_seconds(3600)),
    "nobody": without("sub"),
    "no signature": no_signature,
    "signature of another": another_key,
    "signed with our own secret": the_clients_secret,
    "signed with its public key": the_public_key,
    "access token of another": claim(at_hash="AAAAAAAAAAAAAAAAAAAAAA"),
}


@pytest.mark.parametrize("lie", LIES)
def test_what_is_not_right_lets_nobody_in(
    pages: Flask, provider: HostileProvider, lie: str
) -> None:
    LIES[lie](provider)
    reader, status = come(pages, provider)
    assert status == 422, reader.words()
    assert TOLD in reader.words()
    assert db.session.scalars(db.select(UserSession)).all() == []
    assert db.session.scalars(db.select(ProviderIdentity)).all() == []
    assert reader.get("/account").status_code == 303


@pytest.mark.parametrize(
    "twist",
    [
        lambda _: None,
        claim(aud=[CLIENT, "another"], azp=CLIENT),
        claim(aud=[CLIENT]),
        lambda provider: provider.claims.update(exp=in_seconds(-60)),
    ],
    ids=["as it should be", "for several, authorised for us", "a list", "clocks that differ"],
)
def test_what_is_right_lets_in(pages: Flask, provider: HostileProvider, twist: Twist) -> None:
    twist(provider)
    reader, status = come(pages, provider)
    assert status == 303, reader.words()
    assert reader.get("/account").status_code == 200


def test_keys_that_the_provider_has_changed_are_fetched_anew(
    pages: Flask, provider: HostileProvider
) -> None:
    assert come(pages, provider)[1] == 303
    provider.key = provider.published = provider.signed_by = RSAKey.generate_key(
        2048, {"kid": "second"}
    )
    provider.header = {"kid": "second"}
    assert come(pages, provider)[1] == 303


def test_a_code_is_redeemed_once(pages: Flask, provider: HostileProvider) -> None:
    first = Reader(pages)
    back = provider.consent(first.get("/sign-in/provider").headers["Location"])
    assert first.post("/sign-in/provider/answer", back).status_code == 303
    second = Reader(pages)
    other = provider.consent(second.get("/sign-in/provider").headers["Location"])
    mixed = {"code": back["code"], "state": other["state"]}
    assert second.post("/sign-in/provider/answer", mixed).status_code == 422
    assert TOLD in second.words()


def test_a_code_of_another_sign_in_is_refused_by_its_verifier(
    pages: Flask, provider: HostileProvider
) -> None:
    """Somebody slips their own code into another's sign-in: the provider sees another verifier."""
    attacker, victim = Reader(pages), Reader(pages)
    theirs = provider.consent(attacker.get("/sign-in/provider").headers["Location"])
    own = provider.consent(victim.get("/sign-in/provider").headers["Location"])
    slipped = {"code": theirs["code"], "state": own["state"]}
    assert victim.post("/sign-in/provider/answer", slipped).status_code == 422


@pytest.mark.parametrize(
    "sent", [{"state": "another"}, {"state": ""}, {"iss": "https://else.example"}]
)
def test_an_answer_to_another_question_is_refused(
    pages: Flask, provider: HostileProvider, sent: dict[str, str]
) -> None:
    reader = Reader(pages)
    back = provider.consent(reader.get("/sign-in/provider").headers["Location"])
    assert reader.post("/sign-in/provider/answer", {**back, **sent}).status_code == 422
    assert "This took too long" in reader.words()
    assert reader.post("/sign-in/provider/answer", back).status_code == 422


def test_an_answer_after_half_an_hour_is_refused(pages: Flask, provider: HostileProvider) -> None:
    reader = Reader(pages)
    back = provider.consent(reader.get("/sign-in/provider").headers["Location"])
    with time_machine.travel(now() + timedelta(minutes=30), tick=False):
        assert reader.post("/sign-in/provider/answer", back).status_code == 422


UNREACHABLE: dict[str, Twist] = {
    "down": lambda provider: setattr(provider, "broken", 503),
    "another's name": lambda provider: provider.metadata.update(issuer="https://else.example"),
    "a template for every tenant": lambda provider: provider.metadata.update(
        issuer="https://login.example/{tenantid}/v2.0"
    ),
    "no keys": lambda provider: provider.metadata.update(jwks_uri=f"{provider.issuer}x:/"),
    "no address": lambda provider: provider.metadata.update(token_endpoint=None, jwks_uri=None),
}


@pytest.mark.parametrize("fault", UNREACHABLE)
def test_a_provider_that_cannot_be_used_is_told_in_words(
    pages: Flask, provider: HostileProvider, fault: str
) -> None:
    UNREACHABLE[fault](provider)
    reader, status = come(pages, provider)
    assert status == 503
    assert "cannot be reached at the moment" in reader.words()
    assert reader.page.select_one("input[name=password]"), "the other ways in are still there"


def test_a_provider_that_goes_down_in_between_is_told_in_words(
    pages: Flask, provider: HostileProvider
) -> None:
    reader = Reader(pages)
    back = provider.consent(reader.get("/sign-in/provider").headers["Location"])
    provider.broken = 503
    assert reader.post("/sign-in/provider/answer", back).status_code in (422, 503)
    assert reader.mistakes()
    provider.broken = None
    assert come(pages, provider)[1] == 303


def test_what_the_provider_says_of_itself_is_kept_for_an_hour(
    pages: Flask, provider: HostileProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert come(pages, provider)[1] == 303
    provider.broken = 503
    assert Reader(pages).get("/sign-in/provider").status_code == 303
    later = time.monotonic() + KEPT_SECONDS
    monkeypatch.setattr("committee.people.oidc.time.monotonic", lambda: later)
    assert Reader(pages).get("/sign-in/provider").status_code == 503


def test_whoever_is_locked_out_by_guesses_comes_in_by_the_provider(
    pages: Flask, provider: HostileProvider
) -> None:
    reader = Reader(pages)
    form = {"email": "asha@example.org", "password": "x", "csrf_token": reader.token()}
    answers = [reader.send("/sign-in", form).status_code for _ in range(11)]
    assert answers[-1] == 429
    assert come(pages, provider)[1] == 303


def test_only_one_account_belongs_to_one_person_at_the_provider(
    pages: Flask, provider: HostileProvider
) -> None:
    """Another e-mail address from the same subject changes nothing: the subject counts."""
    assert come(pages, provider)[1] == 303
    users.add_user("other@example.org", "Other", None, role=Role.ADMINISTRATOR)
    db.session.commit()
    provider.claims["email"] = "other@example.org"
    assert come(pages, provider)[1] == 303
    asha = users.user_with_email("asha@example.org")
    assert asha
    held = db.session.scalars(db.select(UserSession.user_id)).all()
    assert set(held) == {asha.id}
    assert len(db.session.scalars(db.select(User)).all()) == 2
