"""Finding and reading responses, and who has opened which. Callers commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, not_, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import selectinload

from committee.audit import service as audit
from committee.confidentiality.reading_rules import Matter, grounds_of
from committee.confidentiality.rules import CLOSED, Classification
from committee.consultations.models import (
    Answer,
    Consultation,
    RespondentType,
    Response,
    ThemeOccurrence,
)
from committee.consultations.reading_models import Reading
from committee.consultations.rules import Position
from committee.extensions import db

PAGE_SIZE = 50


@dataclass(frozen=True)
class Closing:
    """How some responses of a consultation are closed: all that says who may read them."""

    classification: Classification
    paragraphs: tuple[int, ...]
    terms_of_contract: bool

    def matter(self, consultation: Consultation) -> Matter:
        """What the rules of reading ask about such a response."""
        grounds = grounds_of(
            self.classification, self.paragraphs, terms_of_contract=self.terms_of_contract
        )
        return Matter(consultation.committee_id, grounds)

    @property
    def holds(self) -> ColumnElement[bool]:
        """The condition that a response is closed so."""
        return and_(
            Response.classification == self.classification,
            Response.exempt_paragraphs == list(self.paragraphs),
            Response.terms_of_contract.is_(self.terms_of_contract),
        )


Closings = Sequence[Closing]


@dataclass(frozen=True)
class Wanted:
    """Which responses a reader asks for. Nothing chosen means all; what is `shut` to the reader
    is never among them."""

    type_id: int | None = None
    position: Position | None = None
    unread_by: int | None = None
    late: bool = False
    unclassed: bool = False
    shut: Closings = ()


@dataclass(frozen=True)
class Progress:
    """How many of the responses one reader has opened."""

    read: int
    all: int


@dataclass(frozen=True)
class ResponsePage:
    """One page of the list, with how many there are in all."""

    responses: Sequence[Response]
    number: int
    found: int

    @property
    def pages(self) -> int:
        """How many pages the list has; one at least."""
        return max(1, -(-self.found // PAGE_SIZE))


def page_of_responses(consultation: Consultation, wanted: Wanted, number: int) -> ResponsePage:
    """Fifty responses in the order in which they were kept."""
    chosen = _chosen(consultation, wanted)
    found = db.session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    number = min(max(1, number), max(1, -(-found // PAGE_SIZE)))
    responses = db.session.scalars(
        chosen.order_by(Response.id)
        .options(selectinload(Response.types))
        .offset((number - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    ).all()
    return ResponsePage(responses, number, found)


def _chosen(consultation: Consultation, wanted: Wanted) -> Select[Response]:
    chosen = select(Response).where(Response.consultation_id == consultation.id)
    if wanted.type_id is not None:
        chosen = chosen.where(Response.types.any(RespondentType.id == wanted.type_id))
    if wanted.position is not None:
        chosen = chosen.where(Response.position == wanted.position)
    if wanted.late:
        chosen = chosen.where(Response.on_time.is_(False))
    if wanted.unclassed:
        chosen = chosen.where(Response.classification == Classification.UNCLASSED)
    if wanted.shut:
        chosen = chosen.where(not_(_closed_so(wanted.shut)))
    if wanted.unread_by is not None:
        chosen = chosen.where(~_read_by(wanted.unread_by))
    return chosen


def _closed_so(closings: Closings) -> ColumnElement[bool]:
    return or_(false(), *(each.holds for each in closings))


def closing_of(response: Response) -> Closing:
    """How this response is closed."""
    return Closing(
        response.classification, tuple(response.exempt_paragraphs), response.terms_of_contract
    )


def closings_in(consultation: Consultation) -> list[Closing]:
    """Every way in which a response to this consultation is closed by law; usually none."""
    found = select(
        Response.classification, Response.exempt_paragraphs, Response.terms_of_contract
    ).where(Response.consultation_id == consultation.id, Response.classification.in_(CLOSED))
    return [
        Closing(classification, tuple(paragraphs), terms)
        for classification, paragraphs, terms in db.session.execute(found.distinct())
    ]


def number_closed_so(consultation: Consultation, closings: Closings) -> int:
    """How many responses to a consultation are closed in one of these ways."""
    if not closings:
        return 0
    found = select(func.count()).where(
        Response.consultation_id == consultation.id, _closed_so(closings)
    )
    return db.session.scalar(found) or 0


def _read_by(reader_id: int) -> ColumnElement[bool]:
    return exists().where(Reading.response_id == Response.id, Reading.reader_id == reader_id)


def response_of(consultation: Consultation, response_id: int) -> Response | None:
    """One response to this consultation with all that was answered."""
    return db.session.scalars(
        select(Response)
        .where(Response.id == response_id, Response.consultation_id == consultation.id)
        .options(
            selectinload(Response.types),
            selectinload(Response.answers).selectinload(Answer.options),
            selectinload(Response.answers).joinedload(Answer.question),
        )
    ).first()


def mark_read(response: Response, *, by: int, considers: bool, now: datetime) -> None:
    """Note that this reader has opened the response; once noted, the first time stands.

    With `considers` the reader is an officer, who answers for the response being considered.
    """
    noted = db.session.execute(
        insert(Reading)
        .values(response_id=response.id, reader_id=by, opened_at=now)
        .on_conflict_do_nothing(constraint="uq_reading_response_id_reader_id")
        .returning(Reading.id)
    )
    if considers and response.considered_by_id is None:
        response.considered_by_id = by
    if noted.first() is not None:
        audit.record("response:read", response, by=by)


def next_unread(
    consultation: Consultation,
    reader_id: int,
    *,
    after: int = 0,
    besides: int = 0,
    shut: Closings = (),
) -> Response | None:
    """The next response that the reader has not opened, beginning again when the end is reached;
    none of those that are `shut` to them."""
    wanted = Wanted(unread_by=reader_id, shut=shut)
    unread = _chosen(consultation, wanted).where(Response.id != besides)
    return db.session.scalars(
        unread.order_by((Response.id <= after).asc(), Response.id).limit(1)
    ).first()


def progress(consultation: Consultation, reader_id: int, shut: Closings = ()) -> Progress:
    """How far this reader has come with what is not `shut` to them."""
    read, every = db.session.execute(
        select(func.count(Reading.id), func.count(Response.id))
        .select_from(Response)
        .outerjoin(Reading, (Reading.response_id == Response.id) & (Reading.reader_id == reader_id))
        .where(Response.consultation_id == consultation.id, not_(_closed_so(shut)))
    ).one()
    return Progress(read, every)


def read_on_page(responses: Sequence[Response], reader_id: int) -> set[int]:
    """The ids of those responses that the reader has opened."""
    ids = [response.id for response in responses]
    return set(
        db.session.scalars(
            select(Reading.response_id).where(
                Reading.reader_id == reader_id, Reading.response_id.in_(ids)
            )
        )
    )


def linked_to(response: Response) -> Sequence[Response]:
    """Other responses of the same person, which are kept and not counted."""
    return db.session.scalars(
        select(Response).where(Response.same_person_as_id == response.id).order_by(Response.id)
    ).all()


def theme_ids_of(response: Response) -> set[int]:
    """The ids of the themes that the response is said to touch."""
    return set(
        db.session.scalars(
            select(ThemeOccurrence.theme_id).where(ThemeOccurrence.response_id == response.id)
        )
    )
