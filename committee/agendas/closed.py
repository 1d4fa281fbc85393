"""What has to be known of closed items to say who may read them."""

from collections.abc import Iterable, Mapping
from typing import Any

from committee.agendas.models import AgendaItem, AgendaVersion
from committee.agendas.rules import STUB_TITLE
from committee.confidentiality.models import Classed
from committee.confidentiality.reading_rules import Ground, Matter, grounds_of
from committee.confidentiality.rules import Classification
from committee.meetings.models import Meeting
from committee.reports.models import Paper


def matter_of(items: Iterable[AgendaItem], meeting: Meeting) -> Matter:
    """The closed matter of these items together, all of one meeting, as they stand now."""
    things: list[Classed] = []
    for item in items:
        things += [item, *item.papers]
    return Matter(meeting.committee_id, _together(map(_grounds, things)))


def matter_of_paper(paper: Paper, item: AgendaItem) -> Matter:
    """What is closed in one paper: on its item's grounds, and on its own."""
    return Matter(item.meeting.committee_id, _together([_grounds(item), _grounds(paper)]))


def is_closed(paper: Paper, item: AgendaItem) -> bool:
    """Whether the law closes a paper: by its own class, or with its item."""
    return item.is_closed or paper.is_closed


def _grounds(thing: Classed) -> tuple[Ground, ...]:
    return grounds_of(
        thing.classification, thing.exempt_paragraphs, terms_of_contract=thing.terms_of_contract
    )


def published_matter(version: AgendaVersion) -> Matter:
    """The closed matter of an agenda as it was published."""
    items = version.restricted_contents["items"]
    return Matter(version.meeting.committee_id, _together(map(published_grounds, items)))


def grounds_by_item(
    items: Iterable[AgendaItem], versions: Iterable[AgendaVersion]
) -> dict[int, tuple[Ground, ...]]:
    """The grounds on which each item, or papers of it, is closed or was on any of these published
    agendas, by the item's id."""
    found: dict[int, tuple[Ground, ...]] = {}
    for item in items:
        things: list[Classed] = [item, *item.papers]
        found[item.id] = _together(map(_grounds, things))
    for version in versions:
        for each in version.restricted_contents["items"]:
            parts = (found.get(each["id"], ()), published_grounds(each))
            found[each["id"]] = _together(parts)
    return found


def published_grounds(item: Mapping[str, Any]) -> tuple[Ground, ...]:
    """The grounds on which an item, or papers of it, were closed when its agenda was published."""
    parts = [item, *item["papers"]] if item["exempt"] else item["papers"]
    return _together(_frozen_grounds(part) for part in parts if part.get("exempt"))


def _frozen_grounds(item: Mapping[str, Any]) -> tuple[Ground, ...]:
    closed = Classification.CONFIDENTIAL if item.get("confidential") else Classification.EXEMPT
    return grounds_of(
        closed, item["paragraphs"], terms_of_contract=bool(item.get("terms_of_contract"))
    )


def _together(grounds: Iterable[tuple[Ground, ...]]) -> tuple[Ground, ...]:
    return tuple(dict.fromkeys(each for found in grounds for each in found))


def published_item(version: AgendaVersion, item_id: int) -> Mapping[str, Any] | None:
    """A closed item as it was published to those who may read it; of an open one, its closed
    papers alone."""
    items = version.restricted_contents["items"]
    found = next((each for each in items if each["id"] == item_id and _has_closed(each)), None)
    if found is None or found["exempt"]:
        return found
    return {**found, "papers": [paper for paper in found["papers"] if paper.get("exempt")]}


def _has_closed(item: Mapping[str, Any]) -> bool:
    return bool(item["exempt"] or any(paper.get("exempt") for paper in item["papers"]))


def listed(version: AgendaVersion) -> list[tuple[Mapping[str, Any], str]]:
    """The closed items of a published agenda, each with the title that anyone may read."""
    titles = {each["number"]: each["title"] for each in version.open_contents["items"]}
    return [
        (each, titles.get(each["number"], STUB_TITLE))
        for each in version.restricted_contents["items"]
        if _has_closed(each)
    ]
