"""The states of a meeting, and which may become which."""

from enum import StrEnum

from committee.states import States


class MeetingStatus(StrEnum):
    """Where a meeting stands."""

    SCHEDULED = "scheduled"
    HELD = "held"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


MEETING_STATUS_LABELS = {
    MeetingStatus.SCHEDULED: "Scheduled",
    MeetingStatus.HELD: "Held",
    MeetingStatus.POSTPONED: "Postponed",
    MeetingStatus.CANCELLED: "Cancelled",
}

MAY_BECOME = {
    MeetingStatus.SCHEDULED: {
        MeetingStatus.HELD,
        MeetingStatus.POSTPONED,
        MeetingStatus.CANCELLED,
    },
    MeetingStatus.POSTPONED: {MeetingStatus.SCHEDULED, MeetingStatus.CANCELLED},
    MeetingStatus.HELD: set(),
    MeetingStatus.CANCELLED: set(),
}

MEETING_STATES = States("meeting", MEETING_STATUS_LABELS, MAY_BECOME)


class Presence(StrEnum):
    """How a member of the committee was, or was not, at a meeting."""

    PRESENT = "present"
    REMOTE = "remote"
    APOLOGIES = "apologies"
    ABSENT = "absent"


# Someone who joins from elsewhere may speak but counts towards neither quorum nor vote (PVA-15).
PRESENCE_LABELS = {
    Presence.PRESENT: "Present",
    Presence.REMOTE: "Joined remotely, without a vote",
    Presence.APOLOGIES: "Sent apologies",
    Presence.ABSENT: "Absent",
}


class Capacity(StrEnum):
    """In what capacity someone who is not on the committee attended."""

    OTHER_MEMBER = "other_member"
    OFFICER = "officer"
    GUEST = "guest"


CAPACITY_LABELS = {
    Capacity.OTHER_MEMBER: "Member of the council, not of the committee",
    Capacity.OFFICER: "Officer",
    Capacity.GUEST: "Guest",
}


class InterestKind(StrEnum):
    """What kind of interest a member declared (Localism Act 2011, section 31, and local code)."""

    DISCLOSABLE_PECUNIARY = "disclosable_pecuniary"
    OTHER_SIGNIFICANT = "other_significant"
    OTHER = "other"


INTEREST_KIND_LABELS = {
    InterestKind.DISCLOSABLE_PECUNIARY: "Disclosable pecuniary interest",
    InterestKind.OTHER_SIGNIFICANT: "Other significant interest",
    InterestKind.OTHER: "Another interest",
}
