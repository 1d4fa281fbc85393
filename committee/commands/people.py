"""`./quorate people ...`: the council, the first accounts of a new installation, its portfolios."""

from datetime import date, datetime

import click
from flask.cli import AppGroup

from committee.clock import today
from committee.extensions import db
from committee.people import holdings, passwords, portfolios, users
from committee.people import service as people
from committee.people.models import Committee, Council, User
from committee.people.roles import COUNCIL_WIDE_ONLY, ROLE_LABELS, Permission, Role
from committee.states import NotAllowed

group = AppGroup("people", help="The council, who can sign in, and who holds which portfolio.")


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
@click.option(
    "--committee",
    "slug",
    metavar="SLUG",
    help="The last part of a committee's address, for a role on it alone. Else council-wide.",
)
@click.password_option(help="At least twelve characters; asked for if it is not given.")
def add_user(email: str, name: str, role: str, slug: str | None, password: str) -> None:
    """Let someone sign in with EMAIL."""
    try:
        passwords.check(password)
    except NotAllowed as refused:
        raise click.ClickException(str(refused)) from refused
    if users.user_with_email(email):
        raise click.ClickException(f"{email} has an account already.")
    committee = _committee(slug) if slug else None
    if committee and role in COUNCIL_WIDE_ONLY:
        raise click.ClickException(f"{ROLE_LABELS[Role(role)]} is a role for the whole council.")
    users.add_user(email, name, password, role=Role(role), committee=committee)
    db.session.commit()
    where = committee.name if committee else "whole council"
    click.echo(f"{name} can sign in as {email} ({ROLE_LABELS[Role(role)]}, {where}).")


@group.command("add-portfolio")
@click.argument("title")
@click.option("--holder", metavar="EMAIL", help="The account of a decision maker.")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The holder's first day, as 2026-05-12; today if it is not given.",
)
def add_portfolio(title: str, holder: str | None, since: datetime | None) -> None:
    """Set up the office TITLE, which takes executive decisions, and appoint its holder."""
    if since and not holder:
        raise click.UsageError("--since is the first day of a --holder.")
    user = _decision_maker(holder) if holder else None
    day: date = since.date() if since else today()
    try:
        added = portfolios.add_portfolio(_council(), title)
        if user:
            portfolios.appoint(added, user, started_on=day)
    except NotAllowed as refused:
        raise click.ClickException(str(refused)) from refused
    db.session.commit()
    held = f"{user.name} holds it from {day:%-d %B %Y}" if user else "nobody holds it yet"
    click.echo(f"{added.title} is set up; {held}.")


def _council() -> Council:
    council = people.the_council()
    if council is None:
        raise click.ClickException("Set up the council first: ./quorate people add-council")
    return council


def _committee(slug: str) -> Committee:
    committee = people.committee_with_slug(slug)
    if committee is None:
        known = ", ".join(each.slug for each in people.all_committees()) or "none"
        raise click.ClickException(f"There is no committee {slug}. Known are: {known}.")
    return committee


def _decision_maker(email: str) -> User:
    user = users.user_with_email(email)
    if user is None:
        raise click.ClickException(f"{email} has no account. Add it: ./quorate people add-user")
    if holdings.committees_where(user, Permission.DECISION_TAKE, on=today()) == set():
        raise click.ClickException(f"{user.name} may take no decisions: give them the role first.")
    return user
