"""The states of a pack, which may become which, and what marks its exempt pages."""

from collections.abc import Sequence
from enum import StrEnum

from committee.agendas.rules import EXEMPT_PARAGRAPHS
from committee.states import States


class Audience(StrEnum):
    """For whom a pack is made."""

    PUBLIC = "public"
    RESTRICTED = "restricted"


AUDIENCE_LABELS = {Audience.PUBLIC: "Public pack", Audience.RESTRICTED: "Restricted pack"}


class PackStatus(StrEnum):
    """Where the building of a pack stands."""

    QUEUED = "queued"
    BUILDING = "building"
    BUILT = "built"
    CANCELLED = "cancelled"
    FAILED = "failed"


PACK_STATUS_LABELS = {
    PackStatus.QUEUED: "Waiting to start",
    PackStatus.BUILDING: "Being built",
    PackStatus.BUILT: "Built",
    PackStatus.CANCELLED: "Cancelled",
    PackStatus.FAILED: "Failed",
}

UNDER_WAY = {PackStatus.QUEUED, PackStatus.BUILDING}

MAY_BECOME = {
    PackStatus.QUEUED: {PackStatus.BUILDING, PackStatus.CANCELLED, PackStatus.FAILED},
    # A build that died with its worker starts again, so building may become building.
    PackStatus.BUILDING: {
        PackStatus.BUILDING,
        PackStatus.BUILT,
        PackStatus.CANCELLED,
        PackStatus.FAILED,
    },
    PackStatus.BUILT: set(),
    PackStatus.CANCELLED: set(),
    PackStatus.FAILED: set(),
}

PACK_STATES = States("pack", PACK_STATUS_LABELS, MAY_BECOME)


def not_for_publication(paragraphs: Sequence[int]) -> str:
    """What each page of an exempt paper is marked with: that it is not for publication, and the
    descriptions in Schedule 12A on which that rests.

    Source: Local Government Act 1972, section 100B(5).
    """
    known = [number for number in paragraphs if number in EXEMPT_PARAGRAPHS]
    if not known:
        return "NOT FOR PUBLICATION"
    *before, last = map(str, known)
    listed = f"paragraphs {', '.join(before)} and {last}" if before else f"paragraph {last}"
    described = "; ".join(EXEMPT_PARAGRAPHS[number] for number in known)
    return (
        f"NOT FOR PUBLICATION by virtue of {listed} of Part 1 of Schedule 12A to the Local "
        f"Government Act 1972: {described}."
    )
