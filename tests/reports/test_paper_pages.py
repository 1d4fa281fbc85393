"""Sending the papers of a report and looking after them, by their pages."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from committee.clock import now
from committee.documents.refusals import Refused
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.reports import report_papers, service, writing
from committee.reports.models import Paper, Report
from committee.reports.rules import PaperKind, ReportStatus
from tests import builders
from tests.builders import a_pdf
from tests.reports.builders import a_checked_paper, a_report, a_sent_report, titles
from tests.reports.conftest import Person

JSON = {"Accept": "application/json"}


@pytest.fixture
def report(author: Person, meeting: Meeting) -> Report:
    """A report that the author was asked for."""
    made = a_report(meeting, author=author.user, subject="School places")
    db.session.commit()
    return made


@pytest.fixture
def paper(report: Report) -> Paper:
    """Its main paper, whose file passed its checks."""
    made = a_checked_paper(report)
    db.session.commit()
    return made


def files(*named: tuple[str, bytes]) -> dict[str, Any]:
    return {"files": [(BytesIO(content), name) for name, content in named]}


def papers(report: Report) -> str:
    return f"/reports/{report.id}/papers"


def one(paper: Paper) -> str:
    return f"/reports/{paper.report_id}/papers/{paper.id}"


def test_files_become_a_main_paper_and_appendices(author: Person, report: Report) -> None:
    author.at.get(papers(report))
    assert "Send the paper" in author.at.words()
    sent = files(("v3 FINAL.docx", b"PK"), ("02 map.pdf", a_pdf(1)))
    author.at.follow(author.at.post(papers(report), sent))
    assert "2 files sent and being checked." in author.at.words()
    db.session.expire_all()
    found = report_papers.papers_of(report)
    assert titles(found) == ["School places", "Map"]
    assert [paper.kind for paper in found] == [PaperKind.MAIN, PaperKind.APPENDIX]
    assert found[0].newest.uploaded_by_id == author.user.id


def test_a_script_is_told_in_json(author: Person, report: Report) -> None:
    answer = author.at.post(papers(report), files(("a.pdf", b"%PDF-")), headers=JSON)
    assert answer.status_code == 201
    assert answer.json["papers"][0]["title"] == "School places"
    told = author.at.get(papers(report), headers=JSON).json
    assert told == {"checking": 1, "summary": "1 paper still being checked."}
    version = report_papers.papers_of(report)[0].newest
    service.record_refused(version, Refused("macros", "A macro.", "Save anew."), now=now())
    db.session.commit()
    told = author.at.get(papers(report), headers=JSON).json
    assert "1 paper cannot be used" in told["summary"]


def test_no_file_is_said_at_the_field(author: Person, report: Report) -> None:
    assert author.at.post(papers(report)).status_code == 422
    assert author.at.mistakes() == ["Choose at least one PDF or Word file"]
    assert author.at.post(papers(report), headers=JSON).status_code == 422


def test_a_file_that_is_too_large_is_named(
    author: Person, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("committee.reports.uploads._limit", lambda: 1024)
    author.at.post(papers(report), files(("big.pdf", b"x" * 2000)))
    assert "“big.pdf” is larger than" in author.at.mistakes()[0]


def test_a_new_version_replaces_the_old_one_and_history_stays(author: Person, paper: Paper) -> None:
    assert author.at.post(f"{one(paper)}/versions").status_code == 422
    assert author.at.mistakes() == ["Choose at least one PDF or Word file"]
    author.at.follow(author.at.post(f"{one(paper)}/versions", files(("better.docx", b"PK2"))))
    assert "Version 2 of “School places” has been sent" in author.at.words()
    assert f"by {author.user.name}" in author.at.words()
    assert "report.docx" in author.at.words()
    assert "better.docx" in author.at.words()
    assert author.at.get(f"{one(paper)}/versions/1/original").data == b"a file"
    assert author.at.get(f"{one(paper)}/versions/2/original").data == b"PK2"
    answer = author.at.post(f"{one(paper)}/versions", files(("c.pdf", b"3")), headers=JSON)
    assert answer.status_code == 204


def test_why_a_file_was_refused_and_what_was_taken_out_is_shown(
    author: Person, paper: Paper
) -> None:
    paper.newest.notices = ["Tracked changes were accepted."]
    newer = service.receive_version(paper, builders.an_upload("macros.docm"))
    service.record_refused(
        newer, Refused("macros", "It holds a macro.", "Save it without."), now=now()
    )
    db.session.commit()
    for page in (one(paper), papers(paper_report(paper))):
        author.at.get(page)
        assert "It holds a macro. Save it without." in author.at.words()
    author.at.get(one(paper))
    assert "Tracked changes were accepted." in author.at.words()


def paper_report(paper: Paper) -> Report:
    found = db.session.get(Report, paper.report_id)
    assert found is not None
    return found


def test_a_file_as_sent_is_saved_and_the_prepared_one_read(author: Person, paper: Paper) -> None:
    original = author.at.get(f"{one(paper)}/versions/1/original")
    assert original.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in original.headers["Content-Security-Policy"]
    read = author.at.get(f"{one(paper)}/versions/1/prepared?show=1")
    assert read.headers["Content-Disposition"] == "inline; filename=report.pdf"
    assert read.headers["Cache-Control"] == "private, no-store"
    service.receive_version(paper, builders.an_upload())
    db.session.commit()
    assert author.at.get(f"{one(paper)}/versions/2/prepared").status_code == 404
    assert author.at.get(f"{one(paper)}/versions/3/original").status_code == 404


def test_a_paper_is_renamed_and_the_second_of_two_is_told(author: Person, paper: Paper) -> None:
    author.at.get(one(paper))
    form = {"version": author.at.value("version"), "title": "Better", "kind": "appendix"}
    author.at.follow(author.at.post(one(paper), form))
    assert "“Better” has been changed." in author.at.words()
    author.at.post(one(paper), form | {"title": "Mine"})
    assert "Somebody else saved a change" in author.at.mistakes()[0]
    assert author.at.value("title") == "Mine"


def test_papers_move_go_and_come_back(author: Person, report: Report, paper: Paper) -> None:
    second = a_checked_paper(report, "map.pdf")
    db.session.commit()
    author.at.follow(author.at.post(f"{one(second)}/move", {"to": "up"}))
    assert titles(report_papers.papers_of(report)) == ["Map", "School places"]
    author.at.follow(author.at.post(f"{one(second)}/move", {"to": "sideways"}))
    assert "A paper can move up or down." in author.at.words()
    author.at.get(f"{one(second)}/remove")
    author.at.follow(author.at.post(f"{one(second)}/remove"))
    assert "has been removed" in author.at.words()
    assert author.at.get(one(second)).status_code == 404
    author.at.follow(author.at.post(f"{one(second)}/restore"))
    assert titles(report_papers.papers_of(report)) == ["Map", "School places"]


def test_what_could_not_be_checked_is_checked_again(author: Person, paper: Paper) -> None:
    newer = service.receive_version(paper, builders.an_upload())
    service.record_failed(newer, "The converter is away.", "Try again.", now=now())
    db.session.commit()
    author.at.get(one(paper))
    check = author.at.page.select_one("form[action$='/check']")["action"]
    author.at.follow(author.at.post(check))
    assert "is being checked again" in author.at.words()
    author.at.follow(author.at.post(check))
    assert "cannot become" in author.at.words()


@pytest.mark.parametrize("act", ["", "/versions", "/move", "/remove"])
def test_papers_stay_as_they_are_once_the_report_was_sent(
    author: Person, meeting: Meeting, act: str
) -> None:
    report = a_sent_report(meeting, author=author.user)
    paper = report_papers.papers_of(report)[0]
    db.session.commit()
    before = (paper.version, len(paper.versions))
    form = {"to": "up", "title": "New", "kind": "main", "version": str(paper.version)}
    answer = author.at.post(one(paper) + act, form | files(("new.pdf", b"1")))
    if answer.status_code == 303:
        author.at.follow(answer)
    assert "cannot be changed" in author.at.words()
    db.session.expire_all()
    assert (paper.version, len(paper.versions), paper.removed_at) == (*before, None)
    assert author.at.get(one(paper)).status_code == 200
    assert author.at.page.select_one("input[type=file]") is None


def test_no_paper_is_added_to_a_report_that_was_sent(author: Person, meeting: Meeting) -> None:
    report = a_sent_report(meeting, author=author.user)
    db.session.commit()
    assert author.at.post(papers(report), files(("a.pdf", b"1"))).status_code == 422
    assert author.at.post(papers(report), files(("a.pdf", b"1")), headers=JSON).status_code == 422
    assert len(report_papers.papers_of(report)) == 1


def test_a_paper_is_found_under_its_own_report_alone(
    app: Flask, author: Person, report: Report, meeting: Meeting
) -> None:
    other = a_checked_paper(a_report(meeting, author=author.user))
    on_agenda = builders.a_paper(builders.an_item(meeting)).paper
    db.session.commit()
    for paper in (other, on_agenda):
        assert author.at.get(f"{papers(report)}/{paper.id}").status_code == 404
        assert author.at.get(f"{papers(report)}/{paper.id}/versions/1/original").status_code == 404


def test_an_author_has_no_way_to_papers_by_the_agenda(author: Person, meeting: Meeting) -> None:
    report = a_sent_report(meeting, author=author.user)
    writing.accept(report, builders.an_item(meeting).id, now=now())
    paper = report_papers.papers_of(report)[0]
    db.session.commit()
    assert report.status is ReportStatus.ACCEPTED
    assert author.at.get(f"/papers/{paper.id}").status_code == 404
    assert author.at.get(f"{one(paper)}/versions/1/prepared").status_code == 200
