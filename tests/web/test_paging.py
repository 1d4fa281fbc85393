"""A list is shown whatever page its address asks for, were it beyond what the database counts."""

from collections.abc import Iterator

import pytest
from flask import Flask, url_for

from committee.extensions import db
from committee.people.models import RoleGrant
from committee.people.roles import Role
from committee.web.paging import MOST_PAGES, page_from, pages_of, place_of
from tests import builders
from tests.consultations.builders import a_consultation
from tests.pages.reader import Reader

PASSWORD = "a long enough password"

# Every view that shows a list page by page.
LISTS = (
    "actions.listed",
    "asking.of_meeting",
    "caught_mail.messages",
    "consultation_responses.overview",
    "consultations.overview",
    "decision_pages.forward_plan",
    "decision_pages.taken",
    "decisions.in_hand",
    "portfolios.overview",
    "programme.overview",
    "public.meetings",
    "reminders.overview",
    "reports.owed",
    "search.results",
    "users.overview",
)
ASKED = ("0", "-1", "x", "", "²", "1.5", str(10**20), "9" * 3000, "0" * 3000 + "1", "2\x00")


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        ("1", 1),
        ("7", 7),
        ("007", 7),
        ("0", 1),
        ("-1", 1),
        ("x", 1),
        ("", 1),
        ("²", 1),
        ("٣", 1),
        ("100000", MOST_PAGES),
        ("100001", MOST_PAGES),
        (str(10**20), MOST_PAGES),
        ("9" * 3000, MOST_PAGES),
    ],
)
def test_a_page_is_a_number_within_bounds(asked: str, page: int) -> None:
    assert page_from({"page": asked}) == page


def test_without_a_page_the_first_is_meant() -> None:
    assert page_from({}) == 1
    assert page_from({"page": "501"}, most=500) == 500


@pytest.mark.parametrize(("total", "pages"), [(0, 1), (1, 1), (50, 1), (51, 2), (101, 3)])
def test_a_list_has_a_last_page(total: int, pages: int) -> None:
    assert pages_of(total, 50) == pages
    assert place_of(MOST_PAGES, total, 50) == pages
    assert place_of(1, total, 50) == 1


@pytest.fixture
def everybody(app: Flask) -> Iterator[Reader]:
    """Somebody who has every role, and who sends forms without tokens."""
    user = builders.a_user(Role.ADMINISTRATOR, password=PASSWORD)
    others = [role for role in Role if role is not Role.ADMINISTRATOR]
    db.session.add_all(RoleGrant(user_id=user.id, role=role) for role in others)
    db.session.commit()
    reader = Reader(app)
    before = app.config.get("WTF_CSRF_ENABLED", True)
    app.config["WTF_CSRF_ENABLED"] = True
    assert reader.sign_in(user.email, PASSWORD).status_code == 303
    yield reader
    app.config["WTF_CSRF_ENABLED"] = before


@pytest.mark.parametrize("endpoint", LISTS)
def test_a_list_is_shown_whatever_page_is_asked_for(
    app: Flask, everybody: Reader, endpoint: str
) -> None:
    consultation = a_consultation()
    meeting = builders.a_meeting(consultation.committee)
    db.session.commit()
    rule = next(app.url_map.iter_rules(endpoint))
    slug = consultation.slug if "consultation" in endpoint else consultation.committee.slug
    with app.test_request_context():
        known = {"slug": slug, "meeting_id": meeting.id}
        address = url_for(endpoint, **{name: known[name] for name in rule.arguments})
    for asked in ASKED:
        answer = everybody.client.get(address, query_string={"page": asked, "q": "change"})
        assert answer.status_code == 200, f"{address}?page={asked[:30]}"
