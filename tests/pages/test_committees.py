"""Committees and the people on them, by their pages."""

from datetime import timedelta

from committee.clock import today
from committee.extensions import db
from committee.people import service as people
from tests.pages.conftest import Furnished
from tests.pages.reader import Reader


def test_a_committee_is_added_with_its_contact(officer: Reader, furnished: Furnished) -> None:
    form = {"name": " Scrutiny ", "seats": "12", "contact_name": "Jo Field"}
    officer.follow(officer.post("/committees/new", form))
    assert "Scrutiny has been added" in officer.words()
    officer.get("/committees/scrutiny")
    assert "Jo Field" in officer.words()


def test_a_contact_that_is_emptied_is_gone(officer: Reader, furnished: Furnished) -> None:
    address = f"/committees/{furnished.committee.slug}"
    officer.get(address)
    assert "Priya Nair" in officer.words()
    officer.get(f"{address}/edit")
    form = {"name": furnished.committee.name, "version": officer.value("version")}
    form |= {"contact_name": "", "contact_telephone": "", "contact_email": ""}
    officer.follow(officer.post(f"{address}/edit", form))
    assert "has been changed" in officer.words()
    assert "Priya Nair" not in officer.words()


def test_mistakes_are_said_and_what_was_typed_is_kept(
    officer: Reader, furnished: Furnished
) -> None:
    form = {"name": "", "seats": "many", "contact_email": "nobody", "description": "Kept text"}
    assert officer.post("/committees/new", form).status_code == 422
    assert officer.mistakes() == [
        "Enter the name of the committee",
        "Enter a whole number, like 18",
        "Enter the name of the contact officer",
        "Enter an e-mail address like name@example.org",
    ]
    assert officer.value("description").strip() == "Kept text"
    assert officer.value("seats") == "many"


def test_a_name_that_is_taken_is_refused(officer: Reader, furnished: Furnished) -> None:
    officer.post("/committees/new", {"name": furnished.committee.name.upper()})
    assert "There is already a committee called" in officer.mistakes()[0]


def test_a_change_made_meanwhile_is_shown_and_nothing_is_lost(
    officer: Reader, furnished: Furnished
) -> None:
    address = f"/committees/{furnished.committee.slug}/edit"
    officer.get(address)
    seen = officer.value("version")
    furnished.committee.description = "What the other officer saved"
    db.session.commit()
    mine = {"name": "My new name", "description": "What I typed", "version": seen}
    assert officer.post(address, mine).status_code == 422
    assert "What the other officer saved" in officer.words()
    assert officer.value("description").strip() == "What I typed"
    again = {**mine, "version": officer.value("version")}
    officer.follow(officer.post(address, again))
    assert "My new name" in officer.words()


def test_a_member_is_added_and_the_membership_ended(officer: Reader, furnished: Furnished) -> None:
    members = f"/committees/{furnished.committee.slug}/members"
    day = today() - timedelta(days=100)
    form = {
        "name": "Dr D Rees",
        "group": "Labour",
        "role": "vice_chairman",
        "started_on": [str(day.day), str(day.month), str(day.year)],
    }
    officer.follow(officer.post(members, form))
    assert "Dr D Rees is now on" in officer.words()
    seat = people.memberships(furnished.committee)[-1]
    assert (seat.councillor.group.name, seat.role, seat.started_on) == (
        "Labour",
        "vice_chairman",
        day,
    )
    end = f"{members}/{seat.id}/end"
    before = day - timedelta(days=1)
    officer.post(end, {"ended_on": [str(before.day), str(before.month), str(before.year)]})
    assert "The last day cannot be before the first" in officer.mistakes()[0]
    officer.follow(officer.post(end, {"ended_on": [str(day.day), str(day.month), str(day.year)]}))
    assert [m.councillor.name for m in people.memberships(furnished.committee)] == [
        "Mrs A Carter",
        "Mr B <Osei>",
    ]


def test_nobody_sits_twice_and_the_second_try_leaves_nothing(
    officer: Reader, furnished: Furnished
) -> None:
    members = f"/committees/{furnished.committee.slug}/members"
    form = {"name": "Mr B <Osei>", "group": "Green", "role": "member"}
    form |= {"started_on": ["1", "May", "2026"]}
    officer.post(members, form)
    assert officer.mistakes() == [f"Mr B <Osei> is already a member of {furnished.committee.name}."]


def test_a_membership_of_another_committee_is_not_found(
    officer: Reader, furnished: Furnished
) -> None:
    officer.post("/committees/new", {"name": "Other"})
    address = f"/committees/other/members/{furnished.membership_id}/end"
    assert officer.get(address).status_code == 404
