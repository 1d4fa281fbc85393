"""Each kind of user lands on what they have to do next, by deadline, and on nothing else."""

from datetime import date, timedelta

import pytest
from flask import Flask, current_app

from committee.clock import now, today
from committee.consultations.models import Response
from committee.consultations.rules import Channel
from committee.decisions.models import Decision
from committee.decisions.rules import DecisionStatus
from committee.extensions import db
from committee.homes.parts import home_of
from committee.homes.rules import Part, ToDo, by_deadline, due_in_words, is_late
from committee.meetings.models import Meeting
from committee.people.models import Committee, PortfolioHolding, RoleGrant, User
from committee.people.roles import Role
from committee.reports.models import Report
from committee.reports.rules import ReportStatus
from tests import builders
from tests.pages.reader import Reader
from tests.public.conftest import statements
from tests.search import published

PASSWORD = "a long enough password"
A_DAY = date(2018, 5, 1)  # a Tuesday


def a_person(*roles: Role, committee: Committee | None = None) -> User:
    """Somebody with these roles, on one committee or council-wide."""
    user = builders.a_user(roles[0], password=PASSWORD)
    for role in roles[1:]:
        db.session.add(RoleGrant(user_id=user.id, role=role))
    if committee is not None:
        for grant in user.grants:
            grant.committee_id = committee.id
    db.session.commit()
    return user


def a_report(meeting: Meeting, author: User, status: ReportStatus, due_on: date) -> Report:
    """A report that stands so."""
    report = Report(
        meeting_id=meeting.id,
        author_id=author.id,
        subject=f"Report {due_on.isoformat()}",
        due_on=due_on,
        status=status,
        exempt_paragraphs=[],
        background_documents=[],
        contacts=[],
    )
    db.session.add(report)
    db.session.commit()
    return report


def a_response(consultation_id: int, number: int) -> None:
    """A response that nobody has read."""
    db.session.add(
        Response(
            consultation_id=consultation_id,
            receipt=f"R{number}",
            sending=f"S{number}",
            channel=Channel.ONLINE,
            received_on=A_DAY,
            on_time=True,
        )
    )


def part(user: User, name: str, *, on: date | None = None) -> Part:
    """One part of the user's home."""
    return next(each for each in parts(user, on=on or today()) if each.name == name)


def parts(user: User, *, on: date) -> list[Part]:
    """The user's home, whose links need a request."""
    with current_app.test_request_context():
        return home_of(user, today=on)


def whats(found: Part) -> list[str]:
    """What is to be done, in order."""
    return [todo.what for todo in found.todos]


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2018, 4, 27), "4 days late: was due Friday 27 April 2018"),
        (date(2018, 4, 30), "1 day late: was due Monday 30 April 2018"),
        (date(2018, 5, 1), "Due today"),
        (date(2018, 5, 2), "Due tomorrow"),
        (date(2018, 5, 8), "Due in 7 days, Tuesday 8 May 2018"),
        (None, ""),
    ],
)
def test_a_deadline_is_told_in_words(due: date | None, words: str) -> None:
    assert due_in_words(due, today=A_DAY) == words
    assert is_late(due, today=A_DAY) is ("late" in words)


def test_what_is_due_first_comes_first_and_what_is_never_due_last() -> None:
    dues = [None, date(2018, 5, 8), date(2018, 5, 2), None]
    listed = by_deadline(ToDo(str(place), "/", due=due) for place, due in enumerate(dues))
    assert [todo.what for todo in listed] == ["2", "1", "0", "3"]


