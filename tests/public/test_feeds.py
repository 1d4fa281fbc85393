"""The feeds, read back as programs read them."""

from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import html5lib
import pytest
from flask import Flask

from committee.decisions.models import RecordVersion
from committee.decisions.rules import DecisionStatus, RecordKind
from committee.extensions import db
from committee.public.feeds import NewsItem, rss
from tests import builders
from tests.pages.reader import Reader
from tests.public.conftest import statements
from tests.search import published

LONG_AGO = datetime(2018, 1, 1, tzinfo=UTC)


def items(content: bytes) -> list[ElementTree.Element]:
    """The items of a feed that has all that RSS 2.0 asks for."""
    root = ElementTree.fromstring(content)  # noqa: S314 - made by ourselves just now
    channel = root.find("channel")
    assert root.tag == "rss"
    assert channel is not None
    for name in ("title", "link", "description", "lastBuildDate"):
        assert channel.findtext(name), name
    found = channel.findall("item")
    for each in found:
        assert each.findtext("title")
        assert str(each.findtext("link")).startswith("http")
        assert parsedate_to_datetime(str(each.findtext("pubDate"))).tzinfo
    names = [each.findtext("guid") for each in found]
    assert len(names) == len(set(names))
    return found


def a_record(number: str, *, kind: RecordKind = RecordKind.FINAL, day: int = 1) -> RecordVersion:
    committee = builders.a_committee()
    decision = published.a_decision(committee, number)
    when = datetime(2018, 6, day, 12, tzinfo=UTC)
    if kind is RecordKind.FINAL:
        decision.status = DecisionStatus.PUBLISHED
        decision.taken_on = decision.published_on = when.date()
        decision.call_in_ends_on, decision.effective_on = date(2018, 6, 20), date(2018, 6, 21)
    version = RecordVersion(
        decision_id=decision.id,
        kind=kind,
        number=1,
        published_at=when,
        published_on=when.date(),
        contents={"subject": f"Subject of {number}", "decision": "To do it."},
        restricted_contents={"decision": "Blackacre"},
        sha256="0" * 64,
    )
    db.session.add(version)
    db.session.commit()
    return version


def test_decisions_are_told_latest_first_and_only_when_taken(visitor: Reader) -> None:
    a_record("18/00001", day=1)
    a_record("18/00002", day=2)
    a_record("18/00003", kind=RecordKind.PROPOSED, day=3)
    answer = visitor.get("/decisions/feed.xml")
    assert answer.mimetype == "application/rss+xml"
    assert [each.findtext("title") for each in items(answer.data)] == [
        "Decision 18/00002: Subject of 18/00002",
        "Decision 18/00001: Subject of 18/00001",
    ]
    assert "Blackacre" not in answer.text


def test_whatever_is_published_is_told(visitor: Reader) -> None:
    meeting = published.a_meeting()
    published.publish(meeting)
    published.a_consultation(meeting.committee)
    a_record("18/00016", kind=RecordKind.PROPOSED)
    answer = visitor.get("/feed.xml")
    told = " | ".join(str(each.findtext("title")) for each in items(answer.data))
    for words in ("Agenda: Schools", "Forward plan: 18/00016", "Proposed decision", "Consultation"):
        assert words in told
    assert published.SECRET not in answer.text


def test_every_address_in_a_feed_can_be_opened(visitor: Reader) -> None:
    meeting = published.a_meeting()
    published.publish(meeting)
    published.a_consultation(meeting.committee)
    a_record("18/00016")
    links = [str(each.findtext("link")) for each in items(visitor.get("/feed.xml").data)]
    assert len(links) >= 4
    for link in links:
        assert visitor.get("/" + link.split("/", 3)[3]).status_code == 200, link


@pytest.mark.parametrize("address", ["/feed.xml", "/decisions/feed.xml"])
def test_a_feed_with_nothing_in_it_is_sound_and_stays_the_same(
    visitor: Reader, address: str
) -> None:
    first = visitor.get(address)
    assert items(first.data) == []
    tag = {"If-None-Match": first.headers["ETag"]}
    assert visitor.get(address, headers=tag).status_code == 304


def test_hostile_words_stay_words() -> None:
    hostile = "]]><script>alert(1)</script>&\x00\x0b\ud800 “18/00016”"
    item = NewsItem("x:1", LONG_AGO, hostile, "https://council.example/1", hostile)
    made = rss(
        [item], title=hostile, about=hostile, page="https://c.example/",
        own="https://c.example/feed.xml", otherwise=LONG_AGO,
    )  # fmt: skip
    (found,) = items(made)
    assert "<script>alert(1)</script>&" in str(found.findtext("title"))


def test_a_feed_of_many_asks_few_queries(visitor: Reader) -> None:
    for number in range(60):
        a_record(f"18/{number:05}", day=1 + number % 28)
    with statements() as asked:
        assert len(items(visitor.get("/feed.xml").data)) == 50
    assert len(asked) <= 9


@pytest.mark.parametrize("page", ["/", "/meetings", "/committees", "/search"])
def test_pages_lead_programs_to_the_feeds(visitor: Reader, page: str) -> None:
    document = html5lib.parse(visitor.get(page).text, namespaceHTMLElements=False)
    links = [
        link.get("href")
        for link in document.iter("link")
        if link.get("rel") == "alternate" and link.get("title")
    ]
    assert set(links) >= {"/feed.xml", "/decisions/feed.xml", "/meetings/calendar.ics"}
    assert {visitor.get(link).status_code for link in links} == {200}


def test_a_feed_is_dated_by_its_newest_item(app: Flask) -> None:
    newer = LONG_AGO + timedelta(days=3)
    made = rss(
        [NewsItem("a:1", newer, "A", "https://c.example/1")], title="T", about="A",
        page="https://c.example/", own="https://c.example/feed.xml", otherwise=LONG_AGO,
    )  # fmt: skip
    date_told = ElementTree.fromstring(made).findtext("channel/lastBuildDate")  # noqa: S314
    assert parsedate_to_datetime(str(date_told)) == newer
