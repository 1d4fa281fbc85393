"""Roles, permissions and how they are come by, in the words of the people who read about them."""

from datetime import date

from committee.clock import LONDON
from committee.people.delegation_models import Delegation
from committee.people.holdings import Holding
from committee.people.models import Membership, RoleGrant
from committee.people.rights import READ_BY
from committee.people.roles import (
    CLEARANCE_KIND_LABELS,
    GRANT_SOURCE_LABELS,
    MEMBER_ROLE_LABELS,
    ROLE_LABELS,
    ROLE_PERMISSIONS,
    Permission,
    Role,
)
from committee.web.filters import date_in_words

# What a permission lets somebody do, by the thing that it is done to.
PERMISSION_WORDS: dict[str, dict[Permission, str]] = {
    "Meetings and attendance": {
        Permission.MEETING_EDIT: "Schedule meetings and change them",
        Permission.ATTENDANCE_RECORD: "Record who was at a meeting",
    },
    "Agendas": {
        Permission.AGENDA_READ: "Read agendas in preparation",
        Permission.AGENDA_EDIT: "Write agendas",
        Permission.AGENDA_PUBLISH: "Publish agendas and late items",
        Permission.WORK_PROGRAMME_EDIT: "Plan the work programme",
    },
    "Reports and papers": {
        Permission.REPORT_REQUEST: "Ask for reports",
        Permission.REPORT_READ: "Read reports before they are published",
        Permission.REPORT_WRITE: "Write the reports that are their own",
        Permission.REPORT_ACCEPT: "Accept reports and return them",
        Permission.PAPER_UPLOAD: "Add papers to agendas",
    },
    "Packs and restricted papers": {
        Permission.PACK_BUILD: "Build packs of papers",
        Permission.PACK_READ_RESTRICTED: "Read restricted packs and minutes",
        Permission.EXEMPT_MATTER_READ: "Read exempt matter, as the reading rules allow",
    },
    "Decisions": {
        Permission.DECISION_READ: "Read proposed decisions before they are published",
        Permission.DECISION_EDIT: "Open decisions and draft those in which they have a part",
        Permission.DECISION_PUBLISH: "Publish notices and records of decision",
        Permission.DECISION_TAKE: "Take and sign the decisions of a portfolio that they hold",
        Permission.CALL_IN_RECORD: "Record calls-in and rule on them",
    },
    "Consultations": {
        Permission.CONSULTATION_EDIT: "Set up consultations and themes",
        Permission.CONSULTATION_PUBLISH: "Publish consultations and their summaries",
        Permission.RESPONSE_KEY_IN: "Key in responses that came on paper",
        Permission.RESPONSE_READ: "Read every response",
    },
    "Minutes and actions": {
        Permission.MINUTES_WRITE: "Write minutes",
        Permission.MINUTES_PUBLISH: "Publish minutes and record their approval",
        Permission.ACTION_UPDATE: "Say how an action of theirs stands",
    },
    "Confidentiality and takedown": {
        Permission.CLASSIFICATION_DECIDE: "Decide whether a thing is open, exempt or confidential",
        Permission.READING_RULE_SET: "Set who may read exempt matter",
        Permission.TAKEDOWN_ORDER: "Take a published thing down",
        Permission.TAKEDOWN_ALLOW: "Allow the takedown of a statutory record",
    },
    "People and committees": {
        Permission.USER_EDIT: "Give people accounts, roles and portfolios",
        Permission.COMMITTEE_EDIT: "Set up committees and seat their members",
        Permission.COUNCILLOR_EDIT: "Keep councillors and their terms",
        Permission.DELEGATION_EDIT: "Lend a role of their own during an absence",
        Permission.DELEGATION_ALLOW: "Allow that a role is lent",
    },
    "Looking after the system": {
        Permission.HOME_READ: "Have a page of their own work",
        Permission.REMINDER_READ: "Look after reminders",
        Permission.PERMISSION_READ: "See who may do what, and why",
        Permission.AUDIT_READ: "Search and export the audit",
        Permission.EVERYTHING_READ: "Read every page that anybody else may open",
    },
}

IN_WORDS = {
    permission: words for each in PERMISSION_WORDS.values() for permission, words in each.items()
}


def holders_of(permission: Permission) -> list[Role]:
    """The roles that hold the permission, in the order of the table."""
    return [role for role in Role if permission in ROLE_PERMISSIONS[role]]


def readers_of(permission: Permission) -> list[Role]:
    """The roles that open the pages which need the permission, but may send nothing from them."""
    standing_in = READ_BY.get(permission, frozenset())
    reading = [role for role in Role if ROLE_PERMISSIONS[role] & standing_in]
    return [role for role in reading if permission not in ROLE_PERMISSIONS[role]]


def role_in_words(holding: Holding) -> str:
    """The role, with what it clears where it clears something."""
    label = ROLE_LABELS[holding.role]
    kind = holding.row.clearance_kind if isinstance(holding.row, RoleGrant) else None
    return f"{label} ({CLEARANCE_KIND_LABELS[kind].lower()})" if kind else label


def place_in_words(holding: Holding) -> str:
    """Where the role counts."""
    return holding.row.committee.name if holding.row.committee else "Whole council"


def how_in_words(holding: Holding) -> str:
    """How the person came by the role."""
    row = holding.row
    if isinstance(row, Delegation):
        allowed = f", allowed by {row.allowed_by.name}" if row.allowed_by else ""
        return f"Acts for {row.giver.name}{allowed}"
    if isinstance(row, Membership):
        return f"By a seat on the committee: {MEMBER_ROLE_LABELS[row.role].lower()}"
    words = GRANT_SOURCE_LABELS[row.source]
    by_whom = f"given by {row.given_by.name}" if row.given_by else words
    return by_whom[0].upper() + by_whom[1:]


def days_of(holding: Holding) -> tuple[date, date | None]:
    """The first day of the role, and the last where it is known (London dates)."""
    row = holding.row
    if isinstance(row, Delegation):
        return row.first_day, row.last_day
    if isinstance(row, Membership):
        return row.started_on, row.ended_on
    return row.granted_at.astimezone(LONDON).date(), None


def held_in_words(holding: Holding) -> str:
    """One line: the role, where it counts, since when, and how it was come by."""
    first, last = days_of(holding)
    until = f" to {date_in_words(last)}" if last else ""
    since = f"{place_in_words(holding)}, from {date_in_words(first)}{until}"
    return f"{role_in_words(holding)}: {since}. {how_in_words(holding)}."