def test_an_officer_has_the_business_of_their_own_committees_by_deadline(app: Flask) -> None:
    mine, other = builders.a_committee("Mine"), builders.a_committee("Other")
    officer = a_person(Role.DEMOCRATIC_SERVICES_OFFICER, committee=mine)
    author = a_person(Role.REPORT_AUTHOR)
    soon = builders.a_meeting(mine, held_on=date(2018, 5, 15))
    later = builders.a_meeting(mine, held_on=date(2018, 6, 12))
    elsewhere = builders.a_meeting(other, held_on=date(2018, 5, 15))
    a_report(later, author, ReportStatus.SUBMITTED, date(2018, 5, 1))
    a_report(elsewhere, author, ReportStatus.SUBMITTED, date(2018, 5, 1))
    decision = published.a_decision(mine)
    decision.status, decision.taken_on = DecisionStatus.TAKEN, A_DAY
    db.session.commit()
    found = part(officer, "officer", on=A_DAY)
    assert whats(found) == [
        "Publish the record of decision 18/00016",
        "Publish the agenda",
        "Accept or return the report “Report 2018-05-01”",
        "Publish the agenda",
    ] or whats(found) == [
        "Publish the record of decision 18/00016",
        "Publish the agenda",
        "Publish the agenda",
        "Accept or return the report “Report 2018-05-01”",
    ]
    assert found.todos[1].due == date(
        2018, 5, 4
    )  # five clear days before 15 May, and a bank holiday
    assert all("Other" not in todo.about for todo in found.todos)
    assert soon.id != later.id


def test_an_officer_is_told_of_reports_that_are_late_and_of_no_others(app: Flask) -> None:
    mine = builders.a_committee()
    officer = a_person(Role.DEMOCRATIC_SERVICES_OFFICER, committee=mine)
    author = a_person(Role.REPORT_AUTHOR, committee=mine)
    meeting = builders.a_meeting(mine, held_on=date(2018, 6, 12))
    late = a_report(meeting, author, ReportStatus.DRAFT, date(2018, 4, 30))
    a_report(meeting, author, ReportStatus.DRAFT, date(2018, 5, 30))
    a_report(builders.a_meeting(), author, ReportStatus.DRAFT, date(2018, 4, 30))
    db.session.commit()
    asked = [what for what in whats(part(officer, "officer", on=A_DAY)) if "late report" in what]
    assert asked == [f"Ask {author.name} for the late report “{late.subject}”"]


def test_an_officer_is_told_of_minutes_to_write_until_they_are_published(app: Flask) -> None:
    officer = a_person(Role.DEMOCRATIC_SERVICES_OFFICER)
    meeting = published.a_meeting()
    published.publish(meeting)
    assert "Write the minutes" in whats(part(officer, "officer", on=date(2018, 5, 9)))
    assert "Write the minutes" not in whats(part(officer, "officer", on=date(2018, 5, 8)))


def test_an_author_has_the_papers_that_are_with_them(app: Flask) -> None:
    author, other = a_person(Role.REPORT_AUTHOR), a_person(Role.REPORT_AUTHOR)
    meeting = builders.a_meeting(held_on=date(2018, 5, 15))
    db.session.commit()
    a_report(meeting, author, ReportStatus.RETURNED, date(2018, 5, 3))
    a_report(meeting, author, ReportStatus.ASKED_FOR, date(2018, 4, 20))
    a_report(meeting, author, ReportStatus.SUBMITTED, date(2018, 4, 21))
    a_report(meeting, other, ReportStatus.DRAFT, date(2018, 4, 22))
    assert whats(part(author, "author", on=A_DAY)) == ["Report 2018-04-20", "Report 2018-05-03"]


def test_a_member_has_the_pack_of_the_next_meeting_and_responses_to_read(app: Flask) -> None:
    meeting = published.a_meeting()
    member = a_person(Role.COMMITTEE_MEMBER, committee=meeting.committee)
    stranger = a_person(Role.COMMITTEE_MEMBER, committee=builders.a_committee())
    published.publish(meeting, pack=published.a_pack(meeting, 35, 39))
    consultation = published.a_consultation(meeting.committee)
    published.a_decision(meeting.committee)
    for number in range(3):
        a_response(consultation.id, number)
    db.session.commit()
    (todo,) = part(member, "meetings", on=A_DAY).todos
    assert todo.address.endswith("/pack?show=1")
    (unread,) = part(member, "responses", on=A_DAY).todos
    assert "3 responses you have not opened; closed" in unread.about
    assert whats(part(member, "decisions")) == ["Travel cards for sixth forms"]
    for name in ("meetings", "responses", "decisions"):
        assert part(stranger, name, on=A_DAY).todos == ()


