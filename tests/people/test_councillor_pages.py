"""The pages of councillors, of seats and substitutes, and of files of people."""

from datetime import date, timedelta
from io import BytesIO

import pytest

from committee.clock import today
from committee.extensions import db
from committee.people import councillors, seats, sheets
from committee.people import service as people
from committee.people.councillors import Contact
from committee.people.models import Committee, Council, Councillor
from committee.people.rules import ContactKind, EndReason
from committee.people.tenure_models import GroupSeats, NamedSubstitute, PeopleFile, TermOfOffice
from tests import builders
from tests.pages.reader import Reader
from tests.people.csv_files import counted, file_of

HEADING = "name,group,division,from,to"


@pytest.fixture
def council(reader: Reader) -> Council:
    found = people.the_council()
    assert found
    return found


@pytest.fixture
def planning(council: Council) -> Committee:
    found = people.committee_with_slug("planning")
    assert found
    return found


@pytest.fixture
def anyone(pages: object) -> Reader:
    return Reader(pages)  # type: ignore[arg-type]


def day(on: date, field: str = "started_on") -> dict[str, object]:
    return {field: [str(on.day), str(on.month), str(on.year)]}


def a_councillor(council: Council, name: str = "Mrs A Carter", group: str = "Blue") -> Councillor:
    found = councillors.add_councillor(council, name)
    councillors.begin_term(
        found,
        division="Marrowby West",
        group=people.group_named(council, group),
        started_on=date(2025, 5, 5),
        today=today(),
    )
    db.session.commit()
    return found


def test_a_councillor_is_added_changes_group_and_leaves(
    reader: Reader, anyone: Reader, council: Council
) -> None:
    anyone.get("/councillors")
    assert "There are no councillors yet" in anyone.words()
    typed = {"name": "Ms D <Osei>", "division": "Marrowby & Dunmarsh", "new_group": "Blue"}
    reader.follow(reader.post("/councillors/new", {**typed, **day(date(2025, 5, 5))}))
    assert "Councillor for Marrowby & Dunmarsh, Blue" in reader.words()
    who = db.session.query(Councillor).filter_by(name="Ms D <Osei>").one()
    changed: dict[str, object] = {"group": "", "new_group": "Green"}
    changed["division"] = "Marrowby & Dunmarsh"
    changed |= day(today())
    reader.get(f"/councillors/{who.id}/terms")
    assert "ends on the day before" in reader.words()
    reader.follow(reader.post(f"/councillors/{who.id}/terms", changed))
    terms = councillors.terms_of(who)
    assert [(t.group and t.group.name, t.ended_because) for t in terms] == [
        ("Green", None),
        ("Blue", EndReason.CHANGED_GROUP),
    ]
    anyone.get("/councillors?words=green")
    assert "1 councillor" in anyone.words()
    address = f"/councillors/{who.id}/terms/{terms[0].id}/end"
    reader.get(address)
    assert reader.post(address, {"because": "resigned"}).status_code == 422
    assert "Enter the last day" in reader.mistakes()
    reader.follow(reader.post(address, {"because": "resigned", **day(today(), "ended_on")}))
    db.session.query(TermOfOffice).filter_by(id=terms[1].id).update(
        {"started_on": date(2021, 5, 6), "ended_on": date(2025, 5, 4)}
    )
    db.session.query(TermOfOffice).filter_by(id=terms[0].id).update(
        {"started_on": date(2025, 5, 5), "ended_on": today() - timedelta(days=1)}
    )
    db.session.commit()
    anyone.get("/councillors")
    assert "Ms D <Osei>" not in anyone.words()
    anyone.get("/councillors?former=1")
    assert "Ms D <Osei> Green Marrowby & Dunmarsh" in anyone.words()
    anyone.get(f"/councillors/{who.id}")
    assert "Former councillor for Marrowby & Dunmarsh, Green" in anyone.words()


