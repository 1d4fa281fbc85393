"""An author's pages: what they owe, the header block, and sending the report."""

import pytest
from flask import Flask

from committee.clock import now, today
from committee.confidentiality import service as confidentiality
from committee.extensions import db
from committee.law.calendar import DAY
from committee.meetings.models import Meeting
from committee.people.roles import Role
from committee.reports import asking
from committee.reports.models import Report
from committee.reports.rules import ReportStatus
from tests import builders
from tests.reports.builders import a_report, a_sent_report
from tests.reports.conftest import Person, address, filled, signed_in


def wordings(person: Person) -> list[str]:
    """The recommendations that the form shows, in order."""
    found = person.at.page.select("textarea[name^=recommendations]")
    return [field.get_text().strip() for field in found]


# --- what is owed ---


def test_an_author_without_reports_is_told_what_comes(author: Person) -> None:
    assert author.at.get("/reports").status_code == 200
    assert "You owe no reports" in author.at.words()
    author.at.get("/reports?show=finished")
    assert "None of your reports is finished yet" in author.at.words()


def test_reports_are_listed_by_due_date_and_late_ones_say_so(
    author: Person, meeting: Meeting
) -> None:
    for days, subject in ((5, "Later"), (-2, "Late"), (1, "Soon")):
        a_report(
            meeting, author=author.user, subject=subject, due_on=min(today(), meeting.held_on)
        ).due_on = today() + days * DAY
    a_sent_report(meeting, author=author.user)
    a_report(meeting, subject="Of another author")
    db.session.commit()
    author.at.get("/reports")
    listed = [link.get_text() for link in author.at.page.select("tbody th a")]
    assert listed[:3] == ["Late", "Soon", "Later"]
    assert "Late by 2 days" in author.at.words()
    assert author.at.words().count("Late by") == 1
    assert "Fill in the header block and send the paper" in author.at.words()
    assert "Of another author" not in author.at.words()


def test_a_finished_report_moves_to_a_list_of_its_own(author: Person, report: Report) -> None:
    asking.withdraw(report, "Not wanted", now=now())
    db.session.commit()
    author.at.get("/reports")
    assert "You owe no reports" in author.at.words()
    author.at.get("/reports?show=finished&page=nonsense")
    assert "Withdrawn" in author.at.words()


# --- whose it is ---


@pytest.mark.parametrize("path", ["", "/papers"])
def test_a_report_is_seen_by_its_author_and_by_officers_of_its_committee_alone(
    pages_app: Flask, author: Person, officer: Person, report: Report, path: str
) -> None:
    other_author = signed_in(pages_app, Role.REPORT_AUTHOR)
    elsewhere = signed_in(pages_app, Role.DEMOCRATIC_SERVICES_OFFICER, builders.a_meeting())
    member = signed_in(pages_app, Role.COMMITTEE_MEMBER)
    for person, status in (
        (author, 200),
        (officer, 200),
        (other_author, 404),
        (elsewhere, 404),
        (member, 404),
    ):
        assert person.at.get(f"{address(report)}{path}").status_code == status
    author.user.grants[0].ended_at = now()
    db.session.commit()
    assert author.at.get(f"{address(report)}{path}").status_code == 404


def test_a_report_that_is_not_there_is_404(author: Person, officer: Person) -> None:
    assert author.at.get("/reports/1").status_code == 404
    assert officer.at.get("/reports/1/return").status_code == 404


# --- drafts ---


def test_a_draft_is_saved_and_shown_again(author: Person, report: Report) -> None:
    author.at.get(address(report))
    assert author.at.value("author-name") == author.user.name
    author.at.follow(author.at.post(address(report), filled(report)))
    assert "The draft has been saved." in author.at.words()
    assert wordings(author) == ["the proposed decision.", "the timetable."]
    assert author.at.value("background_documents-0-location") == "County Hall"
    db.session.refresh(report)
    assert report.status is ReportStatus.DRAFT
    assert [each.verbs for each in report.recommendations] == [["consider", "endorse"], ["note"]]


def test_a_draft_may_be_almost_empty(author: Person, report: Report) -> None:
    sent = {"version": str(report.version), "subject": "S", "classification": "open"}
    author.at.follow(author.at.post(address(report), sent))
    assert "The draft has been saved." in author.at.words()


def test_bad_input_is_said_at_each_field_and_nothing_is_written(
    author: Person, report: Report
) -> None:
    wrong = filled(
        report,
        subject=" ",
        decision_number="16",
        classification="exempt",
        no_background_documents="y",
    )
    wrong |= {"recommendations-0-verbs": [], "recommendations-1-text": "", "author-email": "sam"}
    wrong |= {"background_documents-1-location": "Room 4", "summary": "x" * 8001}
    assert author.at.post(address(report), wrong).status_code == 422
    assert author.at.mistakes() == [
        "Enter the subject",
        "Enter a decision number like 27/00012",
        "Choose at least one paragraph, or make the report unrestricted",
        "Summary must be 8,000 characters or fewer",
        "Choose at least one verb",
        "Enter what the verb refers to",
        "Enter the title of the document",
        "Take the documents off the list, or untick “no documents”",
        "Enter an e-mail address like name@example.org",
    ]
    assert author.at.value("author-email") == "sam"
    assert author.at.value("background_documents-1-location") == "Room 4"
    db.session.refresh(report)
    assert (report.status, report.summary) == (ReportStatus.ASKED_FOR, None)


def test_an_exempt_report_keeps_its_paragraphs(author: Person, report: Report) -> None:
    exempt = filled(report, classification="exempt", exempt_paragraphs=["5", "3"])
    author.at.follow(author.at.post(address(report), exempt))
    db.session.refresh(report)
    assert report.exempt_paragraphs == [3, 5]


