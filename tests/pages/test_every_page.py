"""Every page, as each reader finds it, is sound; what is not open stays shut."""

from collections.abc import Iterable
from dataclasses import dataclass

import pytest
from flask import Flask

from committee.extensions import db
from committee.people.roles import Role
from tests import builders
from tests.pages import addresses
from tests.pages.conftest import PASSWORD, Furnished, signed_in
from tests.pages.furnishing import furnish_thread
from tests.pages.reader import Reader

# What the meeting of these tests lacks, beside files: no message has been caught.
NOT_THERE = addresses.NOT_MADE | {"caught_mail.message", "versions.prepared"}
# The front page is the way in for someone who has signed in; it leads them to their own.
LEAD_WHO_IS_IN = {"people.sign_in"}


@dataclass(frozen=True)
class Place:
    """A product in which each part has something to show, and who signs its decisions."""

    known: dict[str, object]
    maker: Reader

    def at(self, name: str) -> str:
        """Where the page of this name is."""
        return str(addresses.ALL[name].format(**self.known))

    def wrong(self, reader: Reader, names: Iterable[str], status: int | None) -> list[str]:
        """Which of these this reader finds otherwise than with this status, or than it has."""
        found = []
        for name in sorted(names):
            expected = status or status_of(name)
            answer = reader.get(self.at(name))
            if answer.status_code != expected:
                found.append(f"{name} at {self.at(name)}: {answer.status_code}, not {expected}")
            elif answer.status_code == 200 and name in addresses.PAGES:
                assert answer.mimetype == "text/html", name
        return found


def status_of(name: str) -> int:
    """How an address answers whoever may open it."""
    if name in NOT_THERE:
        return 404
    return 303 if name in addresses.LEADS_ON else 200


@pytest.fixture
def place(pages_app: Flask, furnished: Furnished) -> Place:
    """Everything that addresses name."""
    maker = builders.a_user(Role.DECISION_MAKER, password=PASSWORD)
    thread = furnish_thread(furnished.meeting, maker=maker, officer=builders.a_user())
    db.session.commit()
    reader = Reader(pages_app)
    reader.sign_in(maker.email, PASSWORD)
    known = {
        "slug": furnished.committee.slug,
        "meeting": furnished.meeting.id,
        "item": furnished.open_item.id,
        "paper": furnished.paper.id,
        "membership": furnished.membership_id,
        "mail": 1,
    }
    return Place(known | thread, reader)


def test_every_address_that_can_be_opened_is_in_the_table(app: Flask) -> None:
    there = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert there == set(addresses.ALL)


def test_the_table_says_rightly_what_is_open_to_visitors(app: Flask) -> None:
    shut = {
        name
        for name in addresses.ALL
        if getattr(app.view_functions[name], "permission", None) is not None
    }
    assert shut == set(addresses.SHUT)


def test_an_administrator_finds_every_page_sound(pages_app: Flask, place: Place) -> None:
    shut = addresses.HOLDER | addresses.MONITORING
    theirs = set(addresses.ALL) - set(shut) - LEAD_WHO_IS_IN
    reader = signed_in(pages_app, Role.ADMINISTRATOR)
    assert place.wrong(reader, theirs, None) == []
    assert place.wrong(reader, shut, 404) == []


def test_the_monitoring_officer_finds_their_own_page_sound(pages_app: Flask, place: Place) -> None:
    reader = signed_in(pages_app, Role.MONITORING_OFFICER)
    assert place.wrong(reader, addresses.MONITORING, None) == []


def test_an_officer_finds_every_page_but_those_of_accounts(officer: Reader, place: Place) -> None:
    shut = addresses.ADMINISTRATORS | addresses.HOLDER | addresses.MONITORING
    theirs = set(addresses.ALL) - set(shut) - LEAD_WHO_IS_IN
    assert place.wrong(officer, theirs, None) == []
    assert place.wrong(officer, shut, 404) == []


def test_an_author_finds_the_pages_of_authors_and_no_others(author: Reader, place: Place) -> None:
    theirs = addresses.SIGNED_IN | addresses.READERS | addresses.AUTHORS
    assert place.wrong(author, theirs, None) == []
    assert place.wrong(author, set(addresses.SHUT) - set(theirs), 404) == []


def test_who_holds_the_portfolio_finds_what_there_is_to_read_and_to_sign(place: Place) -> None:
    theirs = addresses.SIGNED_IN | addresses.READERS | addresses.MEMBERS | addresses.HOLDER
    assert place.wrong(place.maker, theirs, None) == []
    assert place.wrong(place.maker, set(addresses.SHUT) - set(theirs), 404) == []


def test_a_visitor_finds_what_is_open_sound(visitor: Reader, place: Place) -> None:
    assert place.wrong(visitor, addresses.ANYONE, None) == []


def test_a_visitor_is_asked_to_sign_in_for_all_else(visitor: Reader, place: Place) -> None:
    for name in addresses.SHUT:
        shut = place.at(name)
        answer = visitor.get(shut)
        assert answer.status_code == 303, name
        assert answer.headers["Location"].startswith("/sign-in?next="), name
        visitor.follow(answer)
        assert visitor.value("next") == shut


@pytest.mark.parametrize("page", ["agenda", "papers", "packs"])
def test_a_meeting_without_items_teaches_what_to_do(
    page: str, officer: Reader, furnished: Furnished
) -> None:
    assert officer.get(f"/meetings/{furnished.empty.id}/{page}").status_code == 200
    assert officer.page.select_one(".app-empty") is not None


@pytest.mark.parametrize("address", ["/", "/committees/{slug}", "/meetings/{meeting}"])
def test_a_visitor_reads_nothing_of_the_draft_agenda(
    address: str, visitor: Reader, furnished: Furnished
) -> None:
    text = visitor.get(
        address.format(slug=furnished.committee.slug, meeting=furnished.meeting.id)
    ).text
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


@pytest.mark.parametrize("slug", ["%00", "UPPER", "a%0ab", "%C5%B5", "a.b", "x" * 900])
def test_what_cannot_be_a_committees_address_is_no_page(visitor: Reader, slug: str) -> None:
    assert visitor.get(f"/committees/{slug}").status_code == 404


def test_before_the_council_is_set_up_home_still_answers(visitor: Reader) -> None:
    assert visitor.get("/").status_code == 200
    assert "No meetings are coming up" in visitor.words()
