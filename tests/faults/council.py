"""Meetings whose packs take long enough to build that a fault can fall into the building."""

import random
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from committee.agendas.rules import Part
from committee.clock import now
from committee.documents.preparation import Prepared, prepare
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.packs import service as packs
from committee.packs.models import Pack
from committee.packs.rules import UNDER_WAY, Audience
from committee.reports import service as reports
from committee.reports.service import Upload
from committee.storage import Stored, current_storage
from committee.work import service as work
from committee.work.models import Work
from committee.work.rules import WorkKind
from tests import builders

Paper = tuple[Stored, Prepared, Stored]


def checked_papers(folder: Path, *, papers: int, pages: int) -> list[Paper]:
    """So many different papers of so many pages, checked once and stored."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for number in range(papers):
        source = folder / f"paper-{number}.pdf"
        source.write_bytes(builders.a_pdf(pages + number, words=f"Paper {number}, page"))
        prepared = prepare(source, name=source.name, folder=folder)
        storage = current_storage()
        made.append((storage.save_file(source), prepared, storage.save_file(prepared.path)))
    return made


def meetings_with_papers(
    papers: list[Paper], *, meetings: int, chance: random.Random, fewest: int = 6, most: int = 10
) -> list[int]:
    """The ids of new meetings with between `fewest` and `most` accepted papers, one exempt."""
    committee = builders.a_committee()
    made = []
    for _ in range(meetings):
        meeting = builders.a_meeting(committee)
        chosen = [chance.choice(papers) for _ in range(chance.randint(fewest, most))]
        for place, paper in enumerate(chosen):
            _add(meeting, paper, exempt=place == 0)
        made.append(meeting.id)
    db.session.commit()
    return made


def _add(meeting: Meeting, paper: Paper, *, exempt: bool) -> None:
    original, prepared, stored = paper
    item = builders.an_item(meeting, part=Part.EXEMPT if exempt else Part.OPEN)
    version = reports.receive_paper(item.id, Upload("paper.pdf", original))
    reports.record_accepted(version, prepared, stored, now=now())
    work.cancel(WorkKind.CHECK_PAPER, version.id)


def ask_for_packs(meeting_ids: list[int], *audiences: Audience) -> list[int]:
    """Owe a pack of each meeting for each audience (both unless named), and answer their ids."""
    asked = [
        packs.ask_for(db.session.get_one(Meeting, meeting_id), audience)
        for meeting_id in meeting_ids
        for audience in audiences or tuple(Audience)
    ]
    db.session.commit()
    return [pack.id for pack in asked]


def owed() -> int:
    """How many pieces of work are not done yet."""
    found = db.session.scalar(select(func.count()).where(Work.status.in_(work.OWED)))
    db.session.rollback()
    return found or 0


def builds_owed() -> int:
    """How many packs are not built yet."""
    found = db.session.scalar(select(func.count()).where(Pack.status.in_(UNDER_WAY)))
    db.session.rollback()
    return found or 0


def statuses(app: Flask) -> dict[str, int]:
    """How many pieces of work stand where, for messages when a test fails."""
    with app.app_context():
        rows = db.session.execute(select(Work.kind, Work.status, func.count()).group_by(1, 2)).all()
    return {f"{kind} {status}": count for kind, status, count in rows}
