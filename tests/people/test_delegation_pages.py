"""Somebody who is away lets another act for them: asked for, allowed, noted, and ended."""

from datetime import date, timedelta

import pytest
import structlog
from flask import Flask
from flask_login import login_user

from committee.audit import service as audit
from committee.audit.models import AuditEntry
from committee.clock import now, today
from committee.extensions import db
from committee.people import accounts
from committee.people import delegations as loans
from committee.people.accounts import Particulars
from committee.people.delegation_models import Delegation
from committee.people.delegations import Loan
from committee.people.models import User
from committee.people.permissions import Permission, check
from committee.people.roles import Role
from committee.states import NotAllowed
from tests import builders
from tests.pages.reader import Reader
from tests.people.test_permission_pages import at_browser, somebody

DAY = timedelta(days=1)


def days(first: date, last: date) -> dict[str, list[int]]:
    return {
        name: [day.day, day.month, day.year]
        for name, day in (("first_day", first), ("last_day", last))
    }


def a_loan(role: Role, committee_id: int | None = None, **changed: date) -> Loan:
    first, last = changed.get("first", today()), changed.get("last", today() + DAY)
    return Loan(role, committee_id, first, last, "Leave")


def test_a_role_is_lent_allowed_used_noted_and_ended(
    pages: Flask, reader: Reader, administrator: User
) -> None:
    committee = builders.a_committee("Highways")
    clerk = somebody(Role.DEMOCRATIC_SERVICES_OFFICER, committee, "Away Clerk")
    other = somebody(Role.REPORT_AUTHOR, None, "Standing In")
    away, standing_in = at_browser(pages, clerk), at_browser(pages, other)
    asked = {
        "held": f"democratic_services_officer {committee.id}",
        "receiver": other.id,
        "reason": "Annual leave",
        **days(today(), today() + DAY),
    }
    away.get("/account/delegations")
    assert away.post("/account/delegations", asked).status_code == 303, away.mistakes()
    at = f"/committees/{committee.slug}/edit"
    assert standing_in.get(at).status_code == 404
    found = db.session.query(Delegation).one()
    reader.get("/permissions/delegations")
    assert "Standing In for Away Clerk" in reader.words()
    assert "Waits to be allowed" in reader.words()
    assert reader.post(f"/permissions/delegations/{found.id}/allow").status_code == 303
    assert standing_in.get(at).status_code == 200
    form = {
        str(each["name"]): str(each.get("value", ""))
        for each in standing_in.page.select("main form input[name]")
        if each.get("type") not in ("radio", "checkbox") or each.has_attr("checked")
    }
    for each in standing_in.page.select("main form select[name]"):
        chosen = each.select_one("option[selected]") or each.select_one("option")
        form[str(each["name"])] = str(chosen["value"]) if chosen else ""
    form["name"] = "Highways and Transport"
    answer = standing_in.post(at, form)
    assert answer.status_code == 303, standing_in.mistakes()
    entry = db.session.query(AuditEntry).filter_by(act="committee:changed").one()
    assert (entry.actor_id, entry.for_whom_id) == (other.id, clerk.id)
    away.post(f"/account/delegations/{found.id}/end")
    assert standing_in.get(at).status_code == 404
    own = db.session.query(AuditEntry).filter_by(subject_kind="delegation").order_by(AuditEntry.id)
    assert [each.act for each in own] == [
        "delegation:offered",
        "delegation:allowed",
        "delegation:ended",
    ]
    assert all(each.for_whom_id is None for each in own)


def test_what_is_done_next_by_a_role_of_ones_own_is_not_noted_for_another(
    pages: Flask, administrator: User
) -> None:
    committee = builders.a_committee("Highways")
    clerk, other = somebody(Role.DEMOCRATIC_SERVICES_OFFICER), somebody(Role.REPORT_AUTHOR)
    found = loans.lend(clerk, other, a_loan(Role.DEMOCRATIC_SERVICES_OFFICER), today=today())
    loans.allow(found, now=now(), today=today(), by=administrator)
    db.session.commit()
    with pages.test_request_context(method="POST"), structlog.contextvars.bound_contextvars():
        login_user(other)
        for permission in (Permission.MEETING_EDIT, Permission.REPORT_WRITE):
            check(permission, committee)
            audit.record("committee:changed", committee, by=other.id)
        db.session.commit()
    told = db.session.query(AuditEntry).filter_by(act="committee:changed").order_by(AuditEntry.id)
    assert [each.for_whom_id for each in told] == [clerk.id, None]


def test_mistakes_are_told_and_what_was_typed_is_kept(pages: Flask) -> None:
    clerk = somebody(Role.DEMOCRATIC_SERVICES_OFFICER)
    reader = at_browser(pages, clerk)
    reader.get("/account/delegations")
    answer = reader.post("/account/delegations", {"reason": "Leave"})
    assert answer.status_code == 422
    assert len(reader.mistakes()) == 4
    assert reader.value("reason") == "Leave"
    other = somebody(Role.DIRECTOR)
    asked = {"held": "democratic_services_officer", "receiver": other.id, "reason": "Leave"}
    answer = reader.post("/account/delegations", asked | days(today(), today() - DAY))
    assert answer.status_code == 422
    assert "The last day must not be before the first day" in reader.words()
    assert db.session.query(Delegation).count() == 0