def test_only_what_a_councillor_publishes_is_public(
    reader: Reader, anyone: Reader, council: Council
) -> None:
    who = a_councillor(council)
    typed = {
        "version": str(who.version),
        "name": "Mrs A Carter",
        "email": "carter@example.org",
        "email_published": "y",
        "telephone": "+44 1632 960001",
        "address": "1 High Street\r\nMarrowby",
    }
    reader.follow(reader.post(f"/councillors/{who.id}/edit", typed))
    assert "+44 1632 960001 Not published" in reader.words()
    anyone.get(f"/councillors/{who.id}")
    assert "carter@example.org" in anyone.words()
    assert "960001" not in anyone.words()
    assert "High Street" not in str(anyone.page)
    answer = reader.post(f"/councillors/{who.id}/edit", {**typed, "telephone": "01632 960002"})
    assert answer.status_code == 422
    assert "Somebody else saved a change" in reader.words()


def test_a_term_entered_in_error_never_was(reader: Reader, council: Council) -> None:
    who = a_councillor(council)
    (term,) = councillors.terms_of(who)
    address = f"/councillors/{who.id}/terms/{term.id}/end"
    reader.get(address)
    reader.follow(reader.post(address, {"because": "entered_in_error"}))
    assert councillors.terms_of(who) == []
    assert reader.get(address).status_code == 404
    assert db.session.query(TermOfOffice).one().ended_because is EndReason.ENTERED_IN_ERROR


def test_seats_of_groups_show_vacancies_to_anyone(
    reader: Reader, anyone: Reader, council: Council, planning: Committee
) -> None:
    builders.a_member(planning, "Mrs A Carter", group="Blue")
    blue = people.group_named(council, "Blue")
    db.session.commit()
    reader.get("/committees/planning/seats")
    assert "No seats have been given" in reader.words()
    entered = {"group": blue.id, "seats": "3", **day(date(2025, 5, 20))}
    reader.follow(reader.post("/committees/planning/seats", entered))
    assert "Blue 3 1 2 vacant seats" in reader.words()
    anyone.get("/committees/planning")
    assert "2 vacant seats : 2 of Blue." in anyone.words()
    again = {**entered, "seats": "1", **day(date(2026, 5, 20))}
    reader.follow(reader.post("/committees/planning/seats", again))
    anyone.get("/committees/planning")
    assert "vacant" not in anyone.words()
    first, second = db.session.query(GroupSeats).order_by(GroupSeats.id)
    assert (first.ended_on, first.ended_because) == (date(2026, 5, 19), EndReason.REPLACED)
    address = f"/committees/planning/seats/{second.id}/end"
    reader.get(address)
    reader.follow(reader.post(address, {"because": "entered_in_error"}))
    assert [row.id for row in seats.allotments(planning)] == [first.id]


def test_a_substitute_is_named_and_taken_off(
    reader: Reader, anyone: Reader, council: Council, planning: Committee
) -> None:
    who = a_councillor(council, "Mr P Okafor")
    reader.get("/committees/planning/substitutes")
    entered = {"councillor": who.id, **day(date(2025, 5, 20))}
    assert reader.post("/committees/planning/substitutes", day(today())).status_code == 422
    reader.follow(reader.post("/committees/planning/substitutes", entered))
    anyone.get("/committees/planning")
    assert "Mr P Okafor (Blue)" in anyone.words()
    reader.post("/committees/planning/substitutes", entered)
    assert "already a place for Mr P Okafor" in " ".join(reader.mistakes())
    row = db.session.query(NamedSubstitute).one()
    address = f"/committees/planning/substitutes/{row.id}/end"
    reader.get(address)
    gone = {"because": "ended", **day(today() - timedelta(days=1), "ended_on")}
    reader.follow(reader.post(address, gone))
    anyone.get("/committees/planning")
    assert "Okafor" not in anyone.words()


def test_a_committee_says_what_it_is(reader: Reader, anyone: Reader, planning: Committee) -> None:
    sub = builders.a_committee("Planning Sub-Committee", seats=18)
    db.session.commit()
    address = f"/committees/{sub.slug}"
    reader.get(f"{address}/edit")
    typed = {
        "version": str(sub.version),
        "name": sub.name,
        "seats": "18",
        "kind": "sub_committee",
        "parent": planning.id,
        "access_regime": "executive",
        "quorum_share": "a_third",
        "quorum_minimum": "4",
    }
    reader.follow(reader.post(f"{address}/edit", typed))
    anyone.get(address)
    assert "Belongs to Planning" in anyone.words()
    assert "6 members must be present: a third of the seats" in anyone.words()
    assert "Local Authorities (Executive Arrangements)" in anyone.words()
    anyone.get("/committees/planning")
    assert "at least 3, as for every committee of the council" in anyone.words()
    assert "Parts of it Planning Sub-Committee" in anyone.words()
    reader.get("/committees/planning/edit")
    circle = {**typed, "name": "Planning", "version": str(planning.version), "parent": sub.id}
    reader.post("/committees/planning/edit", circle)
    assert "cannot belong to itself" in " ".join(reader.mistakes())


