"""Nothing of an agenda is open before an officer says so, in sight of what becomes public."""

from typing import Any

import pytest

from committee.agendas import classing
from committee.agendas import service as agendas
from committee.agendas.models import AgendaItem
from committee.agendas.rules import ItemKind, Part
from committee.agendas.service import ItemFields
from committee.audit import service as audit
from committee.clock import today
from committee.confidentiality import service as confidentiality
from committee.confidentiality.rules import Classification
from committee.extensions import db
from tests import builders
from tests.pages.conftest import Furnished
from tests.pages.reader import Reader

OPEN = {"classification": "open"}
EXEMPT = {
    "classification": "exempt",
    "paragraphs": ["3", "5"],
    "must_be_registered": "no",
    "own_planning": "no",
    "factors_for": "The bids are open.",
    "factors_against": "It is public money.",
    "outweighs": "yes",
    "conclusion": "The price matters more until contracts are exchanged.",
    "review_on": ["1", str(today().month), str(today().year + 1)],
}


def class_page(furnished: Furnished) -> str:
    return f"/agenda-items/{furnished.exempt_item.id}/class"


def send(officer: Reader, address: str, form: dict[str, object]) -> int:
    officer.get(address)
    return officer.post(address, {**form, "version": officer.value("version")}).status_code


def asked(officer: Reader, furnished: Furnished) -> dict[str, Any]:
    """Send the form, and answer the fields that the question carries on."""
    assert send(officer, class_page(furnished), OPEN) == 200
    assert "Make item 3 open to the public?" in officer.words()
    return officer.carried_on()


def part(furnished: Furnished) -> Part:
    db.session.expire_all()
    return furnished.exempt_item.part


def a_new_item(furnished: Furnished, title: str = "Budget") -> AgendaItem:
    item = agendas.add_item(furnished.meeting, ItemFields(ItemKind.PROCEDURAL, title))
    db.session.commit()
    return item


def test_nothing_is_saved_before_it_was_said_what_becomes_public(
    officer: Reader, furnished: Furnished
) -> None:
    builders.a_paper(furnished.exempt_item, name="Offers received.pdf")
    db.session.commit()
    asked(officer, furnished)
    told = officer.words()
    for words in ("A secret contract", "“A contract”", "Offers received.pdf", "1 paper"):
        assert words in told
    assert part(furnished) is Part.EXEMPT


def test_after_the_answer_the_item_is_open_and_the_audit_says_so(
    officer: Reader, furnished: Furnished
) -> None:
    form = asked(officer, furnished)
    form |= officer.button("Make it open and save")
    officer.follow(officer.post(class_page(furnished), form))
    assert "“A secret contract” is now open." in officer.words()
    assert part(furnished) is Part.OPEN
    newest = audit.history(furnished.exempt_item)[0]
    assert newest.act == "classification:opened"
    assert newest.actor_id is not None


def test_the_way_back_shows_the_form_and_saves_nothing(
    officer: Reader, furnished: Furnished
) -> None:
    form = asked(officer, furnished) | officer.button("Back to what I typed")
    assert officer.post(class_page(furnished), form).status_code == 200
    assert part(furnished) is Part.EXEMPT


def test_an_answer_does_not_cover_a_paper_that_came_after_the_question(
    officer: Reader, furnished: Furnished
) -> None:
    form = asked(officer, furnished) | officer.button("Make it open and save")
    builders.a_paper(furnished.exempt_item, name="Bids.pdf")
    db.session.commit()
    assert officer.post(class_page(furnished), form).status_code == 200
    assert "Bids.pdf" in officer.words()
    assert part(furnished) is Part.EXEMPT


def test_somebody_elses_change_is_told_before_the_question(
    officer: Reader, furnished: Furnished
) -> None:
    form = asked(officer, furnished) | officer.button("Make it open and save")
    furnished.exempt_item.title = "What they saved"
    db.session.commit()
    officer.post(class_page(furnished), form)
    assert "What they saved" in officer.words()
    assert part(furnished) is Part.EXEMPT


def test_an_exempt_paper_of_an_open_item_asks_first_too(
    officer: Reader, furnished: Furnished
) -> None:
    item = a_new_item(furnished)
    paper = builders.a_paper(item, name="Offers received.pdf").paper
    confidentiality.classify(paper, builders.EXEMPT, now=builders.A_MOMENT, today=builders.A_DAY)
    db.session.commit()
    address = f"/papers/{paper.id}/class"
    assert send(officer, address, OPEN) == 200
    assert "Make this paper open to the public?" in officer.words()
    assert "Offers received.pdf" in officer.words()
    db.session.expire_all()
    assert paper.is_closed
    form = officer.carried_on() | officer.button("Make it open and save")
    officer.follow(officer.post(address, form))
    db.session.expire_all()
    assert paper.is_open


