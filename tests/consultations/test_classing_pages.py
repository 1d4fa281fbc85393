"""Officers say who may read a response, where they read it."""

import pytest

from committee.clock import now
from committee.confidentiality import reading as rules
from committee.confidentiality.reading_rules import Ground, Standing
from committee.consultations import responding
from committee.consultations.models import Consultation, Response
from committee.consultations.rules import Consent
from committee.extensions import db
from committee.people.roles import Role
from tests.confidentiality.conftest import readings
from tests.consultations import builders
from tests.consultations.builders import CONFIDENTIAL, exempt, opened
from tests.consultations.conftest import base, said, signed_in
from tests.consultations.test_public_pages import fields
from tests.consultations.test_response_pages import openings
from tests.consultations.test_two_people import told
from tests.pages.reader import Reader


def class_of(response: Response) -> str:
    db.session.rollback()
    db.session.refresh(response)
    return response.classification.value


def test_one_button_opens_the_response_that_is_read(
    officer: Reader, open_consultation: Consultation
) -> None:
    response = said(open_consultation, "Words")
    db.session.commit()
    page = f"{base(open_consultation)}/{response.id}"
    officer.get(page)
    assert "Closed until an officer opens it." in officer.words()
    form = officer.page.select_one('main form[action$="/responses/open"]')
    assert form.button.get_text() == "Open it to the public"
    answer = officer.post(form["action"], fields(form))
    assert answer.headers["Location"] == page
    officer.follow(answer)
    assert class_of(response) == "open"
    assert "1 response opened." in officer.words()
    assert not officer.page.select('main form[action$="/responses/open"]')
    # The button of a page that was left open opens nothing more, and says so.
    officer.follow(officer.post(form["action"], fields(form)))
    assert "classed by somebody else meanwhile" in officer.words()


def test_what_its_writer_does_not_wish_has_no_button_and_is_refused_in_words(
    officer: Reader, open_consultation: Consultation
) -> None:
    response = said(open_consultation, "Words", consent=Consent.NOT_PUBLISHED)
    db.session.commit()
    page = f"{base(open_consultation)}/{response.id}"
    officer.get(page)
    assert not officer.page.select('main form[action$="/responses/open"]')
    officer.get(f"{page}/class")
    assert "It cannot be opened" in officer.words()
    sent = {**fields(officer.page), "classification": "open"}
    assert officer.post(f"{page}/class", sent).status_code == 422
    assert any("does not wish" in mistake for mistake in officer.mistakes())
    sent = {"agreed": str(response.id)}
    officer.follow(officer.post(f"{base(open_consultation)}/open", sent))
    assert "none of them was opened" in officer.words()
    assert class_of(response) == "unclassed"


def test_an_officer_closes_with_reasons_and_opens_again(
    officer: Reader, open_consultation: Consultation
) -> None:
    response = said(open_consultation, "Words")
    db.session.commit()
    page = f"{base(open_consultation)}/{response.id}"
    officer.get(f"{page}/class")
    bare = {**fields(officer.page), "classification": "exempt", "paragraphs": "1"}
    assert officer.post(f"{page}/class", bare).status_code == 422
    assert "Say what speaks for keeping it closed" in officer.mistakes()
    assert class_of(response) == "unclassed"
    tested = {
        **bare,
        "own_planning": "no",
        "factors_for": "It tells of a child.",
        "factors_against": "People follow it.",
        "outweighs": "yes",
        "conclusion": "The child comes first.",
        "review_on": ["1", "9", "2018"],
    }
    officer.follow(officer.post(f"{page}/class", tested))
    assert "Exempt. It is counted, and nothing of it is told." in officer.words()
    before = len(openings(response))
    officer.get(f"{page}/class")
    assert "The child comes first." in officer.words()
    assert len(openings(response)) == before + 1
    more = {"classification": "confidential", "confidence_basis": "court_order"}
    officer.get(f"{page}/class")
    officer.follow(officer.post(f"{page}/class", {**fields(officer.page), **more}))
    assert class_of(response) == "confidential"
    noted = len(openings(response))
    officer.get(f"{page}/class")
    officer.post(f"{page}/class", {**fields(officer.page), "classification": "open"})
    assert f"Make response {response.receipt} open to the public?" in officer.words()
    assert "Words" in officer.words()
    assert len(openings(response)) == noted + 2, "its page, and the question that shows its words"
    assert class_of(response) == "confidential"
    form, agree = officer.carried_on(), officer.button("Make it open and save")
    officer.post(f"{page}/class", form | officer.button("Back to what I typed"))
    assert class_of(response) == "confidential"
    officer.follow(officer.post(f"{page}/class", form | agree))
    assert class_of(response) == "open"


