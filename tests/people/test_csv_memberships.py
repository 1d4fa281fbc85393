"""Files of memberships: every problem by line, nothing written; and what a sound one brings in."""

from datetime import date

import pytest
from flask import Flask

from committee.extensions import db
from committee.people import councillors, people_export, people_files, service
from committee.people.models import Committee, Council, Membership
from committee.people.people_files import FileKind, Report
from committee.people.roles import MemberRole
from committee.people.rules import EndReason, VotingRight
from tests import builders
from tests.people.csv_files import counted, file_of, lines_told

TODAY = date(2026, 6, 1)
HEADING = "committee,number,name,role,voting,from,to,ended_because"


@pytest.fixture
def committee(app: Flask) -> Committee:
    """A committee, and two people whom the council knows."""
    found = builders.a_committee("Planning")
    for name in ("Mrs A Carter", "Canon B Rowe"):
        service.councillor_named(found.council, name, None)
    return found


def tried(council: Council, *lines: str) -> Report:
    before = counted()
    report = people_files.dry_run(file_of(HEADING, *lines), council)
    db.session.flush()
    assert counted() == before
    assert report.kind is FileKind.MEMBERSHIPS
    return report


def brought_in(council: Council, *lines: str) -> Report:
    content = file_of(HEADING, *lines)
    seen = people_files.dry_run(content, council).seen
    return people_files.bring_in(content, council, seen=seen, today=TODAY, by=None)


def test_a_file_seats_people(committee: Committee) -> None:
    report = brought_in(
        committee.council,
        "planning,,Mrs A Carter,Vice-Chairman,,2025-05-20,,",
        "PLANNING,,canon b rowe,co_opted,education_only,2025-05-20,2026-05-12,resigned",
    )
    assert report.changes == {"new memberships": 2}
    carter, rowe = db.session.query(Membership).order_by(Membership.id)
    assert (carter.role, carter.voting) == (MemberRole.VICE_CHAIRMAN, VotingRight.ALL)
    assert (rowe.voting, rowe.ended_because) == (VotingRight.EDUCATION_ONLY, EndReason.RESIGNED)


def test_co_opted_members_have_no_vote_unless_it_is_given(committee: Committee) -> None:
    brought_in(committee.council, "planning,,Canon B Rowe,co_opted,,2025-05-20,,")
    assert db.session.query(Membership).one().voting is VotingRight.NONE


def test_every_problem_is_told_with_its_line(committee: Committee) -> None:
    report = tried(
        committee.council,
        "Parks,,Mrs A Carter,member,,2025-05-20,,",
        ",,Mrs A Carter,member,,2025-05-20,,",
        "Planning,,Mr Nobody,member,,2025-05-20,,",
        "Planning,,Mrs A Carter,king,some,20 May,,",
        "Planning,,Mrs A Carter,member,,2025-05-20,2025-05-19,entered_in_error",
        "Planning,,Mrs A Carter,=member,,2025-05-20,,",
    )
    assert lines_told(report) == [
        (2, "committee"),
        (3, "committee"),
        (4, "name"),
        (5, "role"),
        (5, "voting"),
        (5, "from"),
        (6, "to"),
        (7, "role"),
    ]
    assert "no committee called “Parks”" in report.problems.kept[0].says


def test_memberships_that_overlap_are_told(committee: Committee) -> None:
    builders.a_committee("Housing")
    report = tried(
        committee.council,
        "Planning,,Mrs A Carter,member,,2025-05-20,2026-05-12,",
        "Housing,,Mrs A Carter,member,,2025-05-20,,",
        "Planning,,Mrs A Carter,chairman,,2026-05-12,,",
    )
    assert lines_told(report) == [(4, "from")]
    assert "(line 2)" in report.problems.kept[0].says


def test_a_kept_membership_is_ended_but_never_edited(committee: Committee) -> None:
    brought_in(committee.council, "Planning,,Mrs A Carter,member,,2025-05-20,,")
    report = tried(committee.council, "Planning,,Mrs A Carter,chairman,,2025-05-20,,")
    assert lines_told(report) == [(2, "role")]
    assert "entered in error" in report.problems.kept[0].says
    report = tried(committee.council, "Planning,,Mrs A Carter,chairman,,2026-05-20,,")
    assert "already recorded" in report.problems.kept[0].says
    brought_in(
        committee.council,
        "Planning,,Mrs A Carter,member,,2025-05-20,2026-05-19,replaced",
        "Planning,,Mrs A Carter,chairman,,2026-05-20,,",
    )
    first, second = db.session.query(Membership).order_by(Membership.id)
    assert (first.ended_on, first.ended_because) == (date(2026, 5, 19), EndReason.REPLACED)
    assert second.role is MemberRole.CHAIRMAN


def test_what_was_entered_in_error_is_not_in_the_way(committee: Committee) -> None:
    council = committee.council
    brought_in(council, "Planning,,Mrs A Carter,member,,2025-05-20,,")
    service.end_membership(
        db.session.query(Membership).one(), on=TODAY, because=EndReason.ENTERED_IN_ERROR
    )
    brought_in(council, "Planning,,Mrs A Carter,chairman,,2025-05-20,,")
    assert [m.role for m in service.memberships(committee)] == [MemberRole.CHAIRMAN]


def test_what_was_exported_changes_nothing(committee: Committee) -> None:
    council = committee.council
    for member in (builders.a_member(committee), builders.a_member(committee, "'@home")):
        service.end_membership(member, on=TODAY)
    brought_in(council, "planning,,Canon B Rowe,co_opted,education_only,2025-05-20,2026-05-12,died")
    content = "".join(people_export.memberships(council)).encode()
    report = people_files.dry_run(content, council)
    assert report.problems.kept == []
    assert (report.rows, report.changes) == (3, {})


def test_a_hundred_thousand_rows_make_one_report(committee: Committee) -> None:
    report = tried(
        committee.council,
        *["Planning,,Mrs A Carter,member,,2025-05-20,,"] * 50_000,
        *["Parks,,Mr Nobody,king,,soon,,"] * 50_000,
    )
    assert (report.rows, report.problems.total) == (100_000, 49_999 + 4 * 50_000)
    assert report.problems.by_line()[-1].line <= 100_001


def test_committees_that_change_names_are_not_the_ones_that_were_seen(committee: Committee) -> None:
    other = builders.a_committee("Highways")
    councillors.add_councillor(committee.council, "Mr Newcomer")
    content = f"committee,name,role,from,to\n{committee.name},Mr Newcomer,,2026-05-06,\n".encode()
    before = people_files.dry_run(content, committee.council)
    name, committee.name = committee.name, "Something else"
    db.session.flush()
    other.name = name
    after = people_files.dry_run(content, committee.council)
    assert after.changes == before.changes == {"new memberships": 1}
    assert after.seen != before.seen
