"""The pages of actions: whose they are, what is late, and a list of ten thousand."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import event, insert, select

from committee.agendas.models import AgendaItem
from committee.audit.models import AuditEntry
from committee.clock import now
from committee.confidentiality import reading
from committee.confidentiality.reading_rules import Ground, Standing
from committee.extensions import db
from committee.minutes import actions
from committee.minutes.actions import ActionFields
from committee.minutes.models import Action
from committee.minutes.rules import ActionStatus
from committee.people.models import User
from committee.people.roles import Role
from tests import builders as common
from tests.minutes import builders
from tests.minutes.conftest import PASSWORD
from tests.pages.reader import Reader


def an_action(
    met: builders.Met, words: str, owner: User | None = None, item: AgendaItem | None = None
) -> Action:
    minutes = builders.service.minutes_of(met.meeting) or builders.begun(met)
    fields = ActionFields(words, "Sam Hill", owner.id if owner else None, date(2018, 6, 1))
    action = actions.add(builders.minute_of(minutes, item or met.transport), fields)
    db.session.commit()
    return action


def test_an_author_sees_and_updates_their_own_alone(met: builders.Met, pages_app: Flask) -> None:
    me = common.a_user(Role.REPORT_AUTHOR, password=PASSWORD)
    mine, other = an_action(met, "Mine", me), an_action(met, "Another’s")
    reader = Reader(pages_app)
    reader.sign_in(me.email, PASSWORD)
    reader.get("/actions")
    assert "Mine" in reader.words()
    assert "Another’s" not in reader.words()
    assert "1 June 2018 Late" in reader.words()
    assert reader.get(f"/actions/{other.id}").status_code == 404
    reader.get(f"/actions/{mine.id}")
    sent = {"version": reader.value("version"), "status": "done", "note": "Sent."}
    reader.follow(reader.post(f"/actions/{mine.id}", sent))
    db.session.expire_all()
    assert (mine.status, mine.note) == (ActionStatus.DONE, "Sent.")
    assert reader.post(f"/actions/{mine.id}", sent).status_code == 422
    assert "Somebody else saved a change" in reader.words()


@pytest.mark.parametrize("role", [Role.COMMITTEE_MEMBER, Role.DECISION_MAKER])
def test_members_and_decision_makers_open_their_own_alone(
    met: builders.Met, pages_app: Flask, role: Role
) -> None:
    me = common.a_user(role, password=PASSWORD)
    mine, other = an_action(met, "Mine", me), an_action(met, "Another’s")
    reader = Reader(pages_app)
    reader.sign_in(me.email, PASSWORD)
    reader.get("/home")
    for link in reader.page.select("a[href^='/actions']"):
        assert reader.get(str(link["href"])).status_code == 200
    reader.get("/actions")
    assert "Mine" in reader.words()
    assert "Another’s" not in reader.words()
    assert reader.get(f"/actions/{mine.id}").status_code == 200
    assert reader.get(f"/actions/{other.id}").status_code == 404


def test_a_clerk_sees_all_of_the_committee(met: builders.Met, clerk: Reader) -> None:
    action = an_action(met, "Another’s")
    clerk.get("/actions")
    assert "Another’s" in clerk.words()
    clerk.get(f"/actions/{action.id}")
    sent = {"version": clerk.value("version"), "status": "cancelled", "note": " "}
    assert clerk.post(f"/actions/{action.id}", sent).status_code == 422
    assert "why it is no longer needed" in clerk.words()


def readings() -> list[tuple[str, int, int | None]]:
    noted = select(AuditEntry).where(AuditEntry.act == "exempt_matter:read")
    found = db.session.scalars(noted.order_by(AuditEntry.id))
    return [(each.subject_kind, each.subject_id, each.actor_id) for each in found]


def test_an_action_from_private_business_is_named_and_noted_on_its_own_page_alone(
    met: builders.Met, pages_app: Flask
) -> None:
    me = common.a_user(Role.REPORT_AUTHOR, password=PASSWORD)
    action = an_action(met, "Offer a lower price", me, met.exempt)
    reader = Reader(pages_app)
    reader.sign_in(me.email, PASSWORD)
    for page in ("/home", "/actions"):
        reader.get(page)
        assert "An action from business that is not open to the public" in reader.words()
        assert "Offer a lower price" not in str(reader.page)
    assert readings() == []
    reader.get(f"/actions/{action.id}")
    assert "Offer a lower price" in reader.words()
    assert readings() == [("minute", action.minute_id, me.id)]


def test_an_auditor_whom_the_rules_keep_out_reads_no_action_and_no_title_of_private_business(
    met: builders.Met, pages_app: Flask
) -> None:
    auditor = common.a_user(Role.AUDITOR, password=PASSWORD)
    action = an_action(met, "Offer a lower price", item=met.exempt)
    minutes = f"/meetings/{met.meeting.id}/minutes"
    reader = Reader(pages_app)
    reader.sign_in(auditor.email, PASSWORD)
    reader.get(minutes)
    assert builders.SECRET in reader.words()
    assert readings() == [("minutes", action.minute.minutes_id, auditor.id)]
    assert reader.get(f"/actions/{action.id}").status_code == 200
    forbidden = {(Role.AUDITOR, Standing.ELSEWHERE, ground): False for ground in Ground}
    reading.set_rules(forbidden, seen=reading.last_set(), reason="To try it", now=now(), by=None)
    db.session.commit()
    assert reader.get(minutes).status_code == 200
    assert met.exempt.title_for_public in reader.words()
    assert builders.SECRET not in str(reader.page)
    assert reader.get(f"/actions/{action.id}").status_code == 404
    assert len(readings()) == 2


def test_nor_an_action_of_a_minute_that_nobody_has_classed(
    met: builders.Met, pages_app: Flask
) -> None:
    auditor = common.a_user(Role.AUDITOR, password=PASSWORD)
    action = an_action(met, "Offer a lower price", item=met.verbal)
    assert action.minute.is_unclassed
    reader = Reader(pages_app)
    reader.sign_in(auditor.email, PASSWORD)
    reader.get("/actions")
    assert "Offer a lower price" in reader.words()
    shut = {(Role.AUDITOR, Standing.ELSEWHERE, Ground.PARAGRAPH_ONE): False}
    reading.set_rules(shut, seen=reading.last_set(), reason="To try it", now=now(), by=None)
    db.session.commit()
    reader.get("/actions")
    assert "An action from business that is not open to the public" in reader.words()
    assert "Offer a lower price" not in str(reader.page)
    assert reader.get(f"/actions/{action.id}").status_code == 404


def test_visitors_are_asked_to_sign_in(visitor: Reader) -> None:
    assert visitor.get("/actions").status_code == 303


def test_an_empty_list_teaches(clerk: Reader) -> None:
    clerk.get("/actions")
    assert "There are no actions" in clerk.words()


@pytest.mark.parametrize("rows", [10, 10_000])
def test_the_list_asks_few_questions(met: builders.Met, clerk: Reader, rows: int) -> None:
    first = an_action(met, "One")
    row = {"minute_id": first.minute_id, "owner_name": "Sam", "status": "open", "version": 1}
    many = [{**row, "text": f"Action {n}", "due_on": date(2018, 6, 1)} for n in range(rows)]
    db.session.execute(insert(Action), many)
    db.session.commit()
    asked: list[str] = []
    listen = lambda *a: asked.append(a[2])  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        assert clerk.get("/actions?page=1").status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
    assert len(asked) <= 15, asked
    assert len(clerk.page.select("tbody tr")) == min(rows + 1, 50)
