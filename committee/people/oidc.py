"""Asking a sign-in provider who somebody is: OpenID Connect, with a code, PKCE, state and nonce.

What comes back is believed only where every claim that the standard wants checked is right.
"""

import hashlib
import hmac
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import requests
import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet, KeySetSerialization
from joserfc.jws import JWSRegistry

from committee.people.provider_settings import ProviderSettings
from committee.states import NotAllowed

log = structlog.get_logger()

# Signatures that only the provider can make. Never "none", and never one made with the client's
# own secret, which this installation could make as well.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
SCOPE = "openid email profile"
WAIT = 5  # seconds for each answer of the provider
KEPT_SECONDS = 3600  # for which what the provider says of itself holds
LEEWAY = 120  # seconds by which the provider's clock may differ from ours
UNREACHABLE = (
    "Your council’s sign-in cannot be reached at the moment. Try again in a few minutes, or use a "
    "password or a passkey if you have one here."
)
NOT_BELIEVED = (
    "What came back from your council’s sign-in could not be verified, so you are not signed in. "
    "Begin once more; if it happens again, tell whoever looks after this service."
)


class Unreachable(NotAllowed):
    """The provider does not answer, or not in a way that can be used."""


@dataclass(frozen=True)
class Claims:
    """What the provider says of somebody, once it is verified."""

    issuer: str
    subject: str
    everything: dict[str, Any]


class Provider:
    """The one sign-in provider of this installation, and what it says of itself."""

    def __init__(self, settings: ProviderSettings) -> None:
        self.issuer, self.label = settings.issuer, settings.label
        self.client_id, self._secret = settings.client_id, settings.client_secret
        self._kept: tuple[float, dict[str, Any], KeySet] | None = None

    def address(self, state: str, key: str, back: str) -> str:
        """Where to send somebody who wants to come in. Raises Unreachable.

        Nonce and verifier are made from the state by `key`, so that the browser holds neither.
        """
        found, _ = self._discovered()
        client = self._client(found, back)
        verifier, nonce = made_of(state, key, "verifier"), made_of(state, key, "nonce")
        address, _ = client.create_authorization_url(
            found["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
        )
        return str(address)

    def redeem(self, code: str, state: str, key: str, back: str, *, now: datetime) -> Claims:
        """Who somebody is who came back with this code. Raises Unreachable, and NotAllowed for
        what cannot be believed."""
        found, _ = self._discovered()
        client = self._client(found, back)
        try:
            token = client.fetch_token(
                found["token_endpoint"],
                grant_type="authorization_code",
                code=code,
                code_verifier=made_of(state, key, "verifier"),
                redirect_uri=back,
                allow_redirects=False,
            )
        except AuthlibBaseError as refused:
            log.warning("provider_refused", error=str(refused.error)[:100])
            raise NotAllowed(NOT_BELIEVED) from refused
        except (requests.RequestException, ValueError) as fault:
            log.warning("provider_unreachable", error=type(fault).__name__)
            raise Unreachable(UNREACHABLE) from fault
        return self._believed(token, made_of(state, key, "nonce"), now=now)

    def _believed(self, token: dict[str, Any], nonce: str, *, now: datetime) -> Claims:
        """The claims of the ID token. Raises NotAllowed unless each is as the standard has it
        (OpenID Connect Core 1.0, section 3.1.3.7)."""
        try:
            signed = self._signed_claims(str(token.get("id_token") or ""))
            claims = CodeIDToken(
                signed.claims,
                signed.header,
                options={
                    "iss": {"essential": True, "value": self.issuer},
                    "aud": {"essential": True, "value": self.client_id},
                    "sub": {"essential": True},
                },
                params={
                    "nonce": nonce,
                    "client_id": self.client_id,
                    "access_token": token.get("access_token"),
                },
            )
            claims.validate(now=int(now.timestamp()), leeway=LEEWAY)
            _check_party(claims, self.client_id)
        except (JoseError, ValueError, TypeError, KeyError) as fault:
            log.warning("provider_not_believed", error=type(fault).__name__, about=str(fault)[:100])
            raise NotAllowed(NOT_BELIEVED) from fault
        return Claims(self.issuer, str(claims["sub"]), dict(claims))

    def _signed_claims(self, id_token: str) -> jwt.Token:
        found, keys = self._discovered()
        offered = found.get("id_token_signing_alg_values_supported") or ["RS256"]
        registry = JWSRegistry(
            algorithms=[name for name in ALGORITHMS if name in offered], strict_check_header=False
        )
        try:
            return jwt.decode(id_token, key=keys, registry=registry)
        except InvalidKeyIdError:  # the provider has changed its keys since
            _, keys = self._discovered(anew=True)
            return jwt.decode(id_token, key=keys, registry=registry)

    def _discovered(self, *, anew: bool = False) -> tuple[dict[str, Any], KeySet]:
        """What the provider says of itself, and its keys. Raises Unreachable."""
        if not anew and self._kept and time.monotonic() - self._kept[0] < KEPT_SECONDS:
            return self._kept[1], self._kept[2]
        try:
            found = _fetched(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
            # An answer in another's name would let that other sign for everybody.
            if found.get("issuer") != self.issuer:
                raise ValueError("another issuer")
            for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                _check_address(str(found[name]), self.issuer)
            keys = KeySet.import_key_set(cast("KeySetSerialization", _fetched(found["jwks_uri"])))
        except (requests.RequestException, JoseError, ValueError, KeyError, TypeError) as fault:
            log.warning("provider_unreachable", error=type(fault).__name__, about=str(fault)[:100])
            raise Unreachable(UNREACHABLE) from fault
        self._kept = (time.monotonic(), found, keys)
        return found, keys

    def _client(self, found: dict[str, Any], back: str) -> OAuth2Session:
        ways = found.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        basic = "client_secret_basic" in ways or "client_secret_post" not in ways
        return OAuth2Session(
            self.client_id,
            self._secret,
            token_endpoint_auth_method="client_secret_basic" if basic else "client_secret_post",
            scope=SCOPE,
            redirect_uri=back,
            code_challenge_method="S256",
            default_timeout=WAIT,
        )


def made_of(state: str, key: str, purpose: str) -> str:
    """A value that belongs to the state and that nobody can make without the key."""
    return hmac.new(key.encode(), f"oidc {purpose} {state}".encode(), hashlib.sha256).hexdigest()


def _fetched(address: str) -> dict[str, Any]:
    answer = requests.get(address, timeout=WAIT, allow_redirects=False)
    answer.raise_for_status()
    found = answer.json()
    if not isinstance(found, dict):
        raise ValueError("no JSON object")
    return found


def _check_address(address: str, issuer: str) -> None:
    """A provider that is reached by encrypted connections must not lead to one that is not."""
    if issuer.startswith("https://") and not address.startswith("https://"):
        raise ValueError("an address without encryption")


def _check_party(claims: CodeIDToken, client_id: str) -> None:
    """A token for several must say that it was given to us."""
    named = claims["aud"]
    if isinstance(named, list) and len(named) > 1 and claims.get("azp") != client_id:
        raise ValueError("authorised for another")
