"""`./quorate database ...`: what an administrator of the database server is to run."""

import click
from flask import current_app
from flask.cli import AppGroup

from committee.database_roles import statements_for_administrator
from config import Settings

group = AppGroup("database", help="The logins to the database.")


@group.command("roles")
def roles() -> None:
    """Print what a superuser of the server runs once in psql, so that all three logins exist."""
    settings: Settings = current_app.config["SETTINGS"]
    click.echo(statements_for_administrator(settings.database_url or "postgresql:///"), nl=False)
