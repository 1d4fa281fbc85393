"""A person's page names every role that they hold, and where each comes from."""

from committee.extensions import db
from committee.people.roles import Role
from tests import builders
from tests.pages.reader import Reader


def test_roles_that_come_with_seats_stand_first_and_nobody_who_has_them_has_none(
    reader: Reader,
) -> None:
    seat = builders.a_member(builders.a_committee("Harbours"), "Mrs A Carter")
    user = builders.a_user(Role.REPORT_AUTHOR)
    db.session.refresh(user)
    user.councillor_id = seat.councillor_id
    db.session.commit()
    page = f"/people/{user.id}"
    reader.get(page)
    first, second = reader.page.select("table tbody tr")[:2]
    words = " ".join(first.get_text(" ").split())
    assert words.startswith("Committee member Harbours")
    assert "Comes with the seat on Harbours" in words
    assert "Report author" in second.get_text()
    reader.post(f"{page}/roles/{user.grants[0].id}/end")
    reader.get("/people", query_string={"words": user.email})
    cell = reader.page.select_one("td[data-heading=Roles]")
    assert cell.get_text() == "Committee member, Harbours"
    reader.get(page)
    assert "Committee member Harbours" in reader.words()
    assert "No role was given by hand." in reader.words()
    assert "No role yet" not in reader.words()
    user.councillor_id = None
    db.session.commit()
    reader.get(page)
    assert "No role yet. Without one this person reads what anybody may read." in reader.words()
