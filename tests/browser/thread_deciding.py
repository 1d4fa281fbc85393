"""From the report to the approved minutes of one matter of 2018, through the pages alone."""

import re
from datetime import time

from playwright.sync_api import Page, expect

from tests.browser import papers, steps
from tests.browser.conftest import Visitor
from tests.browser.people_of_2018 import AUTHOR, HOLDER, MEMBER, OFFICER
from tests.browser.thread_steps import CONSULTATION, NUMBER, SLUG, TITLE, Story, choose, wait_for

DECISION = f"/decisions/{NUMBER}"
BUILT = 90_000  # milliseconds in which a paper must be checked or a pack built


def write_the_report(story: Story) -> None:
    """An officer asks for the report; its author fills it in and sends it with its paper."""
    story.on(10, 4)
    officer = story.someone(OFFICER)
    page = officer.page
    officer.go(f"/meetings/{story.meetings['May']}/reports/new")
    page.get_by_label("Subject").fill(TITLE)
    choose(page, "Author", "Scott Fielding")
    page.get_by_label("Decision number (optional)").fill(NUMBER)
    officer.press("Ask for it")
    expect(page.get_by_role("alert")).to_be_visible()
    story.on(12, 4)
    author = story.someone(AUTHOR)
    author.go("/reports")
    author.page.get_by_role("link", name=TITLE).first.click()
    report = author.page.url
    send_paper(author, story)
    author.page.goto(report)
    fill_header_block(author.page)
    author.press("Send to democratic services")
    expect(author.page.get_by_text("With democratic services").first).to_be_visible()


def send_paper(author: Visitor, story: Story) -> None:
    page = author.page
    page.get_by_role("link", name="Send or replace papers").click()
    paper = papers.pdf(story.folder, "report.pdf", pages=4, seed=7)
    page.locator("input[type=file]").first.set_input_files(paper)
    page.locator("form[enctype] button[type=submit]").first.click()
    expect(page.get_by_text("Ready", exact=True).first).to_be_visible(timeout=BUILT)


def fill_header_block(page: Page) -> None:
    """Everything that a report must say before it can be sent."""
    for label, text in {
        "From": "The Cabinet Member and the Corporate Director",
        "Past pathway of the paper": "None",
        "Future pathway of the paper": "Decision by the Cabinet Member",
        "Electoral divisions": "All",
        "Summary": "A policy on transport for learners over sixteen, after 91 responses.",
    }.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("radio", name="Unrestricted").check()
    page.get_by_label("Endorse", exact=True).first.check()
    page.get_by_label("Make recommendations", exact=True).first.check()
    page.get_by_label("Wording").first.fill("the decision to adopt the policy for 2018/19")
    page.get_by_label("There are no background documents").check()
    for place, (name, job) in enumerate(
        (("Scott Fielding", "Transport manager"), ("Dana Wells", "Director of Education"))
    ):
        page.get_by_label("Name", exact=True).nth(place).fill(name)
        page.get_by_label("Job title", exact=True).nth(place).fill(job)
        page.get_by_label("Telephone number", exact=True).nth(place).fill("01632 960124")
        page.get_by_label("E-mail address", exact=True).nth(place).fill("office@example.org")


def give_notice(story: Story) -> None:
    """The notice is published on 17 April; 28 clear days later is 16 May."""
    story.on(17, 4)
    officer = story.someone(OFFICER)
    officer.go(f"{DECISION}/notice")
    officer.press("Publish the notice")
    visitor = story.someone()
    visitor.go("/forward-plan")
    expect(visitor.page.get_by_text("Wednesday 16 May 2018").first).to_be_visible()
    expect(visitor.page.get_by_text(NUMBER).first).to_be_visible()


