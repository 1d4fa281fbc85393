"""Taking in responses: each is kept, gets a receipt, and counts once. Callers commit.

Nothing of the sender's machine is kept. Answers to equality questions go to a table of their own,
without anything that leads back, so they are counted even where two responses are one person's.
"""

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select, update

from committee.audit import service as audit
from committee.consultations.models import (
    Answer,
    Consultation,
    Question,
    Response,
)
from committee.consultations.monitoring_models import MonitoringAnswer
from committee.consultations.rules import Channel, Consent, ConsultationStatus, Position, is_open
from committee.extensions import db
from committee.states import NotAllowed

# Letters and figures that nobody takes for others when they are read out or written by hand.
RECEIPT_LETTERS = "ABCDEFGHJKMNPQRTUVWXYZ2346789"
RECEIPT_LENGTH = 12
RANDOM_ID_BITS = 62


@dataclass(frozen=True)
class Given:
    """What somebody said. Answers are by question: words, or the ids of the options chosen."""

    types: tuple[int, ...] = ()
    other_type: str | None = None
    position: Position | None = None
    texts: dict[int, str] = field(default_factory=dict)
    options: dict[int, tuple[int, ...]] = field(default_factory=dict)
    monitoring: dict[int, tuple[int, ...]] = field(default_factory=dict)
    name: str | None = None
    organisation: str | None = None
    consent: Consent = Consent.WITHOUT_NAME
    signatures: int = 1

    @property
    def says_anything(self) -> bool:
        """Whether there is a position, an answer or a comment in it."""
        return bool(self.position or self.texts or any(self.options.values()))


def respond(consultation: Consultation, given: Given, *, form_number: str, today: date) -> Response:
    """Take in what was sent by the public form. The same form sent twice is one response.

    A form that was changed before it was sent again is another response: in a household two people
    may use one page. Raises NotAllowed when the consultation is not open.
    """
    sending = _sending(consultation, given, form_number)
    present = _with_sending(sending)
    if present is not None:
        return present
    if not is_open(consultation.status, consultation.opens_on, consultation.closes_on, today=today):
        raise NotAllowed("This consultation is not open for responses.")
    response = _kept(consultation, given, sending, channel=Channel.ONLINE, received_on=today)
    audit.record("response:received", response, by=None)
    return response


def key_in(
    consultation: Consultation,
    given: Given,
    *,
    channel: Channel,
    received_on: date,
    form_number: str,
    today: date,
    by: int,
) -> Response:
    """Keep a response that came by another way. Whoever keys in a late one has accepted it.

    Raises NotAllowed for a date to come, one before people were asked, or a draft.
    """
    if consultation.published_at is None or consultation.status is ConsultationStatus.WITHDRAWN:
        raise NotAllowed("Responses can be keyed in once the consultation has been published.")
    if not consultation.opens_on <= received_on <= today:
        raise NotAllowed("The date received must be between the opening date and today.")
    sending = _sending(consultation, given, form_number)
    present = _with_sending(sending)
    if present is not None:
        return present
    late = received_on > consultation.closes_on
    response = _kept(
        consultation,
        given,
        sending,
        channel=channel,
        received_on=received_on,
        keyed_in_by_id=by,
        accepted_by_id=by if late else None,
    )
    audit.record("response:keyed", response, by=by)
    if late:
        audit.record("response:accepted", response, by=by)
    return response


def same_person(response: Response, receipt: str, *, by: int) -> None:
    """Link a response to another of the same person, which alone is counted. Both are kept.

    Raises NotAllowed if there is no such other response to this consultation.
    """
    other = response_with_receipt(receipt)
    if other is not None and other.same_person_as is not None:
        other = other.same_person_as
    if (
        other is None
        or other.consultation_id != response.consultation_id
        or other.id == response.id
    ):
        raise NotAllowed("There is no other response to this consultation with that number.")
    response.same_person_as_id = other.id
    # Whoever was linked to this one is now linked to the one that counts.
    db.session.execute(
        update(Response)
        .where(Response.same_person_as_id == response.id)
        .values(same_person_as_id=other.id)
    )
    audit.record("response:linked", response, by=by)


def not_the_same_person(response: Response, *, by: int) -> None:
    """Take back that a response is of somebody who is counted already."""
    response.same_person_as_id = None
    audit.record("response:unlinked", response, by=by)


def response_with_receipt(receipt: str) -> Response | None:
    """The response with this receipt number, however it was typed."""
    tidy = "".join(each for each in receipt.upper() if each.isalnum())
    written = "-".join(tidy[at : at + 4] for at in range(0, len(tidy), 4))
    return db.session.scalars(select(Response).where(Response.receipt == written)).first()


def new_form_number() -> str:
    """A number for a form that is about to be shown, which nobody can guess."""
    return secrets.token_hex(16)


def new_receipt() -> str:
    """A receipt number in groups of four, as K7QM-3XPA-9TDH."""
    letters = "".join(secrets.choice(RECEIPT_LETTERS) for _ in range(RECEIPT_LENGTH))
    return "-".join(letters[at : at + 4] for at in range(0, RECEIPT_LENGTH, 4))


def _sending(consultation: Consultation, given: Given, form_number: str) -> str:
    """The same for the same form with the same words; equality answers leave no mark in it."""
    said: dict[str, Any] = {**vars(given), "monitoring": None, "form": form_number}
    said["consultation"] = consultation.id
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def _with_sending(sending: str) -> Response | None:
    return db.session.scalars(select(Response).where(Response.sending == sending)).first()


def _kept(
    consultation: Consultation,
    given: Given,
    sending: str,
    *,
    channel: Channel,
    received_on: date,
    keyed_in_by_id: int | None = None,
    accepted_by_id: int | None = None,
) -> Response:
    response = Response(
        consultation_id=consultation.id,
        receipt=new_receipt(),
        sending=sending,
        channel=channel,
        received_on=received_on,
        on_time=received_on <= consultation.closes_on,
        position=given.position,
        name=given.name,
        organisation=given.organisation,
        other_type=given.other_type,
        signatures=given.signatures,
        consent=given.consent,
        keyed_in_by_id=keyed_in_by_id,
        accepted_by_id=accepted_by_id,
        types=[each for each in consultation.respondent_types if each.id in given.types],
    )
    for question in consultation.questions:
        if question.is_monitoring:
            _keep_apart(question, given.monitoring.get(question.id, ()))
        else:
            _keep_answer(response, question, given)
    db.session.add(response)
    db.session.flush()
    return response


def _keep_answer(response: Response, question: Question, given: Given) -> None:
    chosen = given.options.get(question.id, ())
    text = given.texts.get(question.id)
    options = [option for option in question.options if option.id in chosen]
    if text or options:
        response.answers.append(Answer(question=question, text=text, options=options))


def _keep_apart(question: Question, chosen: tuple[int, ...]) -> None:
    db.session.add_all(
        MonitoringAnswer(
            id=secrets.randbits(RANDOM_ID_BITS) + 1, question_id=question.id, option_id=option.id
        )
        for option in question.options
        if option.id in chosen
    )
