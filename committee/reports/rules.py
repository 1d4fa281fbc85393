"""What a paper is, and what may become of an uploaded version."""

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
