"""Words and plain rules of committees, seats and terms: kinds, voting rights, quorum, periods."""

import math
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class CommitteeKind(StrEnum):
    """What a body is under the council's constitution."""

    COUNCIL = "council"
    EXECUTIVE = "executive"
    CABINET_COMMITTEE = "cabinet_committee"
    OVERVIEW_AND_SCRUTINY = "overview_and_scrutiny"
    REGULATORY = "regulatory"
    COMMITTEE = "committee"
    SUB_COMMITTEE = "sub_committee"
    JOINT = "joint"
    PANEL = "panel"


COMMITTEE_KIND_LABELS = {
    CommitteeKind.COUNCIL: "Full council",
    CommitteeKind.EXECUTIVE: "Cabinet, or a committee of it",
    CommitteeKind.CABINET_COMMITTEE: "Cabinet Committee, which advises the executive",
    CommitteeKind.OVERVIEW_AND_SCRUTINY: "Overview and scrutiny committee",
    CommitteeKind.REGULATORY: "Regulatory committee, such as planning",
    CommitteeKind.COMMITTEE: "Other committee of the council",
    CommitteeKind.SUB_COMMITTEE: "Sub-committee",
    CommitteeKind.JOINT: "Joint committee with other councils",
    CommitteeKind.PANEL: "Panel or working group",
}


class AccessRegime(StrEnum):
    """Which law says what the public may see of a body's meetings.

    A Cabinet Committee of members who only advise the executive is a committee of the council,
    whatever its name says.
    """

    COUNCIL_COMMITTEE = "council_committee"
    EXECUTIVE = "executive"


ACCESS_REGIME_LABELS = {
    AccessRegime.COUNCIL_COMMITTEE: "Committee of the council: Local Government Act 1972, Part VA",
    AccessRegime.EXECUTIVE: "The executive: SI 2012/2089",
}
ACCESS_REGIMES_IN_WORDS = {
    AccessRegime.COUNCIL_COMMITTEE: "Its meetings are open to the public under Part VA of the "
    "Local Government Act 1972.",
    AccessRegime.EXECUTIVE: "It belongs to the executive. Its meetings are open to the public "
    "under the Local Authorities (Executive Arrangements) (Meetings and Access to Information) "
    "(England) Regulations 2012.",
}


class QuorumShare(StrEnum):
    """The part of a committee's seats that must be filled by people in the room."""

    TENTH = "a_tenth"
    SIXTH = "a_sixth"
    FIFTH = "a_fifth"
    QUARTER = "a_quarter"
    THIRD = "a_third"
    TWO_FIFTHS = "two_fifths"
    HALF = "half"
    TWO_THIRDS = "two_thirds"
    THREE_QUARTERS = "three_quarters"


QUORUM_SHARES = {
    QuorumShare.TENTH: Fraction(1, 10),
    QuorumShare.SIXTH: Fraction(1, 6),
    QuorumShare.FIFTH: Fraction(1, 5),
    QuorumShare.QUARTER: Fraction(1, 4),
    QuorumShare.THIRD: Fraction(1, 3),
    QuorumShare.TWO_FIFTHS: Fraction(2, 5),
    QuorumShare.HALF: Fraction(1, 2),
    QuorumShare.TWO_THIRDS: Fraction(2, 3),
    QuorumShare.THREE_QUARTERS: Fraction(3, 4),
}
QUORUM_SHARE_LABELS = {
    QuorumShare.TENTH: "A tenth",
    QuorumShare.SIXTH: "A sixth",
    QuorumShare.FIFTH: "A fifth",
    QuorumShare.QUARTER: "A quarter",
    QuorumShare.THIRD: "A third",
    QuorumShare.TWO_FIFTHS: "Two fifths",
    QuorumShare.HALF: "Half",
    QuorumShare.TWO_THIRDS: "Two thirds",
    QuorumShare.THREE_QUARTERS: "Three quarters",
}


