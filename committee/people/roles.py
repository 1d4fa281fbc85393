"""Roles, permissions, and the one table that says which role holds which permission."""

from enum import StrEnum


class Role(StrEnum):
    """What someone does in the council's committee business."""

    ADMINISTRATOR = "administrator"
    DEMOCRATIC_SERVICES_OFFICER = "democratic_services_officer"
    REPORT_AUTHOR = "report_author"
    COMMITTEE_MEMBER = "committee_member"
    DECISION_MAKER = "decision_maker"


ROLE_LABELS = {
    Role.ADMINISTRATOR: "Administrator",
    Role.DEMOCRATIC_SERVICES_OFFICER: "Democratic services officer",
    Role.REPORT_AUTHOR: "Report author",
    Role.COMMITTEE_MEMBER: "Committee member",
    Role.DECISION_MAKER: "Decision maker",
}


ROLE_MEANINGS = {
    Role.ADMINISTRATOR: "does all that a democratic services officer does, and decides who has an "
    "account, who holds which role and who holds which portfolio. For the whole council only.",
    Role.DEMOCRATIC_SERVICES_OFFICER: "prepares meetings, agendas and packs, accepts reports, "
    "keeps the forward plan, publishes consultations and decisions, and writes the minutes.",
    Role.REPORT_AUTHOR: "writes the reports asked of them, sets up the consultation on which a "
    "report rests, and drafts the proposed record of decision.",
    Role.COMMITTEE_MEMBER: "reads restricted packs and every response to a consultation.",
    Role.DECISION_MAKER: "reads restricted packs and every response to a consultation, and takes "
    "and signs the decisions of the portfolios that they hold.",
}


class Permission(StrEnum):
    """One verb on one noun, as views ask for it."""

    ACTION_UPDATE = "action:update"
    AGENDA_EDIT = "agenda:edit"
    AGENDA_PUBLISH = "agenda:publish"
    ATTENDANCE_RECORD = "attendance:record"
    CALL_IN_RECORD = "call_in:record"
    COMMITTEE_EDIT = "committee:edit"
    CONSULTATION_EDIT = "consultation:edit"
    CONSULTATION_PUBLISH = "consultation:publish"
    DECISION_EDIT = "decision:edit"
    DECISION_PUBLISH = "decision:publish"
    DECISION_TAKE = "decision:take"
    HOME_READ = "home:read"
    MEETING_EDIT = "meeting:edit"
    MINUTES_PUBLISH = "minutes:publish"
    MINUTES_WRITE = "minutes:write"
    PACK_BUILD = "pack:build"
    PACK_READ_RESTRICTED = "pack:read-restricted"
    PAPER_UPLOAD = "paper:upload"
    REMINDER_READ = "reminder:read"
    REPORT_ACCEPT = "report:accept"
    REPORT_REQUEST = "report:request"
    REPORT_WRITE = "report:write"
    RESPONSE_KEY_IN = "response:key-in"
    RESPONSE_READ = "response:read"
    USER_EDIT = "user:edit"
    WORK_PROGRAMME_EDIT = "work_programme:edit"


_OFFICER = frozenset(
    {
        Permission.ACTION_UPDATE,
        Permission.AGENDA_EDIT,
        Permission.AGENDA_PUBLISH,
        Permission.ATTENDANCE_RECORD,
        Permission.CALL_IN_RECORD,
        Permission.COMMITTEE_EDIT,
        Permission.CONSULTATION_EDIT,
        Permission.CONSULTATION_PUBLISH,
        Permission.DECISION_EDIT,
        Permission.DECISION_PUBLISH,
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
        Permission.WORK_PROGRAMME_EDIT,
    }
)

# An author sets up the consultation on which a report rests, and drafts the proposed record; an
# officer publishes both. Members and decision makers read every response before they decide.
ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: _OFFICER | {Permission.USER_EDIT},
    Role.DEMOCRATIC_SERVICES_OFFICER: _OFFICER,
    Role.REPORT_AUTHOR: frozenset(
        {
            Permission.ACTION_UPDATE,
            Permission.CONSULTATION_EDIT,
            Permission.DECISION_EDIT,
            Permission.HOME_READ,
            Permission.REPORT_WRITE,
            Permission.RESPONSE_KEY_IN,
            Permission.RESPONSE_READ,
        }
    ),
    Role.COMMITTEE_MEMBER: frozenset(
        {
            Permission.ACTION_UPDATE,
            Permission.HOME_READ,
            Permission.PACK_READ_RESTRICTED,
            Permission.RESPONSE_READ,
        }
    ),
    Role.DECISION_MAKER: frozenset(
        {
            Permission.ACTION_UPDATE,
            Permission.DECISION_TAKE,
            Permission.HOME_READ,
            Permission.PACK_READ_RESTRICTED,
            Permission.RESPONSE_READ,
        }
    ),
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
