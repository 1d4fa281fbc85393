"""All papers of a meeting at once, sorted to their items by the names of the files."""

from io import BytesIO
from typing import Any

import pytest

from committee.agendas.placing import place_of
from committee.agendas.rules import ItemKind
from committee.agendas.service import NumberedItem, numbered_items
from committee.extensions import db
from committee.reports import service as reports
from committee.reports.rules import PaperKind
from tests import builders
from tests.pages.conftest import Furnished
from tests.pages.reader import Reader

JSON = {"Accept": "application/json"}


def files(*names: str, **more: str) -> dict[str, Any]:
    return {"files": [(BytesIO(b"%PDF-"), name) for name in names], **more}


def papers(furnished: Furnished) -> str:
    return f"/meetings/{furnished.meeting.id}/papers"


def of_item(item_id: int) -> list[tuple[str, PaperKind]]:
    db.session.expire_all()
    return [(paper.title, paper.kind) for paper in reports.papers_of(item_id)]


@pytest.fixture
def entries(furnished: Furnished) -> list[NumberedItem]:
    """Items 1, 2, 3a and 3, of which one has a number of its own."""
    builders.an_item(furnished.meeting).own_number = "3a"
    db.session.commit()
    return numbered_items(furnished.meeting)


@pytest.mark.parametrize(
    ("name", "number", "title", "kind"),
    [
        ("02 School places.docx", "2", "School places", None),
        ("2.pdf", "2", "School places & <b>buses</b>", None),
        ("item-2-school_places.PDF", "2", "School places", None),
        ("Agenda Item 2 - Places.docx", "2", "Places", None),
        ("2a Costs.pdf", "2", "Costs", PaperKind.APPENDIX),
        ("2 Appendix B map.pdf", "2", "Appendix B map", PaperKind.APPENDIX),
        ("3A Lease.pdf", "3a", "Lease", None),
        ("1 minutes of 3 May 2026.pdf", "1", "Minutes of 3 May 2026", None),
        ("2 Marches in the town.pdf", "2", "Marches in the town", None),
        ("2 Offers.pdf", "2", "Offers", None),
    ],
)
def test_a_name_says_its_item(
    entries: list[NumberedItem], name: str, number: str, title: str, kind: PaperKind | None
) -> None:
    place = place_of(name, entries)
    assert place is not None
    assert next(entry.number for entry in entries if entry.item is place.item) == number
    assert (place.title, place.kind) == (title, kind)


@pytest.mark.parametrize(
    "name",
    [
        "School places.docx",
        "2027 budget.pdf",
        "2nd draft.pdf",
        "9 Other.pdf",
        "0.pdf",
        "",
        "2bb.pdf",
        "02-12-2026 minutes.pdf",
        "2 March 2027 minutes.pdf",
        "2_mar_2027.pdf",
        "3-Sept-minutes.docx",
        "2 year plan.pdf",
        "1 of 3.pdf",
        "3 days in May.pdf",
        "1.2.26 notes.pdf",
        "٢ places.pdf",
    ],
)
def test_a_name_that_says_no_item_has_no_place(entries: list[NumberedItem], name: str) -> None:
    assert place_of(name, entries) is None


def test_files_go_to_their_items_and_the_others_are_named(
    officer: Reader, furnished: Furnished
) -> None:
    sent = files("1 Welcome.pdf", "3a Offers.pdf", "notes.pdf")
    officer.follow(officer.post(papers(furnished), sent))
    assert "2 files have been sent and are being checked." in officer.words()
    assert "Sent: “1 Welcome.pdf” to item 1, “3a Offers.pdf” to item 3." in officer.words()
    assert "“notes.pdf” does not begin with the number of an item" in officer.words()
    assert of_item(furnished.exempt_item.id) == [("Offers", PaperKind.APPENDIX)]


def test_the_item_that_was_chosen_counts_more_than_the_name(
    officer: Reader, furnished: Furnished
) -> None:
    exempt = furnished.exempt_item.id
    answer = officer.post(papers(furnished), files("2a x.pdf", item=str(exempt)), headers=JSON)
    assert answer.status_code == 201
    assert of_item(exempt) == [("2a x", PaperKind.MAIN)]


@pytest.mark.parametrize("chosen", ["", "0", "999999", "x"])
def test_an_item_that_is_not_on_the_agenda_takes_nothing(
    officer: Reader, furnished: Furnished, chosen: str
) -> None:
    before = [of_item(furnished.open_item.id), of_item(furnished.exempt_item.id)]
    answer = officer.post(papers(furnished), files("2 x.pdf", item=chosen), headers=JSON)
    assert answer.status_code == 422
    assert "no longer on the agenda" in answer.json["error"]["message"]
    assert [of_item(furnished.open_item.id), of_item(furnished.exempt_item.id)] == before


def test_no_file_is_said_at_the_field(officer: Reader, furnished: Furnished) -> None:
    assert officer.post(papers(furnished)).status_code == 422
    assert officer.mistakes() == ["Choose at least one PDF or Word file"]
    assert officer.page.select_one("#bundle-files.app-file--error") is not None


def test_a_script_asks_where_files_would_go(officer: Reader, furnished: Furnished) -> None:
    asked = {"names": ["2 places.pdf", "notes.pdf", "3.pdf"]}
    told = officer.post(f"{papers(furnished)}/places", asked).json["places"]
    assert told == [
        {"item": furnished.open_item.id, "order": 1},
        None,
        {"item": furnished.exempt_item.id, "order": 2},
    ]


def test_the_page_tells_a_script_of_every_check(officer: Reader, furnished: Furnished) -> None:
    told = officer.get(papers(furnished), headers=JSON).json
    assert told["checking"] == 1
    assert {paper["id"] for paper in told["papers"]} == {furnished.paper.id, furnished.refused.id}


def test_others_cannot_send(visitor: Reader, author: Reader, furnished: Furnished) -> None:
    for address in (papers(furnished), f"{papers(furnished)}/places"):
        assert visitor.post(address, files("2 x.pdf")).status_code == 401
        assert author.post(address, files("2 x.pdf")).status_code == 404


def test_the_page_says_first_what_is_still_to_be_done(
    officer: Reader, furnished: Furnished
) -> None:
    builders.an_item(furnished.meeting, kind=ItemKind.MINUTES)
    db.session.commit()
    officer.get(papers(furnished))
    state = " ".join(officer.page.select_one("#state-of-papers").get_text(" ").split())
    assert "No paper yet: item 3 and item 4 ." in state
    assert "Cannot be used: a paper of item 2 ." in state
    assert "Some papers are still being checked." in state
