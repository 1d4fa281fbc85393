"""The agenda builder, by its page."""

import pytest

from committee.agendas import service as agendas
from committee.agendas.models import AgendaItem
from committee.extensions import db
from tests.pages.conftest import Furnished
from tests.pages.reader import Reader

ITEM = {"kind": "report"}


def titles(furnished: Furnished) -> list[str]:
    db.session.expire_all()
    return [item.title for item in agendas.items(furnished.meeting)]


def builder(furnished: Furnished) -> str:
    return f"/meetings/{furnished.meeting.id}/agenda"


def test_an_item_is_added_at_the_end_of_its_part(officer: Reader, furnished: Furnished) -> None:
    officer.follow(officer.post(f"{builder(furnished)}/items", {**ITEM, "title": " Budget "}))
    assert "“Budget” has been added. It is closed until you open it." in officer.words()
    assert titles(furnished)[-2:] == ["Budget", "A secret contract"]


@pytest.mark.parametrize("kind", ["", "nonsense"])
def test_a_kind_that_is_not_offered_is_refused(
    officer: Reader, furnished: Furnished, kind: str
) -> None:
    form = {**ITEM, "kind": kind, "title": "Budget"}
    assert officer.post(f"{builder(furnished)}/items", form).status_code == 422
    assert "Budget" not in titles(furnished)


def test_an_item_is_changed(officer: Reader, furnished: Furnished) -> None:
    address = f"/agenda-items/{furnished.open_item.id}/edit"
    officer.get(address)
    form = {**ITEM, "title": "New title", "own_number": "7a", "version": officer.value("version")}
    officer.follow(officer.post(address, form))
    assert "New title" in titles(furnished)
    assert "7a" in officer.words()


def test_an_item_changed_meanwhile_loses_neither_text(
    officer: Reader, furnished: Furnished
) -> None:
    address = f"/agenda-items/{furnished.open_item.id}/edit"
    officer.get(address)
    seen = officer.value("version")
    furnished.open_item.title = "What they saved"
    db.session.commit()
    officer.post(address, {**ITEM, "title": "What I typed", "version": seen})
    assert "What they saved" in officer.words()
    assert officer.value("title") == "What I typed"
    assert "What they saved" in titles(furnished)


@pytest.mark.parametrize(("to", "place"), [("up", 0), ("down", 1), ("first", 0), ("last", 1)])
def test_an_item_moves_by_its_buttons(
    officer: Reader, furnished: Furnished, to: str, place: int
) -> None:
    address = f"/agenda-items/{furnished.open_item.id}/move"
    officer.follow(officer.post(address, {"to": to}))
    told = "has been moved" if place == 0 else "is already at the end of its part"
    assert told in officer.words()
    assert titles(furnished).index(furnished.open_item.title) == place


def test_what_an_item_at_an_end_cannot_do_says_so(officer: Reader, furnished: Furnished) -> None:
    officer.get(builder(furnished))
    lists = officer.page.select(".app-agenda")
    assert len(lists) == 2
    for each in lists:
        shut = [b["id"] for b in each.select("button[aria-disabled=true]")]
        items = [item["data-agenda-item"] for item in each.select("[data-agenda-item]")]
        ends = {f"move-{to}-{items[0]}" for to in ("up", "first")}
        ends |= {f"move-{to}-{items[-1]}" for to in ("down", "last")}
        assert set(shut) == ends


def test_a_wrong_direction_changes_nothing(officer: Reader, furnished: Furnished) -> None:
    before = titles(furnished)
    officer.follow(officer.post(f"/agenda-items/{furnished.open_item.id}/move", {"to": "out"}))
    assert "An item can move up, down, first or last." in officer.words()
    assert titles(furnished) == before


def test_a_new_order_is_saved_for_scripts_and_forms(officer: Reader, furnished: Furnished) -> None:
    ids = [item.id for item in agendas.items(furnished.meeting)]
    order = [ids[1], ids[0], ids[2]]
    json = {"Accept": "application/json"}
    answer = officer.post(f"{builder(furnished)}/order", {"items": order}, headers=json)
    assert answer.json == {
        "items": [{"id": each, "number": str(n)} for n, each in enumerate(order, start=1)]
    }
    officer.follow(officer.post(f"{builder(furnished)}/order", {"items": ids}))
    assert [item.id for item in agendas.items(furnished.meeting)] == ids


@pytest.mark.parametrize(
    "sent",
    [[], ["x"], ["1", "1"], ["9" * 20], pytest.param(["9" * 5000], id="5000 digits")],
)
def test_an_order_of_other_items_changes_nothing(
    officer: Reader, furnished: Furnished, sent: list[str]
) -> None:
    before = titles(furnished)
    json = {"Accept": "application/json"}
    answer = officer.post(f"{builder(furnished)}/order", {"items": sent}, headers=json)
    assert answer.status_code == 409
    assert "Someone else has added or removed an item" in answer.json["error"]["message"]
    assert titles(furnished) == before


@pytest.mark.parametrize("body", [{"items": None}, {"items": 3}, {"items": {"1": 2}}, {}, [], 5])
def test_an_order_that_is_no_list_is_refused(
    officer: Reader, furnished: Furnished, body: object
) -> None:
    before = titles(furnished)
    headers = {"Accept": "application/json", "X-CSRFToken": officer.token()}
    answer = officer.client.post(f"{builder(furnished)}/order", json=body, headers=headers)
    assert answer.status_code == 400
    assert titles(furnished) == before


def test_an_item_is_taken_off_after_asking_and_put_back(
    officer: Reader, furnished: Furnished
) -> None:
    title = furnished.open_item.title
    address = f"/agenda-items/{furnished.open_item.id}/remove"
    officer.get(address)
    assert "Nothing is deleted" in officer.words()
    assert title in titles(furnished)
    officer.follow(officer.post(address))
    assert title not in titles(furnished)
    undo = officer.page.select_one(".govuk-notification-banner form")["action"]
    officer.follow(officer.post(undo))
    assert title in titles(furnished)


def test_what_was_taken_off_is_not_found_elsewhere(officer: Reader, furnished: Furnished) -> None:
    item = furnished.open_item.id
    officer.post(f"/agenda-items/{item}/remove")
    for address in (f"/agenda-items/{item}/edit", f"/agenda-items/{item}/papers/progress"):
        assert officer.get(address).status_code == 404
    assert officer.post(f"/agenda-items/{item}/move", {"to": "up"}).status_code == 404
    assert db.session.get(AgendaItem, item).removed_at is not None
