"""The page of reminders: each officer sees those of their own committees, and what failed."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest
from flask import Flask
from sqlalchemy import event, insert, select

from committee.clock import LONDON
from committee.extensions import db
from committee.mail import service as mails
from committee.mail.models import Mail
from committee.mail.rules import MailStatus
from committee.people import users
from committee.people.models import Committee, RoleGrant, User
from committee.people.roles import Role
from committee.reminders.models import Obligation
from committee.reminders.rules import ObligationKind, ObligationStatus
from tests import builders as common
from tests.pages.reader import Reader
from tests.reminders import builders
from tests.reminders.conftest import Staff

PASSWORD = "a long enough password"
AT = datetime(2018, 5, 8, 9, 30, tzinfo=LONDON)


@pytest.fixture
def guarded_app(app: Flask) -> Iterator[Flask]:
    """The application with its forms guarded, as in real life."""
    before = app.config.get("WTF_CSRF_ENABLED", True)
    app.config["WTF_CSRF_ENABLED"] = True
    yield app
    app.config["WTF_CSRF_ENABLED"] = before


def signed_in(app: Flask, user: User) -> Reader:
    user.password_hash = users.PASSWORDS.hash(PASSWORD)
    db.session.commit()
    reader = Reader(app)
    assert reader.sign_in(user.email, PASSWORD).status_code == 303
    return reader


@pytest.fixture
def officer(guarded_app: Flask, staff: Staff) -> Reader:
    """Priya, who is an officer of the committee alone."""
    return signed_in(guarded_app, staff.officer)


def failed(staff: Staff, **values) -> Obligation:
    made = builders.an_obligation(
        staff.author,
        staff.committee,
        status=ObligationStatus.QUARANTINED,
        attempts=5,
        last_error="“sam” is not an e-mail address, so no mail can go there.",
        **values,
    )
    db.session.commit()
    return made


def sent(staff: Staff, **values) -> tuple[Obligation, Mail]:
    made = builders.an_obligation(
        staff.author, staff.committee, status=ObligationStatus.DONE, done_at=AT, **values
    )
    mail = mails.owe(
        "action_due",
        to=staff.author.email,
        subject="Action due today",
        text="Do it.",
        key=made.dedupe_key,
        concerns=made,
    )
    made.mail_id = mail.id
    db.session.commit()
    return made, mail


def test_it_says_what_will_be_sent_to_whom_on_which_day(officer: Reader, staff: Staff) -> None:
    builders.an_obligation(staff.author, staff.committee)
    db.session.commit()
    assert officer.get("/reminders").status_code == 200
    words = officer.words()
    assert "Action due, by 8 May 2018 “Write to the parents”" in words
    assert "Sam Tuesday 8 May 2018 To be sent" in words
    link = officer.page.select_one("tbody a")
    assert link is not None
    assert link["href"] == "/actions"


def test_what_was_sent_says_when_and_what_waits_says_so(officer: Reader, staff: Staff) -> None:
    _, mail = sent(staff)
    sent(staff)
    mails.record_sent(mail, now=AT)
    db.session.commit()
    officer.get("/reminders?show=sent")
    assert "8 May 2018 at 9.30 am Sent" in officer.words()
    assert "On its way" in officer.words()


def test_a_failed_one_says_why_and_is_sent_again(officer: Reader, staff: Staff) -> None:
    obligation = failed(staff)
    officer.get("/reminders")
    assert "1 reminder could not be sent" in officer.words()
    officer.get("/reminders?show=failed")
    assert "is not an e-mail address" in officer.words()
    button = officer.page.select_one("tbody button")
    assert button is not None
    assert button.get_text().startswith("Send again to Sam")
    officer.follow(officer.post(f"/reminders/{obligation.id}/send-again"))
    assert "The reminder to Sam is being sent again." in officer.words()
    assert "No reminder has failed" in officer.words()
    db.session.expire_all()
    assert (obligation.status, obligation.attempts) == (ObligationStatus.DUE, 0)


def test_a_letter_that_the_mail_server_refused_is_among_the_failed(
    officer: Reader, staff: Staff
) -> None:
    obligation, mail = sent(staff)
    mails.record_failed(mail, "The mail server refused it: 550 No such user")
    db.session.commit()
    officer.get("/reminders?show=failed")
    assert "550 No such user" in officer.words()
    officer.follow(officer.post(f"/reminders/{obligation.id}/send-again"))
    db.session.expire_all()
    assert mail.status is MailStatus.DUE


def test_pressing_twice_is_told_and_changes_nothing(officer: Reader, staff: Staff) -> None:
    obligation = failed(staff)
    for _ in range(2):
        answer = officer.post(f"/reminders/{obligation.id}/send-again")
    officer.follow(answer)
    assert "Only a reminder that has failed can be sent again." in officer.words()


def test_reminders_of_other_committees_are_hidden(officer: Reader, staff: Staff) -> None:
    elsewhere = common.a_committee("Elsewhere")
    theirs = builders.an_obligation(staff.author, elsewhere, words="Theirs")
    theirs.status = ObligationStatus.QUARANTINED
    builders.an_obligation(staff.author, elsewhere, words="Theirs too")
    db.session.commit()
    for show in ("coming", "failed", "sent", "gone"):
        text = officer.get(f"/reminders?show={show}&committee={elsewhere.id}").text
        assert "Theirs" not in text
        assert "Elsewhere" not in text
    assert officer.post(f"/reminders/{theirs.id}/send-again").status_code == 404
    assert officer.post("/reminders/999999/send-again").status_code == 404


@pytest.mark.parametrize("role", [Role.REPORT_AUTHOR, Role.COMMITTEE_MEMBER, Role.DECISION_MAKER])
def test_others_find_no_such_page(guarded_app: Flask, staff: Staff, role: Role) -> None:
    reader = signed_in(guarded_app, builders.someone("Other", role, staff.committee))
    assert reader.get("/reminders").status_code == 404
    assert reader.post(f"/reminders/{failed(staff).id}/send-again").status_code == 404


def test_filters_narrow_the_list_and_nonsense_is_passed_over(officer: Reader, staff: Staff) -> None:
    second = common.a_committee("Second")
    db.session.add(
        RoleGrant(
            user_id=staff.officer.id,
            role=Role.DEMOCRATIC_SERVICES_OFFICER,
            committee_id=second.id,
        )
    )
    builders.an_obligation(staff.author, staff.committee, words="First thing")
    builders.an_obligation(
        staff.author, second, words="Second thing", kind=ObligationKind.REPORT_DUE
    )
    db.session.commit()

    def things(query: str) -> list[str]:
        officer.get(f"/reminders?{query}")
        return [link.get_text() for link in officer.page.select("tbody a")]

    assert things("") == ["First thing", "Second thing"]
    assert things("kind=report_due") == ["Second thing"]
    assert things(f"committee={staff.committee.id}") == ["First thing"]
    assert things(f"kind=report_due&committee={staff.committee.id}") == []
    assert things("kind=nothing&show=odd&committee=x&page=-3") == ["First thing", "Second thing"]
    assert things("page=99") == ["First thing", "Second thing"]


@pytest.mark.parametrize("show", ["coming", "failed", "sent", "gone"])
def test_an_empty_list_teaches(officer: Reader, show: str) -> None:
    officer.get(f"/reminders?show={show}")
    assert officer.page.select_one(".app-empty") is not None


def rows(staff: Staff, number: int, committees: list[Committee]) -> None:
    """So many sent reminders with their mails, over several committees."""
    first = (db.session.scalar(select(Mail.id).order_by(Mail.id.desc())) or 0) + 1
    keys = [f"many.{first + each}" for each in range(number)]
    db.session.execute(
        insert(Mail),
        [
            {
                "key": key,
                "kind": "action_due",
                "to_address": staff.author.email,
                "subject": "Action due",
                "text": "Do it.",
                "message_id": key,
                "status": MailStatus.DUE,
            }
            for key in keys
        ],
    )
    ids = {row.key: row.id for row in db.session.execute(select(Mail.key, Mail.id))}
    db.session.execute(
        insert(Obligation),
        [
            {
                "dedupe_key": key,
                "kind": ObligationKind.ACTION_DUE,
                "subject_kind": "action",
                "subject_id": place,
                "committee_id": committees[place % len(committees)].id,
                "user_id": staff.author.id,
                "words": f"Thing {place}",
                "address": "/actions",
                "remind_on": date(2018, 5, 8),
                "status": ObligationStatus.DONE,
                "done_at": AT,
                "attempts": 1,
                "mail_id": ids[key],
            }
            for place, key in enumerate(keys)
        ],
    )
    db.session.commit()


def queries_of(work: Callable[[], object]) -> int:
    sent_statements: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        sent_statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(sent_statements)


def test_ten_thousand_rows_take_no_more_queries_than_ten(guarded_app: Flask, staff: Staff) -> None:
    reader = signed_in(guarded_app, builders.an_officer(name="Council"))
    committees = [common.a_committee() for _ in range(5)]
    rows(staff, 10, committees)
    few = queries_of(lambda: reader.get("/reminders?show=sent"))
    rows(staff, 9_990, committees)
    many = queries_of(lambda: reader.get("/reminders?show=sent&page=7"))
    assert many == few <= 15
    assert len(reader.page.select("tbody tr")) == 50
    assert "Sent (10,000)" in reader.words()
    assert "page=8" in str(reader.page.select_one(".govuk-pagination__next a"))
