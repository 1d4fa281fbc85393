"""Which roles go with a seat, which may be lent, and what may be read without being changed."""

from committee.people.roles import Permission, Role

# Roles that a seat on a committee gives, and nothing else does to somebody who is a councillor.
SEAT_ROLES = frozenset({Role.COMMITTEE_MEMBER, Role.CO_OPTED_MEMBER})

# Roles of members that are given by hand and count only while they sit on the committee.
SEATED_ROLES = frozenset({Role.GROUP_SPOKESMAN, Role.SCRUTINY_CHAIRMAN})

# Roles that may be lent during an absence. A seat cannot be lent: a substitute takes it. Nor can
# the taking of executive decisions, which the law gives to the person (Local Government Act 2000
# s.9E), the giving of roles, or an auditor's independence. A monitoring officer's deputy is
# foreseen by the Local Government and Housing Act 1989 s.5(7).
DELEGABLE = frozenset(
    {
        Role.MONITORING_OFFICER,
        Role.DEMOCRATIC_SERVICES_OFFICER,
        Role.CLEARANCE_OFFICER,
        Role.DIRECTOR,
        Role.REPORT_AUTHOR,
        Role.SCRUTINY_CHAIRMAN,
        Role.GROUP_SPOKESMAN,
    }
)

# Held for what they open themselves: a page that needs one of them is opened by nothing else.
_BY_NOTHING_ELSE = frozenset(
    {
        Permission.DECISION_TAKE,
        Permission.EXEMPT_MATTER_READ,
        Permission.HOME_READ,
        Permission.PACK_READ_RESTRICTED,
    }
)

# Which permissions open the pages that need another one, for reading alone: whoever holds one of
# them is shown the page, and any form that they send from it is refused.
READ_BY: dict[Permission, frozenset[Permission]] = {
    permission: frozenset({Permission.EVERYTHING_READ})
    for permission in Permission
    if permission not in _BY_NOTHING_ELSE
} | {
    Permission.AGENDA_EDIT: frozenset({Permission.AGENDA_READ, Permission.EVERYTHING_READ}),
    Permission.DECISION_EDIT: frozenset({Permission.DECISION_READ, Permission.EVERYTHING_READ}),
    Permission.REPORT_WRITE: frozenset({Permission.REPORT_READ, Permission.EVERYTHING_READ}),
}