class VotingRight(StrEnum):
    """On what somebody with a seat may vote.

    Co-opted members have no vote unless the law gives them one (Local Government and Housing Act
    1989, section 13). Church and parent representatives on a committee that scrutinises education
    vote on questions of education alone (Local Government Act 2000, Schedule A1).
    """

    ALL = "all"
    EDUCATION_ONLY = "education_only"
    NONE = "none"


VOTING_RIGHT_LABELS = {
    VotingRight.ALL: "Votes on everything",
    VotingRight.EDUCATION_ONLY: "Votes on education only",
    VotingRight.NONE: "Has no vote",
}


class EndReason(StrEnum):
    """Why a term, a seat or a place in a list came to its end."""

    ENDED = "ended"
    RESIGNED = "resigned"
    REPLACED = "replaced"
    CHANGED_GROUP = "changed_group"
    NOT_ELECTED_AGAIN = "not_elected_again"
    CEASED_TO_BE_A_MEMBER = "ceased_to_be_a_member"
    DIED = "died"
    ENTERED_IN_ERROR = "entered_in_error"


END_REASON_LABELS = {
    EndReason.ENDED: "It came to its end",
    EndReason.RESIGNED: "Resigned",
    EndReason.REPLACED: "Replaced by somebody else",
    EndReason.CHANGED_GROUP: "Changed political group",
    EndReason.NOT_ELECTED_AGAIN: "Did not stand, or was not elected again",
    EndReason.CEASED_TO_BE_A_MEMBER: "Ceased to be a member of the council",
    EndReason.DIED: "Died",
    EndReason.ENTERED_IN_ERROR: "Entered in error: it never was so",
}


class ContactKind(StrEnum):
    """By what a councillor can be reached."""

    EMAIL = "email"
    TELEPHONE = "telephone"
    ADDRESS = "address"


CONTACT_KIND_LABELS = {
    ContactKind.EMAIL: "E-mail address",
    ContactKind.TELEPHONE: "Telephone number",
    ContactKind.ADDRESS: "Postal address",
}


@dataclass(frozen=True)
class QuorumRule:
    """How many members a meeting needs: a share of all seats, rounded up, and a least number.

    Committees' quorums are for each council to set (MTG-03; Local Government Act 1972,
    Schedule 12, paragraph 42). Vacant seats count among the seats.
    """

    share: Fraction
    minimum: int
    own: bool = False  # whether it is the committee's own, and not the constitution's for all

    def needed(self, seats: int) -> int:
        """How many members must be in the room where the committee has so many seats."""
        return max(self.minimum, math.ceil(seats * self.share))


def quorum_rule(
    share: QuorumShare | None, minimum: int | None, *, usual_share: float, usual_minimum: int
) -> QuorumRule:
    """The committee's own rule; where it says nothing, the council's usual share and minimum."""
    usual = Fraction(usual_share).limit_denominator(100)
    return QuorumRule(
        QUORUM_SHARES[share] if share else usual,
        usual_minimum if minimum is None else minimum,
        own=share is not None or minimum is not None,
    )


def share_in_words(share: Fraction) -> str:
    """A share of the seats as people say it, in small letters: “a quarter”, or “7/20”."""
    known = {QUORUM_SHARES[each]: words for each, words in QUORUM_SHARE_LABELS.items()}
    return known.get(share, str(share)).lower()


def quorum_in_words(rule: QuorumRule, seats: int | None) -> str:
    """The quorum as a sentence; the number too, where it is known how many seats there are."""
    source = "" if rule.own else ", as for every committee of the council"
    share = f"{share_in_words(rule.share)} of the seats, rounded up, and at least {rule.minimum}"
    if not seats:
        return f"{share.capitalize()}{source}."
    return f"{rule.needed(seats)} members must be present: {share}{source}."


def lasts(started_on: date, ended_on: date | None, day: date) -> bool:
    """Whether a period lasts on a day, its first and its last day included."""
    return started_on <= day and (ended_on is None or day <= ended_on)


def overlap(
    first: tuple[date, date | None],
    second: tuple[date, date | None],
) -> bool:
    """Whether two periods, each with its first and last day, have a day in common."""
    (began, ended), (also_began, also_ended) = first, second
    return (ended is None or also_began <= ended) and (also_ended is None or began <= also_ended)
