"""Reading responses and finding them, by those who may and nobody else."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import event, insert, select

from committee.audit.models import AuditEntry
from committee.confidentiality import reading as closed_reading
from committee.confidentiality.rules import Classification
from committee.consultations import reading
from committee.consultations.models import Consultation, Response
from committee.consultations.reading_models import Reading
from committee.consultations.rules import (
    Channel,
    Consent,
    ConsultationStatus,
    Position,
    publicity,
)
from committee.extensions import db
from committee.people.roles import Role
from tests import builders as people
from tests.consultations import builders
from tests.consultations.conftest import base, said, signed_in
from tests.pages.reader import Reader


def test_one_reads_response_by_response_and_sees_how_far_one_has_come(
    officer: Reader, open_consultation: Consultation
) -> None:
    for words in ("First words", "Second words", "Third words"):
        said(open_consultation, words)
    db.session.commit()
    officer.get(base(open_consultation))
    assert "You have read 0 of 3" in officer.words()
    link = officer.page.select_one(".app-actions a.govuk-button")
    officer.get(link["href"])
    for number, words in enumerate(("First words", "Second words", "Third words")):
        assert words in officer.words()
        assert f"You have read {number} of 3" in officer.words()
        form = officer.page.select_one('main form[action$="/read"]')
        officer.follow(officer.post(form["action"], {"then": "next"}))
    assert "You have read 3 of 3" in officer.words()
    assert "You have read every response" in officer.words()
    readings = db.session.scalars(select(Reading).order_by(Reading.id)).all()
    assert len(readings) == 3
    considered = db.session.scalars(select(Response.considered_by_id).order_by(Response.id)).all()
    assert None not in considered


def test_looking_alone_notes_nothing(officer: Reader, open_consultation: Consultation) -> None:
    response = said(open_consultation, "Words")
    db.session.commit()
    officer.get(f"{base(open_consultation)}/{response.id}")
    assert db.session.scalars(select(Reading)).first() is None


def openings(response: Response) -> list[int | None]:
    """Who was noted as having opened the page of this response, in order."""
    found = (
        select(AuditEntry.actor_id)
        .filter_by(act="exempt_matter:read", subject_kind="response", subject_id=response.id)
        .order_by(AuditEntry.id)
    )
    db.session.rollback()
    return list(db.session.scalars(found))


def test_each_opening_of_a_response_is_noted_once_and_of_the_list_never(
    officer: Reader, open_consultation: Consultation
) -> None:
    response, other = said(open_consultation, "Words"), said(open_consultation, "More")
    db.session.commit()
    member = signed_in(
        officer.client.application, Role.COMMITTEE_MEMBER, open_consultation.committee
    )
    page = f"{base(open_consultation)}/{response.id}"
    for reader in (officer, member, officer):
        assert reader.get(base(open_consultation)).status_code == 200
        assert reader.get(page).status_code == 200
        assert reader.client.head(page).status_code == 200
    noted = openings(response)
    assert len(noted) == 3
    assert None not in noted
    assert noted[0] == noted[2] != noted[1]
    assert openings(other) == []


def test_what_is_refused_is_not_noted_as_opened(
    officer: Reader, visitor: Reader, open_consultation: Consultation
) -> None:
    response, elsewhere = said(open_consultation, "Words"), people.a_committee()
    db.session.commit()
    page = f"{base(open_consultation)}/{response.id}"
    stranger = signed_in(officer.client.application, Role.COMMITTEE_MEMBER, elsewhere)
    assert stranger.get(page).status_code == 404
    assert visitor.get(page).status_code == 303
    assert openings(response) == []


def test_a_response_whose_opening_cannot_be_noted_is_not_shown(
    officer: Reader, open_consultation: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    response = said(open_consultation, "Heartfelt words")
    db.session.commit()

    def broken(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(closed_reading.audit, "record_apart", broken)
    monkeypatch.setitem(officer.client.application.config, "PROPAGATE_EXCEPTIONS", False)
    answer = officer.get(f"{base(open_consultation)}/{response.id}")
    assert answer.status_code == 500
    assert "Heartfelt" not in answer.text


def test_a_mistake_on_the_page_of_a_response_shows_it_once_more(
    officer: Reader, open_consultation: Consultation
) -> None:
    response = said(open_consultation, "Words")
    db.session.commit()
    page = f"{base(open_consultation)}/{response.id}"
    assert officer.post(f"{page}/same-person", {"receipt": "nothing like it"}).status_code == 422
    assert len(openings(response)) == 1
    officer.get(page)
    assert len(openings(response)) == 2


@pytest.mark.parametrize(
    ("classification", "consent", "status", "words"),
    [
        ("unclassed", Consent.NOT_PUBLISHED, "published", "Not for publication, as the respondent"),
        ("exempt", Consent.NOT_PUBLISHED, "reported", "Not for publication, as the respondent"),
        ("unclassed", Consent.WITHOUT_NAME, "published", "Closed until an officer opens it."),
        ("unclassed", Consent.WITHOUT_NAME, "closed", "words are published without their name."),
        ("unclassed", Consent.IN_FULL, "closed", "words are published with their name."),
        ("open", Consent.IN_FULL, "published", "with their name once the consultation has closed"),
        ("open", Consent.WITHOUT_NAME, "closed", "Anyone may read it without their name, on"),
        ("open", Consent.IN_FULL, "reported", "Anyone may read it with their name, on"),
        ("open", Consent.IN_FULL, "withdrawn", "not shown: the consultation was withdrawn"),
        ("exempt", Consent.IN_FULL, "reported", "Exempt. It is counted, and nothing of it is told"),
        ("confidential", Consent.IN_FULL, "reported", "Confidential. It is counted"),
    ],
)
def test_how_far_a_response_is_open_depends_on_its_class_consent_and_results(
    classification: str, consent: Consent, status: str, words: str
) -> None:
    told = publicity(Classification(classification), consent, ConsultationStatus(status))
    assert words in told


def test_the_page_of_a_response_says_that_it_is_not_for_publication(
    officer: Reader, open_consultation: Consultation
) -> None:
    response = said(open_consultation, "Words", consent=Consent.NOT_PUBLISHED)
    db.session.commit()
    officer.get(f"{base(open_consultation)}/{response.id}")
    assert "Not for publication, as the respondent asked" in officer.words()


def test_reading_twice_is_noted_once(officer: Reader, open_consultation: Consultation) -> None:
    response = said(open_consultation, "Words")
    db.session.commit()
    for _ in range(2):
        officer.post(f"{base(open_consultation)}/{response.id}/read", {"then": "next"})
    assert len(db.session.scalars(select(Reading).order_by(Reading.id)).all()) == 1


@pytest.mark.parametrize(
    ("consent", "member_sees"), [(Consent.IN_FULL, True), (Consent.WITHOUT_NAME, False),
                                 (Consent.NOT_PUBLISHED, False)],
)  # fmt: skip
def test_members_read_every_word_and_the_names_that_consent_allows(
    officer: Reader, open_consultation: Consultation, consent: Consent, member_sees: bool
) -> None:
    response = said(open_consultation, "Heartfelt words", name="Jo Bloggs", consent=consent)
    db.session.commit()
    app = officer.client.application
    member = signed_in(app, Role.COMMITTEE_MEMBER, open_consultation.committee)
    for reader, sees in ((officer, True), (member, member_sees)):
        for page in (base(open_consultation), f"{base(open_consultation)}/{response.id}"):
            reader.get(page)
            assert ("Jo Bloggs" in reader.words()) == sees
        assert "Heartfelt words" in reader.words()


def test_only_those_of_the_committee_and_the_decision_maker_read(
    officer: Reader, visitor: Reader, open_consultation: Consultation
) -> None:
    response = said(open_consultation, "Words")
    elsewhere = people.a_committee()
    db.session.commit()
    app = officer.client.application
    pages = [base(open_consultation), f"{base(open_consultation)}/{response.id}"]
    for role, committee, status in (
        (Role.COMMITTEE_MEMBER, open_consultation.committee, 200),
        (Role.DECISION_MAKER, None, 200),
        (Role.REPORT_AUTHOR, open_consultation.committee, 200),
        (Role.COMMITTEE_MEMBER, elsewhere, 404),
        (Role.REPORT_AUTHOR, elsewhere, 404),
    ):
        reader = signed_in(app, role, committee)
        assert [reader.get(page).status_code for page in pages] == [status, status]
        live = reader.get(f"/consultations/{open_consultation.slug}/summary")
        assert live.status_code == status
    assert [visitor.get(page).status_code for page in pages] == [303, 303]


def test_a_response_is_found_only_under_its_own_consultation(
    officer: Reader, open_consultation: Consultation
) -> None:
    response = said(open_consultation, "Words")
    other = builders.a_consultation(people.a_committee())
    db.session.commit()
    assert officer.get(f"{base(other)}/{response.id}").status_code == 404


def test_the_list_is_filtered_and_tells_what_is_unread_and_late(
    officer: Reader, open_consultation: Consultation
) -> None:
    builders.a_response(open_consultation, "Pupils", position=Position.AGAINST)
    builders.a_response(open_consultation, "Parents or carers", position=Position.SUPPORT)
    clerk = people.a_user()
    late = builders.keyed_in(open_consultation, by=clerk.id, received_on=date(2018, 4, 20))
    db.session.commit()
    pupils = open_consultation.respondent_types[1].id
    officer.post(f"{base(open_consultation)}/{late.id}/read", {"then": "next"})
    for query, found in (
        ("", 3),
        (f"?type={pupils}", 1),
        ("?position=support", 1),
        ("?unread=1", 2),
        ("?late=1", 1),
        (f"?type={pupils}&position=support", 0),
        ("?type=x&position=y&page=z", 3),
        ("?page=99", 3),
        ("?page=-1", 3),
    ):
        officer.get(base(open_consultation) + query)
        assert len(officer.page.select("main tbody tr")) == found, query
    assert "late" in officer.words()


def many_responses(open_consultation: Consultation, number: int) -> None:
    """Rows as they come in, put in at once."""
    db.session.execute(
        insert(Response),
        [
            {
                "consultation_id": open_consultation.id,
                "receipt": f"R{each:09}",
                "sending": str(each),
                "channel": Channel.ONLINE,
                "received_on": builders.INSIDE,
                "on_time": True,
                "position": Position.SUPPORT,
                "signatures": 1,
                "consent": Consent.WITHOUT_NAME,
            }
            for each in range(number)
        ],
    )
    db.session.commit()


@pytest.mark.parametrize("number", [10, 10_000])
def test_the_list_takes_no_more_queries_for_ten_thousand(
    officer: Reader, open_consultation: Consultation, number: int
) -> None:
    many_responses(open_consultation, number)
    for page in (base(open_consultation), "/consultations"):
        db.session.expire_all()
        asked: list[str] = []

        def note(*told: object, asked: list[str] = asked) -> None:
            asked.append(str(told[2]))

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            # The officer's sign-in page is not asked again: only this page is counted.
            assert officer.client.get(page).status_code == 200
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        assert len(asked) <= 15, "\n".join(asked)
    officer.get(base(open_consultation))
    assert len(officer.page.select("main tbody tr")) == min(number, 50)


def test_the_next_unread_goes_round_to_the_beginning(app: Flask) -> None:
    made = builders.a_consultation()
    reader = people.a_user()
    first, second = builders.a_response(made), builders.a_response(made)
    db.session.flush()
    assert reading.next_unread(made, reader.id, after=second.id) is first
    reading.mark_read(first, by=reader.id, considers=False, now=builders.AN_INSTANT)
    assert reading.next_unread(made, reader.id, after=second.id) is second
    assert reading.next_unread(made, reader.id, after=second.id, besides=second.id) is None
