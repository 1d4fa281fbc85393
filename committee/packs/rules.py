"""The states of a pack, and which may become which."""

from enum import StrEnum

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
