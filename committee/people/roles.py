"""Roles, permissions, and the one table that says which role holds which permission."""

from enum import StrEnum


class Role(StrEnum):
    """What someone does in the council's committee business."""

    ADMINISTRATOR = "administrator"
    MONITORING_OFFICER = "monitoring_officer"
    DEMOCRATIC_SERVICES_OFFICER = "democratic_services_officer"
    CLEARANCE_OFFICER = "clearance_officer"
    DIRECTOR = "director"
    REPORT_AUTHOR = "report_author"
    AUDITOR = "auditor"
    REGISTERED_PUBLIC = "registered_public"
    SCRUTINY_CHAIRMAN = "scrutiny_chairman"
    GROUP_SPOKESMAN = "group_spokesman"
    CO_OPTED_MEMBER = "co_opted_member"
    COMMITTEE_MEMBER = "committee_member"
    DECISION_MAKER = "decision_maker"


ROLE_LABELS = {
    Role.ADMINISTRATOR: "Administrator",
    Role.MONITORING_OFFICER: "Monitoring officer",
    Role.DEMOCRATIC_SERVICES_OFFICER: "Democratic services officer",
    Role.CLEARANCE_OFFICER: "Clearance officer",
    Role.DIRECTOR: "Director",
    Role.REPORT_AUTHOR: "Report author",
    Role.AUDITOR: "Auditor",
    Role.REGISTERED_PUBLIC: "Registered member of the public",
    Role.SCRUTINY_CHAIRMAN: "Scrutiny chairman",
    Role.GROUP_SPOKESMAN: "Group spokesman",
    Role.CO_OPTED_MEMBER: "Co-opted member",
    Role.COMMITTEE_MEMBER: "Committee member",
    Role.DECISION_MAKER: "Decision maker",
}


ROLE_MEANINGS = {
    Role.ADMINISTRATOR: "does all that a democratic services officer does, and decides who has an "
    "account, who holds which role and who holds which portfolio. For the whole council only.",
    Role.MONITORING_OFFICER: "reads everything, sets who may read exempt matter, decides how "
    "things are classed, and allows the takedown of a statutory record. For the whole council "
    "only.",
    Role.DEMOCRATIC_SERVICES_OFFICER: "prepares meetings, agendas and packs, accepts reports, "
    "keeps the forward plan, publishes consultations and decisions, and writes the minutes.",
    Role.CLEARANCE_OFFICER: "reads reports and proposed decisions before they are published, to "
    "advise on finance, law, equality or another matter. Changes nothing in them: what is cleared "
    "is told to the author, and not recorded here.",
    Role.DIRECTOR: "answers for the reports and proposed decisions of a directorate: reads "
    "them all, and writes those that are their own.",
    Role.REPORT_AUTHOR: "writes the reports asked of them, sets up the consultation on which a "
    "report rests, and drafts the proposed record of their own decisions.",
    Role.AUDITOR: "reads everything, the audit among it, and writes nothing. For the whole "
    "council only.",
    Role.REGISTERED_PUBLIC: "has an account and reads what everybody reads. For the whole "
    "council only.",
    Role.SCRUTINY_CHAIRMAN: "reads restricted packs and proposed decisions, so as to be asked "
    "whether a decision is urgent and may go without call-in.",
    Role.GROUP_SPOKESMAN: "reads restricted packs, and agendas in preparation for the agenda "
    "setting meeting.",
    Role.CO_OPTED_MEMBER: "reads restricted packs of the committee they are co-opted to.",
    Role.COMMITTEE_MEMBER: "reads restricted packs and every response to a consultation.",
    Role.DECISION_MAKER: "reads restricted packs and every response to a consultation, and takes "
    "and signs the decisions of the portfolios that they hold.",
}

# Roles that are held for the whole council or not at all.
COUNCIL_WIDE_ONLY = frozenset(
    {Role.ADMINISTRATOR, Role.MONITORING_OFFICER, Role.AUDITOR, Role.REGISTERED_PUBLIC}
)


class ClearanceKind(StrEnum):
    """What a clearance officer clears a report for."""

    FINANCE = "finance"
    LEGAL = "legal"
    EQUALITY = "equality"
    OTHER = "other"


