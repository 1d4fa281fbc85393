"""The form on which people respond, made from a consultation's own questions."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextArea, GovTextInput
from wtforms import Field, HiddenField, IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms import StringField as TextField
from wtforms import TextAreaField as LongTextField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional

from committee.consultations.forms import at_most
from committee.consultations.models import Consultation, Question
from committee.consultations.responding import Given
from committee.consultations.rules import (
    CHANNEL_LABELS,
    CLOSED_KINDS,
    CONSENT_LABELS,
    POSITION_LABELS,
    Channel,
    Consent,
    Position,
    QuestionKind,
)
from committee.web.fields import Checkboxes, DatePartsField, Needed, Radios, choices, tidy

SHORT, LONG = 500, 100_000
NOTHING_SAID = "Answer at least one question before you go on"
MOST_SIGNATURES = 10_000_000


class ResponseForm(FlaskForm):
    """What every response form has. Nothing in it must be filled in but one answer."""

    form_number = HiddenField()
    other_type = TextField(
        "If none of these fits, say who you are (optional)",
        widget=GovTextInput(),
        filters=[tidy],
        validators=[at_most(200)],
    )
    name = TextField(
        "Your name (optional)", widget=GovTextInput(), filters=[tidy], validators=[at_most(200)]
    )
    organisation = TextField(
        "Organisation (optional)",
        widget=GovTextInput(),
        filters=[tidy],
        description="Only if you respond for it.",
        validators=[at_most(200)],
    )
    consent = RadioField(
        "How may your response be published?",
        widget=Radios(),
        choices=choices(CONSENT_LABELS),
        default=Consent.WITHOUT_NAME.value,
        description="Councillors and the officers who work on this read every response, whatever "
        "you choose here.",
        validators=[Needed("Choose how your response may be published")],
    )

    consultation: Consultation

    def validate(self, extra_validators: Any = None) -> bool:
        """Besides each field, that something was said at all."""
        sound = bool(super().validate(extra_validators))
        if sound and not self.given().says_anything:
            self.form_errors.append(NOTHING_SAID)
            return False
        return sound

    def question_fields(self, *, monitoring: bool) -> list[Field]:
        """The fields of the questions in their order."""
        return [
            self[field_name(question)]
            for question in self.consultation.questions
            if question.is_monitoring == monitoring
        ]

    def given(self) -> Given:
        """What was said, as the service takes it."""
        asked = [each for each in self.consultation.questions if not each.is_monitoring]
        monitoring = [each for each in self.consultation.questions if each.is_monitoring]
        position = self["position"].data if "position" in self else None
        return Given(
            types=self._types(),
            other_type=self.other_type.data,
            position=Position(position) if position else None,
            texts={
                each.id: self[field_name(each)].data
                for each in asked
                if each.kind not in CLOSED_KINDS and self[field_name(each)].data
            },
            options={each.id: self._chosen(each) for each in asked if self._chosen(each)},
            monitoring={each.id: self._chosen(each) for each in monitoring},
            name=self.name.data,
            organisation=self.organisation.data,
            consent=Consent(self.consent.data),
            signatures=self.signatures.data or 1 if "signatures" in self else 1,
        )

    def _types(self) -> tuple[int, ...]:
        offered = self.consultation.respondent_types
        return tuple(offered[place - 1].id for place in self["types"].data or ()) if offered else ()

    def _chosen(self, question: Question) -> tuple[int, ...]:
        if question.kind not in CLOSED_KINDS:
            return ()
        data = self[field_name(question)].data
        places = data if isinstance(data, list) else [data] if data else []
        return tuple(question.options[place - 1].id for place in places)


class KeyedForm(ResponseForm):
    """A response on paper or by e-mail, as an officer keys it in."""

    channel = SelectField(
        "How it came",
        widget=GovSelect(),
        choices=choices(
            {each: label for each, label in CHANNEL_LABELS.items() if each is not Channel.ONLINE}
        ),
        default=Channel.PAPER_FORM.value,
    )
    received_on = DatePartsField(
        "Date received", noun="The date received", validators=[Needed("Enter the date received")]
    )
    signatures = IntegerField(
        "Signatures, for a petition",
        widget=GovTextInput(),
        default=1,
        description="A petition is one response, however many signed it.",
        validators=[
            Optional(),
            NumberRange(1, MOST_SIGNATURES, message="Enter how many signed, at least 1"),
        ],
    )


def response_form(consultation: Consultation) -> ResponseForm:
    """The public form of this consultation, filled in with what was sent."""
    return _made(ResponseForm, consultation)


def keyed_form(consultation: Consultation, *, today: date) -> KeyedForm:
    """The form on which officers key in what came by other ways."""
    made = _made(KeyedForm, consultation, data={"received_on": today, "signatures": 1})
    made.name.label.text = "Name (optional)"
    made.other_type.label.text = "If none of these fits, who they are (optional)"
    made.consent.label.text = "How may it be published?"
    made.consent.description = "As they wrote; without their name where they said nothing of it."
    return made


F = TypeVar("F", bound=ResponseForm)


def _made(base: type[F], consultation: Consultation, data: dict[str, Any] | None = None) -> F:
    fields: dict[str, Any] = {field_name(each): _field(each) for each in consultation.questions}
    if consultation.respondent_types:
        fields["types"] = SelectMultipleField(
            "Who are you responding as?",
            widget=Checkboxes(),
            coerce=int,
            choices=_offered(each.name for each in consultation.respondent_types),
            description="Choose all that apply.",
        )
    if consultation.position_question:
        fields["position"] = RadioField(
            consultation.position_question,
            widget=Radios(),
            choices=choices(POSITION_LABELS),
            validators=[Optional()],
        )
    form: F = type("ResponseForm", (base,), fields)(data=data)
    form.consultation = consultation
    return form


def field_name(question: Question) -> str:
    """What the field of a question is called in the form: by its place. The numbers of rows run on
    over those of drafts, and would tell anyone how many there are."""
    return f"question-{question.position}"


def _offered(labels: Iterable[str]) -> list[SelectChoice]:
    """The choices of a field, named by their places for the same reason."""
    return [SelectChoice(value=place, label=each) for place, each in enumerate(labels, start=1)]


def _field(question: Question) -> Any:
    hint = question.hint or ""
    offered = _offered(each.label for each in question.options)
    if question.kind is QuestionKind.ONE_CHOICE:
        return RadioField(
            question.text,
            widget=Radios(),
            coerce=int,
            choices=offered,
            description=hint,
            validators=[Optional()],
        )
    if question.kind is QuestionKind.SEVERAL_CHOICES:
        return SelectMultipleField(
            question.text,
            widget=Checkboxes(),
            coerce=int,
            choices=offered,
            description=hint or "Choose all that apply.",
        )
    if question.kind is QuestionKind.SHORT_TEXT:
        return TextField(
            question.text,
            widget=GovTextInput(),
            filters=[tidy],
            description=hint,
            validators=[at_most(SHORT)],
        )
    return LongTextField(
        question.text,
        widget=GovTextArea(),
        filters=[tidy],
        description=hint,
        validators=[at_most(LONG)],
    )
