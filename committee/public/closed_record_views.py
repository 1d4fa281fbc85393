"""Records of decision that are not for publication, for those who may read them; each is noted."""

from flask import Blueprint, abort, render_template
from flask_login import current_user

from committee.clock import today
from committee.confidentiality.access import check_may_read, may_read, note_reading
from committee.decisions import access
from committee.decisions.classing import matter_of
from committee.decisions.models import Decision, RecordVersion
from committee.decisions.record_document import document_of
from committee.documents.published.record import record_facts, record_sections, record_title
from committee.documents.running_text import to_html
from committee.people.permissions import Permission, may, requires
from committee.web.answers import Page

closed_records = Blueprint("closed_records", __name__)

SAID_ELSEWHERE = ("Subject", "For publication")  # at the head of the page


@closed_records.get(
    "/decisions/<decision_number:number>/record/<any(proposed, final):kind>/<int:version>/closed"
)
@requires(Permission.EXEMPT_MATTER_READ)
def record(number: str, kind: str, version: int) -> Page:
    """All the words of one version of a record that is not for publication."""
    found = access.decision_for(Permission.EXEMPT_MATTER_READ, number)
    chosen = access.visible_version(found, kind, version)
    if chosen.restricted_contents is None:
        abort(404)
    check_may_read(matter_of(chosen), on=today())
    text = document_of({**chosen.restricted_contents, "for_publication": True})
    page = render_template(
        "public/closed_record.html",
        decision=found,
        version=chosen,
        text=text,
        heading=record_title(text),
        facts=[fact for fact in record_facts(text) if fact[0] not in SAID_ELSEWHERE],
        because=chosen.contents["not_for_publication_because"],
        sections=[(each.heading, to_html(each.blocks, 3)) for each in record_sections(text)],
    )
    note_reading(RecordVersion.__tablename__, chosen.id)
    return page


def leads_to_closed(decision: Decision, version: RecordVersion) -> bool:
    """Whether the reader of a record that is not for publication may open its words."""
    return (
        current_user.is_authenticated
        and not version.contents["for_publication"]
        and may(Permission.EXEMPT_MATTER_READ, decision.committee_id)
        and may_read(matter_of(version), on=today())
    )
