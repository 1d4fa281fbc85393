"""The only loaders of reports and of their papers that a view may use.

Papers without a report belong to an agenda item, so committee.agendas.access guards those.
"""

from flask import abort

from committee.confidentiality.access import note_reading
from committee.confidentiality.models import Classed
from committee.confidentiality.reading_rules import Ground, Matter, grounds_of
from committee.people.access import reader_id
from committee.people.permissions import Permission, acts_for, check, may_open, may_read
from committee.reports import lists, service
from committee.reports.models import Paper, PaperVersion, Report


def own_report(report_id: int) -> Report:
    """A report, for its author or who acts for them, for those who decide on reports to its
    committee, and for those who read them before they are published.

    To everybody else, other authors among them, it is 404: its very subject may be exempt.
    """
    report = lists.with_id(report_id)
    if report is None:
        abort(404)
    committee_id = report.meeting.committee_id
    check(Permission.REPORT_WRITE, committee_id)
    works_on_it = acts_for(report.author_id, Permission.REPORT_WRITE, committee_id)
    decides = may_open(Permission.REPORT_ACCEPT, committee_id)
    if not (works_on_it or decides or may_read(Permission.REPORT_READ, committee_id)):
        abort(404)
    return report


def report_for(permission: Permission, report_id: int) -> Report:
    """A report, for a reader who holds `permission` on the committee of its meeting."""
    report = lists.with_id(report_id)
    if report is None:
        abort(404)
    check(permission, report.meeting.committee_id)
    return report


def paper_of(report: Report, paper_id: int, *, removed: bool = False) -> Paper:
    """A paper of this report; one that was removed only where `removed` says so."""
    paper = known_paper(paper_id, removed=removed)
    if paper.report_id != report.id:
        abort(404)
    return paper


def known_paper(paper_id: int, *, removed: bool = False) -> Paper:
    """A paper, whoever reads; one that was removed only where `removed` says so."""
    paper = service.paper_with_id(paper_id)
    if paper is None or (paper.removed_at is not None) != removed:
        abort(404)
    return paper


def visible_version(paper: Paper, number: int) -> PaperVersion:
    """One version of a paper that this reader may work on."""
    found = next((version for version in paper.versions if version.number == number), None)
    if found is None:
        abort(404)
    return found


def matter_of(report: Report, paper: Paper | None = None) -> Matter:
    """What has to be known of a closed report, or of one of its papers, to say who may read it:
    its author may."""
    grounds = _grounds(report)
    if paper is not None:
        grounds = tuple(dict.fromkeys((*grounds, *_grounds(paper))))
    return Matter(report.meeting.committee_id, grounds, frozenset({report.author_id}))


def note_words(report: Report) -> None:
    """Note, once for a request, that its reader is shown words of a closed report: its subject at
    least. To its own author it tells nothing new."""
    if report.is_closed and report.author_id != reader_id():
        note_reading(Report.__tablename__, report.id)


def _grounds(thing: Classed) -> tuple[Ground, ...]:
    return grounds_of(
        thing.classification, thing.exempt_paragraphs, terms_of_contract=thing.terms_of_contract
    )
