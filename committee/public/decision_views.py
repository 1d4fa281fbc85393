"""Decisions for anyone: the forward plan, decisions taken, one matter's thread, and its records."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from flask import Blueprint, abort, render_template
from werkzeug.wrappers import Response

from committee.clock import today
from committee.constitution import current_constitution
from committee.decisions import access, notices, service
from committee.decisions.models import Decision, DecisionNotice, RecordVersion
from committee.decisions.record_document import document_of, in_force_sentence
from committee.decisions.rules import DECISION_STATUS_LABELS, RECORD_STANDS, RecordKind
from committee.documents.published.record import (
    not_signed,
    record_facts,
    record_sections,
    record_title,
    taken_by_label,
)
from committee.documents.running_text import to_html
from committee.people.permissions import Permission, may
from committee.people.permissions import public as for_anyone
from committee.public.closed_record_views import leads_to_closed
from committee.public.decision_thread import events_of, in_order
from committee.public.thread import events_elsewhere
from committee.web.answers import Page, page_asked_for
from committee.web.files import our_pdf
from committee.web.filters import weekday_in_words
from committee.web.paging import pages_of, place_of

decision_pages = Blueprint("decision_pages", __name__)

NEW_FOR = timedelta(days=7)


@decision_pages.get("/forward-plan")
@for_anyone
def forward_plan() -> Page:
    """Decisions that are to be taken, by the first day on which each may be."""
    rows, total = service.forward_plan(page_asked_for())
    return render_template(
        "public/forward_plan.html",
        groups=[(heading, list(found)) for heading, found in groupby(rows, heading_of)],
        new_since=today() - NEW_FOR,
        first_published=first_published,
        page=place_of(page_asked_for(), total, service.PAGE),
        pages=pages_of(total, service.PAGE),
        total=total,
    )


def heading_of(notice: DecisionNotice) -> str:
    """Under which heading of the forward plan a notice stands."""
    contents = notice.contents
    if contents["urgency"] and not contents["earliest_on"]:
        return "Urgent: at once"
    if not contents["earliest_on"]:
        return "Not key decisions: no earliest day"
    return f"Not before {weekday_in_words(date.fromisoformat(contents['earliest_on']))}"


def first_published(notice: DecisionNotice) -> date:
    """When the matter was first notified, whatever has changed since."""
    return date.fromisoformat(notice.contents["first_published_on"])


@decision_pages.get("/decisions")
@for_anyone
def taken() -> Page:
    """Decisions that were taken, latest first."""
    rows, total = service.taken(page_asked_for())
    return render_template(
        "public/decisions.html",
        rows=rows,
        page=place_of(page_asked_for(), total, service.PAGE),
        pages=pages_of(total, service.PAGE),
        total=total,
        statuses=DECISION_STATUS_LABELS,
    )


@decision_pages.get("/decisions/<decision_number:number>")
@for_anyone
def decision(number: str) -> Page:
    """One matter: what is to be decided, and everything that has happened to it, in order."""
    found = access.visible_decision(number)
    notice = notices.newest(found)
    choices = current_constitution().decisions
    versions = service.record_versions(found)
    contents = notice.contents if notice else None
    if not notice and not versions:  # only those come here who have a part in it
        contents = notices.contents_now(found, choices, today=today())
    return render_template(
        "public/decision.html",
        decision=found,
        title=contents["title"] if contents else versions[0].contents["subject"],
        record=versions[0] if versions else None,
        contents=contents,
        notice=notice,
        first_published=found.notices[0].published_on if found.notices else None,
        events=in_order(
            events_of(found, versions, today=today()), events_elsewhere(found, today=today())
        ),
        statuses=DECISION_STATUS_LABELS,
        may_draft=access.sees_words(found, today=today()),
        may_edit=may(Permission.DECISION_EDIT, found.committee_id),
        may_take=access.may_take(found, today=today()),
    )


@decision_pages.get("/decisions/<decision_number:number>/record")
@for_anyone
def record(number: str) -> Page:
    """The record that counts now: the final one, or before one stands the proposed record."""
    found = access.visible_decision(number)
    versions = service.record_versions(found)
    if not versions:
        abort(404)
    first = RecordKind.FINAL if found.status in RECORD_STANDS else RecordKind.PROPOSED
    counting = [each for each in versions if each.kind is first]
    return _record_page(found, (counting or versions)[0], versions)


@decision_pages.get(
    "/decisions/<decision_number:number>/record/<any(proposed, final):kind>/<int:version>"
)
@for_anyone
def record_version(number: str, kind: str, version: int) -> Page:
    """One version of a record, as it was published."""
    found = access.visible_decision(number)
    chosen = access.visible_version(found, kind, version)
    return _record_page(found, chosen, service.record_versions(found))


def _record_page(
    found: Decision, version: RecordVersion, versions: Sequence[RecordVersion]
) -> Page:
    text = document_of(version.contents)
    newest = next(each for each in versions if each.kind is version.kind)
    void = version.kind is RecordKind.FINAL and found.status not in RECORD_STANDS
    call_in = None if void else version.contents.get("call_in")
    return render_template(
        "public/record.html",
        decision=found,
        version=version,
        newest=newest,
        leads_to_closed=leads_to_closed(found, version),
        void=void,
        versions=versions,
        text=text,
        heading=record_title(text),
        facts=record_facts(text),
        sections=[(each.heading, to_html(each.blocks, 3)) for each in record_sections(text)],
        taken_by=taken_by_label(text),
        not_signed=not_signed(text),
        in_force=in_force_sentence(call_in) if call_in else None,
    )


@decision_pages.get(
    "/decisions/<decision_number:number>/record/<any(proposed, final):kind>/<int:version>.pdf"
)
@for_anyone
def record_pdf(number: str, kind: str, version: int) -> Response:
    """The PDF of one version of a record."""
    found = access.visible_decision(number)
    chosen = access.visible_version(found, kind, version)
    if chosen.pdf_sha256 is None:
        abort(404)
    name = f"{chosen.kind.value}-record-{number.replace('/', '-')}-v{version}.pdf"
    return our_pdf(chosen.pdf_sha256, name, inline=True)