def accept_and_publish(story: Story) -> None:
    """The report is accepted, the packs are built, and the agenda goes out on 27 April."""
    story.on(19, 4)
    officer = story.someone(OFFICER)
    page = officer.page
    meeting = story.meetings["May"]
    officer.go(f"/meetings/{meeting}/agenda")
    steps.add_item(officer, "Apologies", kind="Procedural")
    officer.go(f"/meetings/{meeting}/reports")
    page.get_by_role("link", name=TITLE).first.click()
    page.get_by_role("link", name="Accept it for the agenda").click()
    page.get_by_label("A new item at the end of the agenda").check()
    officer.press("Accept it")
    expect(page.get_by_text("comes under item 2")).to_be_visible()
    story.on(27, 4)
    officer = story.someone(OFFICER)
    page = officer.page
    officer.go(f"/meetings/{meeting}/agenda")
    steps.open_everything(officer)
    officer.go(f"/meetings/{meeting}/packs")
    expect(page.locator("#restricted")).to_contain_text("Nothing on this agenda is closed")
    officer.press("Build the public pack")
    expect(page.locator("#public").get_by_text("Up to date")).to_be_visible(timeout=BUILT)
    officer.go(f"/meetings/{meeting}/agenda/publish")
    expect(page.get_by_text("The last day in time is Friday 27 April 2018")).to_be_visible()
    officer.press("Publish the agenda and packs")
    expect(page.get_by_text("with 5 clear days before the meeting")).to_be_visible()
    visitor = story.someone()
    visitor.go(f"/meetings/{meeting}")
    expect(visitor.page.get_by_text(TITLE).first).to_be_visible()


def propose(story: Story) -> None:
    """The author writes the proposed record; an officer publishes it beside the report."""
    author = story.someone(AUTHOR)
    page = author.page
    author.go(f"{DECISION}/draft")
    page.get_by_label("Decision", exact=True).fill(
        "As Cabinet Member I agree to:\n\na) adopt the policy; and\n\nb) publish it."
    )
    page.get_by_label("Reasons for the decision").fill("The council must publish a policy.")
    page.get_by_label("Financial implications").fill("Within the budget.")
    page.get_by_label("Alternatives considered, and why they were not chosen").fill("None.")
    page.get_by_label("Interests declared and dispensations granted").fill("None.")
    page.get_by_label("An equality impact assessment is attached").check()
    steps.fill_date(page, "Date of the assessment (only if there is one)", 10, 4, 2018)
    author.press("Save the record")
    expect(page.get_by_text("The record has been saved")).to_be_visible()
    officer = story.someone(OFFICER)
    officer.go(f"{DECISION}/draft")
    officer.press("It is open: publish the proposed record")
    visitor = story.someone()
    visitor.go(f"{DECISION}/record")
    words = visitor.page.locator("main")
    expect(words).to_contain_text(re.compile("decision to be taken by", re.IGNORECASE))
    for figure in ("91", "70", "59", "67%"):
        expect(words).to_contain_text(figure)


def meet(story: Story) -> None:
    """A member reads; the committee meets on 8 May and endorses; its minutes go out as a draft."""
    meeting = story.meetings["May"]
    story.on(3, 5)
    member = story.someone(MEMBER)
    member.go(f"/meetings/{meeting}")
    one_pdf = member.page.get_by_role("link", name="Agenda and all open papers in one PDF")
    expect(one_pdf).to_be_visible()
    member.go(f"/consultations/{SLUG}/responses")
    member.page.locator("main table a").first.click()
    member.page.get_by_role("button", name=re.compile("Mark as read")).click()
    story.on(8, 5, time(14))
    officer = story.someone(OFFICER)
    page = officer.page
    officer.go(f"/meetings/{meeting}/attendance")
    officer.press("Save, and record all the others as present")
    expect(page.get_by_text("In the room: 4 members")).to_be_visible()
    story.on(9, 5)
    minute_the_item(story.someone(OFFICER), meeting)
    officer = story.someone(OFFICER)
    officer.go(f"/meetings/{meeting}/minutes/publish")
    officer.press("Publish the draft")
    visitor = story.someone()
    visitor.go(f"/meetings/{meeting}/minutes/published")
    words = visitor.page.locator("main")
    expect(words).to_contain_text("RESOLVED")
    expect(words).to_contain_text("Dr L Sullivan")
    visitor.go(DECISION)
    expect(visitor.page.get_by_text("Considered by the committee").first).to_be_visible()


