"""What a report and a paper are, and what may become of them."""

from datetime import date
from enum import StrEnum

from committee.states import States


class PaperKind(StrEnum):
    """The place of a paper under its agenda item."""

    MAIN = "main"
    APPENDIX = "appendix"


PAPER_KIND_LABELS = {PaperKind.MAIN: "Main paper", PaperKind.APPENDIX: "Appendix"}


class VersionStatus(StrEnum):
    """Where the check of an uploaded version stands."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    FAILED = "failed"


VERSION_STATUS_LABELS = {
    VersionStatus.RECEIVED: "Being checked",
    VersionStatus.ACCEPTED: "Ready",
    VersionStatus.REFUSED: "Refused",
    VersionStatus.FAILED: "Could not be checked",
}

MAY_BECOME = {
    VersionStatus.RECEIVED: {
        VersionStatus.ACCEPTED,
        VersionStatus.REFUSED,
        VersionStatus.FAILED,
    },
    VersionStatus.FAILED: {VersionStatus.RECEIVED},
    VersionStatus.ACCEPTED: set(),
    VersionStatus.REFUSED: set(),
}

VERSION_STATES = States("version", VERSION_STATUS_LABELS, MAY_BECOME)


class ReportStatus(StrEnum):
    """Where a report stands on its way from its author to the agenda."""

    ASKED_FOR = "asked_for"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


# What a closed report is called wherever it is only named.
CLOSED_REPORT = "A report that is not open to the public"

REPORT_STATUS_LABELS = {
    ReportStatus.ASKED_FOR: "Asked for",
    ReportStatus.DRAFT: "Being written",
    ReportStatus.SUBMITTED: "With democratic services",
    ReportStatus.RETURNED: "Returned to its author",
    ReportStatus.ACCEPTED: "Accepted",
    ReportStatus.WITHDRAWN: "Withdrawn",
}

REPORT_MAY_BECOME = {
    ReportStatus.ASKED_FOR: {ReportStatus.DRAFT, ReportStatus.WITHDRAWN},
    ReportStatus.DRAFT: {ReportStatus.SUBMITTED, ReportStatus.WITHDRAWN},
    ReportStatus.SUBMITTED: {
        ReportStatus.ACCEPTED,
        ReportStatus.RETURNED,
        ReportStatus.DRAFT,
        ReportStatus.WITHDRAWN,
    },
    ReportStatus.RETURNED: {ReportStatus.SUBMITTED, ReportStatus.WITHDRAWN},
    ReportStatus.ACCEPTED: {ReportStatus.RETURNED},
    ReportStatus.WITHDRAWN: set(),
}

REPORT_STATES = States("report", REPORT_STATUS_LABELS, REPORT_MAY_BECOME)

# While it stands so, its author may change it and send new versions of its papers.
WITH_AUTHOR = frozenset({ReportStatus.ASKED_FOR, ReportStatus.DRAFT, ReportStatus.RETURNED})

# Nothing more is to be done about these.
FINISHED = frozenset({ReportStatus.ACCEPTED, ReportStatus.WITHDRAWN})

# What its author does next.
NEXT_FOR_AUTHOR = {
    ReportStatus.ASKED_FOR: "Fill in the header block and send the paper",
    ReportStatus.DRAFT: "Finish it and send it to democratic services",
    ReportStatus.SUBMITTED: "Nothing: democratic services are reading it",
    ReportStatus.RETURNED: "Read the comment, mend it and send it again",
    ReportStatus.ACCEPTED: "Nothing: it is on the agenda",
    ReportStatus.WITHDRAWN: "Nothing: it is no longer wanted",
}

# What democratic services do next.
NEXT_FOR_OFFICER = {
    ReportStatus.ASKED_FOR: "Nothing: its author has it",
    ReportStatus.DRAFT: "Nothing: its author is writing it",
    ReportStatus.SUBMITTED: "Read it, then accept it or return it",
    ReportStatus.RETURNED: "Nothing: its author is mending it",
    ReportStatus.ACCEPTED: "Nothing: it is on the agenda",
    ReportStatus.WITHDRAWN: "Nothing: it is no longer wanted",
}


def is_late(status: ReportStatus, due_on: date, *, today: date) -> bool:
    """Whether a report is still with its author although the day on which it was due is over."""
    return status in WITH_AUTHOR and due_on < today


class Verb(StrEnum):
    """What a recommendation asks the committee to do (KENT-14)."""

    NOTE = "note"
    CONSIDER = "consider"
    DISCUSS = "discuss"
    COMMENT = "comment"
    REVIEW = "review"
    AGREE = "agree"
    ENDORSE = "endorse"
    MAKE_RECOMMENDATIONS = "make_recommendations"


VERB_LABELS = {
    Verb.NOTE: "Note",
    Verb.CONSIDER: "Consider",
    Verb.DISCUSS: "Discuss",
    Verb.COMMENT: "Comment",
    Verb.REVIEW: "Review",
    Verb.AGREE: "Agree",
    Verb.ENDORSE: "Endorse",
    Verb.MAKE_RECOMMENDATIONS: "Make recommendations",
}
