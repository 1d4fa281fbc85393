"""The states of a decision and of its record, and which may become which."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from committee.states import States

# KENT-13: two figures of the year in which it was given, and five that run on within that year.
DECISION_NUMBER = re.compile(r"[0-9]{2}/[0-9]{5}\Z")


class DecisionStatus(StrEnum):
    """Where a decision stands, from the day that its number is given (rules, section 10)."""

    DRAFT = "draft"
    NOTIFIED = "notified"
    CONSULTED = "consulted"
    PRE_SCRUTINISED = "pre_scrutinised"
    READY = "ready"
    TAKEN = "taken"
    PUBLISHED = "published"
    CALLED_IN = "called_in"
    EFFECTIVE = "effective"
    IMPLEMENTED = "implemented"
    WITHDRAWN = "withdrawn"
    ABANDONED = "abandoned"


DECISION_STATUS_LABELS = {
    DecisionStatus.DRAFT: "Being prepared",
    DecisionStatus.NOTIFIED: "Notice published",
    DecisionStatus.CONSULTED: "Consultation reported",
    DecisionStatus.PRE_SCRUTINISED: "Considered by the committee",
    DecisionStatus.READY: "Ready to be taken",
    DecisionStatus.TAKEN: "Taken",
    DecisionStatus.PUBLISHED: "Approved, subject to call-in",
    DecisionStatus.CALLED_IN: "Called in",
    DecisionStatus.EFFECTIVE: "In force",
    DecisionStatus.IMPLEMENTED: "Implemented",
    DecisionStatus.WITHDRAWN: "Withdrawn",
    DecisionStatus.ABANDONED: "Abandoned",
}

_NOT_GONE_ON = {DecisionStatus.WITHDRAWN, DecisionStatus.ABANDONED}

DECISION_MAY_BECOME = {
    DecisionStatus.DRAFT: {DecisionStatus.NOTIFIED, *_NOT_GONE_ON},
    DecisionStatus.NOTIFIED: {
        DecisionStatus.CONSULTED,
        DecisionStatus.PRE_SCRUTINISED,
        DecisionStatus.READY,
        *_NOT_GONE_ON,
    },
    DecisionStatus.CONSULTED: {
        DecisionStatus.PRE_SCRUTINISED,
        DecisionStatus.READY,
        *_NOT_GONE_ON,
    },
    DecisionStatus.PRE_SCRUTINISED: {
        DecisionStatus.CONSULTED,
        DecisionStatus.READY,
        *_NOT_GONE_ON,
    },
    DecisionStatus.READY: {
        DecisionStatus.PRE_SCRUTINISED,
        DecisionStatus.TAKEN,
        *_NOT_GONE_ON,
    },
    DecisionStatus.TAKEN: {DecisionStatus.PUBLISHED},
    DecisionStatus.PUBLISHED: {DecisionStatus.CALLED_IN, DecisionStatus.EFFECTIVE},
    # Referred back, it is taken again; otherwise it takes effect as it was published.
    DecisionStatus.CALLED_IN: {DecisionStatus.READY, DecisionStatus.EFFECTIVE},
    # A request that came in time may be noted only after the sweep had put the decision into force.
    DecisionStatus.EFFECTIVE: {DecisionStatus.CALLED_IN, DecisionStatus.IMPLEMENTED},
    DecisionStatus.IMPLEMENTED: set(),
    DecisionStatus.WITHDRAWN: set(),
    DecisionStatus.ABANDONED: set(),
}

DECISION_STATES = States("decision", DECISION_STATUS_LABELS, DECISION_MAY_BECOME)

# While it stands so, its particulars, notice and proposed record may be changed.
BEFORE_TAKEN = frozenset(
    {
        DecisionStatus.DRAFT,
        DecisionStatus.NOTIFIED,
        DecisionStatus.CONSULTED,
        DecisionStatus.PRE_SCRUTINISED,
        DecisionStatus.READY,
    }
)


def is_reported(quote: Mapping[str, Any]) -> bool:
    """Whether the consultation's results were published, so that there is something to quote."""
    return "sha256" in quote


