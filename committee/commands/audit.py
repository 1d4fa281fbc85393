"""`./quorate audit ...`: check the log, note its end outside the database, hand it out."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import Connection

from committee.audit import anchors as anchoring
from committee.audit import check, reading
from committee.audit import service as audit
from committee.audit.verifier.chain import canonical
from committee.audit.verifier.checking import NOT_SOUND, read_head
from committee.extensions import db
from committee.integrity import guards, heads, records
from committee.integrity.checks import the_anchors, verify_all
from committee.states import NotAllowed
from committee.storage import current_storage

group = AppGroup("audit", help="The log of every act: is it what it was?")

PROGRAM = Path(anchoring.__file__).with_name("verifier")
START = "import sys\nfrom verifier.checking import main\nsys.exit(main())\n"


@group.command("verify")
@click.option("--head", metavar="SEQ:HASH", help="A head from a letter or from paper.")
@click.option("--without-files", is_flag=True, help="Leave out stored files, which take longest.")
def verify(head: str | None, without_files: bool) -> None:
    """Check the log, its anchors, what was published and what is stored.

    The exit code is 0 if all is sound, 1 if not, and 2 if there is nothing to compare the log with.
    """
    try:
        mailed = read_head(head) if head else None
    except ValueError as wrong:
        raise click.UsageError(str(wrong)) from wrong
    with reading_apart() as connection:
        result = verify_all(connection, head=mailed)
        unguarded = list(guards.missing(connection))
    click.echo("\n".join(result.words))
    altered = list(records.altered_rows())
    damaged = [] if without_files else list(records.damaged_files(current_storage()))
    click.echo("\n".join(altered + damaged) or "Published versions and files are what they were.")
    click.echo("\n".join(unguarded) or "Every guard of the database is at work.")
    if not result.sound or altered or damaged or unguarded:
        raise SystemExit(NOT_SOUND)
    raise SystemExit(result.exit_code)


@group.command("anchor")
def anchor() -> None:
    """Note the end of the log outside the database now, as the sweep does every ten minutes."""
    with reading_apart() as connection:
        try:
            heads.refuse_if_it_differs(connection)
            line = anchoring.note(the_anchors(), connection)
        except anchoring.DiffersFromAnchor as differs:
            raise click.ClickException(f"{differs} Run ./quorate audit verify.") from differs
    if line:
        heads.remember(line)
    click.echo(f"Head {line['seq']}:{line['hash']}" if line else "Nothing was written since.")


@group.command("reseal")
@click.option("--reason", required=True, help="Why the log is not what was noted, for everybody.")
def reseal(reason: str) -> None:
    """Go on after the database was restored from a backup.

    An entry of the log and a signed line of the anchors say so for ever, with the reason.
    """
    if len(reason.split()) < 2:
        raise click.UsageError("Say in a few words why, for those who will ask.")
    anchors = the_anchors()
    with reading_apart() as connection:
        try:
            kept, old = check.to_reseal(connection, anchors, remembered=heads.remembered())
        except NotAllowed as refused:
            raise click.ClickException(str(refused)) from refused
    said = {"reason": reason, "kept": kept, "set_aside": old}
    audit.record_apart("audit_log:resealed", "audit_link", kept, by=None, after=said)
    with reading_apart() as connection:
        line = anchoring.reseal(anchors, connection, reason=reason, kept=kept)
    heads.remember(line, anew=True)
    click.echo(
        f"What was noted after entry {kept} no longer binds (its end was {old['seq']}:"
        f"{old['hash']}). Head {line['seq']}:{line['hash']}"
    )


@group.command("export")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def export(folder: Path) -> None:
    """Write the whole log, its anchors and a program that checks them into FOLDER."""
    folder.mkdir(parents=True, exist_ok=True)
    anchors = the_anchors()
    # Before the log: anchors of entries that came after it would look like an end cut off.
    (folder / "anchors.jsonl").write_text("".join(anchors.lines()), encoding="utf-8")
    with reading_apart() as connection, (folder / "log.jsonl").open("wb") as target:
        target.writelines(exported(connection))
    with zipfile.ZipFile(folder / "verify.pyz", "w") as program:
        program.writestr("__main__.py", START)
        for module in sorted(PROGRAM.glob("*.py")):
            program.write(module, f"verifier/{module.name}")
    click.echo(
        f"To check it: python3 verify.pyz log.jsonl anchors.jsonl --key {anchors.public_key}"
    )


def exported(connection: Connection) -> Iterator[bytes]:
    """The log as lines of JSON: what was not found in the chain, then its places in order."""
    first = {"counter": reading.counter(connection), "outside": reading.outside(connection)}
    yield canonical(first) + b"\n"
    for link in reading.links(connection):
        yield canonical(vars(link)) + b"\n"


def reading_apart() -> Connection:
    """A connection of its own on which statements may take as long as they need."""
    connection = db.engine.connect()
    connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    return connection