CLEARANCE_KIND_LABELS = {
    ClearanceKind.FINANCE: "Finance",
    ClearanceKind.LEGAL: "Legal",
    ClearanceKind.EQUALITY: "Equality",
    ClearanceKind.OTHER: "Another matter",
}


class GrantSource(StrEnum):
    """How somebody came by a role."""

    ADMINISTRATOR = "administrator"
    GROUP = "group"


GRANT_SOURCE_LABELS = {
    GrantSource.ADMINISTRATOR: "given by an administrator",
    GrantSource.GROUP: "by a group of the council’s sign-in service",
}


class Permission(StrEnum):
    """One verb on one noun, as views ask for it."""

    ACTION_UPDATE = "action:update"
    AGENDA_EDIT = "agenda:edit"
    AGENDA_PUBLISH = "agenda:publish"
    AGENDA_READ = "agenda:read"
    ATTENDANCE_RECORD = "attendance:record"
    AUDIT_READ = "audit:read"
    CALL_IN_RECORD = "call_in:record"
    CLASSIFICATION_DECIDE = "classification:decide"
    COMMITTEE_EDIT = "committee:edit"
    CONSULTATION_EDIT = "consultation:edit"
    CONSULTATION_PUBLISH = "consultation:publish"
    COUNCILLOR_EDIT = "councillor:edit"
    DECISION_EDIT = "decision:edit"
    DECISION_PUBLISH = "decision:publish"
    DECISION_READ = "decision:read"
    DECISION_TAKE = "decision:take"
    DELEGATION_ALLOW = "delegation:allow"
    DELEGATION_EDIT = "delegation:edit"
    EVERYTHING_READ = "everything:read"
    EXEMPT_MATTER_READ = "exempt_matter:read"
    HOME_READ = "home:read"
    MEETING_EDIT = "meeting:edit"
    MINUTES_PUBLISH = "minutes:publish"
    MINUTES_WRITE = "minutes:write"
    PACK_BUILD = "pack:build"
    PACK_READ_RESTRICTED = "pack:read-restricted"
    PAPER_UPLOAD = "paper:upload"
    PERMISSION_READ = "permission:read"
    READING_RULE_SET = "reading_rule:set"
    REMINDER_READ = "reminder:read"
    REPORT_ACCEPT = "report:accept"
    REPORT_READ = "report:read"
    REPORT_REQUEST = "report:request"
    REPORT_WRITE = "report:write"
    RESPONSE_KEY_IN = "response:key-in"
    RESPONSE_READ = "response:read"
    TAKEDOWN_ALLOW = "takedown:allow"
    TAKEDOWN_ORDER = "takedown:order"
    USER_EDIT = "user:edit"
    WORK_PROGRAMME_EDIT = "work_programme:edit"


_OFFICER = frozenset(
    {
        Permission.ACTION_UPDATE,
        Permission.AGENDA_EDIT,
        Permission.AGENDA_PUBLISH,
        Permission.ATTENDANCE_RECORD,
        Permission.CALL_IN_RECORD,
        Permission.CLASSIFICATION_DECIDE,
        Permission.COMMITTEE_EDIT,
        Permission.CONSULTATION_EDIT,
        Permission.CONSULTATION_PUBLISH,
        Permission.COUNCILLOR_EDIT,
        Permission.DECISION_EDIT,
        Permission.DECISION_PUBLISH,
        Permission.DELEGATION_EDIT,
        Permission.EXEMPT_MATTER_READ,
        Permission.HOME_READ,
        Permission.MEETING_EDIT,
        Permission.MINUTES_PUBLISH,
        Permission.MINUTES_WRITE,
        Permission.PACK_BUILD,
        Permission.PACK_READ_RESTRICTED,
        Permission.PAPER_UPLOAD,
        Permission.REMINDER_READ,
        Permission.REPORT_ACCEPT,
        Permission.REPORT_REQUEST,
        Permission.REPORT_WRITE,
        Permission.RESPONSE_KEY_IN,
        Permission.RESPONSE_READ,
        Permission.TAKEDOWN_ORDER,
        Permission.WORK_PROGRAMME_EDIT,
    }
)

