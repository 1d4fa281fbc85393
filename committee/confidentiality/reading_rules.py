"""Who may read exempt and confidential matter: the grounds, and what holds until somebody sets it.

Source: Local Government Act 1972, section 100F: a member may inspect what the council holds about
business of its meetings, but for some paragraphs of Schedule 12A, unless they need to know it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from committee.confidentiality.rules import Classification
from committee.law.exempt_information import FINANCIAL_AFFAIRS, NOT_FOR_OTHER_MEMBERS
from committee.people.roles import COUNCIL_WIDE_ONLY, ROLE_PERMISSIONS, Permission, Role


class Ground(StrEnum):
    """Why a thing is closed, as the table of readers knows it."""

    PARAGRAPH_ONE = "paragraph_one"
    PARAGRAPH_TWO = "paragraph_two"
    PARAGRAPH_THREE = "paragraph_three"
    TERMS_OF_CONTRACT = "terms_of_contract"
    PARAGRAPH_FOUR = "paragraph_four"
    PARAGRAPH_FIVE = "paragraph_five"
    PARAGRAPH_SIX = "paragraph_six"
    PARAGRAPH_SEVEN = "paragraph_seven"
    CONFIDENTIAL = "confidential"


GROUND_LABELS = {
    Ground.PARAGRAPH_ONE: "Paragraph 1",
    Ground.PARAGRAPH_TWO: "Paragraph 2",
    Ground.PARAGRAPH_THREE: "Paragraph 3",
    Ground.TERMS_OF_CONTRACT: "Paragraph 3, terms of a contract",
    Ground.PARAGRAPH_FOUR: "Paragraph 4",
    Ground.PARAGRAPH_FIVE: "Paragraph 5",
    Ground.PARAGRAPH_SIX: "Paragraph 6",
    Ground.PARAGRAPH_SEVEN: "Paragraph 7",
    Ground.CONFIDENTIAL: "Confidential",
}

# The ground that each paragraph of Schedule 12A gives.
OF_PARAGRAPH = {
    1: Ground.PARAGRAPH_ONE,
    2: Ground.PARAGRAPH_TWO,
    3: Ground.PARAGRAPH_THREE,
    4: Ground.PARAGRAPH_FOUR,
    5: Ground.PARAGRAPH_FIVE,
    6: Ground.PARAGRAPH_SIX,
    7: Ground.PARAGRAPH_SEVEN,
}


class Standing(StrEnum):
    """Whether somebody sits on the committee whose matter it is, or holds their role otherwise."""

    ON_COMMITTEE = "on_committee"
    ELSEWHERE = "elsewhere"


STANDING_LABELS = {
    Standing.ON_COMMITTEE: "on the committee",
    Standing.ELSEWHERE: "for the whole council",
}

# Roles of members, who by law read less of another committee's matter than of their own.
MEMBERS = (
    Role.COMMITTEE_MEMBER,
    Role.CO_OPTED_MEMBER,
    Role.SCRUTINY_CHAIRMAN,
    Role.GROUP_SPOKESMAN,
)

# Every role that may read exempt matter at all, in the order in which it is shown.
READERS = tuple(role for role in Role if Permission.EXEMPT_MATTER_READ in ROLE_PERMISSIONS[role])

# Roles that read of closed matter the words of reports alone, before these are published.
REPORT_READERS = tuple(
    role
    for role in Role
    if Permission.REPORT_READ in ROLE_PERMISSIONS[role] and role not in READERS
)

# The roles of which the table speaks.
RULED = tuple(role for role in Role if role in READERS + REPORT_READERS)

Rule = tuple[Role, Standing, Ground]


def shown_rows() -> list[tuple[Role, Standing]]:
    """The rows of the table: each role that reads, on the committee and for the whole council
    unless it is held for the whole council alone."""
    return [
        (role, standing)
        for role in RULED
        for standing in Standing
        if role not in COUNCIL_WIDE_ONLY or standing is Standing.ELSEWHERE
    ]


def by_default(role: Role, standing: Standing, ground: Ground) -> bool:
    """What holds where nobody has set a rule.

    Officers, the auditor, those who take decisions, and members of the committee itself read all
    of it, and those who clear reports or answer for them all reports. Other members read what
    section 100F lets every member inspect.
    """
    if role not in RULED:
        return False
    if role not in MEMBERS or standing is Standing.ON_COMMITTEE:
        return True
    hidden = {OF_PARAGRAPH[number] for number in NOT_FOR_OTHER_MEMBERS}
    return ground not in hidden | {Ground.TERMS_OF_CONTRACT, Ground.CONFIDENTIAL}


def grounds_of(
    classification: Classification, paragraphs: Sequence[int], *, terms_of_contract: bool = False
) -> tuple[Ground, ...]:
    """The grounds on which a thing is closed; none where it is open or nobody has classed it."""
    if classification is Classification.CONFIDENTIAL:
        return (Ground.CONFIDENTIAL,)
    if classification is not Classification.EXEMPT:
        return ()
    return tuple(
        Ground.TERMS_OF_CONTRACT
        if number == FINANCIAL_AFFAIRS and terms_of_contract
        else OF_PARAGRAPH[number]
        for number in sorted(paragraphs)
    )


@dataclass(frozen=True)
class Matter:
    """What has to be known of a closed thing to say who may read it.

    `authors` are the users whose own report, decision or the like it is: they know what it says.
    `words_of_report` says that it is what a report says, which those read too who read reports
    before they are published; anything else, a report's files among it, is not for them.
    """

    committee_id: int | None
    grounds: tuple[Ground, ...]
    authors: frozenset[int] = frozenset()
    words_of_report: bool = False

    @property
    def readers(self) -> tuple[Role, ...]:
        """The roles by which it may be read, where the rules let them."""
        return RULED if self.words_of_report else READERS


def forbidden(
    role: Role, standing: Standing, grounds: Sequence[Ground], rules: Mapping[Rule, bool]
) -> list[Ground]:
    """Those of the grounds on which a role may not read, by the rules that were set and else by
    default. Whoever may read must be free of all of them."""
    return [
        ground
        for ground in grounds
        if not rules.get((role, standing, ground), by_default(role, standing, ground))
    ]
