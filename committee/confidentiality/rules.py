"""The classes of things, what has to be said before something is closed, and how it is marked.

Source: Local Government Act 1972, sections 100A, 100B(5) and 100F, and Schedule 12A, Part 1, with
the qualifications in its paragraphs 8 to 10.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from committee.law.exempt_information import (
    EXEMPT_PARAGRAPHS,
    FINANCIAL_AFFAIRS,
    REVIEW_WITHIN,
)


class Classification(StrEnum):
    """Whether anyone may read a thing. What nobody has classed yet is treated as closed."""

    UNCLASSED = "unclassed"
    OPEN = "open"
    EXEMPT = "exempt"
    CONFIDENTIAL = "confidential"


CLASSIFICATION_LABELS = {
    Classification.UNCLASSED: "Not classed yet",
    Classification.OPEN: "Open",
    Classification.EXEMPT: "Exempt",
    Classification.CONFIDENTIAL: "Confidential",
}

# What the law closes: the public is excluded while it is dealt with.
CLOSED = frozenset({Classification.EXEMPT, Classification.CONFIDENTIAL})


class ConfidenceBasis(StrEnum):
    """Why information is confidential, which is not the same as exempt (section 100A(3))."""

    GOVERNMENT_TERMS = "government_terms"
    ENACTMENT = "enactment"
    COURT_ORDER = "court_order"


CONFIDENCE_BASIS_LABELS = {
    ConfidenceBasis.GOVERNMENT_TERMS: "A government department gave it on terms that forbid "
    "disclosure",
    ConfidenceBasis.ENACTMENT: "An enactment forbids its disclosure",
    ConfidenceBasis.COURT_ORDER: "An order of a court forbids its disclosure",
}

STRICTNESS = [
    Classification.OPEN,
    Classification.UNCLASSED,
    Classification.EXEMPT,
    Classification.CONFIDENTIAL,
]


def strictest(classes: Iterable[Classification]) -> Classification:
    """The most closed of some classes; open for none."""
    return max(classes, key=STRICTNESS.index, default=Classification.OPEN)


@dataclass(frozen=True)
class Said:
    """What an officer says of a thing: its class and, where it is closed, why.

    `must_be_registered` and `own_planning` answer the qualifications in paragraphs 8 and 9, and
    `outweighs` says whether the public interest in closing is the greater. None is not answered.
    """

    classification: Classification
    paragraphs: tuple[int, ...] = ()
    terms_of_contract: bool = False
    must_be_registered: bool | None = None
    own_planning: bool | None = None
    factors_for: str | None = None
    factors_against: str | None = None
    outweighs: bool | None = None
    conclusion: str | None = None
    review_on: date | None = None
    confidence_basis: ConfidenceBasis | None = None


OPENED = Said(Classification.OPEN)


@dataclass(frozen=True)
class Problem:
    """Something missing or wrong in what was said, and the field of `Said` that it is about."""

    field: str
    sentence: str


def problems_with(said: Said, *, today: date) -> list[Problem]:
    """All that stands in the way of closing a thing as was said; nothing for an open one."""
    if said.classification is Classification.UNCLASSED:
        return [Problem("classification", "Say whether it is open, exempt or confidential")]
    if said.classification is Classification.CONFIDENTIAL:
        if said.confidence_basis is None:
            return [Problem("confidence_basis", "Say what forbids the disclosure")]
        return []
    if said.classification is Classification.EXEMPT:
        return [*_qualified(said), *_untested(said), *_review(said.review_on, today)]
    return []


def _qualified(said: Said) -> Iterator[Problem]:
    """The grounds, and the qualifications in paragraphs 8 and 9 that take some of them away."""
    if not said.paragraphs or not set(said.paragraphs) <= set(EXEMPT_PARAGRAPHS):
        yield Problem("paragraphs", "Choose at least one paragraph, or make it open")
    if FINANCIAL_AFFAIRS in said.paragraphs:
        if said.must_be_registered is None:
            yield Problem("must_be_registered", "Say whether the information must be registered")
        elif said.must_be_registered:
            yield Problem(
                "must_be_registered",
                "What must be registered under the Companies Acts or the like is not exempt under "
                "paragraph 3",
            )
    if said.own_planning is None:
        yield Problem("own_planning", "Say whether it is about the council’s own development")
    elif said.own_planning:
        yield Problem(
            "own_planning",
            "Information about development for which the council may grant itself planning "
            "permission is not exempt",
        )


def _untested(said: Said) -> Iterator[Problem]:
    """The public interest test, which paragraph 10 asks for; where both weigh alike, it is open."""
    if not said.factors_for:
        yield Problem("factors_for", "Say what speaks for keeping it closed")
    if not said.factors_against:
        yield Problem("factors_against", "Say what speaks for disclosing it")
    if said.outweighs is None:
        yield Problem("outweighs", "Say which public interest is the greater")
    elif not said.outweighs:
        yield Problem(
            "outweighs",
            "Then it is not exempt. Make it open, or show why the interest in keeping it closed "
            "is the greater",
        )
    if not said.conclusion:
        yield Problem("conclusion", "Say how you came to your conclusion")


def _review(on: date | None, today: date) -> Iterator[Problem]:
    last = today + timedelta(days=REVIEW_WITHIN)
    if on is None or not today < on <= last:
        yield Problem("review_on", "Enter a day within the next year on which to weigh this again")


def marking(classification: Classification, paragraphs: Sequence[int]) -> str | None:
    """What a copy of a closed thing is marked with; nothing for an open one (section 100B(5))."""
    if classification is Classification.CONFIDENTIAL:
        return (
            "NOT FOR PUBLICATION: contains confidential information within section 100A(3) of the "
            "Local Government Act 1972."
        )
    if classification is Classification.EXEMPT:
        return _by_virtue_of(paragraphs)
    return "NOT FOR PUBLICATION" if classification is Classification.UNCLASSED else None


def _by_virtue_of(paragraphs: Sequence[int]) -> str:
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


def reason(classification: Classification, paragraphs: Sequence[int]) -> str:
    """Why a thing is closed, in words that anyone may read; nothing for what is open."""
    if classification is Classification.CONFIDENTIAL:
        return "Confidential information, Local Government Act 1972, section 100A(3)"
    grounds = [
        f"paragraph {number}: {EXEMPT_PARAGRAPHS[number]}"
        for number in paragraphs
        if number in EXEMPT_PARAGRAPHS
    ]
    return f"Local Government Act 1972, Schedule 12A, {'; '.join(grounds)}" if grounds else ""
