"""Pages that look after the council itself, on which nothing falls due."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import url_for

from committee.people.roles import Permission


@dataclass(frozen=True)
class Place:
    """One such page: words for its link, its address, and what it is for."""

    words: str
    address: str
    meaning: str


_PLACES = (
    (
        Permission.USER_EDIT,
        "users.overview",
        "Accounts and roles",
        "Give people accounts and roles, and end those of people who have left.",
    ),
    (
        Permission.USER_EDIT,
        "portfolios.overview",
        "Portfolios",
        "Say who holds each portfolio, and from when.",
    ),
    (
        Permission.USER_EDIT,
        "people_files.receive",
        "Councillors and memberships as files",
        "Bring them in from a file after a dry run, or take them away.",
    ),
    (
        Permission.COUNCILLOR_EDIT,
        "councillors.listed",
        "Councillors",
        "Their groups, divisions, terms of office and committees.",
    ),
    (
        Permission.PERMISSION_READ,
        "permission_pages.table",
        "Who may do what",
        "Which role may do what, who holds it, and why someone may or may not see a thing.",
    ),
    (
        Permission.READING_RULE_SET,
        "confidentiality.rules",
        "Who may read closed matter",
        "The table of grounds on which each role may read what is exempt or confidential.",
    ),
    (
        Permission.TAKEDOWN_ORDER,
        "takedowns.register",
        "Taken down",
        "What was stopped after it had been published, and why.",
    ),
    (
        Permission.REMINDER_READ,
        "reminders.overview",
        "Reminders",
        "What falls due, for whom, and whether they were told.",
    ),
    (
        Permission.AUDIT_READ,
        "audit_log.search",
        "Log of what was done",
        "Who did what, when, to which thing; to be searched and taken away.",
    ),
)


def places(may_open: Callable[[Permission], bool]) -> list[Place]:
    """The pages that this reader may open, as `may_open` says of a permission."""
    return [
        Place(words, url_for(endpoint), meaning)
        for permission, endpoint, words, meaning in _PLACES
        if may_open(permission)
    ]
