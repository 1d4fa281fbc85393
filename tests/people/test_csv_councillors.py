"""Files of councillors: every problem by line, nothing written; and what a sound one brings in."""

from datetime import date

import pytest
from flask import Flask

from committee.extensions import db
from committee.people import councillors, people_export, people_files, service
from committee.people.councillors import Contact
from committee.people.models import Council, Councillor
from committee.people.people_files import Report
from committee.people.rules import ContactKind, EndReason
from committee.people.tenure_models import ContactDetail, TermOfOffice
from committee.states import NotAllowed
from tests.people.csv_files import counted, file_of, lines_told

TODAY = date(2026, 6, 1)
HEADING = "number,name,group,division,from,to,ended_because,email,email_published"


@pytest.fixture
def council(app: Flask) -> Council:
    return service.add_council("Example County Council")


def tried(council: Council, *lines: str, heading: str = HEADING) -> Report:
    """A dry run, which writes nothing whatever the file says."""
    before = counted()
    report = people_files.dry_run(file_of(heading, *lines), council)
    db.session.flush()
    assert counted() == before
    return report


def brought_in(council: Council, *lines: str, heading: str = HEADING) -> Report:
    content = file_of(heading, *lines)
    seen = people_files.dry_run(content, council).seen
    return people_files.bring_in(content, council, seen=seen, today=TODAY, by=None)


def test_a_file_brings_in_people_groups_terms_and_contacts(council: Council) -> None:
    report = brought_in(
        council,
        ",Mrs A Carter,Blue,Marrowby West,2021-05-06,2025-05-04,,a@example.org,yes",
        ",Mrs A Carter,Green,Marrowby West,05/05/2025,,,a@example.org,yes",
        ",Canon B Rowe,Church Representatives,,,,,,",
    )
    assert report.changes == {
        "new people": 2,
        "new groups": 3,
        "new terms of office": 2,
        "changed contact details": 1,
    }
    carter = db.session.query(Councillor).filter_by(name="Mrs A Carter").one()
    terms = councillors.terms_of(carter)
    assert [(t.group.name if t.group else None, t.started_on, t.ended_on) for t in terms] == [
        ("Green", date(2025, 5, 5), None),
        ("Blue", date(2021, 5, 6), date(2025, 5, 4)),
    ]
    assert carter.group
    assert carter.group.name == "Green"
    (contact,) = councillors.contacts_of(carter, published=True)
    assert (contact.kind, contact.value) == (ContactKind.EMAIL, "a@example.org")
    rowe = db.session.query(Councillor).filter_by(name="Canon B Rowe").one()
    assert rowe.group
    assert rowe.group.name == "Church Representatives"


def test_every_problem_is_told_with_its_line(council: Council) -> None:
    report = tried(
        council,
        ",,Blue,Marrowby,2021-05-06,,,,",
        ",Mr B,Blue,Marrowby,2021-02-30,soon,,,",
        ",Mr C,Blue,,2021-05-06,2020-05-06,,,",
        "77,Mr D,Blue,Marrowby,2021-05-06,,,,",
        ",Mr E,Blue,Marrowby,2021-05-06,,resigned,,",
        ",Mr F,Blue,Marrowby,2021-05-06,2022-05-06,vanished,not an address,perhaps",
        ",Mr G,Blue,Marrowby,0021-05-06,,,,yes",
    )
    assert lines_told(report) == [
        (2, "name"),
        (3, "from"),
        (3, "to"),
        (4, "division"),
        (4, "to"),
        (5, "number"),
        (6, "to"),
        (7, "ended_because"),
        (7, "email_published"),
        (7, "email"),
        (8, "from"),
        (8, "email_published"),
    ]


def test_a_member_is_not_in_two_groups_at_once(council: Council) -> None:
    report = tried(
        council,
        ",Mr B,Blue,Marrowby,2021-05-06,,,,",
        ",Mr C,Blue,Marrowby,2021-05-06,,,,",
        ",Mr B,Green,Marrowby,2024-01-01,,,,",
    )
    assert lines_told(report) == [(4, "from")]
    says = report.problems.kept[0].says
    assert "two groups at once: Green here, and Blue" in says
    assert "line 2" in says


