"""Feeds and calendars for anyone. They may be kept for some minutes, and are asked for by tag."""

from datetime import datetime, time, timedelta
from urllib.parse import urlsplit

from flask import Blueprint, request
from werkzeug.wrappers import Response

from committee.clock import LONDON, today
from committee.mail.links import address_of
from committee.people import access as people
from committee.people import service as councils
from committee.people.models import Committee
from committee.people.permissions import public as for_anyone
from committee.public import meeting_list, news
from committee.public.calendars import calendar_of
from committee.public.feeds import NewsItem, rss

feeds = Blueprint("feeds", __name__)

KEPT = timedelta(seconds=30)  # what is taken down is gone everywhere within a minute
BACK = timedelta(days=366)  # how far back a calendar reaches


@feeds.get("/feed.xml")
@for_anyone
def lately() -> Response:
    """What was published last, of every kind."""
    about = "Agendas, decisions, consultations and minutes as they are published."
    return _rss(news.lately(), "published lately", about, "public.home", "feeds.lately")


@feeds.get("/decisions/feed.xml")
@for_anyone
def decisions() -> Response:
    """Decisions as their records are published."""
    found = news.decisions_taken()
    about = "Executive decisions as their records are published."
    return _rss(found, "decisions", about, "decision_pages.taken", "feeds.decisions")


def _rss(items: list[NewsItem], name: str, about: str, page: str, own: str) -> Response:
    feed = rss(
        items,
        title=f"{_council()}: {name}",
        about=about,
        page=address_of(page),
        own=address_of(own),
        otherwise=datetime.combine(today(), time(), LONDON),
    )
    return _kept(feed, "application/rss+xml")


@feeds.get("/meetings/calendar.ics")
@for_anyone
def calendar() -> Response:
    """The meetings of every committee."""
    return _calendar(f"{_council()}: committee meetings", None)


@feeds.get("/committees/<slug:slug>/calendar.ics")
@for_anyone
def committee_calendar(slug: str) -> Response:
    """The meetings of one committee."""
    committee = people.visible_committee(slug)
    return _calendar(f"{committee.name}, {_council()}", committee)


def _calendar(name: str, committee: Committee | None) -> Response:
    found = meeting_list.since(today() - BACK, committee)
    made = calendar_of(
        found,
        name=name,
        host=urlsplit(address_of("public.home")).hostname or "localhost",
        addresses={each.id: address_of("public.meeting", meeting_id=each.id) for each in found},
        agendas=meeting_list.times_published(found),
    )
    return _kept(made, "text/calendar")


def _council() -> str:
    council = councils.the_council()
    return council.name if council else "Quorate"


def _kept(content: bytes, media_type: str) -> Response:
    answer = Response(content, content_type=f"{media_type}; charset=utf-8")
    answer.cache_control.public = True
    answer.cache_control.max_age = int(KEPT.total_seconds())
    answer.add_etag()
    return answer.make_conditional(request)
