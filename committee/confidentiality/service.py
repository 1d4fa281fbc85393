"""Giving things their class, and finding who gave it and why. Callers commit."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from committee.audit import service as audit
from committee.audit.hashing import utc_words
from committee.confidentiality.models import Determination
from committee.confidentiality.rules import (
    CLOSED,
    Classification,
    ConfidenceBasis,
    Said,
    problems_with,
)
from committee.extensions import db
from committee.states import NotAllowed


class Subject(Protocol):
    """A row of any table whose things have a class."""

    __tablename__: str
    classification: Any
    exempt_paragraphs: Any
    terms_of_contract: Any
    confidence_basis: Any

    @property
    def id(self) -> Any: ...


def classify(
    subject: Subject,
    said: Said,
    *,
    acknowledged: bool = False,
    now: datetime,
    today: date,
    by: int | None = None,
) -> Determination:
    """Give a thing its class, as somebody said, and keep what was said for good.

    The audit says so when the thing becomes open. Raises NotAllowed for a closed thing whose
    ground or public interest test is missing (Schedule 12A, paragraphs 8 to 10), and for opening
    what the law has closed unless that is `acknowledged`.
    """
    if problems := problems_with(said, today=today):
        raise NotAllowed(" ".join(f"{problem.sentence}." for problem in problems))
    _check_opening(subject, said, acknowledged)
    return _give(subject, said, now=now, by=by)


def take_over(
    subject: Subject,
    said: Said,
    *,
    source: str,
    acknowledged: bool = False,
    now: datetime,
    by: int | None = None,
) -> Determination:
    """Give a thing the class that something else states, such as a file: `source`, in words.

    The test need not be written down yet; what is exempt is not published without it. Raises
    NotAllowed where the ground itself is missing, and for opening what the law has closed unless
    that is `acknowledged`.
    """
    if said.classification is Classification.EXEMPT and not said.paragraphs:
        raise NotAllowed("Name the paragraphs of Schedule 12A.")
    _check_opening(subject, said, acknowledged)
    return _give(subject, said, now=now, by=by, source=source)


def opens_closed(subject: Subject, said: Said) -> bool:
    """Whether saying so would show the public what the law keeps from it, or what it once did and
    nobody has classed since."""
    if (
        said.classification is not Classification.OPEN
        or subject.classification is said.classification
    ):
        return False
    return subject.classification in CLOSED or was_closed(subject)


def was_closed(subject: Subject) -> bool:
    """Whether the law closes a thing, or ever did."""
    return bool(closings_of(subject.__tablename__, [subject.id]))


def _check_opening(subject: Subject, said: Said, acknowledged: bool) -> None:
    if not acknowledged and opens_closed(subject, said):
        raise NotAllowed(
            "This was closed, and anyone could read it. Nothing has been opened. Say on the page "
            "of its class who may read it, and agree to what is asked there."
        )


def _give(
    subject: Subject, said: Said, *, now: datetime, by: int | None, source: str | None = None
) -> Determination:
    db.session.flush()
    is_exempt = said.classification is Classification.EXEMPT
    is_confidential = said.classification is Classification.CONFIDENTIAL
    given = Determination(
        subject_kind=subject.__tablename__,
        subject_id=subject.id,
        factors_for=said.factors_for if is_exempt else None,
        factors_against=said.factors_against if is_exempt else None,
        conclusion=said.conclusion if is_exempt else None,
        review_on=said.review_on if is_exempt else None,
        decided_by_id=by,
        decided_at=now,
        recorded_from=source,
    )
    before = _class_of(subject)
    for thing in (given, subject):
        thing.classification = said.classification
        thing.exempt_paragraphs = sorted(said.paragraphs) if is_exempt else []
        thing.terms_of_contract = is_exempt and said.terms_of_contract
        thing.confidence_basis = said.confidence_basis if is_confidential else None
    db.session.add(given)
    after = _class_of(subject)
    if said.classification is Classification.OPEN:
        audit.record("classification:opened", subject, by=by, before=before, after=after)
    else:
        audit.record("classification:closed", subject, by=by, before=before, after=after)
    audit.record("determination:recorded", given, by=by, after=as_recorded(given))
    return given


def as_recorded(given: Determination) -> dict[str, Any]:
    """All that a determination says, of what, by whom and when, for the hash of the audit."""
    return {
        "subject": [given.subject_kind, given.subject_id],
        **_class_of(given),
        "factors_for": given.factors_for,
        "factors_against": given.factors_against,
        "conclusion": given.conclusion,
        "review_on": given.review_on.isoformat() if given.review_on else None,
        "decided_by_id": given.decided_by_id,
        "decided_at": utc_words(given.decided_at),
        "recorded_from": given.recorded_from,
    }


def _class_of(subject: Subject | Determination) -> dict[str, object]:
    """The class that a thing has, for the hashes of the audit."""
    return {
        "classification": subject.classification,
        "exempt_paragraphs": subject.exempt_paragraphs,
        "terms_of_contract": subject.terms_of_contract,
        "confidence_basis": subject.confidence_basis,
    }


def determinations_of(subject: Subject) -> Sequence[Determination]:
    """How a thing came by its classes, newest first."""
    found = select(Determination).where(
        Determination.subject_kind == subject.__tablename__,
        Determination.subject_id == subject.id,
    )
    with_names = found.options(joinedload(Determination.decided_by))
    return db.session.scalars(with_names.order_by(Determination.id.desc())).all()


def closings_of(kind: str, ids: Iterable[int]) -> Sequence[Determination]:
    """Every determination, old or new, by which one of these things of a table was closed."""
    found = select(Determination).where(
        Determination.subject_kind == kind,
        Determination.subject_id.in_(list(ids)),
        Determination.classification.in_(CLOSED),
    )
    return db.session.scalars(found.order_by(Determination.id)).all()


def newest_of(kind: str, ids: Iterable[int]) -> dict[int, Determination]:
    """The newest determination of each thing of this table that has one, by the thing's id."""
    newest = (
        select(func.max(Determination.id))
        .where(Determination.subject_kind == kind, Determination.subject_id.in_(list(ids)))
        .group_by(Determination.subject_id)
    )
    found = select(Determination).where(Determination.id.in_(newest)).order_by(Determination.id)
    return {each.subject_id: each for each in db.session.scalars(found)}


def untested(subjects: Sequence[Subject]) -> set[int]:
    """The ids of those of these things, all of one table, that are exempt although no public
    interest test is written down for them."""
    exempt = [each for each in subjects if each.classification is Classification.EXEMPT]
    if not exempt:
        return set()
    known = newest_of(exempt[0].__tablename__, [each.id for each in exempt])
    tested = {subject_id for subject_id, each in known.items() if each.is_tested}
    return {each.id for each in exempt} - tested


def said_of(subject: Subject) -> Said:
    """What is now said of a thing, to be said again in part, or of another thing."""
    newest = newest_of(subject.__tablename__, [subject.id]).get(subject.id)
    was_tested = newest is not None and newest.is_tested
    basis = subject.confidence_basis
    return Said(
        classification=Classification(subject.classification),
        paragraphs=tuple(subject.exempt_paragraphs),
        terms_of_contract=subject.terms_of_contract,
        must_be_registered=False if was_tested else None,
        own_planning=False if was_tested else None,
        factors_for=newest.factors_for if newest else None,
        factors_against=newest.factors_against if newest else None,
        outweighs=True if was_tested else None,
        conclusion=newest.conclusion if newest else None,
        review_on=newest.review_on if newest else None,
        confidence_basis=ConfidenceBasis(basis) if basis else None,
    )
