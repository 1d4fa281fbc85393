"""The forms that people send: as the page offers them, or for views without a page of their own."""

from collections.abc import Callable, Mapping
from html.parser import HTMLParser

from tests.matrix.callers import Caller
from tests.matrix.council import Names

Form = list[tuple[str, str]]

# What a button elsewhere sends to a view that shows no page of its own.
SENT: Mapping[str, Callable[[Names], dict[str, str]]] = {
    "agendas.move_item": lambda _: {"to": "down"},
    "papers.move": lambda _: {"to": "down"},
    "report_papers.move": lambda _: {"to": "down"},
    "minutes.move": lambda _: {"to": "down"},
    "packs.ask_for": lambda _: {"audience": "public"},
    "minutes.add": lambda names: {"item": str(names["of_item"])},
    "consultation_responses.read": lambda _: {"then": "next"},
    "published_records.rule": lambda _: {"ruling": "accept", "words": "It is in order."},
}


class Fields(HTMLParser):
    """The fields of the forms of a page that are sent to its own address."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: Form = []
        self._inside = False
        self._select = ""
        self._chosen: str | None = None
        self._area = ""
        self._written = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a field holds."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            own = not given.get("action")
            self._inside = given.get("method", "").lower() == "post" and own and not self.sent
        elif not self._inside:
            return
        elif tag == "input":
            self._input(given)
        elif tag == "select":
            self._select, self._chosen = given.get("name", ""), None
        elif tag == "option" and self._select:
            if self._chosen is None or "selected" in given:
                self._chosen = given.get("value", "")
        elif tag == "textarea":
            self._area, self._written = given.get("name", ""), ""

    def handle_data(self, data: str) -> None:
        """Note what is written in a text area."""
        if self._area:
            self._written += data

    def handle_endtag(self, tag: str) -> None:
        """Note what was chosen or written."""
        if tag == "select" and self._select:
            self.sent.append((self._select, self._chosen or ""))
            self._select = ""
        elif tag == "textarea" and self._area:
            self.sent.append((self._area, self._written))
            self._area = ""
        elif tag == "form":
            self._inside = False

    def _input(self, given: Mapping[str, str]) -> None:
        kind, name = given.get("type", "text"), given.get("name", "")
        if not name or name == "csrf_token" or kind in ("submit", "file", "button"):
            return
        if kind not in ("checkbox", "radio") or "checked" in given:
            self.sent.append((name, given.get("value", "")))


def form_for(view: str, names: Names, asks: Caller | None, address: str) -> Form:
    """What would be sent: as the page shows it to somebody who may open it, else what is known."""
    if view in SENT:
        return list(SENT[view](names).items())
    if asks is None:
        return []
    answer = asks.ask("GET", address)
    if answer.status != 200 or "html" not in answer.headers.get("content-type", ""):
        return []
    found = Fields()
    found.feed(answer.body.decode("utf-8"))
    return found.sent
