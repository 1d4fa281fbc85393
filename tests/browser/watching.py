"""What a browser complains of: errors on the console, refused content, answers that went wrong."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response

# Chromium also tells of each answer over 399 on the console; those are judged as answers below.
TOLD_AS_ANSWER = "Failed to load resource"
WIDTHS = (390, 820, 1280)  # pixels: a telephone, a tablet, a desk
HEIGHT = 1000


class Watch:
    """Listens to every page of one browser context."""

    def __init__(self, context: BrowserContext) -> None:
        self.faults: list[str] = []
        self.expected: set[int] = set()
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))
        context.on("response", self._response)

    def expect(self, *statuses: int) -> None:
        """Take these statuses as right, also as answers to scripts."""
        self.expected.update(statuses)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and TOLD_AS_ANSWER not in message.text:
            self.faults.append(f"console {message.type}: {message.text} ({message.location})")

    def _response(self, response: Response) -> None:
        document = response.request.resource_type == "document"
        wrong = response.status >= 500 or (response.status >= 400 and not document)
        if wrong and response.status not in self.expected:
            self.faults.append(f"{response.status} for {response.url}")


def faults_of(page: Page, *, widths: tuple[int, ...] = WIDTHS) -> list[str]:
    """What axe finds on a page at each width, and whether the page scrolls sideways."""
    found = []
    page.wait_for_load_state()  # a page that is still being drawn is as wide as it happens to be
    for width in widths:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        found += [f"{page.url} at {width} pixels: {fault}" for fault in _faults_at(page)]
    return found


def _faults_at(page: Page) -> list[str]:
    wide = page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth")
    sideways = [f"scrolls sideways by {wide} pixels"] if wide > 0 else []
    violations = Axe().run(page).response["violations"]
    return sideways + [
        f"{violation['id']}: {violation['help']}: {node['html'][:200]}"
        for violation in violations
        for node in violation["nodes"]
    ]
