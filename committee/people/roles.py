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


class Permission(StrEnum):
    """One verb on one noun, as views ask for it."""

    AGENDA_EDIT = "agenda:edit"
    COMMITTEE_EDIT = "committee:edit"
    MEETING_EDIT = "meeting:edit"
    PACK_BUILD = "pack:build"
    PACK_READ_RESTRICTED = "pack:read-restricted"
    PAPER_UPLOAD = "paper:upload"


_OFFICER = frozenset(
    {
        Permission.AGENDA_EDIT,
        Permission.MEETING_EDIT,
        Permission.PACK_BUILD,
        Permission.PACK_READ_RESTRICTED,
        Permission.PAPER_UPLOAD,
    }
)

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: _OFFICER | {Permission.COMMITTEE_EDIT},
    Role.DEMOCRATIC_SERVICES_OFFICER: _OFFICER | {Permission.COMMITTEE_EDIT},
    Role.REPORT_AUTHOR: frozenset(),
    Role.COMMITTEE_MEMBER: frozenset(),
    Role.DECISION_MAKER: frozenset(),
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
