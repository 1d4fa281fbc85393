"""`./quorate people ...`: the first account of a new installation."""

import click
from flask.cli import AppGroup

from committee.extensions import db
from committee.people import service as people
from committee.people import users
from committee.people.roles import ROLE_LABELS, Role

group = AppGroup("people", help="The council and who can sign in.")

# The shortest password taken, in characters.
SHORTEST = 12


@group.command("add-council")
@click.argument("name")
def add_council(name: str) -> None:
    """Set up the council that this installation serves."""
    council = people.the_council()
    if council:
        raise click.ClickException(f"This installation serves {council.name} already.")
    people.add_council(name)
    db.session.commit()
    click.echo(f"{name} is set up. Now add someone who can sign in: ./quorate people add-user")


@group.command("add-user")
@click.argument("email")
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default=Role.DEMOCRATIC_SERVICES_OFFICER.value,
    show_default=True,
)
@click.password_option(help="At least twelve characters; asked for if it is not given.")
def add_user(email: str, name: str, role: str, password: str) -> None:
    """Let someone sign in with EMAIL."""
    if len(password) < SHORTEST:
        raise click.ClickException(f"Choose a password of at least {SHORTEST} characters.")
    if users.user_with_email(email):
        raise click.ClickException(f"{email} has an account already.")
    users.add_user(email, name, password, role=Role(role))
    db.session.commit()
    click.echo(f"{name} can sign in as {email} ({ROLE_LABELS[Role(role)]}).")
