"""Two people correct one published record: neither takes back what the other has put right."""

from committee.decisions import publishing
from committee.decisions.rules import RecordKind
from committee.extensions import db
from tests.decisions.builders import a_published
from tests.decisions.conftest import People
from tests.pages.reader import Reader


def as_shown(reader: Reader, address: str) -> dict[str, str]:
    """What the form of a page holds before anything is typed."""
    reader.get(address)
    found = reader.page.select("main input[name], main textarea[name]")
    shown = {each["name"]: each.get("value") or each.get_text() for each in found}
    return {name: text.strip() for name, text in shown.items() if name != "csrf_token"}


def test_a_correction_of_older_words_is_refused_once_with_both_texts(people: People) -> None:
    decision = a_published(committee=people.committee, portfolio=people.portfolio)
    db.session.commit()
    address, officer = f"/decisions/{decision.number}/correct", people.officer
    form = as_shown(officer, address)
    first = {**form, "reasons": "The first correction.", "reason": "A slip."}
    second = {**form, "financial": "The second correction.", "reason": "Another."}
    assert officer.post(address, first).status_code == 303
    answer = officer.post(address, second)
    assert answer.status_code == 409
    assert "The first correction." in answer.text
    assert "The second correction." in answer.text
    last = publishing.newest(decision, RecordKind.FINAL)
    assert (last.number, last.contents["reasons"]) == (2, "The first correction.")
    renewed = {**as_shown(officer, address), "financial": "The second.", "reason": "Another."}
    assert officer.post(address, renewed).status_code == 303
    last = publishing.newest(decision, RecordKind.FINAL)
    assert last.contents["reasons"] == "The first correction."
    assert last.contents["financial"] == "The second."
