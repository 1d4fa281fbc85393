"""Finding and reading responses, and who has opened which. Callers commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, not_, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import selectinload

from committee.audit import service as audit
from committee.confidentiality.reading import may_not_read
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
from committee.people.holdings import committees_where
from committee.people.models import User
from committee.people.roles import Permission

PAGE_SIZE = 50


@dataclass(frozen=True)
class Closing:
    """How some responses of a consultation are closed: all that says who may read them."""

    classification: Classification
    paragraphs: tuple[int, ...]
    terms_of_contract: bool

    def matter(self, committee_id: int) -> Matter:
        """What the rules of reading ask about such a response to a consultation of a committee."""
        grounds = grounds_of(
            self.classification, self.paragraphs, terms_of_contract=self.terms_of_contract
        )
        return Matter(committee_id, grounds)

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


def shut_to(user: User, *, on: date) -> ColumnElement[bool]:
    """The condition that a response, found with its consultation, is closed so that the user may
    not read it on that day; those who answer for a consultation read every one."""
    works_on = committees_where(user, Permission.CONSULTATION_EDIT, on=on)
    if works_on is None:
        return false()
    closings = [each for each in _closings_by_committee() if each[0] not in works_on]
    matters = {closing.matter(committee_id) for committee_id, closing in closings}
    shut = may_not_read(user, matters, on=on)
    ways = (
        and_(Consultation.committee_id == committee_id, closing.holds)
        for committee_id, closing in closings
        if closing.matter(committee_id) in shut
    )
    return or_(false(), *ways)


def _closings_by_committee() -> list[tuple[int, Closing]]:
    """Every way in which responses are closed by law, with the committees that ask for them."""
    found = (
        select(
            Consultation.committee_id,
            Response.classification,
            Response.exempt_paragraphs,
            Response.terms_of_contract,
        )
        .join(Response, Response.consultation_id == Consultation.id)
        .where(Response.classification.in_(CLOSED))
    )
    return [
        (committee_id, Closing(classification, tuple(paragraphs), terms))
        for committee_id, classification, paragraphs, terms in db.session.execute(found.distinct())
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


def linked_to(response: Response, shut: Closings = ()) -> Sequence[Response]:
    """Other responses of the same person, which are kept and not counted; none of those that are
    `shut` to the reader, who would learn from the link who wrote them."""
    linked = select(Response).where(
        Response.same_person_as_id == response.id, not_(_closed_so(shut))
    )
    return db.session.scalars(linked.order_by(Response.id)).all()


def counted_by(response: Response, shut: Closings = ()) -> Response | None:
    """The response of the same person by which they are counted, unless it is `shut` to the
    reader."""
    found = response.same_person_as
    return None if found is None or closing_of(found) in shut else found


def theme_ids_of(response: Response) -> set[int]:
    """The ids of the themes that the response is said to touch."""
    return set(
        db.session.scalars(
            select(ThemeOccurrence.theme_id).where(ThemeOccurrence.response_id == response.id)
        )
    )
