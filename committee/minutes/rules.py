"""The states of minutes and of actions, and the words that resolutions and votes use."""

from enum import StrEnum

from committee.states import States


class MinutesStatus(StrEnum):
    """Where the minutes of a meeting stand."""

    DRAFT = "draft"
    PUBLISHED_DRAFT = "published_draft"
    APPROVED = "approved"


MINUTES_STATUS_LABELS = {
    MinutesStatus.DRAFT: "Being written",
    MinutesStatus.PUBLISHED_DRAFT: "Published as a draft",
    MinutesStatus.APPROVED: "Approved",
}

MINUTES_MAY_BECOME = {
    MinutesStatus.DRAFT: {MinutesStatus.PUBLISHED_DRAFT},
    MinutesStatus.PUBLISHED_DRAFT: {MinutesStatus.APPROVED},
    MinutesStatus.APPROVED: set(),
}

MINUTES_STATES = States("set of minutes", MINUTES_STATUS_LABELS, MINUTES_MAY_BECOME)


class Outcome(StrEnum):
    """What the committee resolved on an item (KENT-14)."""

    NOTED = "noted"
    ENDORSED = "endorsed"
    ENDORSED_SUBJECT_TO = "endorsed_subject_to"
    NOT_ENDORSED = "not_endorsed"
    RECOMMENDATIONS_MADE = "recommendations_made"
    AGREED = "agreed"
    NOT_AGREED = "not_agreed"
    CORRECT_RECORD = "correct_record"
    DEFERRED = "deferred"


OUTCOME_LABELS = {
    Outcome.NOTED: "Noted",
    Outcome.ENDORSED: "Endorsed",
    Outcome.ENDORSED_SUBJECT_TO: "Endorsed, subject to a condition",
    Outcome.NOT_ENDORSED: "Not endorsed",
    Outcome.RECOMMENDATIONS_MADE: "Recommendations made",
    Outcome.AGREED: "Agreed",
    Outcome.NOT_AGREED: "Not agreed",
    Outcome.CORRECT_RECORD: "Minutes approved as a correct record",
    Outcome.DEFERRED: "Deferred",
}


class Openness(StrEnum):
    """What whoever writes a minute answers to whether anyone may read it (PVA-21).

    Why it is closed, and on which paragraphs, is said on a page of its own.
    """

    OPEN = "open"
    CLOSED = "closed"


OPENNESS_LABELS = {
    Openness.OPEN: "Open: anyone, once the minutes are published",
    Openness.CLOSED: "Exempt or confidential: the public reads a summary",
}


class Vote(StrEnum):
    """How a member voted."""

    FOR = "for"
    AGAINST = "against"
    ABSTAINED = "abstained"


VOTE_LABELS = {Vote.FOR: "For", Vote.AGAINST: "Against", Vote.ABSTAINED: "Abstained"}


def is_carried(votes_for: int, votes_against: int, casting: Vote | None) -> bool:
    """Whether a motion is carried: by a majority of those voting, on a tie by the casting vote.

    On a tie without one it is not carried (Local Government Act 1972, Schedule 12, paragraph 39).
    """
    if votes_for == votes_against:
        return casting is Vote.FOR
    return votes_for > votes_against


# Outcomes by which what was asked for came about; a vote that was lost goes with none of them.
NEEDS_MAJORITY = frozenset(
    {
        Outcome.ENDORSED,
        Outcome.ENDORSED_SUBJECT_TO,
        Outcome.AGREED,
        Outcome.CORRECT_RECORD,
        Outcome.RECOMMENDATIONS_MADE,
    }
)

# Outcomes that cannot be worded without the clerk's own words beside them.
NEEDS_WORDS = frozenset({Outcome.ENDORSED_SUBJECT_TO, Outcome.RECOMMENDATIONS_MADE})

# Outcomes that tell a decision maker what the committee thinks of the proposed decision.
ADVISES = frozenset(Outcome) - {Outcome.DEFERRED, Outcome.CORRECT_RECORD}


class ActionStatus(StrEnum):
    """Where an action stands that somebody took away from a meeting."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


ACTION_STATUS_LABELS = {
    ActionStatus.OPEN: "To be done",
    ActionStatus.DONE: "Done",
    ActionStatus.CANCELLED: "No longer needed",
}

# What an action from private business is called wherever it is only named.
PRIVATE_ACTION = "An action from business that is not open to the public"

ACTION_MAY_BECOME = {
    ActionStatus.OPEN: {ActionStatus.DONE, ActionStatus.CANCELLED},
    ActionStatus.DONE: {ActionStatus.OPEN},
    ActionStatus.CANCELLED: {ActionStatus.OPEN},
}

ACTION_STATES = States("action", ACTION_STATUS_LABELS, ACTION_MAY_BECOME)
