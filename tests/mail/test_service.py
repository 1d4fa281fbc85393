"""Owing mail: once for a key, refused where a header could be smuggled in, and found again."""

import threading

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from committee.audit import service as audit
from committee.clock import now
from committee.extensions import db
from committee.mail import service as mails
from committee.mail.models import Mail
from committee.mail.rules import MailStatus, message_id
from committee.states import NotAllowed
from committee.work.models import Work
from committee.work.rules import WorkKind, WorkStatus
from tests import builders


def owed_work() -> list[Work]:
    return list(db.session.scalars(select(Work).where(Work.kind == WorkKind.SEND_MAIL)))


def test_a_mail_is_owed_with_its_work_and_its_audit_in_one_transaction(app: Flask, a_mail) -> None:
    user = builders.a_user()
    meeting = builders.a_meeting()
    mail = a_mail(to=user.email, to_user_id=user.id, concerns=meeting)
    assert mail.status is MailStatus.DUE
    assert [piece.subject_id for piece in owed_work()] == [mail.id]
    assert (mail.concerns_kind, mail.concerns_id) == ("meeting", meeting.id)
    assert [entry.act for entry in audit.history(mail)] == ["mail:owed"]
    mails.owe("report_due", to=user.email, subject="Later", text="", key="rolled back")
    db.session.rollback()
    assert len(owed_work()) == 1


def test_the_same_key_is_one_mail_whatever_it_says(app: Flask, a_mail) -> None:
    first = a_mail(key="one")
    mails.record_sent(first, now=now())
    again = a_mail(key="one", subject="Something else")
    assert again.id == first.id
    assert again.subject == first.subject
    assert len(owed_work()) == 1


def test_two_who_owe_the_same_mail_at_once_make_one(app: Flask) -> None:
    together, ids = threading.Barrier(2), []

    def owe() -> None:
        with app.app_context():
            together.wait()
            mail = mails.owe("a", to="a@example.org", subject="S", text="T", key="the same")
            ids.append(mail.id)
            db.session.commit()
            db.session.remove()

    threads = [threading.Thread(target=owe) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == 2
    assert len(set(ids)) == 1
    assert len(owed_work()) == 1


@pytest.mark.parametrize(
    "subject",
    ["Due\r\nBcc: everyone@example.org", "Due\nSoon", "Due\rSoon", "Due\u2028Soon", "a\x00b", " "],
)
def test_a_subject_that_is_not_one_line_is_refused(app: Flask, a_mail, subject: str) -> None:
    with pytest.raises(NotAllowed):
        a_mail(subject=subject)
    assert owed_work() == []


@pytest.mark.parametrize(
    "address",
    [
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org\n",
        "a@example.org,b@example.org",
        "Name <a@example.org>",
        "a@b@example.org",
        "nobody",
        "@example.org",
        "a b@example.org",
        "a\x1f@example.org",
        "a" * 250 + "@example.org",
    ],
)
def test_an_address_that_is_none_or_more_than_one_is_refused(
    app: Flask, a_mail, address: str
) -> None:
    with pytest.raises(NotAllowed, match="is not an e-mail address"):
        a_mail(to=address)


@pytest.mark.parametrize("column", ["subject", "to_address"])
def test_the_database_refuses_a_header_of_two_lines_too(app: Flask, a_mail, column: str) -> None:
    mail = a_mail()
    with pytest.raises(IntegrityError, match="headers_on_one_line"):
        db.session.execute(update(Mail).where(Mail.id == mail.id).values({column: "a\nb"}))


def test_a_mail_that_is_sent_says_when_or_the_database_refuses_it(app: Flask, a_mail) -> None:
    mail = a_mail()
    mail.status = MailStatus.SENT
    with pytest.raises(IntegrityError, match="sent_has_instant"):
        db.session.flush()


@pytest.mark.parametrize(
    "key", ["report_due:version1:2018-04-20", "Ä:Ö@x>", "x" * 500, "", "....", "a:b"]
)
def test_a_message_id_is_plain_short_and_the_same_each_time(key: str) -> None:
    found = message_id(key)
    assert set(found) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-")
    assert 0 < len(found) <= 60
    assert not found.startswith(".")
    assert found == message_id(key)


def test_keys_that_look_alike_have_message_ids_of_their_own() -> None:
    keys = ["a:b", "a-b", "a.b", "A:b", "x" * 500, "x" * 501]
    assert len({message_id(key) for key in keys}) == len(keys)


def test_recent_mails_are_paged_and_found_by_status_and_by_what_they_concern(
    app: Flask, a_mail
) -> None:
    meeting = builders.a_meeting()
    for _ in range(51):
        a_mail()
    about = a_mail(concerns=meeting)
    mails.record_failed(about, "No such address")
    first, second = mails.recent(), mails.recent(page=2)
    assert (len(first.mails), len(second.mails)) == (50, 2)
    assert (first.total, first.pages, second.page) == (52, 2, 2)
    assert first.mails[0].id == about.id
    assert list(mails.recent(status=MailStatus.FAILED).mails) == [about]
    assert list(mails.recent(concerns=meeting).mails) == [about]
    assert mails.recent(page=99).page == 2
    assert mails.counts()[MailStatus.DUE] == 51


def test_a_cancelled_mail_is_owed_no_more(app: Flask, a_mail) -> None:
    mail = a_mail()
    mails.cancel(mail)
    db.session.commit()
    assert mail.status is MailStatus.CANCELLED
    assert [piece.status for piece in owed_work()] == [WorkStatus.CANCELLED]
    with pytest.raises(NotAllowed):
        mails.send_again(mail)


def test_a_failed_mail_can_be_sent_again_as_the_same_mail(app: Flask, a_mail) -> None:
    mail = a_mail()
    before = mail.message_id
    owed_work()[0].status = WorkStatus.DONE
    mails.record_failed(mail, "No such address")
    mails.send_again(mail)
    db.session.commit()
    assert (mail.status, mail.message_id) == (MailStatus.DUE, before)
    assert sorted(piece.status for piece in owed_work()) == [WorkStatus.DONE, WorkStatus.DUE]
    with pytest.raises(NotAllowed, match="cannot become"):
        mails.send_again(mail)
