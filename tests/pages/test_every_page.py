"""Every page, as an officer and as a visitor sees it, is sound; what is not open stays shut."""

import pytest
from flask import Flask

from tests.pages.conftest import Furnished
from tests.pages.reader import Reader

# Each page that anyone may open by an address, and whether it is open to visitors.
PAGES = {
    "public.home": ("/", True),
    "public.committees": ("/committees", True),
    "public.committee": ("/committees/{slug}", True),
    "public.meeting": ("/meetings/{meeting}", True),
    "public.meetings": ("/meetings", True),
    "search.results": ("/search?q=school", True),
    "feeds.lately": ("/feed.xml", True),
    "feeds.decisions": ("/decisions/feed.xml", True),
    "feeds.calendar": ("/meetings/calendar.ics", True),
    "feeds.committee_calendar": ("/committees/{slug}/calendar.ics", True),
    "people.sign_in": ("/sign-in", True),
    "people.colours": ("/council-colour.css", True),
    "health.show": ("/healthz", True),
    "caught_mail.messages": ("/mail", True),
    "caught_mail.message": ("/mail/1", True),
    "static": ("/static/quorate.css", True),
    "people.add_committee": ("/committees/new", False),
    "people.edit_committee": ("/committees/{slug}/edit", False),
    "people.members": ("/committees/{slug}/members", False),
    "people.end_membership": ("/committees/{slug}/members/{membership}/end", False),
    "meetings.schedule": ("/committees/{slug}/meetings/new", False),
    "meetings.edit": ("/meetings/{meeting}/edit", False),
    "agendas.builder": ("/meetings/{meeting}/agenda", False),
    "agendas.items": ("/meetings/{meeting}/agenda/items", False),
    "agendas.edit_item": ("/agenda-items/{item}/edit", False),
    "agendas.remove_item": ("/agenda-items/{item}/remove", False),
    "papers.overview": ("/meetings/{meeting}/papers", False),
    "papers.of_item": ("/agenda-items/{item}/papers", False),
    "papers.progress": ("/agenda-items/{item}/papers/progress", False),
    "papers.remove": ("/papers/{paper}/remove", False),
    "versions.paper": ("/papers/{paper}", False),
    "versions.of_paper": ("/papers/{paper}/versions", False),
    "versions.original": ("/papers/{paper}/versions/1/original", False),
    "versions.prepared": ("/papers/{paper}/versions/1/prepared", False),
    "reports.owed": ("/reports", False),
    "reports.report": ("/reports/{report}", False),
    "asking.of_meeting": ("/meetings/{meeting}/reports", False),
    "asking.ask": ("/meetings/{meeting}/reports/new", False),
    "asking.change_due_date": ("/reports/{report}/due-date", False),
    "asking.return_to_author": ("/reports/{report}/return", False),
    "asking.withdraw": ("/reports/{report}/withdraw", False),
    "accepting.accept": ("/reports/{report}/accept", False),
    "report_papers.overview": ("/reports/{report}/papers", False),
    "report_papers.remove": ("/reports/{report}/papers/{report_paper}/remove", False),
    "report_versions.paper": ("/reports/{report}/papers/{report_paper}", False),
    "report_versions.of_paper": ("/reports/{report}/papers/{report_paper}/versions", False),
    "report_versions.original": (
        "/reports/{report}/papers/{report_paper}/versions/1/original",
        False,
    ),
    "report_versions.prepared": (
        "/reports/{report}/papers/{report_paper}/versions/1/prepared",
        False,
    ),
    "reminders.overview": ("/reminders", False),
    "packs.panel": ("/meetings/{meeting}/packs", False),
    "packs.progress": ("/packs/1/progress", False),
    "packs.download": ("/packs/1/download", False),
}
# The pages of these are opened as each reader in the tests of their own slice.
OPENED_ELSEWHERE = (
    "consultations.",
    "consultation_",
    "decisions.",
    "records.",
    "signatures.",
    "published_records.",
    "decision_pages.",
    "homes.",
    "account.",
    "users.",
    "portfolios.",
)
# Nothing of these has been made in the furnished meeting.
NOT_THERE = {"versions.prepared", "packs.progress", "packs.download", "caught_mail.message"}
SHUT = sorted(name for name, (_, is_open) in PAGES.items() if not is_open)
# Every author has this page of their own.
FOR_AUTHORS = {"reports.owed"}


def address(name: str, furnished: Furnished) -> str:
    return PAGES[name][0].format(
        slug=furnished.committee.slug,
        meeting=furnished.meeting.id,
        item=furnished.open_item.id,
        paper=furnished.paper.id,
        membership=furnished.membership_id,
        report=furnished.report.id,
        report_paper=furnished.report_paper.id,
    )


def test_every_address_that_can_be_opened_is_in_the_list(app: Flask) -> None:
    addresses = {
        rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())
    }
    here = {endpoint for endpoint in addresses if not endpoint.startswith(OPENED_ELSEWHERE)}
    assert here == set(PAGES)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_an_officer_sees_a_sound_page(name: str, officer: Reader, furnished: Furnished) -> None:
    answer = officer.get(address(name, furnished))
    if answer.status_code == 303:
        answer = officer.follow(answer)
    assert answer.status_code == (404 if name in NOT_THERE else 200)


@pytest.mark.parametrize("name", SHUT)
def test_a_visitor_is_asked_to_sign_in(name: str, visitor: Reader, furnished: Furnished) -> None:
    shut = address(name, furnished)
    answer = visitor.get(shut)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/sign-in?next=")
    visitor.follow(answer)
    assert visitor.value("next") == shut


@pytest.mark.parametrize("name", sorted(set(SHUT) - FOR_AUTHORS))
def test_someone_without_the_permission_finds_no_page(
    name: str, author: Reader, furnished: Furnished
) -> None:
    assert author.get(address(name, furnished)).status_code == 404


@pytest.mark.parametrize("page", ["agenda", "papers", "packs"])
def test_a_meeting_without_items_teaches_what_to_do(
    page: str, officer: Reader, furnished: Furnished
) -> None:
    assert officer.get(f"/meetings/{furnished.empty.id}/{page}").status_code == 200
    assert officer.page.select_one(".app-empty") is not None


@pytest.mark.parametrize("name", ["public.home", "public.committee", "public.meeting"])
def test_a_visitor_reads_nothing_of_the_draft_agenda(
    name: str, visitor: Reader, furnished: Furnished
) -> None:
    text = visitor.get(address(name, furnished)).text
    for word in (
        "secret contract",
        "School places",
        "report.pdf",
        "/agenda",
        "/papers",
        "/packs",
        "Grammar",
    ):
        assert word not in text


def test_a_number_beyond_any_row_is_no_page(officer: Reader) -> None:
    assert officer.get("/meetings/99999999999999999999").status_code == 404


@pytest.mark.parametrize("slug", ["%00", "UPPER", "a%0ab", "%C5%B5", "a.b", "x" * 3000])
def test_what_cannot_be_a_committees_address_is_no_page(visitor: Reader, slug: str) -> None:
    assert visitor.get(f"/committees/{slug}").status_code == 404


def test_before_the_council_is_set_up_home_still_answers(visitor: Reader) -> None:
    assert visitor.get("/").status_code == 200
    assert "No meetings are coming up" in visitor.words()
