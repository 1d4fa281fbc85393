"""What can be taken down, what law has to say about it, and which state may follow which."""

from enum import StrEnum

from committee.states import States


class PublishedKind(StrEnum):
    """A kind of published thing, by the name of the table that holds it."""

    PAPER = "paper_version"
    AGENDA = "agenda_version"
    NOTICE = "decision_notice"
    RECORD = "record_version"
    MINUTES = "minutes_version"
    SUMMARY = "summary_version"
    CONSULTATION = "consultation"


PUBLISHED_KIND_LABELS = {
    PublishedKind.PAPER: "Paper",
    PublishedKind.AGENDA: "Agenda",
    PublishedKind.NOTICE: "Notice of a decision",
    PublishedKind.RECORD: "Record of a decision",
    PublishedKind.MINUTES: "Minutes",
    PublishedKind.SUMMARY: "Results of a consultation",
    PublishedKind.CONSULTATION: "Consultation",
}

# Statutory records, which nobody may hide but the monitoring officer, each with its law.
STATUTORY = {
    PublishedKind.AGENDA: "Local Government Act 1972, section 100C: open for six years",
    PublishedKind.MINUTES: "Local Government Act 1972, section 100C: open for six years",
    PublishedKind.NOTICE: "SI 2012/2089, regulation 9: notice of key decisions",
    PublishedKind.RECORD: "SI 2012/2089, regulation 14: open for six years",
}

# A paper may be stopped at once, since an exempt one must not stay up while somebody is asked;
# as a report to an open item it is open for six years too, so the monitoring officer confirms it.
TO_BE_CONFIRMED = {PublishedKind.PAPER}


class TakedownStatus(StrEnum):
    """Where a takedown stands."""

    ASKED_FOR = "asked_for"
    IN_FORCE = "in_force"
    REFUSED = "refused"
    LIFTED = "lifted"


TAKEDOWN_STATUS_LABELS = {
    TakedownStatus.ASKED_FOR: "Asked for",
    TakedownStatus.IN_FORCE: "Taken down",
    TakedownStatus.REFUSED: "Refused",
    TakedownStatus.LIFTED: "Put back",
}

TAKEDOWN_MAY_BECOME = {
    TakedownStatus.ASKED_FOR: {TakedownStatus.IN_FORCE, TakedownStatus.REFUSED},
    TakedownStatus.IN_FORCE: {TakedownStatus.LIFTED},
    TakedownStatus.REFUSED: set(),
    TakedownStatus.LIFTED: set(),
}

TAKEDOWN_STATES = States("takedown", TAKEDOWN_STATUS_LABELS, TAKEDOWN_MAY_BECOME)


def first_status(kind: PublishedKind, *, may_allow: bool) -> TakedownStatus:
    """What a takedown begins as: a statutory record waits for the monitoring officer, and all
    else is stopped at once. `may_allow`: the one who asks is the monitoring officer."""
    waits = kind in STATUTORY and not may_allow
    return TakedownStatus.ASKED_FOR if waits else TakedownStatus.IN_FORCE