def test_a_decision_maker_has_what_is_ready_for_their_portfolio(app: Flask) -> None:
    committee = builders.a_committee()
    mine = published.a_decision(committee, "18/00016", status=DecisionStatus.READY)
    published.a_decision(committee, "18/00017")
    holder, other = a_person(Role.DECISION_MAKER), a_person(Role.DECISION_MAKER)
    db.session.add(
        PortfolioHolding(
            portfolio_id=mine.portfolio_id, user_id=holder.id, started_on=date(2018, 1, 1)
        )
    )
    db.session.commit()
    assert whats(part(holder, "decision_maker")) == ["Read and take decision 18/00016"]
    assert part(other, "decision_maker").todos == ()


def test_somebody_with_several_roles_has_the_parts_of_each(app: Flask) -> None:
    user = a_person(Role.COMMITTEE_MEMBER, Role.REPORT_AUTHOR)
    assert [each.name for each in parts(user, on=A_DAY)] == [
        "author",
        "meetings",
        "responses",
        "decisions",
    ]


@pytest.mark.parametrize("role", list(Role))
def test_each_lands_on_their_home_and_every_line_leads_on(app: Flask, role: Role) -> None:
    meeting = furnished()
    reader = Reader(app)
    user = a_person(role)
    for decision in db.session.query(Decision):
        db.session.add(
            PortfolioHolding(
                portfolio_id=decision.portfolio_id, user_id=user.id, started_on=date(2018, 1, 1)
            )
        )
        break
    a_report(meeting, user, ReportStatus.DRAFT, today() - timedelta(days=2))
    answer = reader.sign_in(user.email, PASSWORD)
    assert answer.headers["Location"] == "/home"
    assert reader.get("/home").status_code == 200
    links = {str(a["href"]) for a in reader.page.select("main a")}
    assert len(links) >= 2
    for link in links:
        assert reader.get(link).status_code in (200, 303), link


def furnished() -> Meeting:
    """Something of everything to do, now."""
    meeting = builders.a_meeting(held_on=today() + timedelta(days=10))
    builders.an_item(meeting, "Buses")
    held = builders.a_meeting(meeting.committee, held_on=today() - timedelta(days=10))
    assert held
    db.session.commit()
    consultation = published.a_consultation(meeting.committee)
    published.a_decision(meeting.committee, "26/00001", status=DecisionStatus.READY)
    a_response(consultation.id, 1)
    author = a_person(Role.REPORT_AUTHOR)
    a_report(meeting, author, ReportStatus.SUBMITTED, today())
    db.session.commit()
    return meeting


def test_a_visitor_is_asked_to_sign_in(app: Flask) -> None:
    assert Reader(app).get("/home").headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("rows", [3, 60])
def test_few_queries_for_somebody_who_is_everything(app: Flask, rows: int) -> None:
    # A monitoring officer's post is politically restricted: they are never a member as well.
    most = [role for role in Role if role is not Role.MONITORING_OFFICER]
    user = a_person(*most)
    reader = Reader(app)
    reader.sign_in(user.email, PASSWORD)
    author = a_person(Role.REPORT_AUTHOR)
    for number in range(rows):
        committee = builders.a_committee()
        meeting = builders.a_meeting(committee, held_on=today() + timedelta(days=number))
        db.session.flush()
        a_report(meeting, author, ReportStatus.SUBMITTED, today())
        a_report(meeting, user, ReportStatus.DRAFT, today())
        published.a_decision(committee, f"26/{number + 1:05}")
        consultation = published.a_consultation(committee, f"c{number}")
        a_response(consultation.id, number)
    db.session.commit()
    assert now()
    with statements() as asked:
        assert reader.get("/home").status_code == 200
    assert len(asked) <= 15, "\n".join(asked)
