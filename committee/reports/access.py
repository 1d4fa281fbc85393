"""The only loaders of reports and of their papers that a view may use.

Papers without a report belong to an agenda item, so committee.agendas.access guards those.
"""

from collections.abc import Iterable
from datetime import date

from flask import abort
from flask_login import current_user

from committee.confidentiality import reading
from committee.confidentiality.access import check_may_read, note_reading
from committee.confidentiality.models import Classed
from committee.confidentiality.reading_rules import Ground, Matter, grounds_of
from committee.people.access import reader_id
from committee.people.permissions import Permission, acts_for, check, may, may_open, may_read
from committee.reports import lists, service
from committee.reports.models import Paper, PaperVersion, Report


def own_report(report_id: int, *, on: date) -> Report:
    """A report, for its author or who acts for them, for those who decide on reports to its
    committee, and for those who read them before they are published, as the reading rules let
    them on that day.

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
    _check_may_read_words(report, on)
    return report


def report_for(permission: Permission, report_id: int, *, on: date) -> Report:
    """A report, for a reader who holds `permission` on the committee of its meeting, or may read
    by it what is open, and this report too on that day if it is not."""
    report = lists.with_id(report_id)
    if report is None:
        abort(404)
    check(permission, report.meeting.committee_id)
    _check_may_read_words(report, on)
    return report


def hidden_from_reader(reports: Iterable[Report], *, on: date) -> frozenset[int]:
    """The ids of those reports whose words a list does not show this reader on that day."""
    asked = {each.id: _matter_of_words(each) for each in reports if _needs_rules(each)}
    shut = reading.may_not_read(current_user, set(asked.values()), on=on)
    return frozenset(report_id for report_id, matter in asked.items() if matter in shut)


def _check_may_read_words(report: Report, on: date) -> None:
    if _needs_rules(report):
        check_may_read(_matter_of_words(report), on=on)


def _needs_rules(report: Report) -> bool:
    """Whether the reading rules are asked before this reader is shown what a report says: not of
    whoever writes it, and not of those who prepare the agenda that it is for."""
    where = report.meeting.committee_id
    works_on_it = acts_for(report.author_id, Permission.REPORT_WRITE, where)
    return not (report.is_open or works_on_it or may(Permission.REPORT_ACCEPT, where))


def _matter_of_words(report: Report) -> Matter:
    # What nobody has classed yet may turn out to be closed on any ground.
    grounds = tuple(Ground) if report.is_unclassed else _grounds(report)
    return Matter(report.meeting.committee_id, grounds, words_of_report=True)


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


def matter_of(report: Report, paper: Paper) -> Matter:
    """What has to be known of the files of a closed report's paper to say who may read them: its
    author may."""
    grounds = tuple(dict.fromkeys((*_grounds(report), *_grounds(paper))))
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
