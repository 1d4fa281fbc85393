"""Corrections of minutes that were approved, and what they leave alone in records of decisions."""

import json
from datetime import date

import pytest
from flask import Flask

from committee.audit import service as audit
from committee.extensions import db
from committee.minutes import publishing
from committee.minutes.models import Minutes, MinutesVersion
from committee.minutes.published_text import minutes_text
from committee.minutes.rules import MinutesStatus, Outcome
from tests.decisions import builders as decision_builders
from tests.minutes import builders
from tests.pages.reader import Reader

CORRECTED_ON = date(2018, 7, 20)
OFFICERS_WORDS = "The committee’s view in an officer’s careful words."


@pytest.fixture
def met(app: Flask) -> builders.Met:
    return builders.a_committee_that_met()


def approved(met: builders.Met) -> Minutes:
    """Minutes published on 15 May and approved on 11 July 2018, as version 2."""
    minutes = builders.written(met)
    builders.publish(minutes)
    later, day = builders.a_later_meeting(met), date(2018, 7, 12)
    publishing.approve(minutes, later, "Mr Cooke", today=day, now=builders.at(day), by=None)
    return minutes


def corrected(met: builders.Met) -> tuple[Minutes, MinutesVersion]:
    minutes = approved(met)
    builders.write(builders.minute_of(minutes, met.verbal), "Something else was said.")
    version = builders.publish(minutes, CORRECTED_ON, "A name was misspelt.")
    db.session.commit()
    return minutes, version


def test_a_correction_after_approval_bears_no_signature(met: builders.Met) -> None:
    minutes, version = corrected(met)
    assert version.open_contents["approved"] is None
    assert version.restricted_contents["approved"] is None
    text_of = minutes_text(version.open_contents)
    assert text_of.signature is None
    assert text_of.status == (
        "Corrected on Friday 20 July 2018 after approval. Version 2 was approved as a correct "
        "record on Wednesday 11 July 2018 and signed; these words were not"
    )
    assert minutes.status is MinutesStatus.APPROVED


def test_what_was_signed_stays_under_its_signature(met: builders.Met) -> None:
    minutes, _ = corrected(met)
    signed = publishing.signed_version(publishing.versions(minutes.meeting))
    assert signed
    assert signed.number == 2
    assert "Something else" not in json.dumps(signed.open_contents)
    assert minutes_text(signed.open_contents).signature


def test_a_second_correction_refers_to_the_signed_version_too(met: builders.Met) -> None:
    minutes, _ = corrected(met)
    builders.write(builders.minute_of(minutes, met.verbal), "Something else again.")
    again = builders.publish(minutes, date(2018, 7, 23), "Another slip.")
    assert (again.number, again.open_contents["corrected"]["version"]) == (4, 2)


def test_approval_itself_is_no_change_to_publish(met: builders.Met) -> None:
    minutes, version = corrected(met)
    assert not publishing.changed_since(minutes, version)
    signed = publishing.signed_version(publishing.versions(minutes.meeting))
    assert signed
    assert publishing.changed_since(minutes, signed)


def test_the_pages_say_that_it_was_corrected_and_lead_to_what_was_signed(
    met: builders.Met, visitor: Reader, clerk: Reader
) -> None:
    corrected(met)
    address = f"/meetings/{met.meeting.id}/minutes/published"
    visitor.get(address)
    assert "Corrected after approval" in visitor.words()
    assert "A name was misspelt." in visitor.words()
    assert "Signed:" not in visitor.words()
    assert "Version 3, corrected after approval" in visitor.words()
    assert visitor.page.select_one(f'.app-warning-list a[href="{address}/2"]')
    visitor.get(f"{address}/2")
    assert "Signed: Mr Cooke" in visitor.words()
    clerk.get(f"/meetings/{met.meeting.id}/minutes")
    assert "Corrected since, in version 3." in clerk.words()


def endorsed(met: builders.Met) -> Minutes:
    """Minutes that told the decision that it was endorsed."""
    minutes = builders.written(met)
    builders.write(builders.minute_of(minutes, met.transport), outcome=Outcome.ENDORSED)
    builders.publish(minutes)
    return minutes


def write_view(met: builders.Met, words: str) -> None:
    """What an officer writes in the record of the decision."""
    decision_builders.write(met.decision, decision_builders.some_words(committee_view=words))


def view_of(met: builders.Met) -> str:
    assert met.decision.record
    return met.decision.record.committee_view or ""


def test_a_slip_elsewhere_leaves_what_an_officer_wrote(met: builders.Met) -> None:
    minutes = endorsed(met)
    write_view(met, OFFICERS_WORDS)
    builders.write(builders.minute_of(minutes, met.verbal), "A slip mended.")
    builders.publish(minutes, change="A slip.")
    assert view_of(met) == OFFICERS_WORDS


def test_a_corrected_resolution_leaves_it_too_and_the_audit_says_so(met: builders.Met) -> None:
    minutes = endorsed(met)
    write_view(met, OFFICERS_WORDS)
    builders.write(builders.minute_of(minutes, met.transport), outcome=Outcome.NOT_ENDORSED)
    builders.publish(minutes, change="The outcome was wrong.")
    assert view_of(met) == OFFICERS_WORDS
    assert "committee_view:kept" in {entry.act for entry in audit.history(met.decision)}


def test_a_corrected_resolution_replaces_the_words_that_it_had_entered(met: builders.Met) -> None:
    minutes = endorsed(met)
    write_view(met, view_of(met).replace("\n", "\r\n"))
    builders.write(builders.minute_of(minutes, met.transport), outcome=Outcome.NOT_ENDORSED)
    builders.publish(minutes, change="The outcome was wrong.")
    assert "be not endorsed." in view_of(met)
