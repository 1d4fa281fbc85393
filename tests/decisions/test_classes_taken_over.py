"""Records that were written before records had a class keep what was said of them."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade

from committee.confidentiality.rules import Classification
from committee.decisions import publishing
from committee.decisions.models import Decision
from committee.decisions.rules import Restriction
from committee.extensions import db
from committee.people.roles import Role
from committee.reports.models import Report
from config import Settings
from tests import builders
from tests.conventions.sources import ROOT
from tests.decisions.builders import NOTICE_DAY, a_drafted, a_taken, at, classed
from tests.older import with_tables_of_its_own

BEFORE = "0060"
MIGRATION = ROOT / "migrations" / "versions" / "0061_classes_of_records.py"
FULLY = Restriction.FULLY_EXEMPT


@pytest.fixture
def older_app(settings: Settings, servers_folder: Path) -> Iterator[Flask]:
    """The application on a database of its own, which is taken back and forth."""
    with with_tables_of_its_own(settings, servers_folder, "classes") as app:
        yield app


@pytest.fixture
def migration() -> ModuleType:
    spec = importlib.util.spec_from_file_location("classes_of_records", MIGRATION)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("reason", "paragraphs"),
    [
        ("Paragraph 3 of Schedule 12A.", [3]),
        ("See  paragraph 2", [2]),
        ("By virtue of paragraphs 5, 1 and 3 of Part 1 of Schedule 12A", [1, 3, 5]),
        ("Exempt under paragraph 7 of Schedule 12A to the Local Government Act 1972.", [7]),
        ("Exempt by paragraphs 1 to 3 of Schedule 12A.", []),
        ("Paragraphs 3-5 of Schedule 12A.", []),
        ("Paragraphs 1, 2 and 7A", []),
        ("paragraph 1 and paragraph 3 (terms of a contract)", []),
        ("Paragraph 3 of Schedule 12A, being terms proposed for a contract.", []),
        ("Commercially sensitive: see paragraph 3.2 of the contract rules.", []),
        ("Confidential under paragraph 6 of the court's order of 3 May.", []),
        ("The court's order, para 6.", []),
    ],
)
def test_paragraphs_are_taken_only_from_what_can_be_read_for_certain(
    migration: ModuleType, reason: str, paragraphs: list[int]
) -> None:
    assert migration.known(reason, []) == paragraphs
    assert migration.known(reason, [6]) == paragraphs, "no report makes up for an unsure reason"


def one(statement: str, **values: Any) -> tuple[Any, ...]:
    return tuple(db.session.execute(db.text(statement), values).one())


def class_of(decision_id: int) -> tuple[Any, ...]:
    return one(
        "SELECT classification, exempt_paragraphs FROM decision_record WHERE decision_id = :id",
        id=decision_id,
    )


def an_exempt_report(decision: Decision, *paragraphs: int, terms: bool = False) -> None:
    report = Report(
        meeting=builders.a_meeting(decision.committee),
        author=builders.a_user(Role.REPORT_AUTHOR),
        decision_number=decision.number,
        subject="A site",
        due_on=NOTICE_DAY,
        classification=Classification.EXEMPT,
        exempt_paragraphs=list(paragraphs),
        terms_of_contract=terms,
    )
    db.session.add(report)


def older_records() -> dict[str, Decision]:
    """Decisions with records of every sort, by what is known of whether they may be read."""
    proposed = a_drafted()
    classed(proposed)
    publishing.publish_proposed(proposed, now=at(NOTICE_DAY), today=NOTICE_DAY)
    made = {
        "signed": a_taken(),
        "published": proposed,
        "drafted": a_drafted(),
        "paragraphs named": a_drafted(
            restriction=FULLY, restriction_reason="Paragraphs 1, 3 and 5 of Part 1 of Schedule 12A."
        ),
        "reported": a_drafted(restriction=FULLY, restriction_reason="Section 12 applies."),
        "terms": a_drafted(restriction=FULLY, restriction_reason="Paragraph 3."),
        "unsure": a_drafted(restriction=FULLY, restriction_reason="Paragraphs 3 to 5."),
        "nothing known": a_drafted(restriction=FULLY, restriction_reason="A price."),
        "closed by hand": a_drafted(),
        "for publication, yet fully exempt": a_taken(),
    }
    an_exempt_report(made["reported"], 6)
    an_exempt_report(made["terms"], 3, terms=True)
    an_exempt_report(made["unsure"], 3)
    contradictory = made["for publication, yet fully exempt"]
    contradictory.restriction, contradictory.restriction_reason = FULLY, "See paragraph 2."
    return made


def test_what_was_said_of_older_records_is_taken_over(older_app: Flask) -> None:
    made = older_records()
    ids = {name: decision.id for name, decision in made.items()}
    db.session.commit()
    frozen = one("SELECT contents, sha256 FROM record_version")
    db.session.remove()
    downgrade(revision=BEFORE)
    for_publication = "UPDATE decision_record SET for_publication = :yes WHERE decision_id = :id"
    closed = {"paragraphs named", "reported", "nothing known", "closed by hand", "terms", "unsure"}
    for name, decision_id in ids.items():
        db.session.execute(db.text(for_publication), {"yes": name not in closed, "id": decision_id})
    db.session.commit()
    db.session.remove()
    upgrade()
    assert {name: class_of(decision_id) for name, decision_id in ids.items()} == {
        "signed": ("open", []),
        "published": ("open", []),
        "drafted": ("unclassed", []),
        "paragraphs named": ("exempt", [1, 3, 5]),
        "reported": ("exempt", [6]),
        "terms": ("exempt", [3]),
        "unsure": ("unclassed", []),
        "nothing known": ("unclassed", []),
        "closed by hand": ("unclassed", []),
        "for publication, yet fully exempt": ("exempt", [2]),
    }
    assert one("SELECT contents, sha256 FROM record_version") == frozen
    said = "SELECT count(*), count(decided_by_id) FROM determination WHERE recorded_from <> ''"
    assert one(said) == (6, 0)
    terms = (
        "SELECT r.decision_id, r.terms_of_contract FROM determination d "
        "JOIN decision_record r ON r.id = d.subject_id WHERE d.terms_of_contract"
    )
    assert one(terms) == (ids["terms"], True)