def test_an_item_is_closed_with_its_grounds_and_the_test_is_kept(
    officer: Reader, furnished: Furnished
) -> None:
    item = a_new_item(furnished)
    address = f"/agenda-items/{item.id}/class"
    assert send(officer, address, {**EXEMPT, "public_title": "A matter"}) == 303
    db.session.expire_all()
    assert item.classification is Classification.EXEMPT
    assert (item.exempt_paragraphs, item.title_for_public) == ([3, 5], "A matter")
    (kept,) = confidentiality.determinations_of(item)
    assert (kept.factors_for, kept.decided_by is not None) == ("The bids are open.", True)
    officer.get(address)
    assert "The price matters more until contracts are exchanged." in officer.words()


@pytest.mark.parametrize(
    ("left_out", "told"),
    [
        ("paragraphs", "Choose at least one paragraph, or make it open"),
        ("must_be_registered", "Say whether the information must be registered"),
        ("own_planning", "Say whether it is about the council’s own development"),
        ("factors_for", "Say what speaks for keeping it closed"),
        ("factors_against", "Say what speaks for disclosing it"),
        ("outweighs", "Say which public interest is the greater"),
        ("conclusion", "Say how you came to your conclusion"),
        ("review_on", "Enter a day within the next year on which to weigh this again"),
    ],
)
def test_what_is_missing_is_told_beside_its_field_and_nothing_is_closed(
    officer: Reader, furnished: Furnished, left_out: str, told: str
) -> None:
    item = a_new_item(furnished)
    form = {name: value for name, value in EXEMPT.items() if name != left_out}
    assert send(officer, f"/agenda-items/{item.id}/class", form) == 422
    assert officer.mistakes() == [told]
    if left_out != "conclusion":
        assert officer.value("conclusion").strip() == EXEMPT["conclusion"]
    db.session.expire_all()
    assert item.is_unclassed


@pytest.mark.parametrize("name", ["must_be_registered", "own_planning"])
def test_what_the_law_does_not_let_be_exempt_is_refused(
    officer: Reader, furnished: Furnished, name: str
) -> None:
    item = a_new_item(furnished)
    assert send(officer, f"/agenda-items/{item.id}/class", {**EXEMPT, name: "yes"}) == 422
    assert "not exempt" in officer.mistakes()[0]


def test_confidential_matter_needs_its_basis_and_no_test(
    officer: Reader, furnished: Furnished
) -> None:
    item = a_new_item(furnished)
    address = f"/agenda-items/{item.id}/class"
    assert send(officer, address, {"classification": "confidential"}) == 422
    assert officer.mistakes() == ["Say what forbids the disclosure"]
    form = {"classification": "confidential", "confidence_basis": "court_order"}
    assert send(officer, address, form) == 303
    db.session.expire_all()
    assert item.classification is Classification.CONFIDENTIAL


def test_a_new_item_is_opened_by_one_button(officer: Reader, furnished: Furnished) -> None:
    item = a_new_item(furnished)
    officer.get(f"/meetings/{furnished.meeting.id}/agenda")
    address = f"/agenda-items/{item.id}/open"
    form = officer.page.select_one(f'form[action="{address}"]')
    agreed = form.select_one("input[name=agreed]")["value"]
    officer.follow(officer.post(address, {"agreed": agreed}))
    assert "“Budget” is open" in officer.words()
    db.session.expire_all()
    assert item.is_open


def test_an_item_that_somebody_changed_meanwhile_is_not_opened(
    officer: Reader, furnished: Furnished
) -> None:
    item = a_new_item(furnished)
    seen = classing.agreement(item)
    item.title = "The salaries of named officers"
    db.session.commit()
    officer.follow(officer.post(f"/agenda-items/{item.id}/open", {"agreed": seen}))
    assert "changed or classed by somebody else" in officer.words()
    db.session.expire_all()
    assert item.is_unclassed


def test_all_that_is_listed_is_opened_and_nothing_that_came_since(
    officer: Reader, furnished: Furnished
) -> None:
    first = a_new_item(furnished)
    address = f"/meetings/{furnished.meeting.id}/agenda/open"
    officer.get(address)
    agreed = officer.value("agreed")
    second = a_new_item(furnished, "Salaries")
    officer.follow(officer.post(address, {"agreed": agreed}))
    assert "Something has been added or classed" in officer.words()
    db.session.expire_all()
    assert first.is_unclassed
    officer.follow(officer.post(address, {"agreed": officer.value("agreed")}))
    assert "opened" in officer.words()
    db.session.expire_all()
    assert (first.is_open, second.is_open) == (True, True)


def test_publishing_waits_until_everything_is_classed(
    officer: Reader, furnished: Furnished
) -> None:
    a_new_item(furnished)
    officer.get(f"/meetings/{furnished.meeting.id}/agenda/publish")
    assert "Nobody has said yet whether item 3 is open." in officer.words()
    links = [each["href"] for each in officer.page.select("main a")]
    assert f"/meetings/{furnished.meeting.id}/agenda/open" in links
