"""Every response has a class: closed when it comes in, opened within what its writer allows."""

import json

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from committee.audit.models import AuditEntry
from committee.confidentiality import service as confidentiality
from committee.confidentiality.rules import OPENED, Classification, Said
from committee.consultations import classing, publishing, reading, service
from committee.consultations.models import Consultation, Response
from committee.consultations.reading import Wanted
from committee.consultations.rules import Consent
from committee.consultations.summary import contents_of
from committee.consultations.summary_document import document_of
from committee.extensions import db
from committee.states import NotAllowed
from tests import builders as people
from tests.consultations import builders
from tests.consultations.builders import AFTER, AN_INSTANT, CONFIDENTIAL, INSIDE, exempt, opened


@pytest.fixture
def asked(app: Flask) -> Consultation:
    """A published consultation with one question for words."""
    made = builders.a_consultation(published=False)
    builders.a_question(made, "Why?")
    builders.publish(made)
    return made


def said(asked: Consultation, words: str = "Words", **more: object) -> Response:
    """A response with these words."""
    response = builders.a_response(asked, texts={asked.questions[0].id: words}, **more)
    db.session.flush()
    return response


def open_these(asked: Consultation, agreed: str, by: int | None = None) -> int:
    return classing.open_these(asked, agreed, now=AN_INSTANT, today=INSIDE, by=by)


def test_a_response_is_closed_when_it_comes_in_by_whatever_way(asked: Consultation) -> None:
    online = said(asked)
    keyed = builders.keyed_in(asked, by=people.a_user().id, consent=Consent.IN_FULL)
    for response in (online, keyed):
        assert response.is_unclassed
        assert not response.is_open
    assert not classing.has_open(asked)


@pytest.mark.parametrize("consent", [Consent.IN_FULL, Consent.WITHOUT_NAME])
def test_an_officer_opens_what_its_writer_allows_and_it_is_kept_for_good(
    asked: Consultation, consent: Consent
) -> None:
    response, officer = said(asked, consent=consent), people.a_user()
    classing.classify_response(response, OPENED, now=AN_INSTANT, today=INSIDE, by=officer.id)
    db.session.flush()
    assert response.is_open
    (given,) = confidentiality.determinations_of(response)
    assert given.decided_by_id == officer.id
    acts = select(AuditEntry.act).filter_by(subject_kind="response", subject_id=response.id)
    assert "classification:opened" in db.session.scalars(acts).all()


def test_nobody_opens_what_its_writer_does_not_wish_to_be_published(asked: Consultation) -> None:
    response = said(asked, consent=Consent.NOT_PUBLISHED)
    with pytest.raises(NotAllowed, match="does not wish"):
        opened(response)
    assert response.is_unclassed
    builders.classed(response, exempt())
    assert response.classification is Classification.EXEMPT


def test_the_database_itself_refuses_to_open_beyond_consent(asked: Consultation) -> None:
    response = said(asked, consent=Consent.NOT_PUBLISHED)
    statement = update(Response).where(Response.id == response.id).values(classification="open")
    with pytest.raises(IntegrityError, match="opened_by_consent"):
        db.session.execute(statement)
    db.session.rollback()


def test_exempt_needs_its_test_and_confidential_its_basis(asked: Consultation) -> None:
    response = said(asked)
    for wanting, words in (
        (Said(Classification.EXEMPT, paragraphs=(1,)), "speaks for keeping it closed"),
        (Said(Classification.CONFIDENTIAL), "what forbids the disclosure"),
    ):
        with pytest.raises(NotAllowed, match=words):
            builders.classed(response, wanting)
    assert builders.classed(response, exempt(1, 2)).exempt_paragraphs == [1, 2]
    assert builders.classed(response, CONFIDENTIAL).is_closed
    assert len(confidentiality.determinations_of(response)) == 2


def test_exactly_those_seen_are_opened_at_once(asked: Consultation) -> None:
    first, kept = said(asked, "First"), said(asked, "Kept", consent=Consent.NOT_PUBLISHED)
    second, shut = said(asked, "Second"), builders.classed(said(asked, "Shut"), exempt())
    shown, number = classing.page_to_be_opened(asked)
    assert ([each.id for each in shown], number) == ([first.id, second.id], 2)
    agreed = classing.to_open(shown)
    later = said(asked, "Later")
    assert open_these(asked, agreed) == 2
    assert [each.is_open for each in (first, second, kept, shut, later)] == [
        True, True, False, False, False,
    ]  # fmt: skip


