"""What can fall due, when people are reminded of it, and the states of an obligation."""

from enum import StrEnum

from committee.states import States


class ObligationKind(StrEnum):
    """What somebody has to do, or is to be told."""

    REPORT_DUE = "report_due"
    REPORT_LATE = "report_late"
    AGENDA_TO_PUBLISH = "agenda_to_publish"
    CONSULTATION_CLOSING = "consultation_closing"
    DECISION_READY_TO_SIGN = "decision_ready_to_sign"
    CALL_IN_ENDED = "call_in_ended"
    ACTION_DUE = "action_due"
    EXEMPTION_REVIEW = "exemption_review"


OBLIGATION_KIND_LABELS = {
    ObligationKind.REPORT_DUE: "Report due",
    ObligationKind.REPORT_LATE: "Report late",
    ObligationKind.AGENDA_TO_PUBLISH: "Agenda to publish",
    ObligationKind.CONSULTATION_CLOSING: "Consultation closing",
    ObligationKind.DECISION_READY_TO_SIGN: "Decision ready to sign",
    ObligationKind.CALL_IN_ENDED: "Call-in ended",
    ObligationKind.ACTION_DUE: "Action due",
    ObligationKind.EXEMPTION_REVIEW: "Exemption to review",
}


class ObligationStatus(StrEnum):
    """Where an obligation stands."""

    DUE = "due"
    LEASED = "leased"
    DONE = "done"
    CANCELLED = "cancelled"
    QUARANTINED = "quarantined"


OBLIGATION_STATUS_LABELS = {
    ObligationStatus.DUE: "To be sent",
    ObligationStatus.LEASED: "Being sent",
    ObligationStatus.DONE: "Sent",
    ObligationStatus.CANCELLED: "No longer needed",
    ObligationStatus.QUARANTINED: "Failed, and set aside",
}

OBLIGATION_MAY_BECOME = {
    ObligationStatus.DUE: {ObligationStatus.LEASED, ObligationStatus.CANCELLED},
    ObligationStatus.LEASED: {
        ObligationStatus.LEASED,
        ObligationStatus.DUE,
        ObligationStatus.DONE,
        ObligationStatus.CANCELLED,
        ObligationStatus.QUARANTINED,
    },
    ObligationStatus.DONE: set(),
    ObligationStatus.CANCELLED: {ObligationStatus.DUE},
    ObligationStatus.QUARANTINED: {ObligationStatus.DUE, ObligationStatus.CANCELLED},
}

OBLIGATION_STATES = States("reminder", OBLIGATION_STATUS_LABELS, OBLIGATION_MAY_BECOME)

# How often a reminder is begun before it is set aside for people to look at.
MOST_ATTEMPTS = 5

# Those that are not wanted any more can be let go.
CANCELLABLE = frozenset(
    status
    for status, allowed in OBLIGATION_MAY_BECOME.items()
    if ObligationStatus.CANCELLED in allowed
)


class Standing(StrEnum):
    """How a reminder stands for the people who look after it, its letter's fate included."""

    COMING = "coming"
    SENT = "sent"
    FAILED = "failed"
    GONE = "gone"


STANDING_LABELS = {
    Standing.COMING: "To be sent",
    Standing.SENT: "Sent",
    Standing.FAILED: "Failed",
    Standing.GONE: "No longer needed",
}