# What every member of a committee may read of its restricted business, however they sit on it.
_SITTING = frozenset(
    {
        Permission.ACTION_UPDATE,
        Permission.EXEMPT_MATTER_READ,
        Permission.HOME_READ,
        Permission.PACK_READ_RESTRICTED,
    }
)

_AUTHOR = frozenset(
    {
        Permission.ACTION_UPDATE,
        Permission.CONSULTATION_EDIT,
        Permission.DECISION_EDIT,
        Permission.DELEGATION_EDIT,
        Permission.HOME_READ,
        Permission.REPORT_WRITE,
        Permission.RESPONSE_KEY_IN,
        Permission.RESPONSE_READ,
    }
)

# An auditor reads the pages of everything and sends no form but those of their own account: each
# permission here opens pages alone (tests/people/test_roles.py).
_AUDITOR = frozenset(
    {
        Permission.AUDIT_READ,
        Permission.EVERYTHING_READ,
        Permission.EXEMPT_MATTER_READ,
        Permission.HOME_READ,
        Permission.PACK_READ_RESTRICTED,
        Permission.PERMISSION_READ,
    }
)

# An author sets up the consultation on which a report rests, and drafts the proposed record; an
# officer publishes both. Members and decision makers read every response before they decide.
ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: _OFFICER
    | {
        Permission.AUDIT_READ,
        Permission.DELEGATION_ALLOW,
        Permission.PERMISSION_READ,
        Permission.USER_EDIT,
    },
    Role.MONITORING_OFFICER: _AUDITOR
    | {
        Permission.ACTION_UPDATE,
        Permission.CLASSIFICATION_DECIDE,
        Permission.DELEGATION_ALLOW,
        Permission.DELEGATION_EDIT,
        Permission.READING_RULE_SET,
        Permission.TAKEDOWN_ALLOW,
        Permission.TAKEDOWN_ORDER,
    },
    Role.DEMOCRATIC_SERVICES_OFFICER: _OFFICER,
    Role.CLEARANCE_OFFICER: frozenset(
        {
            Permission.ACTION_UPDATE,
            Permission.DECISION_READ,
            Permission.DELEGATION_EDIT,
            Permission.HOME_READ,
            Permission.REPORT_READ,
        }
    ),
    Role.DIRECTOR: _AUTHOR | {Permission.DECISION_READ, Permission.REPORT_READ},
    Role.REPORT_AUTHOR: _AUTHOR,
    Role.AUDITOR: _AUDITOR,
    Role.REGISTERED_PUBLIC: frozenset({Permission.HOME_READ}),
    Role.SCRUTINY_CHAIRMAN: _SITTING | {Permission.DECISION_READ, Permission.DELEGATION_EDIT},
    Role.GROUP_SPOKESMAN: _SITTING | {Permission.AGENDA_READ, Permission.DELEGATION_EDIT},
    Role.CO_OPTED_MEMBER: _SITTING,
    Role.COMMITTEE_MEMBER: _SITTING | {Permission.RESPONSE_READ},
    Role.DECISION_MAKER: _SITTING | {Permission.DECISION_TAKE, Permission.RESPONSE_READ},
}


class MemberRole(StrEnum):
    """What a member is on one committee."""

    CHAIRMAN = "chairman"
    VICE_CHAIRMAN = "vice_chairman"
    MEMBER = "member"
    CO_OPTED = "co_opted"
    NON_VOTING = "non_voting"


MEMBER_ROLE_LABELS = {
    MemberRole.CHAIRMAN: "Chairman",
    MemberRole.VICE_CHAIRMAN: "Vice-Chairman",
    MemberRole.MEMBER: "Member",
    MemberRole.CO_OPTED: "Co-opted member",
    MemberRole.NON_VOTING: "Non-voting member",
}

# The order in which an agenda names members of one group.
MEMBER_ROLE_ORDER = list(MemberRole)


def permissions_of(roles: set[Role]) -> frozenset[Permission]:
    """All that the holder of these roles may do."""
    return frozenset().union(*(ROLE_PERMISSIONS[role] for role in roles))
