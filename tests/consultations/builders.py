"""Makers of consultations and responses for tests. Callers commit."""

import itertools
from datetime import UTC, date, datetime, timedelta

from committee.confidentiality.rules import OPENED, Classification, ConfidenceBasis, Said
from committee.consultations import classing, questions, responding, service
from committee.consultations.models import Consultation, Question, Response
from committee.consultations.questions import QuestionFields
from committee.consultations.responding import Given
from committee.consultations.rules import Channel, Position, QuestionKind
from committee.consultations.service import Particulars
from committee.extensions import db
from committee.people.models import Committee
from tests import builders

_numbers = itertools.count(1)

OPENS = date(2018, 2, 26)
CLOSES = date(2018, 4, 8)
INSIDE = date(2018, 3, 14)
AFTER = date(2018, 4, 9)
AN_INSTANT = datetime(2018, 2, 20, 9, 0, tzinfo=UTC)

SCHOOL_TYPES = (
    ("Parents/carers", "Parent"),
    ("Pupils", "Pupil"),
    ("Governors", "Governor"),
    ("Members of staff", "Staff Member"),
    ("Local Resident", "Local Resident"),
    ("Other Interested parties", "Other Interested party"),
)

# The numbers of 18/00019: rows by type, in the order support, against, undecided.
SCHOOL_ROWS = (
    (("Parents/carers",), (67, 4, 5)),
    (("Parents/carers", "Governors"), (1, 0, 0)),
    (("Parents/carers", "Members of staff"), (1, 0, 0)),
    (("Pupils",), (3, 0, 0)),
    (("Governors",), (1, 0, 0)),
    (("Members of staff",), (12, 1, 1)),
    (("Local Resident",), (1, 0, 0)),
    (("Other Interested parties",), (1, 1, 0)),
)


def a_consultation(
    committee: Committee | None = None,
    *,
    title: str | None = None,
    types: tuple[tuple[str, str], ...] = (("Parents or carers", "Parent"), ("Pupils", "Pupil")),
    position_question: str | None = "Do you support the proposal?",
    opens_on: date = OPENS,
    closes_on: date = CLOSES,
    decision_id: int | None = None,
    published: bool = True,
) -> Consultation:
    """A consultation with its types, published a few days before it opens."""
    made = service.set_up(
        committee or builders.a_committee(),
        Particulars(
            title=title or f"A change {next(_numbers)}",
            proposal="We propose a change, for reasons that are set out here.",
            opens_on=opens_on,
            closes_on=closes_on,
            position_question=position_question,
            decision_id=decision_id,
        ),
        by=None,
    )
    for name, singular in types:
        questions.add_type(made, name=name, singular=singular, by=None)
    if published:
        publish(made)
    return made


def publish(consultation: Consultation) -> None:
    """Publish on the opening day."""
    service.publish(consultation, now=AN_INSTANT, today=consultation.opens_on, by=None)


def a_question(
    consultation: Consultation,
    text: str,
    *options: str,
    kind: QuestionKind | None = None,
    monitoring: bool = False,
) -> Question:
    """A question; with options it is one choice, without it asks for a comment."""
    usual = QuestionKind.ONE_CHOICE if options else QuestionKind.LONG_TEXT
    return questions.add_question(
        consultation,
        QuestionFields(
            kind=kind or usual, text=text, options=tuple(options), is_monitoring=monitoring
        ),
        by=None,
    )


def a_response(
    consultation: Consultation,
    *types: str,
    position: Position | None = Position.SUPPORT,
    on: date = INSIDE,
    **more: object,
) -> Response:
    """A response by the public form, of the types with these names."""
    return responding.respond(
        consultation,
        given(consultation, *types, position=position, **more),
        form_number=responding.new_form_number(),
        today=on,
    )


def keyed_in(
    consultation: Consultation,
    *types: str,
    by: int,
    channel: Channel = Channel.LETTER,
    received_on: date = INSIDE,
    today: date = date(2018, 5, 1),
    **more: object,
) -> Response:
    """A response that came on paper."""
    return responding.key_in(
        consultation,
        given(consultation, *types, **more),
        channel=channel,
        received_on=received_on,
        form_number=responding.new_form_number(),
        today=today,
        by=by,
    )


def given(consultation: Consultation, *types: str, **more: object) -> Given:
    """What somebody of the types with these names said."""
    ids = tuple(each.id for each in consultation.respondent_types if each.name in types)
    assert len(ids) == len(types), "no such type"
    return Given(types=ids, **more)  # type: ignore[arg-type]


def classed(response: Response, said: Said) -> Response:
    """The response with the class that an officer gave it."""
    db.session.flush()
    classing.classify_response(response, said, now=AN_INSTANT, today=INSIDE, by=None)
    return response


def opened(response: Response) -> Response:
    """The response, open."""
    return classed(response, OPENED)


def exempt(*paragraphs: int) -> Said:
    """That something is exempt, with all that has to be said."""
    return Said(
        Classification.EXEMPT,
        paragraphs=paragraphs or (1,),
        must_be_registered=False,
        own_planning=False,
        factors_for="It tells of a child.",
        factors_against="People follow the matter.",
        outweighs=True,
        conclusion="The child’s interest is the greater.",
        review_on=INSIDE + timedelta(days=100),
    )


CONFIDENTIAL = Said(Classification.CONFIDENTIAL, confidence_basis=ConfidenceBasis.COURT_ORDER)


def the_school_consultation(committee: Committee | None = None, **more: object) -> Consultation:
    """18/00019: 99 responses in eight rows."""
    made = a_consultation(committee, types=SCHOOL_TYPES, **more)  # type: ignore[arg-type]
    for types, numbers in SCHOOL_ROWS:
        for position, number in zip(Position, numbers, strict=True):
            for _ in range(number):
                a_response(made, *types, position=position)
    return made


def the_transport_consultation(committee: Committee | None = None, **more: object) -> Consultation:
    """18/00016: 91 responses, two by post, of whom 88 answered the closed question."""
    made = a_consultation(
        committee,
        types=(
            ("Parents or carers", "Parent"),
            ("Students in years 12 to 14", "Student in year 12 to 14"),
            ("Students in years 7 to 11", "Student in year 7 to 11"),
            ("Learning providers", "Learning provider"),
            ("Others", "Other"),
        ),
        position_question=None,
        published=False,
        **more,  # type: ignore[arg-type]
    )
    price = a_question(made, "Should the price fall to £400?", "Agree", "Disagree", "Don’t know")
    publish(made)
    agree, disagree, unsure = (option.id for option in price.options)
    answers = iter([agree] * 59 + [disagree] * 3 + [unsure] * 26 + [None] * 3)
    for kind, number in zip(made.respondent_types, (70, 16, 1, 3, 1), strict=True):
        for _ in range(number):
            answer = next(answers)
            options = {price.id: (answer,)} if answer else {}
            a_response(made, kind.name, position=None, options=options)
    return made