def minute_the_item(officer: Visitor, meeting: int) -> None:
    page = officer.page
    officer.go(f"/meetings/{meeting}/minutes")
    officer.press("Begin the minutes")
    page.get_by_role("button", name=steps.for_("Leave out", "Apologies")).click()
    expect(page.get_by_role("alert").first).to_be_visible()
    page.get_by_role("link", name=TITLE).first.click()
    page.get_by_label("Discussion").fill("The committee asked about the price of the pass.")
    choose(page, "Outcome", "Endorsed")
    for label, count in (("For", "3"), ("Against", "1"), ("Abstained", "0")):
        page.get_by_role("textbox", name=label, exact=True).fill(count)
    page.get_by_role("radio", name=re.compile("^Open: anyone")).check()
    officer.press("Save")
    expect(page.get_by_role("alert").first).to_be_visible()
    page.get_by_text("Record how somebody voted").click()
    choose(page, "Member", "Dr L Sullivan")
    page.get_by_role("radio", name="Against", exact=True).check()
    officer.press("Record the vote")
    page.get_by_text("Add an action").click()
    page.get_by_label("What is to be done").fill("Report on the pass in a year.")
    page.get_by_label("Who is to do it").fill("Scott Fielding")
    choose(page, "Their account (optional)", "Scott Fielding")
    steps.fill_date(page, "Due date", 1, 6, 2018)
    officer.press("Add the action")
    expect(page.get_by_text("Report on the pass in a year.").first).to_be_visible()


def sign(story: Story) -> None:
    """Not on 15 May; on 16 May the Cabinet Member signs, and the record is published."""
    story.on(14, 5)
    officer = story.someone(OFFICER)
    officer.go(f"{DECISION}/ready")
    officer.press("It is ready to be taken")
    story.on(15, 5)
    holder = story.someone(HOLDER)
    holder.go(f"{DECISION}/sign")
    expect(holder.page.get_by_text("may be taken from Wednesday 16 May 2018")).to_be_visible()
    expect(holder.page.get_by_role("button", name="Sign and take")).to_have_count(0)
    story.on(16, 5)
    holder = story.someone(HOLDER)
    fill_signature(holder)
    expect(holder.page.get_by_text(f"You have taken decision {NUMBER}")).to_be_visible()
    officer = story.someone(OFFICER)
    officer.go(f"{DECISION}/publish")
    officer.press("Publish the record of decision")
    visitor = story.someone()
    visitor.go(f"{DECISION}/record")
    words = visitor.page.locator("main")
    expect(words).to_contain_text("Wednesday 23 May 2018")
    expect(words).to_contain_text("Thursday 24 May 2018")
    expect(words).to_contain_text("the decision to adopt the policy for 2018/19")
    wait_for(visitor, f"{DECISION}/record", "PDF")


def fill_signature(holder: Visitor) -> None:
    page = holder.page
    holder.go(f"{DECISION}/sign")
    for box in page.locator("main form input[type=checkbox]").all():
        box.check()
    page.get_by_label("I have no interest to declare").check()
    holder.press("Sign and take this decision")


def come_into_force(story: Story) -> None:
    """It can be called in until the end of 23 May; the worker ends that on the 24th."""
    story.on(23, 5, time(23, 50))
    visitor = story.someone()
    visitor.page.wait_for_timeout(3000)
    visitor.go(DECISION)
    expect(visitor.page.get_by_text("Approved, subject to call-in").first).to_be_visible()
    story.on(24, 5, time(0, 5))
    wait_for(visitor, DECISION, "In force")


def approve_minutes(story: Story) -> None:
    """The next meeting approves the minutes on 10 July."""
    story.on(10, 7, time(15))
    officer = story.someone(OFFICER)
    page = officer.page
    officer.go(f"/meetings/{story.meetings['May']}/minutes/approve")
    page.get_by_label("Tuesday 10 July 2018").check()
    page.get_by_label("Signed by").fill("Mr D Brazier")
    officer.press("Record the approval")
    visitor = story.someone()
    visitor.go(f"/meetings/{story.meetings['May']}/minutes/published")
    expect(visitor.page.locator("main")).to_contain_text("10 July 2018")


def read_the_thread(story: Story) -> None:
    """Anyone can follow the whole matter on one page, with every date of it."""
    visitor = story.someone()
    visitor.go("/decisions")
    visitor.page.get_by_role("link", name=TITLE).first.click()
    words = visitor.page.locator("main")
    for day in (
        "26 February 2018",
        "8 April 2018",
        "17 April 2018",
        "27 April 2018",
        "8 May 2018",
        "16 May 2018",
        "23 May 2018",
        "24 May 2018",
        "10 July 2018",
    ):
        expect(words).to_contain_text(day)
    expect(words).to_contain_text(CONSULTATION)
