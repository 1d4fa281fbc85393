"""`./quorate meetings import FILE`: a meeting from its JSON form."""

from pathlib import Path

import click
from flask.cli import AppGroup

from committee.agendas import importing, meeting_file
from committee.agendas import service as agendas
from committee.clock import now
from committee.commands.working import do_owed
from committee.extensions import db
from committee.meetings import service as meetings
from committee.meetings.models import Meeting
from committee.people import service as people
from committee.reports import service as reports
from committee.reports.rules import VersionStatus
from committee.states import NotAllowed
from committee.storage import current_storage
from committee.work.rules import WorkKind

group = AppGroup("meetings", help="Meetings and their agendas.")


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_meeting(file: Path) -> None:
    """Add the meeting that FILE describes, with its members, items and papers.

    Prints the meeting's id. Everything else is told on standard error.
    """
    meeting_id = run_import(file)
    click.echo(meeting_id)


def run_import(file: Path, *, quiet: bool = False) -> int:
    """Import the file and check its papers in this process; answers the meeting's id.

    Raises click.ClickException that lists every problem in the file.
    """
    try:
        found = meeting_file.read(file)
        if not quiet:
            _warn_of_twin(found)
        meeting, versions = importing.write(found, current_storage(), now=now())
    except meeting_file.MeetingFileError as error:
        problems = "\n".join(f"  - {problem}" for problem in error.problems)
        raise click.ClickException(f"{file.name} was not imported:\n{problems}") from error
    except NotAllowed as refusal:
        raise click.ClickException(f"{file.name} was not imported: {refusal}") from refusal
    meeting_id, version_ids = meeting.id, [version.id for version in versions]
    db.session.commit()
    do_owed(WorkKind.CHECK_PAPER, version_ids, label="Checking papers", quiet=quiet)
    if not quiet:
        _tell(found, version_ids)
    return meeting_id


def check_papers(meeting: Meeting) -> None:
    """Do, in this process, whatever checks are still owed on the meeting's papers."""
    owed = [
        paper.newest.id
        for item in agendas.items(meeting)
        for paper in item.papers
        if paper.newest.status is VersionStatus.RECEIVED
    ]
    do_owed(WorkKind.CHECK_PAPER, owed, label="Checking papers", quiet=True)


def _warn_of_twin(found: meeting_file.MeetingInFile) -> None:
    council = people.council_named(found.council)
    committee = people.committee_with_name(council, found.committee) if council else None
    same_day = meetings.of_committee_on(committee, found.held_on) if committee else []
    for other in same_day:
        click.echo(
            f"Note: meeting {other.id} of this committee is on that day too; another is added.",
            err=True,
        )


def _tell(found: meeting_file.MeetingInFile, version_ids: list[int]) -> None:
    for remark in importing.remarks(found):
        click.echo(f"Note: {remark}", err=True)
    for version_id in version_ids:
        version = reports.version_with_id(version_id)
        if version and version.status is not VersionStatus.ACCEPTED:
            click.echo(
                f"{version.original_name}: {version.reason} {version.remedy}".strip(), err=True
            )
