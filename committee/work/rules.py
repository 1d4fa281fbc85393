"""Kinds of background work, their limits, and the states of a piece of work."""

from dataclasses import dataclass
from enum import StrEnum

from committee.states import States


class WorkKind(StrEnum):
    """What is to be done."""

    CHECK_PAPER = "check_paper"
    BUILD_PACK = "build_pack"
    LINEARISE_PACK = "linearise_pack"
    SEND_MAIL = "send_mail"
    MAKE_RECORD_FILES = "make_record_files"
    MAKE_MINUTES_FILES = "make_minutes_files"
    MAKE_SUMMARY_FILES = "make_summary_files"
    INDEX_AGENDA = "index_agenda"
    SEND_PASSWORD_LINK = "send_password_link"  # noqa: S105  # no password


class WorkStatus(StrEnum):
    """Where a piece of work stands."""

    DUE = "due"
    LEASED = "leased"
    DONE = "done"
    CANCELLED = "cancelled"
    QUARANTINED = "quarantined"


WORK_STATUS_LABELS = {
    WorkStatus.DUE: "Waiting",
    WorkStatus.LEASED: "Under way",
    WorkStatus.DONE: "Done",
    WorkStatus.CANCELLED: "Cancelled",
    WorkStatus.QUARANTINED: "Set aside after too many failures",
}

MAY_BECOME = {
    WorkStatus.DUE: {WorkStatus.LEASED, WorkStatus.CANCELLED},
    WorkStatus.LEASED: {
        WorkStatus.LEASED,
        WorkStatus.DUE,
        WorkStatus.DONE,
        WorkStatus.CANCELLED,
        WorkStatus.QUARANTINED,
    },
    WorkStatus.DONE: set(),
    WorkStatus.CANCELLED: set(),
    WorkStatus.QUARANTINED: {WorkStatus.DUE},
}

WORK_STATES = States("piece of work", WORK_STATUS_LABELS, MAY_BECOME)


@dataclass(frozen=True)
class Limits:
    """How a kind of work is run: its queue, how often it is begun before it is set aside because
    its workers died, and how often it may raise an error."""

    queue: str
    attempts: int
    errors: int = 5


# A hostile paper may kill its worker each time: five tries and it is set aside. A pack is built
# from files that we wrote ourselves, so a dead worker is nearly always the machine's fault and
# the build is begun again many times before anyone is troubled. A build that raises an error is
# another matter: it would raise it again, so the officer is told within two minutes.
LIMITS = {
    WorkKind.CHECK_PAPER: Limits(queue="convert", attempts=5),
    WorkKind.BUILD_PACK: Limits(queue="pack", attempts=40),
    WorkKind.LINEARISE_PACK: Limits(queue="default", attempts=5),
    # A mail server may be away for a night; pauses grow to five minutes between two tries.
    WorkKind.SEND_MAIL: Limits(queue="mail", attempts=200, errors=150),
    WorkKind.MAKE_RECORD_FILES: Limits(queue="default", attempts=5),
    WorkKind.MAKE_MINUTES_FILES: Limits(queue="default", attempts=5),
    WorkKind.MAKE_SUMMARY_FILES: Limits(queue="default", attempts=5),
    WorkKind.INDEX_AGENDA: Limits(queue="default", attempts=5),
    WorkKind.SEND_PASSWORD_LINK: Limits(queue="mail", attempts=5),
}


def pause_before(attempt: int) -> int:
    """Seconds to wait before work that raised an error is tried again, growing to five minutes."""
    return int(min(300, 2**attempt))
