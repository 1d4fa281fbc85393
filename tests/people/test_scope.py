"""A role on one committee opens nothing of another's, by any address that the product has."""

from collections.abc import Iterator

import pytest
from flask import Flask, g, url_for
from werkzeug.routing import Rule

from committee.extensions import db
from committee.people.models import Committee, User
from committee.people.roles import COUNCIL_WIDE_ONLY, ROLE_PERMISSIONS, Permission, Role
from tests import builders
from tests.conventions.test_views import ROUTES
from tests.pages.reader import Reader
from tests.people.belongings import NAMED, Belongings, arguments, belongings
from tests.people.belongings_of_the_thread import of_the_thread

PASSWORD = "a long enough password"

# Arguments that name nothing of any committee's: accounts, one's own sessions, and what is the
# whole council's.
COUNCIL_WIDE = {
    "user_id",
    "grant_id",
    "session_id",
    "portfolio_id",
    "holding_id",
    "delegation_id",
    "filename",
}
COUNCIL_WIDE |= {"councillor_id", "term_id", "file_id"}

# Opened by who holds the decision's portfolio, on whatever committee: tests/decisions tries that.
FOR_THE_HOLDER = {"signatures.sign"}

# Each address that needs a permission and names something: path, permission and view.
SHUT = [
    (path, permission, endpoint)
    for path, _, permission, endpoint in (
        line.split("  ") for line in ROUTES.read_text(encoding="utf-8").splitlines()
    )
    if permission != "public" and "<" in path
]


@pytest.fixture
def unguarded(app: Flask) -> Iterator[Flask]:
    """The application, taking forms without tokens: other tests mind those."""
    before = app.config.get("WTF_CSRF_ENABLED", True)
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    app.config["WTF_CSRF_ENABLED"] = before


def rule_of(app: Flask, path: str, endpoint: str) -> Rule:
    return next(rule for rule in app.url_map.iter_rules(endpoint) if rule.rule == path)


def holder(permission: Permission, committee: Committee) -> User:
    """Somebody with an account who holds the permission on this committee and nowhere else."""
    role = next(
        role
        for role in reversed(Role)
        if permission in ROLE_PERMISSIONS[role] and role not in COUNCIL_WIDE_ONLY
    )
    user = builders.a_user(role, password=PASSWORD)
    db.session.refresh(user)
    user.grants[0].committee_id = committee.id
    db.session.commit()
    return user


def named_by(rule: Rule, own: Belongings) -> dict[str, object]:
    """What to put into the address of this rule for it to name this committee's things."""
    found = of_the_thread(rule, own)
    unknown = rule.arguments - set(found) - set(NAMED)
    assert not unknown, f"Say in tests/people/belongings.py what {unknown} names."
    return {
        **arguments(rule, own, but=set(found)),
        **{n: found[n] for n in found if n in rule.arguments},
    }


def statuses(app: Flask, user: User, rule: Rule, own: Belongings) -> list[int]:
    """How each method of an address that names these things answers this person."""
    named = named_by(rule, own)
    with app.test_request_context():
        address = url_for(rule.endpoint, **named)
    client = app.test_client()
    form = {"email": user.email, "password": PASSWORD}
    assert client.post("/sign-in", data=form).status_code == 303
    found = []
    for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
        for name in ("_login_user", "council", "csrf_token"):
            g.pop(name, None)  # a test's context outlives its requests; a real one does not
        answer = client.open(address, method=method)
        answer.close()
        found.append(answer.status_code)
    return found


@pytest.mark.parametrize(("path", "permission", "endpoint"), SHUT)
def test_a_role_on_one_committee_opens_its_own_things_and_no_others(
    unguarded: Flask, path: str, permission: str, endpoint: str
) -> None:
    rule = rule_of(unguarded, path, endpoint)
    if rule.arguments <= COUNCIL_WIDE or endpoint in FOR_THE_HOLDER:
        return
    own, others = belongings(), belongings()
    user = holder(Permission(permission), own.committee)
    # An author opens only their own reports; even those, only where they may still write.
    own.report.author_id = others.report.author_id = user.id
    db.session.commit()
    assert set(statuses(unguarded, user, rule, others)) == {404}
    assert 404 not in statuses(unguarded, user, rule, own)


def test_there_are_addresses_to_try() -> None:
    assert len(SHUT) > 30


def test_a_committee_is_added_only_by_those_who_hold_their_role_council_wide(app: Flask) -> None:
    user = holder(Permission.COMMITTEE_EDIT, builders.a_committee())
    reader = Reader(app)
    reader.sign_in(user.email, PASSWORD)
    assert reader.get("/committees/new").status_code == 404
    user.grants[0].committee_id = None
    db.session.commit()
    assert reader.get("/committees/new").status_code == 200


def test_a_member_reads_the_restricted_pack_of_their_own_committee_alone(app: Flask) -> None:
    own, others = belongings(), belongings()
    user = builders.a_user(Role.COMMITTEE_MEMBER, password=PASSWORD)
    db.session.refresh(user)
    user.grants[0].committee_id = own.committee.id
    db.session.commit()
    reader = Reader(app)
    reader.sign_in(user.email, PASSWORD)
    published = "/meetings/{}/agenda/1/restricted-pack"
    assert reader.get(published.format(own.meeting.id)).data.startswith(b"%PDF")
    assert reader.get(published.format(others.meeting.id)).status_code == 404
    assert reader.get(f"/meetings/{own.meeting.id}/packs").status_code == 404
