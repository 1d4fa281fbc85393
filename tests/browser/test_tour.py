"""The tour of README.md, step by step, and every page of the example council for everyone."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import expect

from committee.commands.example_year.settled import ACCOUNTS, PASSWORD
from committee.embedded.migrate import ROOT
from tests.browser.conftest import Visitor
from tests.browser.crawling import Crawl, keyboard_faults
from tests.browser.running import Product
from tests.browser.watching import WIDTHS, faults_of

SCHOOL = "Enlargement of Brackenhythe Primary School"
HUBS = "Should family hubs open on Saturdays?"
MUSIC = "Music and performing arts: transfer to a charitable trust"
NURSERY = "Nursery education: sufficiency of places"
COMMITTEE = "Children, Learning and Communities Cabinet Committee"

PEOPLE = [email for email, _, _ in ACCOUNTS]
EVERYONE = [None, *PEOPLE]
PAGES_OF_A_MEETING_AND_MORE = 8  # views that the least anyone may open


def at_the_example(someone: Visitor, example: Product, email: str | None) -> Visitor:
    """The visitor at the example council, signed in if there is an e-mail address."""
    there = replace(someone, address=example.address)
    if email:
        there.sign_in(email, PASSWORD)
    return there


def named(email: str | None) -> str:
    return email.partition("@")[0] if email else "visitor"


@pytest.mark.parametrize("email", EVERYONE, ids=named)
def test_every_link_leads_to_a_sound_page(
    app: Flask, example: Product, visitor: Callable[..., Visitor], email: str | None
) -> None:
    """Status, HTML and headings of each view at least twice where there are two, by its links."""
    someone = at_the_example(visitor(), example, email)
    crawl = Crawl(app, someone, may_be_staff=email is not None)
    views = {name for name, _ in crawl.pages()}
    assert crawl.wrong == []
    assert len(views) > PAGES_OF_A_MEETING_AND_MORE


@pytest.mark.timeout(900)
def test_each_view_can_be_read_and_worked_by_everyone(
    app: Flask, example: Product, visitor: Callable[..., Visitor]
) -> None:
    """One page of each view, for the first who may open it: axe at a desk, and the keyboard."""
    seen: set[str] = set()
    wrong: list[str] = []
    for email in EVERYONE:
        someone = at_the_example(visitor(), example, email)
        for name, path in Crawl(app, someone, each=1).pages():
            if name not in seen:
                seen.add(name)
                someone.go(path)
                wrong += faults_of(someone.page, widths=WIDTHS[-1:])
                wrong += keyboard_faults(someone.page)
    assert wrong == []


@pytest.mark.nightly
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("email", EVERYONE, ids=named)
def test_every_page_can_be_read_and_worked_by_everyone(
    app: Flask, example: Product, visitor: Callable[..., Visitor], email: str | None
) -> None:
    """Two pages of each view for each person: axe at each width, and the keyboard."""
    someone = at_the_example(visitor(), example, email)
    wrong: list[str] = []
    for _, path in Crawl(app, someone).pages():
        someone.go(path)
        wrong += [*faults_of(someone.page), *keyboard_faults(someone.page)]
    assert wrong == []


Meet = Callable[[str | None], Visitor]


@pytest.fixture
def meet(example: Product, visitor: Callable[..., Visitor]) -> Meet:
    """Somebody at the example council: a resident, or whoever has this account."""
    return lambda name: at_the_example(
        visitor(), example, f"{name}@harrowmere.example" if name else None
    )


def test_the_readme_tells_each_step_of_the_tour_in_these_words() -> None:
    """What is pressed below is what the tour in README.md says in bold."""
    tour = (ROOT / "README.md").read_text(encoding="utf-8").partition("## A tour")[2]
    bold = re.findall(r"\*\*(.+?)\*\*", tour.partition("\n## ")[0], re.DOTALL)
    told = [" ".join(words.split()) for words in bold if not words.startswith("As ")]
    here = " ".join((ROOT / "tests/browser/test_tour.py").read_text(encoding="utf-8").split())
    assert len(told) > len(PEOPLE)
    assert [words for words in told if words not in here] == []


def test_a_resident_has_a_say_and_follows_a_decision(meet: Meet) -> None:
    resident = meet(None)
    page = resident.page
    resident.go("/")
    page.get_by_role("link", name=HUBS).click()
    page.get_by_role("button", name="Respond to this consultation").click()
    page.get_by_label("Families who use a hub").check()
    page.get_by_label("Support", exact=True).check()
    resident.press("Check your answers")
    resident.press("Send your response")
    expect(
        page.get_by_text(re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}")).first
    ).to_be_visible()
    page.get_by_role("link", name="Decisions", exact=True).click()
    page.get_by_role("link", name=SCHOOL).first.click()
    expect(page.get_by_role("heading", name=SCHOOL)).to_be_visible()
    page.get_by_role("link", name="Record of decision published").click()
    expect(page.get_by_text("RESOLVED that the decision proposed").first).to_be_visible()
    page.get_by_role("link", name="Search", exact=True).click()
    page.get_by_role("searchbox", name="Look for").fill("crossing")
    resident.press("Search")
    expect(page.get_by_role("link", name=SCHOOL).first).to_be_visible()


def test_a_clerk_accepts_a_report_and_sees_when_to_publish(meet: Meet) -> None:
    clerk = meet("clerk")
    page = clerk.page
    clerk.go("/home")
    page.get_by_role("link", name=f"Accept or return the report “{NURSERY}”").click()
    page.get_by_role("link", name="Accept it for the agenda").click()
    page.get_by_role("radio", name=re.compile(f"^Item [0-9]+: {NURSERY}")).check()
    clerk.press("Accept it")
    page.get_by_role("link", name="Your work", exact=True).click()
    page.get_by_role("link", name="Publish the agenda", exact=True).click()
    expect(page.get_by_text("How this date was worked out").first).to_be_visible()
    clerk.go(page.url.removeprefix(clerk.address).removesuffix("/publish"))
    page.get_by_role("link", name=re.compile("^Who may read it")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Who may read item"))
    expect(page.get_by_role("radio", name=re.compile("^Exempt"))).to_be_visible()


def test_an_author_finds_the_late_report(meet: Meet) -> None:
    author = meet("author")
    page = author.page
    author.go("/home")
    expect(page.get_by_text(re.compile("[0-9]+ days late")).first).to_be_visible()
    page.get_by_role("link", name="Spending on children, learning and communities").click()
    expect(page.get_by_role("button", name="Send to democratic services")).to_be_visible()


def test_a_member_reads_exempt_papers_and_responses(meet: Meet) -> None:
    member = meet("member")
    page = member.page
    member.go("/home")
    page.get_by_role("link", name=HUBS).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Responses"))
    page.get_by_role("link", name="Meetings", exact=True).click()
    page.get_by_role("link", name="Past", exact=True).click()
    page.get_by_role("link", name=COMMITTEE).first.click()
    expect(page.get_by_role("link", name="Restricted pack, with exempt items")).to_be_visible()


def test_a_cabinet_member_decides_and_the_clerk_publishes_the_record(meet: Meet) -> None:
    decider = meet("cabinet")
    page = decider.page
    decider.go("/home")
    page.get_by_role("link", name=re.compile("^Read and take decision")).click()
    page.get_by_label(re.compile("due regard to the matters in section 149")).check()
    page.get_by_label(re.compile("No consultation was held")).check()
    page.get_by_label("I have no interest to declare").check()
    decider.press("Sign and take this decision")
    clerk = meet("clerk")
    clerk.go("/home")
    clerk.page.get_by_role("link", name="Everything in hand for decisions").click()
    clerk.page.get_by_role("link", name=MUSIC).click()
    clerk.page.get_by_role("link", name="Publish", exact=True).click()
    clerk.press("Publish the record of decision")
    clerk.go("/decisions")
    clerk.page.get_by_role("link", name=MUSIC).first.click()
    expect(clerk.page.get_by_text("Last day for call-in")).to_be_visible()


def test_an_administrator_looks_after_accounts(meet: Meet) -> None:
    administrator = meet("admin")
    page = administrator.page
    administrator.go("/home")
    page.get_by_role("link", name="Accounts and roles").click()
    expect(page.get_by_role("button", name="Add a person")).to_be_visible()
    page.get_by_role("link", name="Ms S Begum").click()
    expect(page.get_by_text("Committee member").first).to_be_visible()


def test_a_monitoring_officer_takes_a_paper_down_and_puts_it_back(meet: Meet) -> None:
    monitor = meet("monitor")
    page = monitor.page
    monitor.go("/meetings")
    page.get_by_role("link", name="Past", exact=True).click()
    page.get_by_role("link", name=COMMITTEE).first.click()
    beside_a_paper = page.get_by_role("link", name="Take down").and_(
        page.locator('a[href^="/takedowns/paper_version/"]')
    )
    beside_a_paper.first.click()
    page.get_by_label("Why it is taken down").fill("To see how it is done.")
    monitor.press("Take it down now")
    takedown = page.url.removeprefix(monitor.address)
    resident = meet(None)
    resident.go(str(page.get_by_role("link", name="See it as the public").get_attribute("href")))
    expect(resident.page.get_by_role("heading", level=1)).to_have_text("Taken down")
    expect(resident.page.get_by_text("To see how it is done.")).to_be_visible()
    monitor.go(takedown)
    page.get_by_label("Reason").fill("It was seen.")
    monitor.press("Put it back")
    expect(page.get_by_text("It is back in public view.")).to_be_visible()


def test_a_monitoring_officer_finds_out_why_somebody_may_not_see_a_page(meet: Meet) -> None:
    monitor = meet("monitor")
    page = monitor.page
    monitor.go("/home")
    page.get_by_role("link", name="Who may do what").click()
    page.get_by_role("link", name="Why", exact=True).click()
    page.get_by_label("Person", exact=True).select_option(label="Ms S Begum")
    page.get_by_label("Address of the page").fill("/audit")
    monitor.press("Explain")
    expect(page.get_by_role("heading", level=2).first).to_have_text(re.compile("Ms S Begum"))


def test_an_auditor_searches_the_log_and_anyone_can_check_it(meet: Meet) -> None:
    auditor = meet("auditor")
    page = auditor.page
    auditor.go("/home")
    page.get_by_role("link", name="Log of what was done").click()
    page.get_by_label("Person", exact=True).fill("Marlowe")
    auditor.press("Show these")
    found = page.get_by_role("rowheader", name=re.compile("^Yusuf Marlowe "))
    expect(found.first).to_be_visible()
    page.get_by_role("link", name="Check that nothing was changed").click()
    expect(page.get_by_role("heading", name="The log of every act")).to_be_visible()


def test_mail_that_went_out_can_be_read(meet: Meet) -> None:
    clerk = meet("clerk")
    clerk.go("/reminders")
    clerk.page.get_by_role("link", name=re.compile("^Sent")).click()
    clerk.go("/mail")
    expect(
        clerk.page.get_by_role("link", name=re.compile("Spending on children")).first
    ).to_be_visible()
