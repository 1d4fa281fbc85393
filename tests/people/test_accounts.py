"""Administering accounts: inviting, giving and ending roles, closing, and who must remain."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from committee.audit import service as audit
from committee.clock import today
from committee.extensions import db
from committee.people import accounts, holdings, listing, passwords, sessions, users
from committee.people.accounts import Particulars
from committee.people.models import RoleGrant, User
from committee.people.roles import Permission, Role
from committee.people.sign_in_models import Passkey, ProviderIdentity
from committee.states import NotAllowed
from tests import builders

NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)
PASSWORD = "a long enough password"


def an_administrator(password: str | None = PASSWORD) -> User:
    user = builders.a_user(Role.ADMINISTRATOR, password=password)
    db.session.refresh(user)
    return user


def test_someone_invited_has_a_role_from_that_moment_and_no_password(app: Flask) -> None:
    by = an_administrator()
    committee = builders.a_committee()
    user = accounts.invite(
        "New@Example.org", "Ms N", role=Role.REPORT_AUTHOR, committee=committee, now=NOON, by=by.id
    )
    db.session.refresh(user)
    assert (user.email, user.password_hash) == ("new@example.org", None)
    assert [(g.role, g.committee_id, g.granted_at) for g in user.grants] == [
        (Role.REPORT_AUTHOR, committee.id, NOON)
    ]
    assert [(e.act, e.actor_id) for e in audit.history(user)] == [("user:added", by.id)]


def test_one_address_is_invited_once(app: Flask) -> None:
    user = builders.a_user()
    with pytest.raises(NotAllowed, match="has an account already"):
        accounts.invite(
            user.email.upper(), "X", role=Role.REPORT_AUTHOR, committee=None, now=NOON, by=None
        )


def test_nobody_administers_one_committee_alone(app: Flask) -> None:
    committee, user = builders.a_committee(), builders.a_user()
    for act in (
        lambda: accounts.grant(user, Role.ADMINISTRATOR, committee, now=NOON, by=None),
        lambda: accounts.invite(
            "a@example.org", "A", role=Role.ADMINISTRATOR, committee=committee, now=NOON, by=None
        ),
    ):
        with pytest.raises(NotAllowed, match="whole council"):
            act()


def test_a_role_is_given_and_ended_and_given_again(app: Flask) -> None:
    committee, user = builders.a_committee(), builders.a_user(Role.REPORT_AUTHOR)
    given = accounts.grant(user, Role.COMMITTEE_MEMBER, committee, now=NOON, by=None)
    with pytest.raises(NotAllowed, match="already"):
        accounts.grant(user, Role.COMMITTEE_MEMBER, committee, now=NOON, by=None)
    assert holdings.committees_where(user, Permission.PACK_READ_RESTRICTED, on=today()) == {
        committee.id
    }
    accounts.end_grant(given, now=NOON + timedelta(days=1), by=None)
    assert holdings.committees_where(user, Permission.PACK_READ_RESTRICTED, on=today()) == set()
    with pytest.raises(NotAllowed, match="ended already"):
        accounts.end_grant(given, now=NOON, by=None)
    accounts.grant(user, Role.COMMITTEE_MEMBER, committee, now=NOON, by=None)
    acts = [entry.act for entry in audit.history(given)]
    assert acts == ["role_grant:ended", "role_grant:added"]


@pytest.mark.parametrize("on_committee", [True, False])
def test_the_database_takes_no_role_twice_in_one_place(app: Flask, on_committee: bool) -> None:
    where = builders.a_committee().id if on_committee else None
    user = builders.a_user(Role.REPORT_AUTHOR)
    for _ in range(2):
        db.session.add(RoleGrant(user_id=user.id, role=Role.DECISION_MAKER, committee_id=where))
    with pytest.raises(IntegrityError, match="uq_role_grant"):
        db.session.flush()


def test_the_last_administrator_remains(app: Flask) -> None:
    last = an_administrator()
    with pytest.raises(NotAllowed, match="Nobody else could administer"):
        accounts.end_grant(last.grants[0], now=NOON, by=last.id)
    with pytest.raises(NotAllowed, match="Nobody else could administer"):
        accounts.deactivate(last, now=NOON, by=None)
    assert (last.active, last.grants[0].ended_at) == (True, None)


@pytest.mark.parametrize("why", ["no password yet", "inactive", "role ended"])
def test_an_administrator_who_cannot_act_does_not_count(app: Flask, why: str) -> None:
    last, other = an_administrator(), an_administrator(None if why == "no password yet" else "x")
    if why == "inactive":
        other.active = False
    if why == "role ended":
        other.grants[0].ended_at = NOON
    with pytest.raises(NotAllowed, match="Nobody else could administer"):
        accounts.end_grant(last.grants[0], now=NOON, by=None)


def with_passkey(user: User, *, ended: bool) -> None:
    db.session.add(
        Passkey(
            user_id=user.id,
            name="Work laptop",
            credential_id=b"credential",
            public_key=b"public",
            user_handle=b"handle",
            sign_count=0,
            added_at=NOON,
            ended_at=NOON if ended else None,
        )
    )
    db.session.flush()


def linked(user: User, issuer: str) -> None:
    db.session.add(
        ProviderIdentity(user=user, issuer=issuer, subject="s", linked_at=NOON, last_used_at=NOON)
    )
    db.session.flush()


@pytest.mark.parametrize("ended", [False, True])
def test_an_administrator_with_a_passkey_alone_can_act(app: Flask, ended: bool) -> None:
    last, other = an_administrator(), an_administrator(None)
    with_passkey(other, ended=ended)
    if ended:
        with pytest.raises(NotAllowed, match="Nobody else could administer"):
            accounts.end_grant(last.grants[0], now=NOON, by=None)
    else:
        accounts.end_grant(last.grants[0], now=NOON, by=None)


class OneProvider:
    """The provider that is set, as far as it matters here."""

    issuer = "https://sign-in.example.org"


@pytest.mark.parametrize(
    ("issuer", "can"), [(OneProvider.issuer, True), ("https://before.example.org", False)]
)
def test_an_administrator_of_the_councils_own_sign_in_can_act(
    app: Flask, monkeypatch: pytest.MonkeyPatch, issuer: str, can: bool
) -> None:
    last, other = an_administrator(), an_administrator(None)
    linked(other, issuer)
    with pytest.raises(NotAllowed, match="Nobody else could administer"):
        accounts.end_grant(last.grants[0], now=NOON, by=None)  # no provider is set
    monkeypatch.setitem(app.extensions, "provider", OneProvider())
    if can:
        accounts.end_grant(last.grants[0], now=NOON, by=None)
    else:
        with pytest.raises(NotAllowed, match="Nobody else could administer"):
            accounts.end_grant(last.grants[0], now=NOON, by=None)


def test_one_of_two_administrators_may_go(app: Flask) -> None:
    first, second = an_administrator(), an_administrator()
    accounts.end_grant(first.grants[0], now=NOON, by=first.id)
    assert users.roles_now(first) == []
    with pytest.raises(NotAllowed):
        accounts.deactivate(second, now=NOON, by=first.id)


def test_an_invited_administrator_may_be_taken_back(app: Flask) -> None:
    an_administrator()
    invited = an_administrator(None)
    accounts.end_grant(invited.grants[0], now=NOON, by=None)
    assert users.roles_now(invited) == []


def at_once(app: Flask, act: Callable[[int], None], ids: list[int]) -> list[str]:
    """What each of these was told when all did the act in one moment."""
    start = Barrier(len(ids))

    def one(user_id: int) -> str:
        with app.app_context():
            start.wait(10)
            try:
                act(user_id)
                db.session.commit()
            except NotAllowed as refused:
                return str(refused)
            finally:
                db.session.remove()
            return "done"

    with ThreadPoolExecutor(len(ids)) as threads:
        return list(threads.map(one, ids))


def test_two_administrators_who_remove_each_other_at_once_leave_one(app: Flask) -> None:
    ids = [an_administrator().id for _ in range(2)]
    db.session.commit()

    def remove_the_other(user_id: int) -> None:
        other = db.session.get_one(User, next(each for each in ids if each != user_id))
        accounts.deactivate(other, now=NOON, by=user_id)

    told = at_once(app, remove_the_other, ids)
    assert sorted(told) == [accounts.LAST_ONE, "done"]
    db.session.expire_all()
    assert len([user for user in db.session.scalars(db.select(User)) if user.active]) == 1


def test_two_administrators_who_take_each_others_role_at_once_leave_one(app: Flask) -> None:
    ids = [an_administrator().id for _ in range(2)]
    db.session.commit()

    def take_from_the_other(user_id: int) -> None:
        other = db.session.get_one(User, next(each for each in ids if each != user_id))
        accounts.end_grant(other.grants[0], now=NOON, by=user_id)

    assert sorted(at_once(app, take_from_the_other, ids)) == [accounts.LAST_ONE, "done"]


def test_a_closed_account_has_no_sessions_and_its_links_open_nothing(app: Flask) -> None:
    by, user = an_administrator(), builders.a_user(password=PASSWORD)
    token = sessions.begin(user, now=NOON)
    _, link = passwords.offer_link(user, now=NOON)
    accounts.deactivate(user, now=NOON, by=by.id)
    assert sessions.open_session(token, now=NOON) is None
    accounts.activate(user, by=by.id)
    assert sessions.open_session(token, now=NOON) is None
    assert passwords.usable_link(link, now=NOON) is None
    assert users.user_with_password(user.email, PASSWORD) is user
    acts = [entry.act for entry in audit.history(user)]
    assert acts == ["user:activated", "user:deactivated", "user:added"]


def test_what_is_so_already_is_refused(app: Flask) -> None:
    by, user = an_administrator(), builders.a_user()
    with pytest.raises(NotAllowed, match="active already"):
        accounts.activate(user, by=by.id)
    accounts.deactivate(user, now=NOON, by=by.id)
    with pytest.raises(NotAllowed, match="inactive already"):
        accounts.deactivate(user, now=NOON, by=by.id)
    with pytest.raises(NotAllowed, match="your own account"):
        accounts.deactivate(by, now=NOON, by=by.id)


def test_an_address_that_changes_takes_its_links_with_it(app: Flask) -> None:
    user, other = builders.a_user(), builders.a_user()
    _, link = passwords.offer_link(user, now=NOON)
    accounts.change(user, Particulars("Ms B", user.email, "Engineer"), now=NOON, by=None)
    assert passwords.usable_link(link, now=NOON) is not None
    accounts.change(user, Particulars("Ms B", " Ms.B@Example.org"), now=NOON, by=None)
    assert (user.email, user.job_title) == ("ms.b@example.org", None)
    assert passwords.usable_link(link, now=NOON) is None
    with pytest.raises(NotAllowed, match="has an account already"):
        accounts.change(user, Particulars("Ms B", other.email), now=NOON, by=None)


def test_a_councillor_has_one_account(app: Flask) -> None:
    seat = builders.a_member(builders.a_committee()).councillor
    user, other = builders.a_user(), builders.a_user()
    named = Particulars("Cllr A", user.email, councillor_id=seat.id)
    accounts.change(user, named, now=NOON, by=None)
    assert listing.councillors_without_account(user) == [seat]
    assert listing.councillors_without_account(other) == []
    with pytest.raises(NotAllowed, match="as this councillor already"):
        accounts.change(
            other, Particulars("Cllr A", other.email, councillor_id=seat.id), now=NOON, by=None
        )


def test_roles_are_summed_up(app: Flask) -> None:
    user = builders.a_user(Role.REPORT_AUTHOR)
    db.session.refresh(user)
    one, two = builders.a_committee("Audit"), builders.a_committee("Planning")
    accounts.grant(user, Role.COMMITTEE_MEMBER, one, now=NOON, by=None)
    db.session.flush()
    assert listing.roles_in_words(user, on=NOON.date()) == [
        "Report author, whole council",
        "Committee member, Audit",
    ]
    accounts.grant(user, Role.COMMITTEE_MEMBER, two, now=NOON, by=None)
    db.session.flush()
    assert listing.roles_in_words(user, on=NOON.date())[1] == "Committee member, 2 committees"
