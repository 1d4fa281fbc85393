"""Whom a consultation asks, and what: types and questions, changed while it is a draft."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete
from sqlalchemy.orm.attributes import flag_modified

from committee.audit import service as audit
from committee.consultations.models import (
    Consultation,
    Question,
    QuestionOption,
    RespondentType,
)
from committee.consultations.rules import CLOSED_KINDS, QuestionKind
from committee.consultations.service import require_draft
from committee.extensions import db
from committee.states import NotAllowed


@dataclass(frozen=True)
class QuestionFields:
    """What an officer fills in about a question. Open questions have no options."""

    kind: QuestionKind
    text: str
    hint: str | None = None
    options: tuple[str, ...] = ()
    is_monitoring: bool = False


def add_type(
    consultation: Consultation, *, name: str, singular: str, by: int | None
) -> RespondentType:
    """Add a type of respondent at the end. Raises NotAllowed for a name that is there already."""
    require_draft(consultation)
    _check_name(consultation, name, None)
    added = RespondentType(
        consultation_id=consultation.id,
        position=1 + max((each.position for each in consultation.respondent_types), default=0),
        name=name,
        singular=singular,
    )
    consultation.respondent_types.append(added)
    audit.record("respondent_type:added", added, by=by)
    return added


def change_type(kind: RespondentType, *, name: str, singular: str, by: int | None) -> None:
    """Call a type of respondent something else. Raises NotAllowed for a name that is taken."""
    require_draft(kind.consultation)
    _check_name(kind.consultation, name, kind)
    kind.name, kind.singular = name, singular
    audit.record("respondent_type:changed", kind, by=by)


def remove_type(kind: RespondentType, *, by: int | None) -> None:
    """Take a type off the draft."""
    require_draft(kind.consultation)
    audit.record("respondent_type:removed", kind, by=by)
    db.session.delete(kind)
    db.session.flush()
    db.session.expire(kind.consultation, ["respondent_types"])


def move_type(kind: RespondentType, to: str, *, by: int | None) -> None:
    """Move a type by one place, `up` or `down`."""
    require_draft(kind.consultation)
    _place(kind.consultation.respondent_types, kind, to)
    audit.record("respondent_type:moved", kind, by=by)
    db.session.expire(kind.consultation, ["respondent_types"])


def _check_name(consultation: Consultation, name: str, besides: RespondentType | None) -> None:
    taken = [each.name.lower() for each in consultation.respondent_types if each is not besides]
    if name.lower() in taken:
        raise NotAllowed(f"“{name}” is there already.")


def add_question(consultation: Consultation, fields: QuestionFields, *, by: int | None) -> Question:
    """Add a question at the end. Raises NotAllowed."""
    require_draft(consultation)
    question = Question(
        consultation_id=consultation.id,
        position=1 + max((each.position for each in consultation.questions), default=0),
        kind=fields.kind,
        text=fields.text,
        hint=fields.hint,
        is_monitoring=fields.is_monitoring,
    )
    consultation.questions.append(question)
    db.session.flush()
    _set_options(question, fields)
    audit.record("question:added", question, by=by)
    return question


def change_question(question: Question, fields: QuestionFields, *, by: int | None) -> None:
    """Ask it otherwise. Raises NotAllowed."""
    require_draft(question.consultation)
    question.kind, question.text, question.hint = fields.kind, fields.text, fields.hint
    question.is_monitoring = fields.is_monitoring
    # Its answers are rows of their own: where they alone change, the question changes all the same.
    flag_modified(question, "text")
    _set_options(question, fields)
    audit.record("question:changed", question, by=by)


def remove_question(question: Question, *, by: int | None) -> None:
    """Take a question off the draft."""
    require_draft(question.consultation)
    audit.record("question:removed", question, by=by)
    _forget_options(question)
    db.session.delete(question)
    db.session.flush()
    db.session.expire(question.consultation, ["questions"])


def move_question(question: Question, to: str, *, by: int | None) -> None:
    """Move a question by one place, `up` or `down`, among those of its own part."""
    require_draft(question.consultation)
    same_part = [
        each
        for each in question.consultation.questions
        if each.is_monitoring == question.is_monitoring
    ]
    _place(same_part, question, to)
    audit.record("question:moved", question, by=by)
    db.session.expire(question.consultation, ["questions"])


def _set_options(question: Question, fields: QuestionFields) -> None:
    _forget_options(question)
    if fields.kind in CLOSED_KINDS:
        db.session.add_all(
            QuestionOption(question_id=question.id, position=position, label=label)
            for position, label in enumerate(fields.options, start=1)
        )
    db.session.flush()
    db.session.expire(question, ["options"])


def _forget_options(question: Question) -> None:
    db.session.execute(delete(QuestionOption).where(QuestionOption.question_id == question.id))
    db.session.expire(question, ["options"])


def _place(
    rows: Sequence[RespondentType] | Sequence[Question], row: RespondentType | Question, to: str
) -> None:
    """Exchange a row's position with its neighbour's, by way of one that no row has."""
    at = list(rows).index(row)
    other_at = {"up": at - 1, "down": at + 1}.get(to, -1)
    if not 0 <= other_at < len(rows):
        return
    other = rows[other_at]
    position, other_position = row.position, other.position
    row.position = -position
    db.session.flush()
    other.position = position
    db.session.flush()
    row.position = other_position
    db.session.flush()


def question_of(consultation: Consultation, question_id: int) -> Question | None:
    """One question of this consultation."""
    return next((each for each in consultation.questions if each.id == question_id), None)


def type_of(consultation: Consultation, type_id: int) -> RespondentType | None:
    """One respondent type of this consultation."""
    return next((each for each in consultation.respondent_types if each.id == type_id), None)
