"""`./quorate examples ...`: the example council, for a first look and for tests of the whole."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from committee.clock import today
from committee.commands.example_year import playing
from committee.commands.example_year.dating import redated
from committee.commands.example_year.days import Days
from committee.commands.example_year.settled import ACCOUNTS, PASSWORD
from committee.commands.example_year.stage import Stage, numbers_of
from committee.people import service as people
from committee.people import users
from committee.people.roles import ROLE_LABELS
from config import Settings

group = AppGroup("examples", help="The example council, which is plainly fictional.")


@group.command("load")
def load() -> None:
    """Load the example council in the middle of its year, unless there is a council already.

    What an interrupted start left unfinished is finished; what is there already stays as it is.
    """
    began = playing.loaded_on()
    if began is None and people.the_council():
        click.echo("There is a council already, so the example council was not loaded.")
        return
    if playing.is_over():
        return
    current_app.config["HURRY_WORK"] = False  # this process does what it needs itself
    click.echo("Making the papers of the example council (a few seconds).")
    stage = _stage(Days(began or today()))
    with click.progressbar(
        length=playing.number_of_acts(stage), label="Playing its year", file=None
    ) as bar:
        playing.play(stage, told=bar.update)
    click.echo("The example council is ready.")


@group.command("accounts")
def accounts() -> None:
    """Print the accounts of the example council that still have their first password."""
    for email, _name, role in ACCOUNTS:
        if users.user_with_password(email, PASSWORD):
            click.echo(f"{ROLE_LABELS[role]}: {email}  password: {PASSWORD}")


def _stage(days: Days) -> Stage:
    # The package makes papers and pictures, which no other command needs.
    from examples import papers

    settings: Settings = current_app.config["SETTINGS"]
    folder = settings.data_folder / "examples"
    matters = _text(papers.HERE / "matters.json")
    redate = redated(days, numbers_of(days, matters["matters"]))
    consultations = _text(papers.HERE / "consultations.json")
    minutes = _text(papers.HERE / "minutes.json", redate)
    people_said = _text(papers.HERE / "people.json")
    papers.make_example(folder, redate)
    return Stage(
        days,
        folder,
        {**matters, "consultations": consultations, "minutes": minutes, "people": people_said},
    )


def _text(file: Path, redate: Callable[[str], str] = str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(redate(file.read_text(encoding="utf-8")))
    return found
