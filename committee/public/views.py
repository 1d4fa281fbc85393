"""Home, committees and meetings, for anyone. Officers see the state of the agenda and packs too."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, render_template, request

from committee.agendas import access as agenda_access
from committee.agendas import closed, publishing
from committee.agendas import service as agendas
from committee.agendas.models import AgendaVersion
from committee.agendas.rules import ITEM_KIND_LABELS, KINDS_WITH_PAPERS
from committee.clock import today
from committee.confidentiality.access import may_read
from committee.confidentiality.reading_rules import Ground, Matter
from committee.confidentiality.rules import CLASSIFICATION_LABELS
from committee.constitution import current_constitution
from committee.decisions import service as decisions
from committee.decisions.rules import DECISION_STATUS_LABELS
from committee.meetings import access as meeting_access
from committee.meetings.models import Meeting
from committee.meetings.rules import MEETING_STATUS_LABELS
from committee.packs.shelves import shelves_of
from committee.people import access as people_access
from committee.people import service as people
from committee.people.permissions import Permission, may
from committee.people.permissions import public as for_anyone
from committee.people.roles import MEMBER_ROLE_LABELS
from committee.people.rules import ACCESS_REGIMES_IN_WORDS, VOTING_RIGHT_LABELS
from committee.people.rules import COMMITTEE_KIND_LABELS as KINDS
from committee.public.committee_page import committee_list, committee_page
from committee.public.front_page import front_page
from committee.public.meeting_list import by_month
from committee.public.meeting_matters import consultations_on, newest_minutes
from committee.public.remaining import steps
from committee.web.answers import page_asked_for

public = Blueprint("public", __name__)


@public.get("/")
@for_anyone
def home() -> str:
    """What is coming up, what is open for a say, what was decided, and the way to search it all."""
    return render_template(
        "public/home.html",
        front=front_page(today=today()),
        committees=people.all_committees(),
        statuses=DECISION_STATUS_LABELS,
        today=today(),
        day_of=date.fromisoformat,
    )


@public.get("/meetings")
@for_anyone
def meetings() -> str:
    """The calendar of meetings by month: those to come, or with `past` those that were held."""
    past = "past" in request.args
    return render_template(
        "public/meetings.html",
        listed=by_month(today=today(), past=past, page=page_asked_for()),
        past=past,
    )


@public.get("/committees")
@for_anyone
def committees() -> str:
    """Every committee, by name."""
    return render_template(
        "public/committees.html", found=committee_list(page=page_asked_for()), kinds=KINDS
    )


@public.get("/committees/<slug:slug>")
@for_anyone
def committee(slug: str) -> str:
    """One committee: what it is, its meetings, its members today and whom to ask."""
    found = people_access.visible_committee(slug)
    usual = current_constitution().minutes
    return render_template(
        "public/committee.html",
        committee=found,
        shown=committee_page(found, today=today(), page=page_asked_for(), usual=usual),
        roles=MEMBER_ROLE_LABELS,
        rights=VOTING_RIGHT_LABELS,
        kinds=KINDS,
        regimes=ACCESS_REGIMES_IN_WORDS,
        statuses=MEETING_STATUS_LABELS,
    )


@public.get("/meetings/<int:meeting_id>")
@for_anyone
def meeting(meeting_id: int) -> str:
    """One meeting: when and where, and who sits on the committee that day."""
    found = meeting_access.visible_meeting(meeting_id)
    officer = may(Permission.AGENDA_EDIT, found.committee_id)
    entries = agendas.numbered_items(found) if officer else []
    shelves = shelves_of(found, entries) if officer else []
    versions = publishing.versions(found)
    page = render_template(
        "public/meeting.html",
        meeting=found,
        past=found.held_on < today(),
        groups=people.by_group(
            people.memberships(found.committee, on=found.held_on), on=found.held_on
        ),
        roles=MEMBER_ROLE_LABELS,
        statuses=MEETING_STATUS_LABELS,
        entries=entries,
        shelves=shelves,
        steps=steps(found, entries, shelves) if officer else [],
        kinds=ITEM_KIND_LABELS,
        kinds_with_papers=KINDS_WITH_PAPERS,
        classes=CLASSIFICATION_LABELS,
        versions=versions,
        closed=_closed_on(found, versions),
        decisions=_decisions_on(versions),
        minutes=newest_minutes(found),
        consultations=consultations_on(versions),
    )
    agenda_access.note_words_of_agenda(found, [entry.item for entry in entries])
    return page


def _closed_on(found: Meeting, versions: Sequence[AgendaVersion]) -> list[tuple[str, str, int]]:
    """The closed items of the latest published agenda that this reader may open: the number and
    the title that anyone may read, and the id."""
    if not versions or not may(Permission.EXEMPT_MATTER_READ, found.committee_id):
        return []
    readable: dict[tuple[Ground, ...], bool] = {}
    shown = []
    listed = closed.listed(versions[0])
    since = closed.grounds_since(item for item, _ in listed)
    for item, title in listed:
        grounds = closed.published_grounds(item, since)
        if grounds not in readable:
            readable[grounds] = may_read(Matter(found.committee_id, grounds), on=today())
        if readable[grounds]:
            shown.append((item["number"], title, item["id"]))
    return shown


def _decisions_on(versions: Sequence[AgendaVersion]) -> set[str]:
    """The numbers on the latest published agenda that lead to a decision's page."""
    items = versions[0].open_contents["items"] if versions else []
    return decisions.with_public_page({item.get("decision_number") or "" for item in items})
