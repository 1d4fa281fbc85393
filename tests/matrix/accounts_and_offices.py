"""Accounts, roles, sessions, offices, links and reminders in each of their states."""

from datetime import timedelta
from uuid import uuid4

from committee.clock import now, today
from committee.extensions import db
from committee.people import accounts, passwords, portfolios, sessions, users
from committee.people import service as people
from committee.people.delegation_models import Delegation
from committee.people.roles import Role
from committee.people.sign_in_models import Passkey
from committee.reminders.rules import ObligationStatus
from tests import builders
from tests.decisions.builders import a_portfolio
from tests.matrix.council import Council, States
from tests.matrix.people import PASSKEY_TO_COME, PASSWORD
from tests.reminders.builders import an_obligation

DAY = timedelta(days=1)


def of_people(council: Council) -> dict[str, States]:
    """Committees, members, accounts, roles, sessions, offices, links and reminders."""
    return {
        "nothing": {"always": {}},
        "committee": {"standing": {"slug": council.home.slug}},
        "membership": _memberships(council),
        "account": _accounts(),
        "role": _roles(council),
        "session": _sessions(council),
        "session of an account": _sessions_of_accounts(),
        "passkey": _passkeys(council),
        "delegation": _delegations(council),
        "portfolio": _portfolios(council),
        "holding": _holdings(council),
        "password link": _links(),
        "reminder": _reminders(council),
        "caught letter": {"caught": {"number": 1}, "that never was": {"number": 9}},
        "static file": {"there": {"filename": "quorate.css"}, "not there": {"filename": "no.css"}},
    }


def _memberships(council: Council) -> States:
    running, ended = (builders.a_member(council.home) for _ in range(2))
    people.end_membership(ended, on=today() - DAY)
    foreign = builders.a_member(council.elsewhere)
    db.session.flush()
    slug = council.home.slug
    return {
        "running": {"slug": slug, "membership_id": running.id},
        "ended": {"slug": slug, "membership_id": ended.id},
        "of another committee": {"slug": slug, "membership_id": foreign.id},
    }


def _accounts() -> States:
    active, closed = (builders.a_user(password=PASSWORD) for _ in range(2))
    db.session.flush()
    accounts.deactivate(closed, now=now(), by=None)
    return {"active": {"user_id": active.id}, "closed": {"user_id": closed.id}}


def _roles(council: Council) -> States:
    user = builders.a_user(Role.REPORT_AUTHOR)
    db.session.flush()
    db.session.refresh(user)
    ended = accounts.grant(user, Role.DIRECTOR, None, now=now(), by=None)
    db.session.flush()
    accounts.end_grant(ended, now=now(), by=None)
    foreign = council.user("auditor").grants[0]
    return {
        "running": {"user_id": user.id, "grant_id": user.grants[0].id},
        "ended": {"user_id": user.id, "grant_id": ended.id},
        "of somebody else": {"user_id": user.id, "grant_id": foreign.id},
    }


def _sessions(council: Council) -> States:
    """Sessions of the committee member at other browsers."""
    user = council.user("committee member")
    for _ in range(2):
        sessions.begin(user, now=now())
        db.session.flush()
    first, second = sessions.open_sessions_of(user, now=now())
    sessions.end(second, now=now(), by=None)
    return {"open": {"session_id": first.id}, "ended": {"session_id": second.id}}


def _sessions_of_accounts() -> States:
    """Sessions of somebody, as those see them who administer accounts."""
    user, other = (builders.a_user(password=PASSWORD) for _ in range(2))
    db.session.flush()
    for each in (user, user, other):
        sessions.begin(each, now=now())
        db.session.flush()
    first, second = sessions.open_sessions_of(user, now=now())
    (foreign,) = sessions.open_sessions_of(other, now=now())
    sessions.end(second, now=now(), by=None)
    return {
        "open": {"user_id": user.id, "session_id": first.id},
        "ended": {"user_id": user.id, "session_id": second.id},
        "of somebody else": {"user_id": user.id, "session_id": foreign.id},
    }


def _passkeys(council: Council) -> States:
    """Passkeys of the auditor, none of which counts before everybody has signed in."""
    found: States = {}
    for number, state in enumerate(("own", "given up")):
        made = Passkey(
            user_id=council.user("auditor").id,
            name=PASSKEY_TO_COME if state == "own" else "Old telephone",
            credential_id=bytes([number]),
            public_key=b"key",
            user_handle=b"handle",
            sign_count=0,
            added_at=now(),
            ended_at=now(),
        )
        db.session.add(made)
        db.session.flush()
        found[state] = {"passkey_id": made.id}
    return found


def _delegations(council: Council) -> States:
    """What an officer has lent for days to come, which opens nothing to the receiver today."""
    found: States = {}
    for state in ("running", "not allowed yet", "ended"):
        allowed = state != "not allowed yet"
        made = Delegation(
            giver_id=council.user("officer of this committee").id,
            receiver_id=council.user("registered member of the public").id,
            role=Role.DEMOCRATIC_SERVICES_OFFICER,
            committee_id=council.home.id,
            first_day=today() + 100 * DAY,
            last_day=today() + 120 * DAY,
            reason="On leave.",
            allowed_at=now() if allowed else None,
            allowed_by_id=council.user("administrator").id if allowed else None,
            ended_at=now() if state == "ended" else None,
        )
        db.session.add(made)
        db.session.flush()
        found[state] = {"delegation_id": made.id}
    return found


def _portfolios(council: Council) -> States:
    empty = portfolios.add_portfolio(council.home.council, "Cabinet Member for Nothing", by=None)
    held = a_portfolio(council.home)
    db.session.flush()
    return {"held": {"portfolio_id": held.id}, "vacant": {"portfolio_id": empty.id}}


def _holdings(council: Council) -> States:
    found: States = {}
    for state in ("running", "ended"):
        office = a_portfolio(council.home)
        holding = portfolios.holdings_of(office)[0]
        if state == "ended":
            holding.ended_on = today() - DAY
        found[state] = {"portfolio_id": office.id, "holding_id": holding.id}
    foreign = {"portfolio_id": found["ended"]["portfolio_id"]}
    return found | {"of another office": {**found["running"], **foreign}}


def _links() -> States:
    user = builders.a_user(password=PASSWORD)
    db.session.flush()
    _, usable = passwords.offer_link(user, now=now(), lasts=DAY)
    used, spent = passwords.offer_link(user, now=now(), lasts=DAY)
    used.used_at = now()
    return {
        "usable": {"token": usable},
        "used": {"token": spent},
        "that never was": {"token": "never-was"},
    }


def _reminders(council: Council) -> States:
    user = users.user_with_id(council.user("officer of this committee").id)
    assert user
    more: dict[ObligationStatus, dict[str, object]] = {
        ObligationStatus.LEASED: {"lease_token": uuid4(), "lease_until": now() + DAY},
        ObligationStatus.DONE: {"done_at": now()},
    }
    return {
        each.value: {
            "obligation_id": an_obligation(user, council.home, status=each, **more.get(each, {})).id
        }
        for each in ObligationStatus
    }
