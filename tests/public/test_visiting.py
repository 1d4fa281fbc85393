"""A visitor follows every link of the public site and never meets a page meant for staff."""

from datetime import date, timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask

from committee.agendas.models import AgendaVersion
from committee.clock import now, today
from committee.decisions.rules import DecisionStatus
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.meetings.rules import MeetingStatus
from committee.people.service import add_committee, the_council
from committee.search import renewal
from tests import builders
from tests.pages.reader import Reader
from tests.public import test_thread as matters
from tests.public.conftest import statements
from tests.public.test_feeds import a_record
from tests.search import published

MOST = 300  # pages; a site of this size has far fewer


def furnished() -> None:
    """Something of everything that can be published, and drafts of it that cannot be read."""
    decision = matters.a_matter()
    # Frozen results are shown by pages of their own, which have tests of their own.
    consultation = matters.a_consultation(decision, reported=False)
    consultation.closes_on = today() + timedelta(days=3)
    matters.on_agenda(decision)
    published.a_decision(decision.committee, "26/00002", status=DecisionStatus.DRAFT)
    meeting = published.a_meeting()
    published.publish(meeting, pack=None)
    builders.a_meeting(meeting.committee, held_on=today() + timedelta(days=9))
    cancelled = builders.a_meeting(meeting.committee, held_on=today() + timedelta(days=12))
    cancelled.status = MeetingStatus.CANCELLED
    db.session.commit()
    renewal.bring_up_to_date()
    db.session.commit()


def links_of(reader: Reader, page: str) -> set[str]:
    """The addresses within the product to which the page leads, without their fragments."""
    found = set()
    for tag in reader.page.select("a[href], link[href], script[src], form[method=get]"):
        address = str(tag.get("href") or tag.get("src") or tag.get("action"))
        parts = urlsplit(urljoin(page, address))
        if not parts.netloc and not parts.scheme:
            found.add(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found


def test_every_link_of_the_public_site_leads_a_visitor_to_a_page(app: Flask) -> None:
    furnished()
    visitor, seen, waiting = Reader(app), set(), ["/", "/search?q=travel"]
    faults = []
    while waiting:
        address = waiting.pop()
        if address in seen or address.startswith("/sign-in"):
            continue
        seen.add(address)
        assert len(seen) <= MOST, sorted(seen)
        answer = visitor.get(address)
        if answer.status_code != 200:
            faults.append(f"{address}: {answer.status_code} {answer.headers.get('Location', '')}")
        elif answer.mimetype == "text/html":
            waiting.extend(links_of(visitor, address) - seen)
    assert faults == []
    for wanted in (
        "/meetings",
        "/forward-plan",
        "/decisions/18/00016",
        "/consultations",
        "/feed.xml",
    ):
        assert wanted in seen
    assert any("/agenda/papers/" in address for address in seen)


@pytest.mark.parametrize("page", ["/", "/meetings", "/meetings?past=1", "/search", "/committees"])
def test_before_anything_is_published_each_page_teaches(app: Flask, page: str) -> None:
    visitor = Reader(app)
    assert visitor.get(page).status_code == 200
    assert visitor.page.select("main p")


def test_the_front_page_tells_what_is_on(app: Flask) -> None:
    furnished()
    visitor = Reader(app)
    visitor.get("/")
    words = visitor.words()
    assert "3 days left" in words
    assert "Agenda not published yet" in words
    assert "Travel cards for sixth forms" in words
    assert published.SECRET not in words
    assert "26/00002" not in words


def test_the_meeting_leads_to_the_consultation_on_its_item(app: Flask) -> None:
    furnished()
    consulted = db.session.query(AgendaVersion).order_by(AgendaVersion.id).first()
    assert consulted is not None
    visitor = Reader(app)
    visitor.get(f"/meetings/{consulted.meeting_id}")
    assert "Consultations on these items" in visitor.words()
    assert visitor.page.select_one('main a[href="/consultations/sixth-form-travel"]')


@pytest.mark.parametrize("page", ["1", "2", "9", "0", "x", "-1", "99999999999"])
def test_the_list_of_meetings_is_turned(app: Flask, page: str) -> None:
    committee = builders.a_committee()
    for number in range(60):
        builders.a_meeting(committee, held_on=today() + timedelta(days=number))
    db.session.commit()
    visitor = Reader(app)
    assert visitor.get(f"/meetings?page={page}").status_code == 200
    shown = len(visitor.page.select(".app-listed"))
    assert shown == (10 if page in ("2", "9", "99999999999") else 50)


@pytest.mark.parametrize("rows", [10, 10_000])
@pytest.mark.parametrize("page", ["/", "/meetings", "/meetings?past=1", "/meetings/calendar.ics"])
def test_lists_ask_few_queries_however_long(app: Flask, page: str, rows: int) -> None:
    committee = builders.a_committee()
    council = the_council()
    assert council is not None
    others = [add_committee(council, name=f"Number {number}") for number in range(8)]
    db.session.flush()
    everyone = [committee, *others]
    db.session.bulk_save_objects(
        [
            Meeting(
                committee_id=everyone[number % 9].id,
                held_on=today() + timedelta(days=number % 700 - 350),
                starts_at=builders.time(10, number % 60),
                place="Council Chamber",
            )
            for number in range(rows)
        ]
    )
    db.session.commit()
    a_record("26/00001")
    assert now()
    assert date(2018, 1, 1) < today()
    visitor = Reader(app)
    with statements() as asked:
        assert visitor.get(page).status_code == 200
    assert 0 < len(asked) <= 15
