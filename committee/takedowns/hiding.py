"""Keeping what is taken down from every public page, feed, file and search, by one filter.

Before a public view runs, everything that is down is looked up, once. From then on no query of
that request finds a row of it, whichever slice asks; what only stands inside a published agenda,
a paper or a pack, is refused by its address. Where that leaves nothing, the tombstone is shown.
Nothing of this is kept anywhere, so it holds from the moment at which the takedown is written.
"""

from collections.abc import Iterable
from typing import Any

from flask import (
    Flask,
    current_app,
    g,
    has_request_context,
    make_response,
    render_template,
    request,
)
from sqlalchemy import ColumnElement, and_, event, false, not_, or_
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from werkzeug.wrappers import Response

from committee.agendas import publishing as agendas
from committee.agendas.models import AgendaVersion
from committee.consultations.models import Consultation, SummaryVersion
from committee.decisions.models import DecisionNotice, RecordVersion
from committee.meetings import service as meetings
from committee.minutes.models import MinutesVersion
from committee.search.indexing import OF_AGENDAS
from committee.search.models import SearchEntry
from committee.search.rules import EntryKind
from committee.takedowns import service
from committee.takedowns.rules import PublishedKind
from committee.takedowns.service import Tombstone
from committee.web.answers import refusal, wants_json

GONE = 410

TABLES: dict[PublishedKind, type[Any]] = {
    PublishedKind.AGENDA: AgendaVersion,
    PublishedKind.NOTICE: DecisionNotice,
    PublishedKind.RECORD: RecordVersion,
    PublishedKind.MINUTES: MinutesVersion,
    PublishedKind.SUMMARY: SummaryVersion,
    PublishedKind.CONSULTATION: Consultation,
}

# Public views that show nothing that was published, and must answer without the database.
SHOW_NOTHING = {"health.show", "people.colours", "static"}


def init_app(app: Flask) -> None:
    """Look before each public view, filter each of its queries, and show tombstones."""
    app.before_request(look)
    app.after_request(show_tombstone)
    app.add_template_global(tombstones_on)
    app.add_template_global(tombstone_of_paper)
    app.add_template_filter(tombstone_of_paper)
    app.add_template_global(service.open_of_these, "takedowns_of")
    if not event.contains(Session, "do_orm_execute", leave_out):
        event.listen(Session, "do_orm_execute", leave_out)


def look() -> Response | None:
    """Find out what is down, and refuse a paper or a pack that is."""
    g.taken_down = service.in_force() if _is_public() else []
    stone = _in_the_way() if g.taken_down else None
    return _tombstone(stone) if stone else None


def _is_public() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.endpoint in SHOW_NOTHING:
        return False
    return getattr(view, "permission", "") is None


def _in_the_way() -> Tombstone | None:
    """The tombstone of the paper that is asked for, or of one that the asked-for pack holds."""
    named = request.view_args or {}
    if request.endpoint == "publishing.paper":
        return tombstone_of_paper(named["version_id"])
    if request.endpoint == "publishing.pack":
        return next(filter(None, map(tombstone_of_paper, _packed(**named))), None)
    return None


def _packed(meeting_id: int, number: int) -> Iterable[int]:
    """The ids of the versions of papers in the public pack of a version of an agenda."""
    meeting = meetings.meeting_with_id(meeting_id)
    for version in agendas.versions(meeting) if meeting else ():
        if version.number == number:
            for item in version.open_contents["items"]:
                yield from (paper["version_id"] for paper in item["papers"])


def leave_out(state: ORMExecuteState) -> None:
    """Add to a query of a public view that what is taken down is not there."""
    down = g.get("taken_down") if has_request_context() else None
    if not down or not state.is_select:
        return
    criteria = [(model, model.id.not_in(ids)) for model, ids in _rows(down) if ids]
    without = _consultations(down)
    if without:
        criteria.append((SummaryVersion, SummaryVersion.consultation_id.not_in(without)))
    criteria.append((SearchEntry, not_(or_(false(), *map(_found_by, down)))))
    state.statement = state.statement.options(
        *(with_loader_criteria(model, rule, include_aliases=True) for model, rule in criteria)
    )


def _rows(down: Iterable[Tombstone]) -> Iterable[tuple[type[Any], list[int]]]:
    for kind, model in TABLES.items():
        yield model, [stone.subject_id for stone in down if stone.kind is kind]


def _consultations(down: Iterable[Tombstone]) -> list[int]:
    return [stone.subject_id for stone in down if stone.kind is PublishedKind.CONSULTATION]


def _found_by(stone: Tombstone) -> ColumnElement[bool]:
    """The entries of the index by which a thing could be found. A decision's entry is made of its
    notices and records together, and goes as a whole."""
    kind, subject = SearchEntry.kind, SearchEntry.subject_id
    match stone.kind:
        case PublishedKind.PAPER:
            return and_(kind == EntryKind.PAPER, subject == stone.subject_id)
        case PublishedKind.AGENDA:
            return and_(kind.in_(OF_AGENDAS), SearchEntry.meeting_id == stone.meeting_id)
        case PublishedKind.MINUTES:
            return and_(kind == EntryKind.MINUTE, SearchEntry.meeting_id == stone.meeting_id)
        case PublishedKind.NOTICE | PublishedKind.RECORD:
            return and_(kind == EntryKind.DECISION, subject == stone.decision_id)
        case PublishedKind.SUMMARY | PublishedKind.CONSULTATION:
            return and_(kind == EntryKind.CONSULTATION, subject == stone.consultation_id)


def show_tombstone(answer: Response) -> Response:
    """Where a public page is gone because it was taken down, say so instead of “not found”."""
    if answer.status_code != 404 or not g.get("taken_down"):
        return answer
    stone = next((each for each in g.taken_down if request.path in each.addresses), None)
    return _tombstone(stone) if stone else answer


def _tombstone(stone: Tombstone) -> Response:
    if wants_json():
        return refusal("taken_down", f"This was taken down. {stone.reason}", GONE)
    answer = make_response(render_template("takedowns/tombstone.html", stone=stone), GONE)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def tombstone_of_paper(version_id: int) -> Tombstone | None:
    """That this version of a paper is down, if it is; for templates of public pages."""
    for stone in g.get("taken_down") or ():
        if stone.kind is PublishedKind.PAPER and stone.subject_id == version_id:
            found: Tombstone = stone
            return found
    return None


def tombstones_on(
    *,
    meeting_id: int | None = None,
    decision_id: int | None = None,
    consultation_id: int | None = None,
) -> list[Tombstone]:
    """What is down of a meeting, a decision or a consultation, papers apart: they have their place
    in the agenda; for templates of public pages."""
    asked = (meeting_id, decision_id, consultation_id)
    return [
        stone
        for stone in g.get("taken_down") or ()
        if stone.kind is not PublishedKind.PAPER
        and any(
            wanted is not None and wanted == own
            for wanted, own in zip(
                asked, (stone.meeting_id, stone.decision_id, stone.consultation_id), strict=True
            )
        )
    ]
