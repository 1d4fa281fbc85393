"""Giving responses a class: open, exempt or confidential. Callers commit.

A response is closed when it comes in, and counts whatever its class. What its respondent allows is
a ceiling: nobody can open what they did not wish to be published.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, String, cast, func, select
from sqlalchemy.orm import selectinload

from committee.confidentiality import service as confidentiality
from committee.confidentiality.rules import OPENED, Classification, Said
from committee.consultations.models import Answer, Consultation, Response
from committee.consultations.rules import Consent, may_be_opened
from committee.extensions import db
from committee.states import NotAllowed
from committee.web.paging import pages_of, place_of

PAGE_SIZE = 50

OVERTAKEN = (
    "One of these was classed by somebody else meanwhile, so none of them was opened. Look at them "
    "as they are now."
)


def classify_response(
    response: Response,
    said: Said,
    *,
    acknowledged: bool = False,
    now: datetime,
    today: date,
    by: int | None,
) -> None:
    """Give a response its class.

    Raises NotAllowed as `confidentiality.service.classify` does, and for opening one whose
    respondent does not wish it to be published.
    """
    if said.classification is Classification.OPEN and not may_be_opened(response.consent):
        raise NotAllowed(
            "The respondent does not wish this response to be published, so it cannot be open."
        )
    confidentiality.classify(response, said, acknowledged=acknowledged, now=now, today=today, by=by)


def lock(response: Response) -> None:
    """Keep a response from being classed by anybody else until the transaction ends, and read its
    class anew."""
    db.session.execute(select(Response.id).where(Response.id == response.id).with_for_update())
    db.session.refresh(response)


def to_open(responses: Sequence[Response]) -> str:
    """What somebody agrees to who opens these responses: exactly these."""
    return "-".join(str(response.id) for response in responses)


def open_these(
    consultation: Consultation, agreed: str, *, now: datetime, today: date, by: int | None
) -> int:
    """Open the responses that were `agreed` to, and no other; answers how many they were.

    Raises NotAllowed, and opens none, where one of them may not be opened or is classed already.
    """
    ids = agreed.split("-")
    if len(ids) > PAGE_SIZE or not all(each.isascii() and each.isdigit() for each in ids):
        raise NotAllowed(OVERTAKEN)
    # Compared as written: there are numbers too long for the database, and for Python to read.
    named = cast(Response.id, String).in_(ids)
    wanted = select(Response).where(*_to_be_opened(consultation), named)
    found = db.session.scalars(
        wanted.order_by(Response.id).with_for_update().execution_options(populate_existing=True)
    ).all()
    if len(found) != len(ids):
        raise NotAllowed(OVERTAKEN)
    for response in found:
        classify_response(response, OPENED, now=now, today=today, by=by)
    return len(found)


def page_to_be_opened(consultation: Consultation) -> tuple[Sequence[Response], int]:
    """The first fifty responses that nobody has classed and whose respondents allow that they are
    published, with their words, and how many there are of these in all."""
    return _page(1, *_to_be_opened(consultation))


def page_of_open(consultation: Consultation, page: int) -> tuple[Sequence[Response], int, int]:
    """One page of the open responses of a consultation with their words, its number, and how many
    pages there are."""
    conditions = _open(consultation)
    number = _number(*conditions)
    place = place_of(page, number, PAGE_SIZE)
    responses, _ = _page(place, *conditions)
    return responses, place, pages_of(number, PAGE_SIZE)


def has_open(consultation: Consultation) -> bool:
    """Whether somebody has opened a response to this consultation."""
    return _number(*_open(consultation)) > 0


def _to_be_opened(consultation: Consultation) -> tuple[ColumnElement[bool], ...]:
    return (
        Response.consultation_id == consultation.id,
        Response.classification == Classification.UNCLASSED,
        Response.consent != Consent.NOT_PUBLISHED,
    )


def _open(consultation: Consultation) -> tuple[ColumnElement[bool], ...]:
    return (
        Response.consultation_id == consultation.id,
        Response.classification == Classification.OPEN,
        Response.consent != Consent.NOT_PUBLISHED,
    )


def _number(*conditions: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count(Response.id)).where(*conditions)) or 0


def _page(page: int, *conditions: ColumnElement[bool]) -> tuple[Sequence[Response], int]:
    """Responses in the order in which they were kept, with what they say."""
    found = (
        select(Response)
        .where(*conditions)
        .order_by(Response.id)
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
        .options(selectinload(Response.answers).joinedload(Answer.question))
    )
    return db.session.scalars(found).all(), _number(*conditions)