ANYTHING_ELSE = [
    *("", "x", "-", "0", "９", "{other}", "{kept}-{first}"),
    *("{first}-", "{first}-x", "{first}-{first}"),
    *(pytest.param("9" * digits, id=f"{digits} digits") for digits in (10, 30, 5000)),
]


@pytest.mark.parametrize("agreed", ANYTHING_ELSE)
def test_an_agreement_to_anything_else_opens_nothing(asked: Consultation, agreed: str) -> None:
    first, kept = said(asked, "First"), said(asked, "Kept", consent=Consent.NOT_PUBLISHED)
    other = builders.a_response(builders.a_consultation(asked.committee))
    db.session.flush()
    ids = {"first": first.id, "kept": kept.id, "other": other.id}
    with pytest.raises(NotAllowed, match="meanwhile"):
        open_these(asked, agreed.format(**ids))
    assert not any(each.is_open for each in (first, kept, other))


def test_what_somebody_closed_meanwhile_is_not_opened_nor_what_was_shown_with_it(
    asked: Consultation,
) -> None:
    first, second = said(asked, "First"), said(asked, "Second")
    agreed = classing.to_open([first, second])
    builders.classed(second, exempt())
    with pytest.raises(NotAllowed, match="meanwhile"):
        open_these(asked, agreed)
    assert first.is_unclassed
    assert second.classification is Classification.EXEMPT


def test_fifty_are_shown_and_opened_at_once(asked: Consultation) -> None:
    for number in range(52):
        said(asked, f"Words {number}")
    shown, number = classing.page_to_be_opened(asked)
    assert (len(shown), number) == (50, 52)
    assert open_these(asked, classing.to_open(shown)) == 50
    with pytest.raises(NotAllowed):  # nobody saw more than fifty at once
        open_these(asked, "-".join(str(each) for each in range(1, 60)))
    responses, page, pages = classing.page_of_open(asked, 9)
    assert (len(responses), page, pages) == (50, 1, 1)


def test_every_response_counts_whatever_its_class(asked: Consultation) -> None:
    responses = [said(asked, f"Words {number}") for number in range(4)]
    before = contents_of(asked)
    builders.classed(responses[0], OPENED)
    builders.classed(responses[1], exempt())
    builders.classed(responses[2], CONFIDENTIAL)
    assert contents_of(asked) == before
    assert before["responses"]["counted"] == 4


def test_the_results_quote_nobody_whatever_the_class(asked: Consultation) -> None:
    """Nothing but numbers leaves by the results and by all that quotes them."""
    written = {"name": "Namely Named", "organisation": "Orgonauts", "other_type": "A passer-by"}
    opened(said(asked, "Heartfelt words", consent=Consent.IN_FULL, **written))
    said(asked, "Heartfelt words too", consent=Consent.IN_FULL, **written)
    service.close_ended(AFTER)
    version = publishing.publish_summary(
        asked, change_reason=None, now=AN_INSTANT, today=AFTER, by=None
    )
    document = document_of(version.contents, council="A", colour="#000000", change_reason=None)
    quoted = json.dumps(publishing.quote_of(asked, version))
    for told in (json.dumps(version.contents), repr(document), quoted):
        assert not [word for word in ("Heartfelt", *written.values()) if word in told]


def test_the_name_stands_ready_for_the_public_only_by_consent(asked: Consultation) -> None:
    for consent, name in (
        (Consent.IN_FULL, "Jo Bloggs"), (Consent.WITHOUT_NAME, None), (Consent.NOT_PUBLISHED, None),
    ):  # fmt: skip
        response = said(asked, name="Jo Bloggs", consent=consent)
        db.session.refresh(response)
        assert response.published_name == name


def test_a_list_without_what_is_shut_to_its_reader(asked: Consultation) -> None:
    reader = people.a_user()
    first, second = said(asked, "First"), builders.classed(said(asked, "Second"), exempt(1))
    third = builders.classed(said(asked, "Third"), CONFIDENTIAL)
    shut = [each for each in reading.closings_in(asked) if each.paragraphs == (1,)]
    assert len(reading.closings_in(asked)) == 2
    assert reading.page_of_responses(asked, Wanted(shut=shut), 1).responses == [first, third]
    assert reading.next_unread(asked, reader.id, after=first.id, shut=shut) is third
    assert reading.progress(asked, reader.id, shut).all == 2
    assert reading.number_closed_so(asked, shut) == 1
    assert second.is_closed
