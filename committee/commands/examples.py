"""`./quorate examples ...`: the example council, for a first look and for tests of the whole."""

from datetime import date
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from committee.commands.meetings import check_papers, run_import
from committee.commands.packs import build_now
from committee.extensions import db
from committee.meetings import service as meetings
from committee.meetings.models import Meeting
from committee.packs import service as packs
from committee.packs.rules import Audience
from committee.people import service as people
from committee.people import users
from committee.people.roles import ROLE_LABELS, Role
from config import Settings

group = AppGroup("examples", help="The example council, which is plainly fictional.")

BRAND_COLOUR = "#0b5563"

# They work only where the example council was loaded: no other installation has these accounts.
PASSWORD = "harrowmere-2026"  # noqa: S105
ACCOUNTS = (
    ("clerk@harrowmere.example", "Yusuf Marlowe", Role.DEMOCRATIC_SERVICES_OFFICER),
    ("admin@harrowmere.example", "Petra Hallam", Role.ADMINISTRATOR),
)


@group.command("load")
def load() -> None:
    """Load the example council, its meetings and papers, unless there is a council already.

    What an interrupted start left unfinished is finished; what is there already stays as it is.
    """
    # The package makes papers and pictures, which no other command needs.
    from examples import papers

    name = str(papers.meeting("council.json")["council"])
    council = people.the_council()
    if council and council.name != name:
        click.echo("There is a council already, so the example council was not loaded.")
        return
    if council and _all_there(papers.MEETING_FILES):
        return
    settings: Settings = current_app.config["SETTINGS"]
    click.echo("Making the papers of the example council (a few seconds).")
    files = papers.make_example(settings.data_folder / "examples")
    _add_people(name)
    for file in files:
        _load_meeting(file)
    click.echo("The example council is ready.")


@group.command("accounts")
def accounts() -> None:
    """Print the accounts of the example council that still have their first password."""
    for email, _name, role in ACCOUNTS:
        if users.user_with_password(email, PASSWORD):
            click.echo(f"{ROLE_LABELS[role]}: {email}  password: {PASSWORD}")


def _all_there(names: tuple[str, ...]) -> bool:
    """Whether every example meeting has both its packs, or somebody has asked for them."""
    found = [_loaded(papers_file) for papers_file in names]
    return all(
        meeting and packs.latest(meeting, audience) for meeting in found for audience in Audience
    )


def _loaded(name: str) -> Meeting | None:
    """The example meeting of this file, if it is in the calendar."""
    from examples import papers

    data = papers.meeting(name)
    council = people.the_council()
    committee = people.committee_with_name(council, data["committee"]) if council else None
    day = date.fromisoformat(data["date"])
    same_day = meetings.of_committee_on(committee, day) if committee else []
    return same_day[0] if same_day else None


def _add_people(council: str) -> None:
    if people.the_council() is None:
        people.add_council(council, brand_colour=BRAND_COLOUR)
    for email, name, role in ACCOUNTS:
        if users.user_with_email(email) is None:
            users.add_user(email, name, PASSWORD, role=role)
    db.session.commit()


def _load_meeting(file: Path) -> None:
    click.echo(
        f"Loading {file.stem.replace('-', ' ')}: checking its papers and building its packs."
    )
    known = _loaded(file.name)
    meeting_id = known.id if known else run_import(file, quiet=True)
    if known:
        check_papers(known)
    for audience in Audience:
        meeting = meetings.meeting_with_id(meeting_id)
        if meeting and not packs.current(meeting, audience):
            build_now(meeting, audience)
