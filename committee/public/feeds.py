"""News as RSS, for readers that fetch it again and again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from feedgen.feed import FeedGenerator


@dataclass(frozen=True)
class NewsItem:
    """One thing that was published: when, what it is, and where it can be read.

    `name` is its own for ever, such as "record_version:12"; `address` is a whole address.
    """

    name: str
    at: datetime
    title: str
    address: str
    summary: str = ""


def rss(
    items: Sequence[NewsItem], *, title: str, about: str, page: str, own: str, otherwise: datetime
) -> bytes:
    """The feed, latest first; the same items give the same bytes.

    `page` is where the same can be read as a page, `own` the address of the feed itself.
    `otherwise` dates a feed in which there is nothing yet.
    """
    feed = FeedGenerator()
    feed.title(_printable(title))
    feed.description(_printable(about))
    feed.link(href=own, rel="self")
    feed.link(href=page, rel="alternate")
    feed.language("en-gb")
    feed.generator("Quorate")
    feed.lastBuildDate(max((item.at for item in items), default=otherwise))
    for item in items:
        entry = feed.add_entry(order="append")
        entry.guid(f"quorate:{item.name}", permalink=False)
        entry.title(_printable(item.title))
        entry.link(href=item.address)
        entry.published(item.at)
        if item.summary:
            entry.description(_printable(item.summary))
    return bytes(feed.rss_str(pretty=True))


def _printable(text: str) -> str:
    """The text in one line, without characters that XML cannot hold."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
