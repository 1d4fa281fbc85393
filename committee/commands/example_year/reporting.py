"""Reports of the example year: asked for, written, sent with their papers, and accepted."""

from datetime import date
from typing import Any

from committee.agendas import accepting
from committee.agendas import service as agendas
from committee.agendas.models import AgendaItem
from committee.commands.example_year.stage import Stage
from committee.commands.working import do_owed
from committee.confidentiality.rules import OPENED
from committee.constitution import current_constitution
from committee.reports import asking, report_papers, writing
from committee.reports.asking import Request
from committee.reports.deadlines import report_due
from committee.reports.header_block import (
    AUTHOR,
    DIRECTOR,
    BackgroundDocument,
    Contact,
    HeaderBlock,
    RecommendationFields,
)
from committee.reports.models import Report
from committee.reports.rules import Verb, VersionStatus
from committee.reports.service import Upload
from committee.storage import current_storage
from committee.work.rules import WorkKind


def ask(
    stage: Stage, day: date, name: str, *, due_on: date | None = None, because: str | None = None
) -> None:
    """Ask the author for the report, by the day that the rules propose or another with a reason."""
    said = stage.said["reports"][name]
    meeting = stage.meeting(said["meeting"])
    proposed = report_due(
        meeting.held_on, working_days=current_constitution().report_due_working_days
    )
    wanted = Request(
        subject=said["subject"],
        author_id=stage.author(),
        due_on=due_on or proposed.day,
        decision_number=stage.matter(said["matter"]).number if said["matter"] else None,
        due_basis=proposed.as_json(),
        reason=because,
    )
    asking.ask_for(meeting, wanted, now=stage.at(day), by=stage.clerk())


def write(stage: Stage, day: date, name: str) -> None:
    """Fill in the header block, and bring the papers if there are any."""
    said, report = stage.said["reports"][name], stage.report(name)
    writing.save(report, _header_block(stage, said, report), now=stage.at(day), by=stage.author())
    storage = current_storage()
    for paper in said["papers"]:
        upload = Upload(paper["file"], storage.save_file(stage.folder / "papers" / paper["file"]))
        report_papers.receive(report, upload, title=paper["title"], by=stage.author())


def check(stage: Stage, _day: date, name: str) -> None:
    """Do the checks that are owed on the report's papers, in this process."""
    owed = [
        paper.newest.id
        for paper in report_papers.papers_of(stage.report(name))
        if paper.newest.status is VersionStatus.RECEIVED
    ]
    do_owed(WorkKind.CHECK_PAPER, owed, label="Checking papers", quiet=True)


def send(stage: Stage, day: date, name: str) -> None:
    """Send the report to democratic services."""
    writing.submit(stage.report(name), now=stage.at(day), by=stage.author())


def accept(stage: Stage, day: date, name: str) -> None:
    """Accept the report under the item of its matter, or of its subject."""
    report = stage.report(name)
    accepting.accept(report, _item_for(report), now=stage.at(day), by=stage.clerk())


def _item_for(report: Report) -> AgendaItem | None:
    by_number = [
        item
        for item in agendas.items(report.meeting)
        if report.decision_number and item.decision_number == report.decision_number
    ]
    same_title = [item for item in agendas.items(report.meeting) if item.title == report.subject]
    return next(iter([*by_number, *same_title]), None)


def _header_block(stage: Stage, said: dict[str, Any], report: Report) -> HeaderBlock:
    contacts = stage.said["contacts"]
    documents = tuple(BackgroundDocument(**each) for each in said["background_documents"])
    return HeaderBlock(
        subject=said["subject"],
        from_whom=f"Mrs V Osterley, Cabinet Member; {contacts['director']['name']}, Director",
        decision_number=report.decision_number,
        said=OPENED,
        past_pathway="None",
        future_pathway=said["future_pathway"],
        divisions=said["divisions"],
        summary=said["summary"],
        recommendations=tuple(
            RecommendationFields(tuple(Verb(verb) for verb in each["verbs"]), each["text"])
            for each in said["recommendations"]
        ),
        background_documents=documents,
        no_background_documents=not documents,
        contacts=(
            Contact(role=AUTHOR, name=report.author.name, **contacts["author"]),
            Contact(role=DIRECTOR, **contacts["director"]),
        ),
    )
