"""Reports of the time when they had two classes of their own keep what was meant."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from flask import Flask
from sqlalchemy import Connection, create_engine, text

from committee.clock import now
from committee.confidentiality.rules import Classification, ConfidenceBasis
from committee.database_rights.giving import withdraw
from committee.embedded import postgres
from committee.extensions import db
from committee.reports.rules import ReportStatus
from tests import builders
from tests.conventions.sources import ROOT
from tests.reports.builders import a_draft, a_report

MIGRATION = ROOT / "migrations" / "versions" / "0057_classes_of_reports.py"
ALL = [1, 2, 3, 4, 5, 6, 7]


@pytest.fixture
def migration() -> ModuleType:
    spec = importlib.util.spec_from_file_location("classes_of_reports", MIGRATION)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def owner(app: Flask, servers_folder: Path) -> Iterator[Connection]:
    """Somebody who may change tables, and whose changes are taken back afterwards."""
    database = str(db.engine.url.database)
    address = postgres.start_or_join(servers_folder / "postgres", database=database)
    engine = create_engine(address.administrator_url)
    with engine.connect() as connection:
        yield connection
        connection.rollback()
    engine.dispose()


def stood(owner: Connection) -> list[tuple[str, str, list[int]]]:
    """What each report stands as, and its class, in the order in which they were made."""
    found = text("SELECT status, classification, exempt_paragraphs FROM report ORDER BY id")
    return [(row[0], row[1], row[2]) for row in owner.execute(found)]


def make(status: ReportStatus, classification: Classification) -> None:
    """A report that stands so."""
    report = a_draft(a_report(builders.a_meeting()))
    report.status, report.classification = status, classification
    report.accepted_at = now() if status is ReportStatus.ACCEPTED else None
    if classification is Classification.EXEMPT:
        report.exempt_paragraphs = [3]
    if classification is Classification.CONFIDENTIAL:
        report.confidence_basis = ConfidenceBasis.COURT_ORDER
    db.session.flush()


def test_what_was_meant_is_kept_and_nothing_becomes_open(
    owner: Connection, migration: ModuleType
) -> None:
    for status in (ReportStatus.DRAFT, ReportStatus.SUBMITTED, ReportStatus.ACCEPTED):
        for classification in Classification:
            make(status, classification)
    db.session.commit()
    db.session.remove()
    withdraw(owner)
    with Operations.context(MigrationContext.configure(owner)):
        migration.downgrade()
        before = stood(owner)
        migration.upgrade()
        after = stood(owner)
    assert before == [
        ("draft", "unrestricted", []),
        ("draft", "unrestricted", []),
        ("draft", "exempt", [3]),
        ("draft", "exempt", ALL),
        *[
            (status, classification, paragraphs)
            for status in ("submitted", "accepted")
            for classification, paragraphs in (
                ("exempt", ALL),
                ("unrestricted", []),
                ("exempt", [3]),
                ("exempt", ALL),
            )
        ],
    ]
    assert after == [
        (status, _since(status, classification), paragraphs)
        for status, classification, paragraphs in before
    ]
    told = owner.execute(
        text(
            "SELECT classification, count(*) FROM determination WHERE subject_kind = 'report' "
            "AND recorded_from = 'as the author of the report says' GROUP BY 1 ORDER BY 1"
        )
    )
    assert [tuple(row) for row in told] == [("exempt", 8), ("open", 2)]


def _since(status: str, before: str) -> str:
    """What a class of that time is called now."""
    if before == "exempt":
        return "exempt"
    return "unclassed" if status == "draft" else "open"
