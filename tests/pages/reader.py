"""Someone at a browser without scripts, who sends forms and finds fault with every page."""

from typing import Any

from bs4 import BeautifulSoup
from flask import Flask, g
from werkzeug.test import TestResponse

from tests.pages.audit import faults


class Reader:
    """A test client that sends each form with its token and audits each page that it is shown."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.page = BeautifulSoup("", "html.parser")

    def get(self, address: str, **named: Any) -> TestResponse:
        """Open a page."""
        return self._open("GET", address, **named)

    def post(self, address: str, data: dict[str, Any] | None = None, **named: Any) -> TestResponse:
        """Send a form to its address with the token of a page that was just opened."""
        if "csrf_token" not in (data or {}):
            data = {**(data or {}), "csrf_token": self.token()}
        return self._open("POST", address, data=data, **named)

    def send(self, address: str, data: dict[str, Any]) -> TestResponse:
        """Send exactly this, and look at no page: for what is sent hundreds of times."""
        return self._raw("POST", address, data=data)

    def follow(self, answer: TestResponse) -> TestResponse:
        """Go where an answer leads."""
        assert answer.status_code == 303, f"{answer.status_code} leads nowhere\n{self.words()}"
        return self.get(answer.headers["Location"].partition("#")[0])

    def sign_in(self, email: str, password: str) -> TestResponse:
        """Use the sign-in page."""
        self.get("/sign-in")
        return self.post("/sign-in", {"email": email, "password": password})

    def token(self) -> str:
        """A token of this session."""
        return str(
            BeautifulSoup(self._sign_in_page(), "html.parser").select_one("input[name=csrf_token]")[
                "value"
            ]
        )  # type: ignore[index]

    def words(self) -> str:
        """The text of the last page, with single spaces."""
        return " ".join(self.page.get_text(" ").split())

    def mistakes(self) -> list[str]:
        """The links of the error summary of the last page, each proved to lead to its field."""
        links = self.page.select(".govuk-error-summary__list li")
        return [" ".join(link.get_text().split()) for link in links]

    def value(self, name: str) -> str:
        """What a field of the last page holds."""
        field = self.page.select_one(f"[name={name}]")
        assert field is not None, f"there is no field {name}"
        return str(field.get("value") or field.get_text())

    def carried_on(self) -> dict[str, list[str]]:
        """What the hidden fields of the last page's form carry on from the page before."""
        found: dict[str, list[str]] = {}
        for each in self.page.select("main form input[type=hidden]"):
            found.setdefault(str(each["name"]), []).append(str(each["value"]))
        return found

    def button(self, words: str) -> dict[str, str]:
        """What the button with these words sends."""
        found = self.page.find("button", string=words)
        assert found is not None, f"there is no button “{words}”"
        return {str(found["name"]): str(found["value"])}

    def _sign_in_page(self) -> str:
        # Any page has a token once somebody has signed in; before, the sign-in page has one.
        answer = self._raw("GET", "/sign-in")
        return self._raw("GET", "/").text if answer.status_code == 303 else answer.text

    def _open(self, method: str, address: str, **named: Any) -> TestResponse:
        answer = self._raw(method, address, **named)
        if answer.mimetype == "text/html" and answer.status_code not in range(300, 400):
            self.page = BeautifulSoup(answer.text, "html.parser")
            assert faults(answer.text) == [], f"{method} {address}"
        return answer

    def _raw(self, method: str, address: str, **named: Any) -> TestResponse:
        # The application context of a test outlives its requests; a real one does not.
        for name in ("_login_user", "council", "csrf_token"):
            g.pop(name, None)
        answer = self.client.open(address, method=method, **named)
        answer.get_data()  # a file that is sent stays open until its answer is closed
        answer.close()
        return answer
