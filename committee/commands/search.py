"""`./quorate search rebuild`: the search index made anew from what is published."""

import click
from flask import current_app
from flask.cli import AppGroup

from committee.commands.working import do_owed
from committee.extensions import db
from committee.search import renewal
from committee.work.rules import WorkKind

group = AppGroup("search", help="The search index.")


@group.command("rebuild")
def rebuild() -> None:
    """Empty the index and put in again all that is published."""
    current_app.config["HURRY_WORK"] = False  # this process does the work itself
    renewal.rebuild()
    agendas = [version.id for version in renewal.newest_agendas()]
    db.session.commit()
    done = 0
    while made := renewal.bring_up_to_date():
        done += made
        db.session.commit()
    do_owed(WorkKind.INDEX_AGENDA, agendas, label="Indexing agendas")
    click.echo(
        f"Agendas indexed with their open papers: {len(agendas)}. "
        f"Decisions, consultations and minutes: {done}."
    )