def test_the_second_of_two_who_class_one_response_is_told(
    officer: Reader, open_consultation: Consultation
) -> None:
    response = said(open_consultation, "Words")
    db.session.commit()
    address = f"{base(open_consultation)}/{response.id}/class"
    officer.get(address)
    mine = {**fields(officer.page), "classification": "open"}
    builders.classed(response, exempt(1))
    db.session.commit()
    told(officer, address, mine, theirs="Exempt")
    assert class_of(response) == "exempt"
    officer.post(address, {**fields(officer.page), "classification": "open"})
    assert class_of(response) == "exempt", "it has become a thing about which is asked first"
    agreed = officer.carried_on() | officer.button("Make it open and save")
    officer.follow(officer.post(address, agreed))
    assert class_of(response) == "open"


def test_all_that_is_shown_is_opened_at_once_and_nothing_that_came_since(
    officer: Reader, open_consultation: Consultation
) -> None:
    first = said(open_consultation, "First", name="Jo Bloggs", consent=Consent.IN_FULL)
    second = said(open_consultation, "Second", name="Kept Back", organisation="Orgonauts")
    kept = said(open_consultation, "Third", consent=Consent.NOT_PUBLISHED)
    db.session.commit()
    officer.get(base(open_consultation))
    link = officer.page.find("a", string="Open responses that are not classed")
    officer.get(link["href"])
    shown = officer.words()
    assert [word in shown for word in ("First", "Jo Bloggs", "Second", "Orgonauts")] == [True] * 4
    assert [word in shown for word in ("Third", "Kept Back")] == [False] * 2
    form = officer.page.select_one("main form")
    sent = fields(form)
    later = said(open_consultation, "Later")
    db.session.commit()
    officer.follow(officer.post(form["action"], sent))
    assert "2 responses opened." in officer.words()
    assert [class_of(each) for each in (first, second, kept, later)] == [
        "open", "open", "unclassed", "unclassed",
    ]  # fmt: skip
    assert "Later" in officer.words()
    officer.get(f"{base(open_consultation)}?unclassed=1")
    assert len(officer.page.select("main tbody tr")) == 2


def test_each_look_at_what_is_to_be_opened_is_one_reading_of_the_consultation(
    officer: Reader, open_consultation: Consultation
) -> None:
    db.session.commit()
    address = f"{base(open_consultation)}/open"
    officer.get(address)
    assert "No response waits to be opened" in officer.words()
    assert readings() == []
    first, second = said(open_consultation, "First"), said(open_consultation, "Second")
    db.session.commit()
    officer.get(address)
    assert all(word in officer.words() for word in ("First", "Second"))
    assert [each[:2] for each in readings()] == [("consultation", open_consultation.id)]
    officer.get(address)
    assert len(readings()) == 2
    assert openings(first) == openings(second) == []
    assert officer.client.head(address).status_code == 200
    assert len(readings()) == 2, "by asking for the head nothing is shown"


def test_authors_and_members_class_nothing(
    officer: Reader, visitor: Reader, open_consultation: Consultation
) -> None:
    response = said(open_consultation, "Words")
    db.session.commit()
    app, committee = officer.client.application, open_consultation.committee
    for role in (Role.REPORT_AUTHOR, Role.COMMITTEE_MEMBER):
        reader = signed_in(app, role, committee)
        reader.get(f"{base(open_consultation)}/{response.id}")
        assert "Open it to the public" not in reader.words()
        for address in ("open", f"{response.id}/class"):
            assert reader.get(f"{base(open_consultation)}/{address}").status_code == 404
        sent = {"agreed": str(response.id)}
        assert reader.post(f"{base(open_consultation)}/open", sent).status_code == 404
    assert visitor.get(f"{base(open_consultation)}/open").status_code == 303
    assert class_of(response) == "unclassed"


