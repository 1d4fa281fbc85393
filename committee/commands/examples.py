"""`./quorate examples ...`: the example council, for a first look and for tests of the whole."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from committee.commands.meetings import run_import
from committee.commands.packs import build_now
from committee.extensions import db
from committee.meetings import service as meetings
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
    """Load the example council, its meetings and papers, unless there is a council already."""
    if people.the_council():
        click.echo("There is a council already, so the example council was not loaded.")
        return
    # The package makes papers and pictures, which no other command needs.
    from examples import papers

    settings: Settings = current_app.config["SETTINGS"]
    click.echo("Making the papers of the example council (about ten seconds).")
    files = papers.make_example(settings.data_folder / "examples")
    _add_people(str(papers.meeting("council.json")["council"]))
    for file in files:
        _load_meeting(file)
    click.echo("The example council is ready.")


@group.command("accounts")
def accounts() -> None:
    """Print the accounts of the example council that still have their first password."""
    for email, _name, role in ACCOUNTS:
        if users.user_with_password(email, PASSWORD):
            click.echo(f"{ROLE_LABELS[role]}: {email}  password: {PASSWORD}")


def _add_people(council: str) -> None:
    people.add_council(council, brand_colour=BRAND_COLOUR)
    for email, name, role in ACCOUNTS:
        users.add_user(email, name, PASSWORD, role=role)
    db.session.commit()


def _load_meeting(file: Path) -> None:
    click.echo(
        f"Loading {file.stem.replace('-', ' ')}: checking its papers and building its packs."
    )
    meeting_id = run_import(file, quiet=True)
    for audience in Audience:
        meeting = meetings.meeting_with_id(meeting_id)
        if meeting:
            build_now(meeting, audience)
