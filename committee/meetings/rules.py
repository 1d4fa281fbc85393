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
