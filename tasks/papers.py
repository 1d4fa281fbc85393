"""Checking an uploaded paper and making the PDF that goes into packs."""

from datetime import datetime
from pathlib import Path

from flask import current_app

from committee.clock import now
from committee.documents.preparation import (
    ConverterMissing,
    Prepared,
    prepare,
)
from committee.documents.refusals import Refused
from committee.extensions import db
from committee.reports import service as reports
from committee.reports.models import PaperVersion
from committee.reports.rules import VersionStatus
from committee.storage import current_storage
from committee.work import service as work
from config import Settings
from tasks.working_folder import working_folder


def check(claim: work.Claim) -> None:
    """Check and convert the version, and note what came of it with the work's end."""
    version = reports.version_with_id(claim.subject_id)
    if version is None or version.status is not VersionStatus.RECEIVED:
        work.finish(claim)
        db.session.commit()
        return
    source, name = current_storage().local_path(version.original_sha256), version.original_name
    db.session.rollback()  # no connection is held while LibreOffice works
    with working_folder(f"paper-{claim.subject_id}") as folder:
        _note(claim, _outcome(source, name, folder))


Outcome = Prepared | Refused | ConverterMissing


def _outcome(source: Path, name: str, folder: Path) -> Outcome:
    try:
        return prepare(source, name=name, folder=folder, cache=_cache())
    except (Refused, ConverterMissing) as reason:
        return reason


def _cache() -> Path:
    """Where what makes conversions fast is kept: with everything else of this installation."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.data_folder / "cache"


def _note(claim: work.Claim, outcome: Outcome) -> None:
    stored = current_storage().save_file(outcome.path) if isinstance(outcome, Prepared) else None
    version = db.session.get_one(PaperVersion, claim.subject_id, with_for_update=True)
    if isinstance(outcome, Prepared) and stored is not None:
        reports.record_accepted(version, outcome, stored, now=now())
    elif isinstance(outcome, Refused):
        reports.record_refused(version, outcome, now=now())
    else:
        reports.record_failed(
            version,
            str(outcome),
            "Upload the paper as a PDF meanwhile, or ask for the check again once it is there.",
            now=now(),
        )
    work.finish(claim)
    db.session.commit()


def give_up(version_id: int, at: datetime) -> None:
    """The check was tried as often as it may be: say so where the paper is shown."""
    version = db.session.get(PaperVersion, version_id, with_for_update=True)
    if version and version.status is VersionStatus.RECEIVED:
        reports.record_failed(
            version,
            "This file stopped the checks each time they were tried.",
            "Open it in the program it was made with, save it again and upload that.",
            now=at,
        )
