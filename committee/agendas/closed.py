"""What has to be known of closed items to say who may read them."""

from collections.abc import Iterable, Mapping
from typing import Any

from committee.agendas.models import AgendaItem, AgendaVersion
from committee.agendas.rules import STUB_TITLE
from committee.confidentiality.reading_rules import Ground, Matter, grounds_of
from committee.confidentiality.rules import Classification
from committee.meetings.models import Meeting


def matter_of(items: Iterable[AgendaItem], meeting: Meeting) -> Matter:
    """The closed matter of these items together, all of one meeting, as they stand now."""
    grounds = [
        grounds_of(
            item.classification, item.exempt_paragraphs, terms_of_contract=item.terms_of_contract
        )
        for item in items
    ]
    return Matter(meeting.committee_id, _together(grounds))


def published_matter(version: AgendaVersion) -> Matter:
    """The closed matter of an agenda as it was published."""
    items = version.restricted_contents["items"]
    return Matter(version.meeting.committee_id, _together(map(published_grounds, items)))


def published_grounds(item: Mapping[str, Any]) -> tuple[Ground, ...]:
    """The grounds on which an item was closed when its agenda was published."""
    if not item["exempt"]:
        return ()
    closed = Classification.CONFIDENTIAL if item.get("confidential") else Classification.EXEMPT
    return grounds_of(
        closed, item["paragraphs"], terms_of_contract=bool(item.get("terms_of_contract"))
    )


def _together(grounds: Iterable[tuple[Ground, ...]]) -> tuple[Ground, ...]:
    return tuple(dict.fromkeys(each for found in grounds for each in found))


def published_item(version: AgendaVersion, item_id: int) -> Mapping[str, Any] | None:
    """A closed item as it was published to those who may read it."""
    items = version.restricted_contents["items"]
    return next((each for each in items if each["exempt"] and each["id"] == item_id), None)


def listed(version: AgendaVersion) -> list[tuple[Mapping[str, Any], str]]:
    """The closed items of a published agenda, each with the title that anyone may read."""
    titles = {each["number"]: each["title"] for each in version.open_contents["items"]}
    return [
        (each, titles.get(each["number"], STUB_TITLE))
        for each in version.restricted_contents["items"]
        if each["exempt"]
    ]
