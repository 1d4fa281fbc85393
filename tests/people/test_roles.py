"""The table of roles: who only reads sends no form, and each role can be seen on the pages."""

import pytest

from committee.people.rights import DELEGABLE, READ_BY, SEAT_ROLES
from committee.people.roles import (
    COUNCIL_WIDE_ONLY,
    ROLE_LABELS,
    ROLE_MEANINGS,
    ROLE_PERMISSIONS,
    Permission,
    Role,
)
from tests.conventions.test_views import ROUTES

# Everybody who has an account keeps their own password, sessions and second factor there.
OWN_ACCOUNT = "/account"
READS = {"GET", "HEAD", "OPTIONS"}


def routes() -> list[tuple[str, set[str], str]]:
    """Each address, its methods, and the permission that it needs."""
    lines = (line.split("  ") for line in ROUTES.read_text(encoding="utf-8").splitlines())
    return [(path, set(methods.split(",")), permission) for path, methods, permission, _ in lines]


def written_by(role: Role) -> list[str]:
    """The addresses other than one's own account's to which the role may send something."""
    return [
        f"{path} {permission}"
        for path, methods, permission in routes()
        if methods - READS
        and permission in ROLE_PERMISSIONS[role]
        and not path.startswith(OWN_ACCOUNT)
    ]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.REGISTERED_PUBLIC])
def test_those_who_only_read_hold_nothing_that_sends(role: Role) -> None:
    assert written_by(role) == []


def test_others_hold_what_sends() -> None:
    assert len(written_by(Role.DEMOCRATIC_SERVICES_OFFICER)) > 50


def test_an_auditor_reads_every_page_that_a_role_opens() -> None:
    held = ROLE_PERMISSIONS[Role.AUDITOR]
    shut = [
        f"{path} {permission}"
        for path, methods, permission in routes()
        if permission != "public"
        and methods & READS
        and permission not in held
        and not held & READ_BY.get(Permission(permission), frozenset())
    ]
    # The page on which a decision maker signs shows nothing that other pages do not.
    assert shut == ["/decisions/<decision_number:number>/sign decision:take"]


def test_reading_stands_in_for_reading_alone() -> None:
    reads = {by for standing_in in READ_BY.values() for by in standing_in}
    assert all(by.value.endswith(":read") for by in reads)


def test_every_role_has_words_and_permissions() -> None:
    assert set(ROLE_LABELS) == set(ROLE_MEANINGS) == set(ROLE_PERMISSIONS) == set(Role)
    assert all(ROLE_PERMISSIONS[role] for role in Role)
    assert all(meaning.endswith(".") for meaning in ROLE_MEANINGS.values())


def test_every_permission_is_held_by_somebody() -> None:
    assert frozenset().union(*ROLE_PERMISSIONS.values()) == set(Permission)


def test_what_the_law_gives_to_a_person_cannot_be_lent() -> None:
    lent = frozenset().union(*(ROLE_PERMISSIONS[role] for role in DELEGABLE))
    assert Permission.DECISION_TAKE not in lent
    assert Permission.USER_EDIT not in lent
    assert not DELEGABLE & (SEAT_ROLES | {Role.DECISION_MAKER, Role.ADMINISTRATOR, Role.AUDITOR})


def test_roles_of_the_whole_council_are_held_by_no_seat() -> None:
    assert not COUNCIL_WIDE_ONLY & SEAT_ROLES


@pytest.mark.parametrize("role", [Role.CLEARANCE_OFFICER, Role.REGISTERED_PUBLIC])
def test_what_is_said_of_those_who_read_only_is_what_they_may(role: Role) -> None:
    held = ROLE_PERMISSIONS[role]
    reading = {Permission.HOME_READ, Permission.REPORT_READ, Permission.DECISION_READ}
    own = {Permission.ACTION_UPDATE, Permission.DELEGATION_EDIT}
    assert held <= reading | own, "its meaning in ROLE_MEANINGS says that it changes nothing"
    assert "clear them" not in ROLE_MEANINGS[role]