def test_terms_that_overlap_are_told_on_the_later_line(council: Council) -> None:
    report = tried(
        council,
        ",Mr B,Blue,Marrowby,2021-05-06,2025-05-04,,,",
        ",Mr B,Blue,Corvesby,2025-05-04,,,,",
        ",Mr B,Blue,Corvesby,2025-05-04,,,,",
    )
    assert lines_told(report) == [(3, "from"), (4, "from")]


def test_a_term_that_is_kept_is_in_the_way_until_the_file_ends_it(council: Council) -> None:
    brought_in(council, ",Mr B,Blue,Marrowby,2021-05-06,,,,")
    report = tried(council, ",Mr B,Green,Marrowby,2026-01-01,,,,")
    assert "already recorded" in report.problems.kept[0].says
    brought_in(
        council,
        ",Mr B,blue,Marrowby,2021-05-06,2025-12-31,changed_group,,",
        ",Mr B,Green,Marrowby,2026-01-01,,,,",
    )
    ended, begun = db.session.query(TermOfOffice).order_by(TermOfOffice.id)
    assert (ended.ended_on, ended.ended_because) == (date(2025, 12, 31), EndReason.CHANGED_GROUP)
    assert begun.group
    assert begun.group.name == "Green"


def test_a_kept_term_is_never_edited(council: Council) -> None:
    brought_in(council, ",Mr B,Blue,Marrowby,2021-05-06,2022-05-06,died,,")
    report = tried(
        council,
        ",Mr B,Green,Corvesby,2021-05-06,2023-05-06,died,,",
    )
    assert lines_told(report) == [(2, "group"), (2, "division"), (2, "to")]
    assert all("entered in error" in each.says for each in report.problems.kept)


def test_people_of_one_name_are_told_apart_by_number(council: Council) -> None:
    groups = [service.group_named(council, name) for name in ("Blue", "Green")]
    first, second = (service.councillor_named(council, "Mr J Smith", each) for each in groups)
    report = tried(council, ",Mr J Smith,Green,Marrowby,2021-05-06,,,,")
    assert f"one of {first.id}, {second.id}" in report.problems.kept[0].says
    report = tried(council, f"{second.id},Mr J Smith,Green,Marrowby,2021-05-06,,,,")
    assert report.changes == {"new terms of office": 1}
    report = tried(council, f"{second.id},Mr J Smythe,Green,Marrowby,2021-05-06,,,,")
    assert lines_told(report) == [(2, "name")]


def test_two_rows_must_not_give_two_addresses(council: Council) -> None:
    report = tried(
        council,
        ",Mr B,Blue,Marrowby,2021-05-06,2025-05-04,,b@example.org,no",
        ",Mr B,Blue,Marrowby,2025-05-05,,,c@example.org,no",
    )
    assert lines_told(report) == [(3, "email")]


def test_what_was_exported_changes_nothing(council: Council) -> None:
    brought_in(
        council,
        ",'=Mr B,'-Blue,'+Marrowby,2021-05-06,2025-05-04,changed_group,b@example.org,no",
        ",'=Mr B,Green,'+Marrowby,2025-05-05,,,b@example.org,no",
        ",Ms C,,Corvesby,2025-05-05,2026-01-01,died,,",
        ",Canon D,Church,,,,,d@example.org,yes",
    )
    db.session.add(
        ContactDetail(
            councillor_id=db.session.query(Councillor).filter_by(name="Ms C").one().id,
            kind=ContactKind.ADDRESS,
            value="1 High Street,\n“The Old House”\nMarrowby",
            published=True,
        )
    )
    db.session.flush()
    content = "".join(people_export.councillors(council)).encode()
    report = people_files.dry_run(content, council)
    assert report.problems.kept == []
    assert (report.rows, report.changes) == (4, {})
    with pytest.raises(NotAllowed, match="nothing that is not recorded"):
        people_files.bring_in(content, council, seen=report.seen, today=TODAY, by=None)


