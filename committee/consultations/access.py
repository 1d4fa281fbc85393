"""The only loaders of consultations and responses that a view may use. What is hidden is 404."""

from datetime import date

from flask import abort

from committee.confidentiality import access as confidentiality
from committee.consultations import questions, reading, service, themes
from committee.consultations.models import (
    Consultation,
    Question,
    RespondentType,
    Response,
    Theme,
)
from committee.consultations.reading import Closing
from committee.consultations.rules import READABLE
from committee.people.permissions import Permission, check, may, may_open


def known_consultation(slug: str) -> Consultation:
    """The consultation that anyone may see, or that this reader is preparing."""
    consultation = service.consultation_with_slug(slug)
    if consultation is None:
        abort(404)
    if consultation.published_at is None:
        check(Permission.CONSULTATION_EDIT, consultation.committee_id)
    return consultation


def consultation_for(permission: Permission, slug: str) -> Consultation:
    """The consultation, for a reader who holds `permission` on its committee."""
    consultation = service.consultation_with_slug(slug)
    if consultation is None:
        abort(404)
    check(permission, consultation.committee_id)
    return consultation


def question_for(slug: str, question_id: int) -> Question:
    """A question of a consultation that this reader may edit."""
    consultation = consultation_for(Permission.CONSULTATION_EDIT, slug)
    question = questions.question_of(consultation, question_id)
    if question is None:
        abort(404)
    return question


def type_for(slug: str, type_id: int) -> RespondentType:
    """A respondent type of a consultation that this reader may edit."""
    consultation = consultation_for(Permission.CONSULTATION_EDIT, slug)
    kind = questions.type_of(consultation, type_id)
    if kind is None:
        abort(404)
    return kind


def readable_consultation(slug: str) -> Consultation:
    """The consultation that has closed, so that anyone may read those responses that are open."""
    consultation = known_consultation(slug)
    if consultation.status not in READABLE:
        abort(404)
    return consultation


def response_for(permission: Permission, slug: str, response_id: int, *, on: date) -> Response:
    """A response to a consultation, for a reader who holds `permission` on its committee and may
    read it on that day: what the law closes goes by the rules that the monitoring officer sets."""
    consultation = consultation_for(permission, slug)
    response = reading.response_of(consultation, response_id)
    if response is None:
        abort(404)
    if response.is_closed and not works_on(consultation):
        matter = reading.closing_of(response).matter(consultation.committee_id)
        confidentiality.check_may_read(matter, on=on)
    return response


def shut_to_reader(consultation: Consultation, *, on: date) -> list[Closing]:
    """The ways in which responses are closed so that this reader may not read them on that day."""
    if works_on(consultation):
        return []
    return [
        each
        for each in reading.closings_in(consultation)
        if not confidentiality.may_read(each.matter(consultation.committee_id), on=on)
    ]


def works_on(consultation: Consultation) -> bool:
    """Whether this reader is one of those who answer for the consultation: they keyed responses in
    and say what each touches, so that none of them is missed."""
    return may(Permission.CONSULTATION_EDIT, consultation.committee_id)


def theme_for(slug: str, theme_id: int) -> Theme:
    """A theme of a consultation that this reader may edit."""
    consultation = consultation_for(Permission.CONSULTATION_EDIT, slug)
    theme = themes.theme_of(consultation, theme_id)
    if theme is None:
        abort(404)
    return theme


def sees_names(consultation: Consultation) -> bool:
    """Whether this reader is an officer who works on it, and so sees who wrote each response."""
    return may_open(Permission.CONSULTATION_EDIT, consultation.committee_id)
