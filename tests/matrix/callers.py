"""People at real connections that are kept open, and what they are answered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import quote, urlencode

from tests.matrix.people import NOBODY, PASSWORD, Person

TOKEN = re.compile(r'name="csrf_token"[^>]*?value="([^"]+)"')
# What differs from one answer to the next, whatever was asked.
OF_THE_MOMENT = re.compile(
    r'(?<=name="csrf_token")[^>]*|(?<=name="csrf-token" content=")[^"]*'
    r"|\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b[0-9a-f]{32}\b"
    r"|\b[0-9a-f]{12,16}\b"
)
NOT_COMPARED = {"date", "x-request-id", "server", "connection", "content-length"}
TIMEOUT = 60  # seconds


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def leads_to(self) -> str:
        """Where a redirect leads; nothing for other answers."""
        return self.headers.get("location", "") if 300 <= self.status < 400 else ""

    def without(self, address: str) -> tuple[int, dict[str, str], str]:
        """All of it, but for the moment, the request's number and the address that was asked."""
        path = address.partition("?")[0]
        forms = {path, address, quote(path, safe=""), quote(path), quote(address, safe="")}
        text = self.body.decode("utf-8", "replace")
        kept = {n: v for n, v in self.headers.items() if n not in NOT_COMPARED}
        if "set-cookie" in kept:
            kept["set-cookie"] = kept["set-cookie"].partition("=")[0]
        for each in sorted(forms, key=len, reverse=True):
            text = text.replace(each, "ADDRESS")
            kept = {name: value.replace(each, "ADDRESS") for name, value in kept.items()}
        return self.status, kept, OF_THE_MOMENT.sub("", text)


@dataclass
class Caller:
    """One person at one browser, whose cookie stays as it was at sign-in: each request is as the
    first one after it."""

    person: Person
    port: int
    cookie: str = ""
    token: str = ""
    asked: int = 0
    _connection: HTTPConnection | None = field(default=None, repr=False)

    def ask(
        self,
        method: str,
        address: str,
        form: Mapping[str, str] | list[tuple[str, str]] | None = None,
        *,
        token: bool = True,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send a request; a form that is sent carries the person's own token unless told not to."""
        sent = {"Cookie": self.cookie, "Accept": "text/html", **(headers or {})}
        body = None
        if form is not None:
            pairs = list(form.items()) if isinstance(form, Mapping) else list(form)
            pairs += [("csrf_token", self.token)] if token else []
            body = urlencode(pairs)
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        self.asked += 1
        return self._answer(method, address, body, sent)

    def sign_in(self, email: str) -> None:
        """Use the sign-in page."""
        self.take_cookie(self.ask("GET", "/sign-in"))
        if self.person.name == NOBODY:
            return
        answer = self.ask("POST", "/sign-in", {"email": email, "password": PASSWORD})
        assert answer.status == 303, f"{self.person.name} cannot sign in: {answer.status}"
        self.take_cookie(answer)
        self.take_cookie(self.ask("GET", "/"))

    def take_cookie(self, answer: Answer) -> None:
        """Keep the cookie and the token of an answer."""
        if "set-cookie" in answer.headers:
            self.cookie = answer.headers["set-cookie"].partition(";")[0]
        found = TOKEN.search(answer.body.decode("utf-8", "replace"))
        self.token = found[1] if found else self.token

    def close(self) -> None:
        """Hang up."""
        if self._connection:
            self._connection.close()

    def _answer(self, method: str, address: str, body: str | None, sent: dict[str, str]) -> Answer:
        for last in (False, True):
            try:
                connection = self._connection or HTTPConnection(
                    "127.0.0.1", self.port, timeout=TIMEOUT
                )
                self._connection = connection
                connection.request(method, address, body, sent)
                got = connection.getresponse()
                told = {name.lower(): value for name, value in got.getheaders()}
                return Answer(got.status, told, got.read())
            except (HTTPException, ConnectionError):
                # A server may hang up on a connection that waited; the request was not read then.
                self.close()
                self._connection = None
                if last:
                    raise
        raise AssertionError("unreachable")