def test_an_exported_file_brings_the_same_into_another_council(council: Council) -> None:
    brought_in(
        council,
        ",Mr B,Blue,Marrowby,2021-05-06,2025-05-04,changed_group,b@example.org,no",
        ",Mr B,Green,Marrowby,2025-05-05,,,b@example.org,no",
    )
    content = "".join(people_export.councillors(council)).encode()
    other = service.add_council("Another Council")
    without_numbers = content.replace(b"\n1,", b"\n,")
    seen = people_files.dry_run(without_numbers, other).seen
    people_files.bring_in(without_numbers, other, seen=seen, today=TODAY, by=None)
    again = "".join(people_export.councillors(other)).encode()
    assert again.replace(b"\n2,", b"\n,") == without_numbers


def test_only_what_was_seen_is_brought_in(council: Council) -> None:
    content = file_of(HEADING, ",Mr B,Blue,Marrowby,2021-05-06,,,,")
    seen = people_files.dry_run(content, council).seen
    councillors.add_councillor(council, "Mr B")
    with pytest.raises(NotAllowed, match="no longer as they were shown"):
        people_files.bring_in(content, council, seen=seen, today=TODAY, by=None)
    with pytest.raises(NotAllowed, match="no longer as they were shown"):
        people_files.bring_in(content + b"\n,\n", council, seen=seen, today=TODAY, by=None)


def test_as_many_changes_are_not_the_same_changes(council: Council) -> None:
    """Two people change places between the dry run and the second step: the counts are alike."""
    known = councillors.add_councillor(council, "Ms C")
    content = file_of(
        HEADING, ",Mr B,Blue,Marrowby,2021-05-06,,,,", ",Ms C,Blue,Northfield,2021-05-06,,,,"
    )
    before = people_files.dry_run(content, council)
    known.name = "Mr B"
    after = people_files.dry_run(content, council)
    assert after.changes == before.changes
    with pytest.raises(NotAllowed, match="no longer as they were shown"):
        people_files.bring_in(content, council, seen=before.seen, today=TODAY, by=None)


def test_what_would_be_written_over_must_be_as_it_was(council: Council) -> None:
    who = councillors.add_councillor(council, "Mr B")
    kept = {ContactKind.TELEPHONE: Contact("01234 1", False)}
    councillors.set_contacts(who, kept)
    content = b"name,group,division,from,to,telephone\nMr B,,,,,01234 9\n"
    before = people_files.dry_run(content, council)
    councillors.set_contacts(who, {ContactKind.TELEPHONE: Contact("01234 2", False)})
    db.session.flush()
    after = people_files.dry_run(content, council)
    assert after.changes == before.changes == {"changed contact details": 1}
    with pytest.raises(NotAllowed, match="no longer as they were shown"):
        people_files.bring_in(content, council, seen=before.seen, today=TODAY, by=None)
    people_files.bring_in(content, council, seen=after.seen, today=TODAY, by=None)


def test_a_file_with_a_problem_is_not_brought_in(council: Council) -> None:
    content = file_of(HEADING, ",Mr B,Blue,Marrowby,2021-05-06,,,,", ",Mr C,Blue,,x,,,,")
    report = people_files.dry_run(content, council)
    before = counted()
    with pytest.raises(NotAllowed, match="has problems"):
        people_files.bring_in(content, council, seen=report.seen, today=TODAY, by=None)
    db.session.flush()
    assert counted() == before


def test_a_hundred_thousand_bad_rows_make_one_report(council: Council) -> None:
    lines = [f",Mr B,{'Blue' if n % 2 else 'Green'},Marrowby,2021-05-06,,,," for n in range(50_000)]
    lines += [f",Mr {n},Blue,Marrowby,31/02/2021,,,," for n in range(50_000)]
    report = tried(council, *lines)
    assert report.rows == 100_000
    assert report.problems.total == 99_999
    assert [each.line for each in report.problems.by_line()] == list(range(3, 100_002))


def test_a_bad_heading_is_the_only_thing_told(council: Council) -> None:
    report = tried(council, ",x", heading="name,name")
    assert [each.line for each in report.problems.kept] == [1] * 5
