"""Who may do what, and why: pages for administrators, the monitoring officer and auditors."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user

from committee.clock import today
from committee.people import access, explaining, holders, permission_words, service, sheets
from committee.people.holders import ORDERS, Held, Sought
from committee.people.models import Committee
from committee.people.permissions import Permission, requires
from committee.people.roles import ROLE_LABELS, ROLE_MEANINGS, Role
from committee.web.answers import page_asked_for
from committee.web.filters import date_in_words
from committee.web.paging import pages_of, place_of

permission_pages = Blueprint("permission_pages", __name__)

PAGE = 50  # rows
CHOICES = ("order", "role", "committee", "words")
LONGEST_SEARCH = 200  # characters
ANYONE = "anyone"  # stands for somebody who has not signed in


@permission_pages.get("/permissions")
@requires(Permission.PERMISSION_READ, council_wide=True)
def table() -> str:
    """Which role may do what, from the one table in the code."""
    return render_template(
        "people/permissions.html",
        groups=permission_words.PERMISSION_WORDS,
        holders=permission_words.holders_of,
        readers=permission_words.readers_of,
        roles=ROLE_LABELS,
        meanings=ROLE_MEANINGS,
    )


@permission_pages.get("/permissions/table.csv")
@requires(Permission.PERMISSION_READ, council_wide=True)
def table_file() -> Response:
    """The same table as a file: a row for each permission, a column for each role."""
    rows = [
        [thing, words, permission.value, *(_mark(permission, role) for role in Role)]
        for thing, group in permission_words.PERMISSION_WORDS.items()
        for permission, words in group.items()
    ]
    headings = ["Thing", "What", "Permission", *(ROLE_LABELS[role] for role in Role)]
    return _as_csv(headings, rows, "permissions.csv")


def _mark(permission: Permission, role: Role) -> str:
    if role in permission_words.holders_of(permission):
        return "yes"
    return "reads" if role in permission_words.readers_of(permission) else ""


@permission_pages.get("/permissions/holders")
@requires(Permission.PERMISSION_READ, council_wide=True)
def held() -> str:
    """Who holds which role, where, since when, until when, and how they came by it."""
    sought, order, committees = _sought()
    found = holders.everyone(sought, order=order, on=today())
    page = place_of(page_asked_for(), len(found), PAGE)
    chosen: dict[str, Any] = {name: request.args[name] for name in CHOICES if name in request.args}
    return render_template(
        "people/holders.html",
        rows=[_row(each) for each in found[(page - 1) * PAGE : page * PAGE]],
        total=len(found),
        page=page,
        pages=pages_of(len(found), PAGE),
        here=url_for("permission_pages.held", **chosen),
        file=url_for("permission_pages.held_file", **chosen),
        sought=sought,
        order=order,
        orders=ORDERS,
        roles=ROLE_LABELS,
        committees=committees,
    )


@permission_pages.get("/permissions/holders.csv")
@requires(Permission.PERMISSION_READ, council_wide=True)
def held_file() -> Response:
    """The whole of the same list as a file."""
    sought, order, _ = _sought()
    headings = ["Person", "E-mail address", "Role", "Where", "From", "To", "How"]
    rows = [
        [
            each.user.name,
            each.user.email,
            permission_words.role_in_words(each.holding),
            permission_words.place_in_words(each.holding),
            *(_iso(day) for day in permission_words.days_of(each.holding)),
            permission_words.how_in_words(each.holding),
        ]
        for each in holders.everyone(sought, order=order, on=today())
    ]
    return _as_csv(headings, rows, "who-holds-what.csv")


@permission_pages.get("/permissions/why")
@requires(Permission.PERMISSION_READ, council_wide=True)
def why() -> str:
    """Why somebody may or may not see the thing at an address, and do each thing with it."""
    address = request.args.get("address", "").replace("\x00", "").strip()
    whose = request.args.get("person", "")
    answer = None
    if address and whose:
        user = None if whose == ANYONE else access.account_to_explain(whose)
        answer = explaining.explained(user, address, asker_id=current_user.id, on=today())
    return render_template(
        "people/why.html",
        address=address,
        whose=whose,
        anyone=ANYONE,
        people=holders.people_by_name(),
        answer=answer,
    )


def _sought() -> tuple[Sought, str, Sequence[Committee]]:
    """What the address asks for; what it gets wrong is not asked for."""
    committees = service.all_committees()
    slug, role = request.args.get("committee", ""), request.args.get("role", "")
    order = request.args.get("order", "person")
    sought = Sought(
        role=Role(role) if role in set(Role) else None,
        committee_id=next((each.id for each in committees if each.slug == slug), None),
        words=request.args.get("words", "").replace("\x00", "").strip()[:LONGEST_SEARCH],
    )
    return sought, order if order in ORDERS else "person", committees


def _row(each: Held) -> dict[str, object]:
    """What a row of the list shows."""
    first, last = permission_words.days_of(each.holding)
    return {
        "user": each.user,
        "role": permission_words.role_in_words(each.holding),
        "place": permission_words.place_in_words(each.holding),
        "from": date_in_words(first),
        "to": date_in_words(last) if last else "",
        "how": permission_words.how_in_words(each.holding),
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _as_csv(headings: Sequence[str], rows: Iterable[Sequence[str]], name: str) -> Response:
    answer = Response(sheets.written(headings, rows), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
