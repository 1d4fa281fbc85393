"""What has to be known of closed items to say who may read them.

What nobody has classed yet may turn out to be closed on any ground. Whoever only reads must be free
to read on all of them; whoever `prepares` it has to read it to say what it is, and goes by what has
been said.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select

from committee.agendas import publishing
from committee.agendas.models import AgendaItem, AgendaVersion
from committee.agendas.rules import STUB_TITLE
from committee.confidentiality import service as confidentiality
from committee.confidentiality.models import Classed
from committee.confidentiality.reading_rules import Ground, Matter, grounds_of
from committee.confidentiality.rules import Classification
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.reports.models import Paper, Report

Grounds = tuple[Ground, ...]


def matter_of(items: Iterable[AgendaItem], meeting: Meeting, *, prepares: bool = False) -> Matter:
    """The closed matter of these items together, all of one meeting, as they stand now."""
    parts = [_grounds_now(item, item.papers, prepares) for item in items]
    return Matter(meeting.committee_id, _together(parts))


def matter_of_item(item: AgendaItem) -> Matter:
    """What is closed in what an item says, without its papers, to those who do not prepare it."""
    return Matter(item.meeting.committee_id, _grounds_now(item, (), prepares=False))


def matter_of_paper(paper: Paper, item: AgendaItem, *, prepares: bool = False) -> Matter:
    """What is closed in one paper: on its item's grounds, and on its own."""
    return Matter(item.meeting.committee_id, _grounds_now(item, (paper,), prepares))


def _grounds_now(item: AgendaItem, papers: Sequence[Paper], prepares: bool) -> Grounds:
    # A paper of a closed item needs no class of its own: it is closed as its item is.
    unclassed = item.is_unclassed or (not item.is_closed and any(p.is_unclassed for p in papers))
    if unclassed and not prepares:
        return tuple(Ground)
    return _together([_grounds(item), *map(_grounds, papers)])


def is_closed(paper: Paper, item: AgendaItem) -> bool:
    """Whether the law closes a paper: by its own class, or with its item."""
    return item.is_closed or paper.is_closed


def _grounds(thing: Classed) -> Grounds:
    return grounds_of(
        thing.classification, thing.exempt_paragraphs, terms_of_contract=thing.terms_of_contract
    )


def matter_ever(meeting: Meeting, *, prepares: bool = False) -> Matter:
    """All on which anything that ever was on this meeting's agenda has ever been closed.

    It is more than any one pack of the meeting holds, and never less: an earlier pack may hold a
    paper that was since removed, sent back with its report, or opened.
    """
    of_meeting = AgendaItem.meeting_id == meeting.id
    items = db.session.scalars(select(AgendaItem).where(of_meeting).order_by(AgendaItem.id)).all()
    papers = db.session.scalars(
        select(Paper)
        .outerjoin(Report, Report.id == Paper.report_id)
        .where(
            or_(
                Paper.agenda_item_id.in_([item.id for item in items]),
                Report.meeting_id == meeting.id,
            )
        )
        .order_by(Paper.id)
    ).all()
    if not prepares and _any_unclassed(items, papers):
        return Matter(meeting.committee_id, tuple(Ground))
    said = [
        *confidentiality.closings_of(AgendaItem.__tablename__, [item.id for item in items]),
        *confidentiality.closings_of(Paper.__tablename__, [paper.id for paper in papers]),
    ]
    things: list[Classed] = [*items, *papers, *said]
    published = [
        published_grounds(item, {})
        for version in publishing.versions(meeting, whole=True)
        for item in version.restricted_contents["items"]
    ]
    return Matter(meeting.committee_id, _together([*map(_grounds, things), *published]))


def _any_unclassed(items: Iterable[AgendaItem], papers: Iterable[Paper]) -> bool:
    classed_with = {None, *(item.id for item in items if item.is_closed)}
    return any(item.is_unclassed for item in items) or any(
        paper.is_unclassed and paper.agenda_item_id not in classed_with for paper in papers
    )