def test_nothing_is_chosen_for_an_author_and_sending_asks_for_the_class(
    author: Person, report: Report
) -> None:
    author.at.get(address(report))
    assert not author.at.page.select("input[name=classification][checked]")
    unsaid = filled(report, do="submit")
    del unsaid["classification"]
    assert author.at.post(address(report), unsaid).status_code == 422
    assert "Say whether the report is unrestricted, exempt or confidential" in author.at.mistakes()
    db.session.refresh(report)
    assert report.is_unclassed
    author.at.post(address(report), filled(report))
    author.at.get(address(report))
    assert author.at.page.select_one("input[name=classification][checked]")["value"] == "open"


def test_a_confidential_report_needs_its_basis_beside_the_field(
    author: Person, report: Report
) -> None:
    sent = filled(report, classification="confidential")
    author.at.post(address(report), sent)
    assert author.at.mistakes() == ["Say what forbids the disclosure"]
    author.at.post(address(report), sent | {"confidence_basis": "court_order"})
    db.session.refresh(report)
    assert (report.classification, report.confidence_basis) == ("confidential", "court_order")


def test_an_author_may_say_what_speaks_for_either_side(author: Person, report: Report) -> None:
    exempt = filled(report, classification="exempt", exempt_paragraphs=["3"])
    words = {"factors_for": "Bids are to come.", "factors_against": "It is public money."}
    author.at.post(address(report), exempt | words | {"terms_of_contract": "y"})
    author.at.get(address(report))
    assert author.at.value("factors_for").strip() == "Bids are to come."
    db.session.refresh(report)
    assert report.terms_of_contract
    (stated,) = confidentiality.determinations_of(report)
    assert (stated.factors_against, stated.is_tested) == ("It is public money.", False)


def test_a_closed_report_becomes_unrestricted_by_a_second_answer(
    author: Person, report: Report
) -> None:
    exempt = filled(report, classification="exempt", exempt_paragraphs=["3"])
    author.at.post(address(report), exempt)
    db.session.refresh(report)
    opened = filled(report, subject="Places for 2027", classification="open", do="submit")
    assert author.at.post(address(report), opened).status_code == 200
    assert "Make this report unrestricted?" in author.at.words()
    assert "Places for 2027" in author.at.words()
    db.session.refresh(report)
    assert (report.is_closed, report.status) == (True, ReportStatus.DRAFT)
    form, agree = author.at.carried_on(), author.at.button("Make it open and save")
    author.at.post(address(report), form | author.at.button("Back to what I typed"))
    assert author.at.value("subject") == "Places for 2027"
    assert wordings(author) == ["the proposed decision.", "the timetable."]
    db.session.refresh(report)
    assert report.is_closed
    author.at.post(address(report), form | agree)
    db.session.refresh(report)
    assert report.is_open
    assert report.subject == "Places for 2027"
    assert [each.verbs for each in report.recommendations] == [["consider", "endorse"], ["note"]]


# --- rows without a script ---


@pytest.mark.parametrize(
    ("act", "shown"),
    [
        ("recommendations-add", ["the proposed decision.", "the timetable.", ""]),
        ("recommendations-0-down", ["the timetable.", "the proposed decision."]),
        ("recommendations-1-up", ["the timetable.", "the proposed decision."]),
        ("recommendations-0-up", ["the proposed decision.", "the timetable."]),
        ("recommendations-1-remove", ["the proposed decision."]),
        ("recommendations-9-remove", ["the proposed decision.", "the timetable."]),
    ],
)
def test_rows_come_go_and_move_while_all_that_was_typed_stays(
    author: Person, report: Report, act: str, shown: list[str]
) -> None:
    answer = author.at.post(address(report), filled(report, do=act, summary="Not yet saved"))
    assert answer.status_code == 200
    assert wordings(author) == shown
    assert author.at.value("summary").strip() == "Not yet saved"
    checked = author.at.page.select("input[name^=recommendations][checked]")
    assert len(checked) == (2 if act == "recommendations-1-remove" else 3)
    db.session.refresh(report)
    assert report.status is ReportStatus.ASKED_FOR


def test_the_last_row_removed_leaves_an_empty_one(author: Person, report: Report) -> None:
    author.at.post(address(report), filled(report, do="background_documents-0-remove"))
    assert author.at.value("background_documents-0-title") == ""


def test_there_is_an_end_to_rows(author: Person, report: Report) -> None:
    rows = {f"recommendations-{number}-text": "x" for number in range(50)}
    sent = filled(report, do="recommendations-add") | rows
    author.at.post(address(report), sent)
    assert len(wordings(author)) == 50


# --- two at once ---


def test_the_second_of_two_is_told_and_loses_nothing(
    author: Person, officer: Person, report: Report
) -> None:
    author.at.get(address(report))
    mine = filled(report, summary="Mine")
    officer.at.follow(officer.at.post(address(report), filled(report, summary="The officer’s")))
    assert author.at.post(address(report), mine).status_code == 422
    assert "Somebody else saved a change" in author.at.mistakes()[0]
    assert "The officer’s" in author.at.words()
    assert author.at.value("summary").strip() == "Mine"
    author.at.follow(
        author.at.post(address(report), mine | {"version": author.at.value("version")})
    )
    db.session.refresh(report)
    assert report.summary == "Mine"


def test_what_was_typed_into_a_report_that_left_its_author_stays(
    author: Person, meeting: Meeting
) -> None:
    sent = a_sent_report(meeting, author=author.user)
    db.session.commit()
    answer = author.at.post(address(sent), filled(sent, summary="Too late"))
    assert answer.status_code == 422
    assert "cannot be changed" in author.at.mistakes()[0]
    assert author.at.value("summary").strip() == "Too late"
