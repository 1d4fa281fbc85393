"""`./quorate packs build MEETING_ID`: a pack from the command line."""

import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from committee.clock import now
from committee.commands.working import do_owed
from committee.extensions import db
from committee.meetings import service as meetings
from committee.meetings.models import Meeting
from committee.packs import service as packs
from committee.packs.models import Pack
from committee.packs.rules import Audience, PackStatus
from committee.storage import current_storage
from committee.work.rules import WorkKind
from tasks import packs as building

group = AppGroup("packs", help="Agenda packs.")


@group.command("build")
@click.argument("meeting_id", type=int)
@click.option(
    "--audience",
    type=click.Choice([audience.value for audience in Audience]),
    default=Audience.PUBLIC.value,
    show_default=True,
    help="Who will read it.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the PDF; made if it is not there.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was built as JSON.")
def build(meeting_id: int, audience: str, out: Path | None, as_json: bool) -> None:
    """Build the pack of meeting MEETING_ID in this process."""
    meeting = meetings.meeting_with_id(meeting_id)
    if meeting is None:
        raise click.ClickException(f"There is no meeting {meeting_id}.")
    pack = build_now(meeting, Audience(audience))
    target = _copy(pack, out) if out else None
    answer = describe(pack, target)
    click.echo(json.dumps(answer, indent=2, ensure_ascii=False) if as_json else _told(answer))


def build_now(meeting: Meeting, audience: Audience) -> Pack:
    """Build and prepare for fast web view in this process. Raises click.ClickException."""
    current_app.config["HURRY_WORK"] = False  # this process does the work itself
    pack = packs.ask_for(meeting, audience)
    pack_id = pack.id
    db.session.commit()
    with building.watched_by(_bar if sys.stderr.isatty() else None):
        try:
            do_owed(WorkKind.BUILD_PACK, [pack_id], label="Building", quiet=True)
        except click.ClickException:
            building.give_up_by_command(pack_id, now())
            db.session.commit()
            raise
    do_owed(WorkKind.LINEARISE_PACK, [pack_id], label="Fast web view", quiet=True)
    pack = db.session.get_one(Pack, pack_id, populate_existing=True)
    if pack.status is not PackStatus.BUILT:
        raise click.ClickException(pack.failure or "The pack was not built.")
    return pack


# What is told of each item; what else is kept of one is the product's own.
ITEM_KEYS = ("number", "title", "first_page", "last_page", "warnings")


def describe(pack: Pack, target: Path | None) -> dict[str, Any]:
    """What the pack holds, in the words of the command's JSON."""
    return {
        "meeting": pack.meeting_id,
        "audience": pack.audience.value,
        "pages": pack.pages,
        "sha256": pack.fast_file_sha256 or pack.file_sha256,
        "file": str(target) if target else None,
        "items": [{key: item[key] for key in ITEM_KEYS} for item in pack.contents],
        "warnings": pack.warnings,
    }


def _copy(pack: Pack, folder: Path) -> Path:
    sha256 = pack.fast_file_sha256 or pack.file_sha256
    if sha256 is None:
        raise click.ClickException("The pack has no file.")
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / file_name(pack)
    partial = target.with_suffix(".part")
    shutil.copyfile(current_storage().local_path(sha256), partial)
    return partial.replace(target)


def file_name(pack: Pack) -> str:
    """A name that tells a person what the file is."""
    committee = re.sub(r"[^A-Za-z0-9]+", "-", pack.meeting.committee.slug).strip("-")
    return f"{pack.meeting.held_on:%Y-%m-%d}-{committee}-{pack.audience.value}-pack.pdf"


def _told(answer: dict[str, Any]) -> str:
    lines = [f"{answer['pages']} pages, SHA-256 {answer['sha256']}"]
    for item in answer["items"]:
        first, last = item["first_page"], item["last_page"]
        pages = f"pages {first} to {last}" if first else "no pages"
        lines.append(f"  {item['number']:>4}  {item['title']} ({pages})")
    lines += [f"Warning: {warning}" for warning in answer["warnings"]]
    if answer["file"]:
        lines.append(f"Written to {answer['file']}")
    return "\n".join(lines)


def _bar(done: int, total: int, label: str) -> None:
    filled = round(20 * done / total) if total else 0
    line = f"[{'#' * filled}{'-' * (20 - filled)}] {done} of {total}  {label}"
    click.echo(f"\r{line[:78]:<78}", err=True, nl=done >= total > 0)