def published_matter(
    version: AgendaVersion, items: Iterable[Mapping[str, Any]] | None = None
) -> Matter:
    """The closed matter of an agenda as it was published, or of these items of it."""
    of = list(version.restricted_contents["items"] if items is None else items)
    since = grounds_since(of)
    grounds = _together(published_grounds(item, since) for item in of)
    return Matter(version.meeting.committee_id, grounds)


def published_matter_of_paper(
    version: AgendaVersion, item: Mapping[str, Any], paper: Mapping[str, Any]
) -> Matter:
    """What is closed in one published paper: on its item's grounds, and on its own."""
    return published_matter(version, [{**item, "papers": [paper]}])


def grounds_by_item(
    items: Iterable[AgendaItem], versions: Iterable[AgendaVersion]
) -> dict[int, Grounds]:
    """The grounds on which each item, or papers of it, is closed or was on any of these published
    agendas, by the item's id."""
    found: dict[int, Grounds] = {}
    for item in items:
        things: list[Classed] = [item, *item.papers]
        found[item.id] = _together(map(_grounds, things))
    for version in versions:
        for each in version.restricted_contents["items"]:
            parts = (found.get(each["id"], ()), published_grounds(each, {}))
            found[each["id"]] = _together(parts)
    return found


def published_grounds(item: Mapping[str, Any], since: Mapping[int, Grounds]) -> Grounds:
    """The grounds on which an item, or papers of it, were closed when its agenda was published,
    together with those on which the same papers are closed `since`, by a paper's id."""
    papers = _closed_papers(item)
    parts = [item, *papers] if item["exempt"] else papers
    frozen = [_frozen_grounds(part) for part in parts if part.get("exempt")]
    return _together([*frozen, *(since.get(paper["paper_id"], ()) for paper in papers)])


def grounds_since(items: Iterable[Mapping[str, Any]]) -> dict[int, Grounds]:
    """The grounds on which closed papers of these published items are closed by themselves now, by
    their ids. Agendas published earlier do not say it of the papers of a closed item."""
    ids = {paper["paper_id"] for item in items for paper in _closed_papers(item)}
    if not ids:
        return {}
    found = select(
        Paper.id, Paper.classification, Paper.exempt_paragraphs, Paper.terms_of_contract
    ).where(Paper.id.in_(ids))
    return {
        paper_id: grounds_of(classification, paragraphs, terms_of_contract=terms)
        for paper_id, classification, paragraphs, terms in db.session.execute(found)
    }


def _closed_papers(item: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [paper for paper in item["papers"] if item["exempt"] or paper.get("exempt")]


def _frozen_grounds(item: Mapping[str, Any]) -> Grounds:
    closed = Classification.CONFIDENTIAL if item.get("confidential") else Classification.EXEMPT
    return grounds_of(
        closed, item["paragraphs"], terms_of_contract=bool(item.get("terms_of_contract"))
    )


def _together(grounds: Iterable[Grounds]) -> Grounds:
    return tuple(dict.fromkeys(each for found in grounds for each in found))


def published_item(version: AgendaVersion, item_id: int) -> Mapping[str, Any] | None:
    """A closed item as it was published to those who may read it; of an open one, its closed
    papers alone."""
    items = version.restricted_contents["items"]
    found = next((each for each in items if each["id"] == item_id and _has_closed(each)), None)
    if found is None or found["exempt"]:
        return found
    return {**found, "papers": _closed_papers(found)}


def _has_closed(item: Mapping[str, Any]) -> bool:
    return bool(item["exempt"] or _closed_papers(item))


def listed(version: AgendaVersion) -> list[tuple[Mapping[str, Any], str]]:
    """The closed items of a published agenda, each with the title that anyone may read."""
    titles = {each["number"]: each["title"] for each in version.open_contents["items"]}
    return [
        (each, titles.get(each["number"], STUB_TITLE))
        for each in version.restricted_contents["items"]
        if _has_closed(each)
    ]
