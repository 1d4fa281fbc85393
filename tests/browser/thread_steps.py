"""The steps of one matter of 2018, each by those whose business it is, through the pages alone."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.conftest import Visitor
from tests.browser.moved_clock import MovedClock
from tests.browser.people_of_2018 import ADMINISTRATOR, COMMITTEE, OFFICER
from tests.browser.running import Product

NUMBER = "18/00016"
TITLE = "Post-16 transport policy statement"
CONSULTATION = "Post-16 transport policy"
SLUG = "post-16-transport-policy"
# Types with how many responded, and the answers to the closed question.
RESPONDENTS = {
    "Parents or carers": 70,
    "Students in years 12 to 14": 16,
    "Students in years 7 to 11": 1,
    "Learning providers": 3,
    "Others": 1,
}
ANSWERS = {"Agree": 59, "Disagree": 3, "Don’t know": 26, None: 3}
BY_POST = 2
COMMENTS = "What else would you like us to know?"
BUILT = 90_000  # milliseconds


@dataclass
class Story:
    """What the steps share."""

    council: Product
    clock: MovedClock
    someone: Callable[..., Visitor]
    folder: Path
    meetings: dict[str, int] = field(default_factory=dict)

    def on(self, day: int, month: int, at: time = time(10)) -> None:
        """Go to that day of 2018."""
        self.clock.move_to(date(2018, month, day), at)


def open_the_decision(story: Story) -> None:
    """An officer plans the meetings and opens the decision under the number that it has."""
    story.on(12, 2)
    officer = story.someone(OFFICER)
    page = officer.page
    for name, day, month in (("May", 8, 5), ("July", 10, 7)):
        officer.go("/committees")
        page.get_by_role("link", name=COMMITTEE).first.click()
        officer.press("Add a meeting")
        steps.fill_date(page, "Date of the meeting", day, month, 2018)
        page.get_by_label("Start time").fill("10.00 am")
        page.get_by_label("Place").fill("Council Chamber")
        officer.press("Add the meeting")
        page.wait_for_url(re.compile(r"/meetings/\d+$"))
        story.meetings[name] = int(page.url.rsplit("/", 1)[1])
    # An administrator alone may bring a number that was given elsewhere.
    officer = story.someone(ADMINISTRATOR)
    page = officer.page
    officer.go("/decisions/new")
    page.get_by_label("Title", exact=True).fill(TITLE)
    page.get_by_label("What is to be decided").fill(
        "Whether to adopt the policy on transport for learners over sixteen from September 2018."
    )
    page.get_by_label("Yes: Significant effect on two or more divisions").check()
    page.get_by_role("radio", name="Open", exact=True).check()
    page.get_by_label("Documents to be considered").fill("The report to the committee.")
    steps.fill_date(page, "Must be in force by (optional)", 31, 5, 2018)
    page.get_by_label("Number that it already has (optional)").fill(NUMBER)
    officer.press("Open the decision")
    expect(page.get_by_text(f"The number of this decision is {NUMBER}")).to_be_visible()


def consult(story: Story) -> None:
    """An officer sets the consultation up; people respond by themselves and by post."""
    story.on(20, 2)
    officer = story.someone(OFFICER)
    set_up(officer)
    ask_whom(officer)
    ask_what(officer)
    officer.go(f"/consultations/{SLUG}/publish")
    officer.press("Publish the consultation")
    expect(officer.page.get_by_role("alert")).to_be_visible()
    story.on(26, 2, time(0, 5))
    given = responses()
    respond_by_hand(story, *given[0])
    respond_by_form(story, given[BY_POST + 1 :])
    story.on(9, 3)
    key_in(story, given[1 : BY_POST + 1])


def set_up(officer: Visitor) -> None:
    page = officer.page
    officer.go("/consultations/new")
    page.get_by_label("Title", exact=True).fill(CONSULTATION)
    page.get_by_label("What is proposed, and why").fill(
        "A pass for young people over sixteen.\n\nWhat it costs, and what else was weighed."
    )
    steps.fill_date(page, "First day", 26, 2, 2018)
    steps.fill_date(page, "Last day", 8, 4, 2018)
    choose(page, "Decision it belongs to (optional)", NUMBER)
    page.get_by_label("Paper copies sent out (optional)").fill("40")
    officer.press("Save and go on to the questions")


def choose(page: Page, label: str, words: str) -> None:
    """Choose the one option of a list that has these words in it."""
    field = page.get_by_label(label, exact=True)
    options = field.locator("option").filter(has_text=words)
    field.select_option(value=options.first.get_attribute("value"))


def ask_whom(officer: Visitor) -> None:
    page = officer.page
    for name in RESPONDENTS:
        page.get_by_label("Name of the type").fill(name)
        page.get_by_label("One of them").fill(name.removesuffix("s"))
        officer.press("Add the type")
        expect(page.get_by_role("alert")).to_contain_text(name)


def ask_what(officer: Visitor) -> None:
    page = officer.page
    page.get_by_role("link", name="Add a question").click()
    page.get_by_label("Question", exact=True).fill("Do you agree with the policy?")
    page.get_by_label("One choice").check()
    choices = [answer for answer in ANSWERS if answer]
    page.get_by_label("Answers to choose from").fill("\n".join(choices))
    officer.press("Save")
    expect(page.get_by_text("Do you agree with the policy?").first).to_be_visible()

    page.get_by_role("link", name="Add a question").click()
    page.get_by_label("Question", exact=True).fill(COMMENTS)
    page.get_by_label("A comment").check()
    officer.press("Save")
    expect(page.get_by_text(COMMENTS).first).to_be_visible()


def responses() -> list[tuple[str, str | None]]:
    """Each response of 2018: who sent it, and how it answers the one question."""
    who = [name for name, count in RESPONDENTS.items() for _ in range(count)]
    answers = [answer for answer, count in ANSWERS.items() for _ in range(count)]
    return list(zip(who, answers, strict=True))


def respond_by_hand(story: Story, who: str, answer: str | None) -> None:
    """A resident fills the form in, checks the answers and gets a receipt."""
    resident = story.someone()
    page = resident.page
    resident.go("/consultations")
    page.get_by_role("link", name=CONSULTATION).first.click()
    resident.press("Respond to this consultation")
    page.get_by_label(who, exact=True).check()
    page.get_by_label(str(answer), exact=True).check()
    resident.press("Check your answers")
    expect(page.get_by_role("definition").filter(has_text=str(answer)).first).to_be_visible()
    resident.press("Send your response")
    expect(page.get_by_text("Your receipt number")).to_be_visible()


def respond_by_form(story: Story, given: list[tuple[str, str | None]]) -> None:
    """The same form, each time in a browser of its own that only reads and sends HTML."""
    address = f"{story.council.address}/consultations/{SLUG}/respond"
    opener = story.someone().page.context.request
    for who, answer in given:
        form = Form(opener.get(address).text())
        form.tick(who)
        if answer:
            form.tick(answer)
        else:
            form.write(COMMENTS, "The pass costs too much for a family with two learners.")
        checked = Form(opener.post(address, form=form.fields | {"step": "check"}).text())
        sent = opener.post(address, form=checked.fields | {"step": "send"})
        assert "Your receipt number" in sent.text(), sent.text()


class Form:
    """The form of a page: what it would send as it stands, and after boxes are ticked."""

    def __init__(self, html: str) -> None:
        self.page = BeautifulSoup(html, "html.parser")
        found = self.page.select_one("main form")
        assert found is not None, html
        self.fields: dict[str, str] = {}
        for each in found.select("input[name], textarea[name]"):
            kind = each.get("type")
            if kind in ("radio", "checkbox") and not each.has_attr("checked"):
                continue
            self.fields[str(each["name"])] = str(each.get("value") or "")

    def tick(self, label: str) -> None:
        """Tick the box or button of this label."""
        box = self._of(label)
        self.fields[str(box["name"])] = str(box["value"])

    def write(self, label: str, text: str) -> None:
        """Write into the field of this label."""
        self.fields[str(self._of(label)["name"])] = text

    def _of(self, label: str) -> Tag:
        of = next(each for each in self.page.select("label") if each.get_text(strip=True) == label)
        found = self.page.select_one(f"[id='{of['for']}']")
        assert found is not None, label
        return found


def key_in(story: Story, given: list[tuple[str, str | None]]) -> None:
    """An officer keys in what came by post."""
    officer = story.someone(OFFICER)
    page = officer.page
    for who, answer in given:
        officer.go(f"/consultations/{SLUG}/responses/new")
        page.get_by_label("How it came").select_option(label="Letter")
        steps.fill_date(page, "Date received", 8, 3, 2018)
        page.get_by_label(who, exact=True).check()
        if answer:
            page.get_by_label(answer, exact=True).check()
        officer.press("Keep this response")
        expect(page.get_by_role("alert")).to_be_visible()


def close_and_report(story: Story) -> None:
    """The worker closes it when its last day is over; an officer publishes the results."""
    story.on(8, 4, time(23, 58))
    resident = story.someone()
    resident.go(f"/consultations/{SLUG}/respond")
    expect(resident.page.get_by_role("button", name="Check your answers")).to_be_visible()
    story.on(9, 4, time(0, 1))
    resident.go(f"/consultations/{SLUG}/respond")
    expect(resident.page.get_by_role("button", name="Check your answers")).to_have_count(0)
    officer = story.someone(OFFICER)
    page = officer.page
    wait_for(officer, f"/consultations/{SLUG}/summary", "Publish the results")
    officer.press("Publish the results")
    expect(page.get_by_role("alert")).to_be_visible()
    resident.go(f"/consultations/{SLUG}/summary")
    check_figures(resident.page)


def check_figures(page: Page) -> None:
    """The figures of 2018 as anyone may read them."""
    words = page.locator("main")
    for who, count in RESPONDENTS.items():
        row = words.get_by_role("row").filter(has_text=who).first
        expect(row).to_contain_text(str(count))
    expect(words).to_contain_text("Responses received: 91 (online form 89, letter 2)")
    for shown in ("59 of 88 who answered, 67%", "3 of 88 who answered, 3%", "26 of 88 who"):
        expect(words).to_contain_text(shown)


def wait_for(visitor: Visitor, path: str, words: str) -> None:
    """Open the page again and again until it shows these words: a worker is at it."""
    for _ in range(90):
        visitor.go(path)
        if visitor.page.locator("main").get_by_text(words).count():
            return
        visitor.page.wait_for_timeout(1000)
    raise AssertionError(f"{path} does not come to say {words!r}")