def test_a_file_is_checked_seen_and_brought_in(reader: Reader, council: Council) -> None:
    content = file_of(HEADING, "Mrs A Carter,Blue,Marrowby West,2025-05-05,")
    reader.get("/people/files")
    reader.follow(reader.post("/people/files", {"file": (BytesIO(content), "new.csv")}))
    assert "No problems in 1 row. Nothing has been written yet." in reader.words()
    assert "New groups: Blue." in reader.words()
    assert "New people: Mrs A Carter" in reader.words()
    assert db.session.query(Councillor).count() == 0
    seen = reader.value("seen")
    file = db.session.query(PeopleFile).one()
    address = f"/people/files/{file.id}/bring-in"
    assert reader.post(address, {"seen": "0" * 64}).status_code == 422
    assert "no longer as they were shown" in reader.words()
    assert db.session.query(Councillor).count() == 0
    reader.follow(reader.post(address, {"seen": seen}))
    assert "1 new people" in reader.words()
    assert [each.name for each in db.session.query(Councillor)] == ["Mrs A Carter"]
    db.session.refresh(file)
    assert file.content is None
    assert file.brought_in_at
    assert reader.get(f"/people/files/{file.id}").status_code == 404


def test_a_bad_file_shows_its_problems_and_cannot_be_brought_in(
    reader: Reader, council: Council
) -> None:
    lines = [f"Mr {n},Blue,Marrowby,31/02/2026," for n in range(300)]
    before = counted()
    sent = {"file": (BytesIO(file_of(HEADING, *lines)), "bad.csv")}
    reader.follow(reader.post("/people/files", sent))
    assert "300 problems in 300 rows. Nothing was written." in reader.words()
    assert len(reader.page.select("tbody tr")) == 200
    assert not reader.page.select("input[name=seen]")
    file = db.session.query(PeopleFile).one()
    listed = reader.client.get(f"/people/files/{file.id}/problems.csv")
    assert listed.headers["Content-Type"].startswith("text/csv")
    assert len(listed.get_data(as_text=True).splitlines()) == 301
    answer = reader.post(f"/people/files/{file.id}/bring-in", {"seen": "x"})
    assert answer.status_code == 422
    assert "has problems" in reader.words()
    assert counted() == before
    reader.get(f"/people/files/{file.id}")
    reader.follow(reader.post(f"/people/files/{file.id}/throw-away"))
    assert "thrown away" in reader.words()
    db.session.refresh(file)
    assert file.content is None


def test_what_is_no_csv_is_told(reader: Reader, council: Council) -> None:
    reader.get("/people/files")
    assert reader.post("/people/files", {}).status_code == 422
    assert "Choose a CSV file" in reader.mistakes()
    utf16 = "name,group,division,from,to\r\n".encode("utf-16")
    reader.follow(reader.post("/people/files", {"file": (BytesIO(utf16), "utf16.csv")}))
    assert "UTF-16" in reader.words()


def test_what_is_taken_out_can_be_brought_in(
    reader: Reader, council: Council, planning: Committee
) -> None:
    who = a_councillor(council)
    councillors.set_contacts(who, {ContactKind.TELEPHONE: Contact("+44 1632 960001", False)})
    builders.a_member(planning, "Mr B Osei", group="Green")
    db.session.commit()
    for name in ("councillors", "memberships"):
        taken = reader.client.get(f"/people/files/{name}.csv").data
        assert taken.startswith(b"\xef\xbb\xbf")
        reader.get("/people/files")
        reader.follow(reader.post("/people/files", {"file": (BytesIO(taken), f"{name}.csv")}))
        assert "says nothing that is not recorded already" in reader.words()
    assert b"'+44" in reader.client.get("/people/files/councillors.csv").data
    assert sheets.MOST_ROWS == 100_000
