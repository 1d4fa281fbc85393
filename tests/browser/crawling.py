"""Following every link of the product as one person, a bounded number of times for each view."""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup
from flask import Flask
from playwright.sync_api import APIResponse, Page
from werkzeug.exceptions import HTTPException

from tests.browser.conftest import Visitor
from tests.pages.audit import faults

FIRST = ("/", "/sign-in", "/search?q=school", "/mail")
# What a caught mail leads to is for the person to whom it was sent.
NOT_FOLLOWED = {"caught_mail.message"}
STOPS = 25  # presses of Tab on each page
PLAIN = "text/html"

# What has the focus: which element it is, and whether it can be seen that it has it.
FOCUS = """() => {
    const element = document.activeElement;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    const label = element.labels?.[0];
    const drawn = label ? getComputedStyle(label, "::before").boxShadow : "none";
    return {
        tag: element.tagName.toLowerCase(),
        place: [...document.querySelectorAll("*")].indexOf(element),
        text: (element.textContent || element.name || "").trim().slice(0, 60),
        seen: outlined || style.boxShadow !== "none" || drawn !== "none",
        inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
}"""


@dataclass
class Crawl:
    """One person's way through the product: each view is opened `each` times at the most."""

    app: Flask
    someone: Visitor
    each: int = 2
    may_be_staff: bool = True
    opened: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def pages(self) -> Iterator[tuple[str, str]]:
        """The view and the address of each page found, after its answer and HTML were judged."""
        waiting, known = deque(FIRST), set(FIRST)
        while waiting:
            path = waiting.popleft()
            name = self.view_of(path)
            if name is None or self.opened[name] >= self.each:
                continue
            self.opened[name] += 1
            answer = self.someone.page.context.request.get(
                self.someone.address + path, max_redirects=0
            )
            for link in self._links(path, name, answer):
                if link not in known:
                    known.add(link)
                    waiting.append(link)
            if answer.status == 200 and answer.headers["content-type"].startswith(PLAIN):
                yield name, path

    def view_of(self, path: str) -> str | None:
        """The name of the view at an address of ours; nothing for what is no page of anyone."""
        adapter = self.app.url_map.bind("localhost")
        try:
            name, _ = adapter.match(urlsplit(path).path, method="GET")
        except HTTPException:
            self.wrong.append(f"{path} is linked and is no address of ours")
            return None
        return None if name == "static" else str(name)

    def _links(self, path: str, name: str, answer: APIResponse) -> Iterator[str]:
        permission = getattr(self.app.view_functions[name], "permission", None)
        if not self.may_be_staff and permission is not None:
            self.wrong.append(f"{path} is meant for staff ({permission})")
        if answer.status in (302, 303, 308):
            yield self._ours(path, answer.headers["location"]) or "/"
            return
        if answer.status != 200:
            self.wrong.append(f"{path} answers {answer.status}")
            return
        if answer.headers["content-type"].startswith(PLAIN):
            html = answer.text()
            self.wrong += [f"{path}: {fault}" for fault in faults(html)]
            if name in NOT_FOLLOWED:
                return
            for link in BeautifulSoup(html, "html.parser").select("a[href], link[href]"):
                if ours := self._ours(path, str(link["href"])):
                    yield ours

    def _ours(self, path: str, link: str) -> str | None:
        """The address within the product, without the place on its page."""
        whole = urldefrag(urljoin(self.someone.address + path, link)).url
        return whole.removeprefix(self.someone.address) if self._is_ours(whole) else None

    def _is_ours(self, whole: str) -> bool:
        return whole.startswith(f"{self.someone.address}/")


def keyboard_faults(page: Page) -> list[str]:
    """What goes wrong for somebody who presses Tab on the page that is open."""
    found: list[str] = []
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    first = before = -1
    for stop in range(STOPS):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus["tag"] in ("body", "html") or focus["place"] == first:
            break  # the end of the page, after which a browser begins again
        where = f"{page.url}: the focus on {focus['tag']} “{focus['text']}”"
        if stop == 0 and focus["text"] != "Skip to main content":
            found.append(f"{where} comes first, and not the link past the menu")
        if focus["place"] <= before:
            found.append(f"{where} comes out of order")
        if not focus["seen"]:
            found.append(f"{where} does not show")
        if not focus["inside"]:
            found.append(f"{where} is out of sight")
        before = focus["place"]
        first = before if stop == 0 else first
    return found