def test_nobody_ends_what_others_have_lent(pages: Flask) -> None:
    clerk, other = somebody(Role.DEMOCRATIC_SERVICES_OFFICER), somebody(Role.DIRECTOR)
    found = loans.lend(clerk, other, a_loan(Role.DEMOCRATIC_SERVICES_OFFICER), today=today())
    db.session.commit()
    reader = at_browser(pages, other)
    assert reader.post(f"/account/delegations/{found.id}/end").status_code == 404
    assert reader.post(f"/permissions/delegations/{found.id}/allow").status_code == 404


def test_an_auditor_sees_but_allows_nothing(pages: Flask) -> None:
    clerk, other = somebody(Role.DEMOCRATIC_SERVICES_OFFICER), somebody(Role.DIRECTOR)
    found = loans.lend(clerk, other, a_loan(Role.DEMOCRATIC_SERVICES_OFFICER), today=today())
    db.session.commit()
    reader = at_browser(pages, somebody(Role.AUDITOR))
    assert reader.get("/permissions/delegations").status_code == 200
    assert reader.page.select("main form") == []
    assert reader.post(f"/permissions/delegations/{found.id}/allow").status_code == 404


REFUSED = {
    "a signature": (Role.DECISION_MAKER, {}, "the law gives the decision to the person"),
    "a seat": (Role.COMMITTEE_MEMBER, {}, "cannot be lent"),
    "the giving of roles": (Role.ADMINISTRATOR, {}, "cannot be lent"),
    "what is not held": (Role.DIRECTOR, {}, "You are not director there yourself"),
    "days that are over": (
        Role.DEMOCRATIC_SERVICES_OFFICER,
        {"first": date(2020, 1, 1), "last": date(2020, 1, 2)},
        "These days are over",
    ),
    "too many days": (
        Role.DEMOCRATIC_SERVICES_OFFICER,
        {"first": date(2030, 1, 1), "last": date(2031, 1, 2)},
        "half a year at most",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_some_things_cannot_be_lent(app: Flask, what: str) -> None:
    role, changed, words = REFUSED[what]
    holder = somebody(role if role is not Role.DIRECTOR else Role.DEMOCRATIC_SERVICES_OFFICER)
    other = somebody(Role.REPORT_AUTHOR)
    with pytest.raises(NotAllowed, match=words):
        loans.lend(holder, other, a_loan(role, **changed), today=today())


def test_a_role_on_one_committee_is_not_lent_for_all(app: Flask) -> None:
    committee = builders.a_committee()
    clerk = somebody(Role.DEMOCRATIC_SERVICES_OFFICER, committee)
    other = somebody(Role.DIRECTOR)
    with pytest.raises(NotAllowed, match="You are not"):
        loans.lend(clerk, other, a_loan(Role.DEMOCRATIC_SERVICES_OFFICER), today=today())


def test_nobody_allows_their_own(app: Flask) -> None:
    clerk, other = somebody(Role.MONITORING_OFFICER), somebody(Role.DIRECTOR)
    found = loans.lend(clerk, other, a_loan(Role.MONITORING_OFFICER), today=today())
    db.session.flush()
    for person in (clerk, other):
        with pytest.raises(NotAllowed, match="Somebody else must allow it"):
            loans.allow(found, by=person, now=now(), today=today())
    administrator = somebody(Role.ADMINISTRATOR)
    loans.allow(found, by=administrator, now=now(), today=today())
    with pytest.raises(NotAllowed, match="allowed already"):
        loans.allow(found, by=administrator, now=now(), today=today())
    loans.end(found, by=administrator.id, now=now())
    with pytest.raises(NotAllowed, match="ended already"):
        loans.end(found, by=administrator.id, now=now())


def test_a_deputy_does_not_allow_the_next_loan_of_the_one_who_lent(app: Flask) -> None:
    officer, deputy = somebody(Role.MONITORING_OFFICER), somebody(Role.DIRECTOR)
    third, administrator = somebody(Role.DIRECTOR), somebody(Role.ADMINISTRATOR)
    first = loans.lend(officer, deputy, a_loan(Role.MONITORING_OFFICER), today=today())
    loans.allow(first, by=administrator, now=now(), today=today())
    following = loans.lend(officer, third, a_loan(Role.MONITORING_OFFICER), today=today())
    db.session.flush()
    db.session.expire_all()
    with pytest.raises(NotAllowed, match=f"you act for {officer.name} today"):
        loans.allow(following, by=deputy, now=now(), today=today())
    loans.allow(following, by=administrator, now=now(), today=today())


def test_a_councillor_is_a_member_by_seats_alone(app: Flask) -> None:
    committee = builders.a_committee()
    seat = builders.a_member(committee)
    user = somebody(Role.COMMITTEE_MEMBER, committee)
    given = Particulars(user.name, user.email, councillor_id=seat.councillor_id)
    accounts.change(user, given, now=now(), by=None)
    db.session.commit()
    assert user.grants[0].ended_at is not None
    with pytest.raises(NotAllowed, match="a seat on the committee gives this role"):
        accounts.grant(user, Role.COMMITTEE_MEMBER, committee, now=now(), by=None)