def test_opening_one_that_is_open_is_not_noted_and_closing_it_again_is(
    officer: Reader, open_consultation: Consultation
) -> None:
    response = opened(said(open_consultation, "Words"))
    db.session.commit()
    page = f"{base(open_consultation)}/{response.id}"
    officer.get(page)
    assert "is noted in the record" not in officer.words()
    assert openings(response) == []
    builders.classed(response, CONFIDENTIAL)
    db.session.commit()
    officer.get(page)
    assert len(openings(response)) == 1


def test_members_read_what_is_closed_by_the_rules_of_reading(
    officer: Reader, open_consultation: Consultation
) -> None:
    first = said(open_consultation, "First words", organisation="Firstly")
    second = builders.classed(
        said(open_consultation, "Second", organisation="Orgonauts", other_type="A parent"),
        exempt(2),
    )
    db.session.commit()
    app = officer.client.application
    member = signed_in(app, Role.COMMITTEE_MEMBER, open_consultation.committee)
    page = f"{base(open_consultation)}/{second.id}"
    member.get(base(open_consultation))
    assert "You have read 0 of 2" in member.words()
    # The list, which is not noted, tells no word of what is closed.
    assert "Firstly" in member.words()
    assert not any(word in member.words() for word in ("Orgonauts", "A parent"))
    assert member.get(page).status_code == 200
    assert len(openings(second)) == 1
    rule = (Role.COMMITTEE_MEMBER, Standing.ON_COMMITTEE, Ground.PARAGRAPH_TWO)
    rules.set_rules({rule: False}, seen=rules.last_set(), reason="A child.", now=now(), by=None)
    db.session.commit()
    assert member.get(page).status_code == 404
    assert member.post(f"{page}/read", {"then": "next"}).status_code == 404
    member.get(base(open_consultation))
    assert "You have read 0 of 1" in member.words()
    assert "1 response more is exempt or confidential" in member.words()
    assert len(member.page.select("main tbody tr")) == 1
    member.get(f"{base(open_consultation)}/{first.id}")
    member.follow(member.post(f"{base(open_consultation)}/{first.id}/read", {"then": "next"}))
    assert "You have read every response" in member.words()
    assert len(openings(second)) == 1
    # Those who answer for the consultation miss none, and each reading is noted.
    author = signed_in(app, Role.REPORT_AUTHOR, open_consultation.committee)
    assert author.get(page).status_code == 200
    assert len(openings(second)) == 2


@pytest.mark.parametrize("first_counts", [True, False])
def test_no_link_tells_a_member_who_wrote_what_is_shut_to_them(
    officer: Reader, open_consultation: Consultation, first_counts: bool
) -> None:
    named = said(open_consultation, "Words", name="Jo Bloggs", consent=Consent.IN_FULL)
    shut = said(open_consultation, "My illness", name="Jo Bloggs", consent=Consent.IN_FULL)
    db.session.flush()
    counted, repeat = (named, shut) if first_counts else (shut, named)
    responding.same_person(repeat, counted.receipt, by=None)
    builders.opened(named)
    builders.classed(shut, exempt(1))
    db.session.commit()
    page = f"{base(open_consultation)}/{named.id}"
    app = officer.client.application
    member = signed_in(app, Role.COMMITTEE_MEMBER)  # of the whole council: not paragraph 1
    member.get(page)
    assert "Jo Bloggs" in member.words()
    assert shut.receipt not in str(member.page)
    assert not any(word in member.words() for word in ("Same person", "Other responses of this"))
    own_member = signed_in(app, Role.COMMITTEE_MEMBER, open_consultation.committee)
    for reader in (officer, own_member):
        reader.get(page)
        assert shut.receipt in reader.words()
