"""An exempt item is made open only by somebody who was told what becomes public."""

from committee.agendas.rules import Part
from committee.audit import service as audit
from committee.extensions import db
from tests import builders
from tests.pages.conftest import Furnished
from tests.pages.reader import Reader

TYPED = {"kind": "report", "part": "open", "title": "The contract", "description": "Its <terms>"}


def edit(furnished: Furnished) -> str:
    return f"/agenda-items/{furnished.exempt_item.id}/edit"


def asked(officer: Reader, furnished: Furnished) -> dict[str, str]:
    """Send the form, and answer the fields that the question carries on."""
    officer.get(edit(furnished))
    form = {**TYPED, "version": officer.value("version")}
    assert officer.post(edit(furnished), form).status_code == 200
    assert "Make item 3 open to the public?" in officer.words()
    hidden = officer.page.select("main form input[type=hidden]")
    return {str(each["name"]): str(each["value"]) for each in hidden}


def button(officer: Reader, words: str) -> dict[str, str]:
    """What the button with these words sends."""
    found = officer.page.find("button", string=words)
    return {found["name"]: found["value"]}


def part(furnished: Furnished) -> Part:
    db.session.expire_all()
    return furnished.exempt_item.part


def test_nothing_is_saved_before_it_was_said_what_becomes_public(
    officer: Reader, furnished: Furnished
) -> None:
    builders.a_paper(furnished.exempt_item, name="Offers received.pdf")
    db.session.commit()
    asked(officer, furnished)
    told = officer.words()
    for words in ("The contract", "Its <terms>", "“A contract”", "Offers received.pdf", "1 paper"):
        assert words in told
    assert part(furnished) is Part.EXEMPT
    assert furnished.exempt_item.title == "A secret contract"


def test_after_the_answer_all_that_was_typed_is_saved_and_the_audit_says_so(
    officer: Reader, furnished: Furnished
) -> None:
    form = asked(officer, furnished)
    form |= button(officer, "Make it open and save")
    officer.follow(officer.post(edit(furnished), form))
    assert "“The contract” has been changed." in officer.words()
    assert part(furnished) is Part.OPEN
    assert furnished.exempt_item.description == "Its <terms>"
    newest = audit.history(furnished.exempt_item)[0]
    assert newest.act == "agenda_item:opened"
    assert newest.actor_id is not None


def test_the_way_back_shows_the_form_with_what_was_typed(
    officer: Reader, furnished: Furnished
) -> None:
    form = asked(officer, furnished) | button(officer, "Back to what I typed")
    assert officer.post(edit(furnished), form).status_code == 200
    assert officer.value("title") == "The contract"
    assert part(furnished) is Part.EXEMPT


def test_an_answer_does_not_cover_a_paper_that_came_after_the_question(
    officer: Reader, furnished: Furnished
) -> None:
    form = asked(officer, furnished) | button(officer, "Make it open and save")
    builders.a_paper(furnished.exempt_item, name="Bids.pdf")
    db.session.commit()
    assert officer.post(edit(furnished), form).status_code == 200
    assert "Bids.pdf" in officer.words()
    assert part(furnished) is Part.EXEMPT


def test_somebody_elses_change_is_told_before_the_question(
    officer: Reader, furnished: Furnished
) -> None:
    form = asked(officer, furnished) | button(officer, "Make it open and save")
    furnished.exempt_item.title = "What they saved"
    db.session.commit()
    officer.post(edit(furnished), form)
    assert "What they saved" in officer.words()
    assert part(furnished) is Part.EXEMPT


def test_nobody_is_asked_about_an_item_that_stays_as_it_is(
    officer: Reader, furnished: Furnished
) -> None:
    officer.get(edit(furnished))
    form = {**TYPED, "version": officer.value("version"), "part": "exempt"}
    officer.follow(officer.post(edit(furnished), {**form, "exempt_paragraphs": "3"}))
    assert "“The contract” has been changed." in officer.words()
    assert audit.history(furnished.exempt_item)[0].act == "agenda_item:changed"