# The forward plan lists what has been notified and is still to be taken.
IN_FORWARD_PLAN = BEFORE_TAKEN - {DecisionStatus.DRAFT}

# Whose record has been published, or will be once it has been signed.
WAS_TAKEN = frozenset(
    {
        DecisionStatus.TAKEN,
        DecisionStatus.PUBLISHED,
        DecisionStatus.CALLED_IN,
        DecisionStatus.EFFECTIVE,
        DecisionStatus.IMPLEMENTED,
    }
)

# Whose final record stands. Of one that was referred back it does not, until it is taken again.
RECORD_STANDS = WAS_TAKEN - {DecisionStatus.TAKEN}

# Nothing of a decision is public before its notice is.
PUBLIC_FROM_NOTICE = frozenset(DecisionStatus) - {DecisionStatus.DRAFT}


class KeyCriterion(StrEnum):
    """Why a decision is key (SI 2012/2089, regulation 8)."""

    EXPENDITURE = "expenditure"
    TWO_DIVISIONS = "two_divisions"
    BOTH = "both"


KEY_CRITERION_LABELS = {
    KeyCriterion.EXPENDITURE: "Significant expenditure or savings",
    KeyCriterion.TWO_DIVISIONS: "Significant effect on two or more divisions",
    KeyCriterion.BOTH: "Significant expenditure or savings, and effect on two or more divisions",
}


class Restriction(StrEnum):
    """How much of the matter is expected to be closed to the public (KEY-03a)."""

    OPEN = "open"
    PART_EXEMPT = "part_exempt"
    FULLY_EXEMPT = "fully_exempt"


RESTRICTION_LABELS = {
    Restriction.OPEN: "Open",
    Restriction.PART_EXEMPT: "Part exempt",
    Restriction.FULLY_EXEMPT: "Fully exempt",
}


class Urgency(StrEnum):
    """How a key decision may be taken before 28 clear days are over (KEY-04, KEY-05)."""

    GENERAL_EXCEPTION = "general_exception"
    SPECIAL_URGENCY = "special_urgency"


URGENCY_LABELS = {
    Urgency.GENERAL_EXCEPTION: "General exception (regulation 10)",
    Urgency.SPECIAL_URGENCY: "Special urgency (regulation 11)",
}


class EqualityState(StrEnum):
    """How the equality duty is shown to have been met (EQ-01)."""

    ASSESSED = "assessed"
    SCREENED_OUT = "screened_out"
    NOT_APPLICABLE = "not_applicable"


EQUALITY_STATE_LABELS = {
    EqualityState.ASSESSED: "An equality impact assessment is attached",
    EqualityState.SCREENED_OUT: "Screened, and no full assessment needed",
    EqualityState.NOT_APPLICABLE: "Not applicable",
}


class RecordKind(StrEnum):
    """Whether a record proposes a decision or sets down one that was taken."""

    PROPOSED = "proposed"
    FINAL = "final"


RECORD_KIND_LABELS = {
    RecordKind.PROPOSED: "Proposed record of decision",
    RecordKind.FINAL: "Record of decision",
}


class CallInStatus(StrEnum):
    """Where a request to call a decision in stands."""

    REQUESTED = "requested"
    VALID = "valid"
    REFUSED = "refused"
    CONFIRMED = "confirmed"
    REFERRED_BACK = "referred_back"


CALL_IN_STATUS_LABELS = {
    CallInStatus.REQUESTED: "Asked for",
    CallInStatus.VALID: "Accepted as valid",
    CallInStatus.REFUSED: "Refused as not valid",
    CallInStatus.CONFIRMED: "Decision stands",
    CallInStatus.REFERRED_BACK: "Referred back to the decision maker",
}

CALL_IN_MAY_BECOME = {
    CallInStatus.REQUESTED: {CallInStatus.VALID, CallInStatus.REFUSED},
    CallInStatus.VALID: {CallInStatus.CONFIRMED, CallInStatus.REFERRED_BACK},
    CallInStatus.REFUSED: set(),
    CallInStatus.CONFIRMED: set(),
    CallInStatus.REFERRED_BACK: set(),
}

CALL_IN_STATES = States("call-in", CALL_IN_STATUS_LABELS, CALL_IN_MAY_BECOME)
