"""`./quorate people import` and `export`: councillors and memberships as files, of any size."""

import sys
from pathlib import Path

import click

from committee.clock import today
from committee.commands.people import group
from committee.extensions import db
from committee.people import people_export, people_files, sheets
from committee.people import service as people
from committee.people.models import Council
from committee.people.people_files import FileKind, Report
from committee.states import NotAllowed

SHOWN = 200  # problems; all of them go where --problems says


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what the file would do, and write nothing.")
@click.option(
    "--as-seen",
    metavar="HASH",
    help="Bring the file in, if it and the records are as the dry run with this hash saw them.",
)
@click.option(
    "--problems",
    "listed",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write all problems to this CSV file.",
)
def import_file(file: Path, dry_run: bool, as_seen: str | None, listed: Path | None) -> None:
    """Check FILE, a CSV of councillors or of memberships; with --as-seen, bring it in.

    The heading says which of the two it is. Nothing is written while there is a problem.
    """
    if dry_run and as_seen:
        raise click.UsageError("Either --dry-run or --as-seen.")
    council, content = _council(), _read(file)
    if as_seen:
        _bring_in(content, council, as_seen)
        return
    report = people_files.dry_run(content, council)
    db.session.rollback()
    if listed:
        listed.write_text("".join(people_files.problems_listed(report)), encoding="utf-8")
    _tell(report, file)


@group.command("export")
@click.argument("kind", type=click.Choice([kind.value for kind in FileKind]))
def export(kind: str) -> None:
    """Write all councillors, or all memberships, as CSV to the standard output."""
    chosen = {
        FileKind.COUNCILLORS: people_export.councillors,
        FileKind.MEMBERSHIPS: people_export.memberships,
    }[FileKind(kind)]
    for piece in chosen(_council()):
        sys.stdout.buffer.write(piece.encode())


def _bring_in(content: bytes, council: Council, seen: str) -> None:
    try:
        report = people_files.bring_in(content, council, seen=seen, today=today(), by=None)
    except NotAllowed as refused:
        db.session.rollback()
        raise click.ClickException(str(refused)) from refused
    db.session.commit()
    click.echo(f"Brought in: {_changes(report)}.")


def _tell(report: Report, file: Path) -> None:
    for problem in report.problems.by_line()[:SHOWN]:
        where = f"line {problem.line}" + (f", {problem.column}" if problem.column else "")
        click.echo(f"{where}: {problem.says}")
    if report.problems.total:
        more = report.problems.total - SHOWN
        told = f" The first {SHOWN} are above." if more > 0 else ""
        raise click.ClickException(
            f"{report.problems.total:,} problems in {report.rows:,} rows.{told} "
            "Nothing was written."
        )
    if not report.changes:
        click.echo(f"The {report.rows:,} rows say nothing that is not recorded already.")
        return
    click.echo(f"No problems in {report.rows:,} rows. It would bring in: {_changes(report)}.")
    click.echo(f"To bring it in: ./quorate people import {file} --as-seen {report.seen}")


def _changes(report: Report) -> str:
    return ", ".join(f"{number:,} {what}" for what, number in report.changes.items())


def _read(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(sheets.MOST_BYTES + 1)


def _council() -> Council:
    council = people.the_council()
    if council is None:
        raise click.ClickException("Set up the council first: ./quorate people add-council")
    return council
