"""Sign-in providers for tests: a real one in a process of its own, and one that lies on request."""

import base64
import hashlib
import hmac
import json
import os
import secrets
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "quorate", "only-for-tests"
# Whom the real one knows, and what it says of them.
PEOPLE: list[dict[str, Any]] = [
    {"sub": "asha", "email": "Asha@Example.org", "email_verified": True, "name": "Asha Whitlock"},
    {"sub": "second", "email": "asha@example.org", "email_verified": True},
    {"sub": "unverified", "email": "asha@example.org", "email_verified": False},
    {"sub": "silent", "email": "asha@example.org"},
    {"sub": "stranger", "email": "stranger@example.org", "email_verified": True},
    {
        "sub": "clerk",
        "email": "clerk@example.org",
        "email_verified": True,
        "name": "Cass Clerk",
        "groups": ["g-clerks", "g-planning", "g-unknown"],
    },
]
PATIENCE = 60  # seconds until the real one answers


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
    return port


@contextmanager
def real_provider(*people: dict[str, Any]) -> Iterator[str]:
    """The issuer's address of a provider that knows these people by their claims."""
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    for person in people:
        command += ["--user-claims", json.dumps(person)]
    process = subprocess.Popen(
        [*command, "--require-nonce"],
        env={**os.environ, "NO_COLOR": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    issuer = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + PATIENCE
        while not _answers(issuer):
            assert time.monotonic() < deadline, "the provider does not start"
            assert process.poll() is None, "the provider has ended"
            time.sleep(0.1)
        yield issuer
    finally:
        process.terminate()
        process.wait(20)


def _answers(issuer: str) -> bool:
    try:
        return requests.get(f"{issuer}/jwks", timeout=2).ok
    except requests.ConnectionError:
        return False


def give_consent(address: str, subject: str, *, deny: bool = False) -> dict[str, str]:
    """Choose a person at the real provider; what it sends the browser back with."""
    form = {"sub": subject, **({"action": "deny"} if deny else {})}
    answer = requests.post(address, data=form, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    return query_of(answer.headers["Location"])


def query_of(address: str) -> dict[str, str]:
    """What stands behind the question mark of an address, each name once."""
    found = parse_qs(urlsplit(address).query, strict_parsing=True)
    assert all(len(values) == 1 for values in found.values())
    return {name: values[0] for name, values in found.items()}


class HostileProvider:
    """A provider whose tokens are right but for what a test has changed."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.key = RSAKey.generate_key(2048, {"kid": "first"})
        self.published = self.key
        self.metadata: dict[str, Any] = {}  # laid over what is right
        self.claims: dict[str, Any] = {}
        self.header: dict[str, Any] = {}
        self.signed_by: RSAKey = self.key
        self.shared = b""  # what it signs with where its header says HS256
        self.broken: int | None = None  # the status of each answer, where it is to be a fault
        self.waiting: dict[str, dict[str, str]] = {}
        self.token_without: set[str] = set()

    def consent(self, address: str) -> dict[str, str]:
        """Somebody consents; what their browser comes back with."""
        asked, code = query_of(address), secrets.token_urlsafe(8)
        assert asked["code_challenge_method"] == "S256"
        assert asked["response_type"] == "code"
        self.waiting[code] = asked
        return {"code": code, "state": asked["state"]}

    def discovery(self) -> dict[str, Any]:
        """What it says of itself."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "id_token_signing_alg_values_supported": ["RS256", "none", "HS256"],
            **self.metadata,
        }

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """The answer to a code, which is taken once, from the client that asked for it."""
        asked = self.waiting.pop(form.get("code", ""), None)
        wanted = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = _encoded(verifier)
        is_right = asked is not None and asked["code_challenge"] == challenge
        if not is_right or authorization != f"Basic {wanted}":
            return 400, {"error": "invalid_grant"}
        assert asked
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": "subject-1",
            "aud": CLIENT,
            "exp": now + 300,
            "iat": now,
            "nonce": asked["nonce"],
            **self.claims,
        }
        for name in self.token_without:
            claims.pop(name, None)
        return 200, {
            "access_token": "opaque",
            "token_type": "Bearer",
            "id_token": self._signed(claims),
        }

    def _signed(self, claims: dict[str, Any]) -> str:
        header = {"alg": "RS256", "kid": "first", **self.header}
        if header["alg"] == "RS256":
            return jwt.encode(header, claims, self.signed_by)
        # By hand: the library makes neither of the other two.
        signed = ".".join(_encoded(json.dumps(part).encode()) for part in (header, claims))
        made = hmac.digest(self.shared, signed.encode(), "sha256") if self.shared else b""
        return f"{signed}.{_encoded(made)}"


def _encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).decode().rstrip("=")


@contextmanager
def hostile_provider() -> Iterator[HostileProvider]:
    """A provider that listens, and lies as it is told."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    provider = HostileProvider(f"http://127.0.0.1:{server.server_address[1]}")
    server.provider = provider  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Answers(BaseHTTPRequestHandler):
    """Answers for a hostile provider."""

    def do_GET(self) -> None:
        """What it says of itself, and its keys."""
        provider = self._provider()
        if self.path == "/jwks":
            keys = KeySet([provider.published]).as_dict(private=False)
            self._answer(200, dict(keys))
        else:
            self._answer(200, provider.discovery())

    def do_POST(self) -> None:
        """A token for a code."""
        length = int(self.headers["Content-Length"])
        sent = parse_qs(self.rfile.read(length).decode())
        form = {name: values[0] for name, values in sent.items()}
        self._answer(*self._provider().token(form, self.headers.get("Authorization", "")))

    def log_message(self, *_: Any) -> None:
        """Say nothing on the console."""

    def _provider(self) -> HostileProvider:
        provider: HostileProvider = self.server.provider  # type: ignore[attr-defined]
        return provider

    def _answer(self, status: int, found: dict[str, Any]) -> None:
        body = json.dumps(found).encode()
        self.send_response(self._provider().broken or status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
