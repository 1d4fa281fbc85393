"""Forms of officers: setting a consultation up, themes, and small acts."""

from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from wtforms import BooleanField, Field, IntegerField, RadioField, SelectField, StringField
from wtforms import TextAreaField as LongTextField
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from committee.consultations.models import Consultation, Question, RespondentType, Theme
from committee.consultations.questions import QuestionFields
from committee.consultations.rules import (
    CLOSED_KINDS,
    POSITION_LABELS,
    QUESTION_KIND_LABELS,
    Position,
    QuestionKind,
)
from committee.consultations.service import Particulars
from committee.consultations.themes import ThemeFields
from committee.web.fields import DatePartsField, Needed, Radios, VersionedForm, choices, tidy

PREFER_NOT = "Prefer not to say"
MOST_COPIES = 10_000_000


class Tick(GovCheckboxInput):
    """One box to tick, under its field's own label."""

    def map_gov_params(self, field: Field, **named: Any) -> dict[str, Any]:
        """The parameters for the component, without a legend or a hint that would be empty."""
        params: dict[str, Any] = super().map_gov_params(field, **named)
        params.pop("hint", None)
        params.pop("fieldset", None)
        return params


def at_most(characters: int) -> Length:
    """A limit on a text's length, said in words."""
    return Length(max=characters, message=f"This must be {characters:,} characters or fewer")


def words(label: str, needed: str | None = None, *, most: int = 500, **named: Any) -> StringField:
    """One line of text; `needed` is what to say when it is empty."""
    validators = [*([Needed(needed)] if needed else []), at_most(most)]
    return StringField(label, widget=GovTextInput(), filters=[tidy], validators=validators, **named)


def long_words(
    label: str, needed: str | None = None, *, most: int = 20_000, **named: Any
) -> LongTextField:
    """Several lines of text; `needed` is what to say when it is empty."""
    validators = [*([Needed(needed)] if needed else []), at_most(most)]
    return LongTextField(
        label, widget=GovTextArea(), filters=[tidy], validators=validators, **named
    )


class PromotionForm(VersionedForm):
    """How people were told of a consultation."""

    promotion = long_words(
        "How people are told of it (optional)",
        description="For example: e-mail to schools, posters, the council’s website.",
    )
    copies_sent = IntegerField(
        "Paper copies sent out (optional)",
        widget=GovTextInput(),
        validators=[
            Optional(),
            NumberRange(0, MOST_COPIES, message="Enter a number that is not below none"),
        ],
    )


class ParticularsForm(PromotionForm):
    """What is proposed, when people can respond, and what is asked about the whole."""

    committee_id = SelectField("Committee", widget=GovSelect(), coerce=int)
    title = words("Title", "Enter the title of the consultation", most=200)
    proposal = long_words(
        "What is proposed, and why",
        "Say what is proposed and why",
        description="Give people what they need to answer well: the reasons, the other options "
        "and why they were left, what it costs, whom it affects. Leave an empty line between "
        "paragraphs.",
    )
    opens_on = DatePartsField(
        "First day",
        noun="The first day",
        description="People can respond from midnight at its start.",
        validators=[Needed("Enter the first day")],
    )
    closes_on = DatePartsField(
        "Last day",
        noun="The last day",
        description="People can respond until 11.59 pm.",
        validators=[Needed("Enter the last day")],
    )
    decision_id = SelectField("Decision it belongs to (optional)", widget=GovSelect(), coerce=int)
    position_question = words(
        "The question about the proposal as a whole (optional)",
        description="Answered by support, against or undecided. Leave it empty if you only ask "
        "other questions.",
    )

    def validate_closes_on(self, field: DatePartsField) -> None:
        """It cannot end before it begins."""
        if field.data and self.opens_on.data and field.data < self.opens_on.data:
            raise ValidationError("The last day must not be before the first day")

    def particulars(self) -> Particulars:
        """What was filled in, as the service takes it."""
        return Particulars(
            title=self.title.data,
            proposal=self.proposal.data,
            opens_on=self.opens_on.data,
            closes_on=self.closes_on.data,
            decision_id=self.decision_id.data or None,
            position_question=self.position_question.data,
            promotion=self.promotion.data,
            copies_sent=self.copies_sent.data,
        )


def particulars_data(consultation: Consultation) -> dict[str, Any]:
    """What the form shows of a consultation before anything is typed."""
    names = ("title", "proposal", "opens_on", "closes_on", "position_question", "promotion")
    return {name: getattr(consultation, name) for name in names} | {
        "copies_sent": consultation.copies_sent,
        "committee_id": consultation.committee_id,
        "decision_id": consultation.decision_id or 0,
        "version": str(consultation.version),
    }


class TypeForm(VersionedForm):
    """A type of respondent."""

    name = words(
        "Name of the type",
        "Enter the name of the type",
        most=100,
        description="As a row of the table is called, for example “Parents or carers”.",
    )
    singular = words(
        "One of them",
        "Enter what one of them is called",
        most=100,
        description="For people who are of two types, for example “Parent” in “Parent and "
        "Governor”.",
    )


def type_data(kind: RespondentType) -> dict[str, Any]:
    """What the form shows of a type of respondent before anything is typed."""
    return {"name": kind.name, "singular": kind.singular, "version": str(kind.version)}


class QuestionForm(VersionedForm):
    """A question, with the answers that can be chosen, one on each line."""

    text = words("Question", "Enter the question")
    hint = words("Hint (optional)", most=500, description="Shown under the question.")
    kind = RadioField(
        "How it is answered",
        widget=Radios(),
        choices=choices(QUESTION_KIND_LABELS),
        validators=[Needed("Choose how it is answered")],
    )
    options = long_words(
        "Answers to choose from",
        description="One on each line, in the order in which they are shown. Only for one choice "
        "or several choices.",
    )
    is_monitoring = BooleanField(
        "This is an equality question: keep its answers apart", widget=Tick()
    )

    def validate_kind(self, field: RadioField) -> None:
        """Equality answers are counted apart from responses, so there are no words in them."""
        if self.is_monitoring.data and QuestionKind(field.data) not in CLOSED_KINDS:
            raise ValidationError("An equality question is answered by choosing")

    def validate_options(self, _: LongTextField) -> None:
        """There must be something to choose, and no answer twice."""
        if not self.kind.data or QuestionKind(self.kind.data) not in CLOSED_KINDS:
            return
        labels = [label.lower() for label in self.labels()]
        if len(labels) < 2:
            raise ValidationError("Enter at least two answers, one on each line")
        if len(set(labels)) < len(labels):
            raise ValidationError("Enter each answer once")
        if any(len(label) > 200 for label in labels):
            raise ValidationError("Each answer must be 200 characters or fewer")

    def labels(self) -> tuple[str, ...]:
        """The answers; to an equality question everybody may prefer not to say (DP-02)."""
        found = [line.strip() for line in (self.options.data or "").splitlines() if line.strip()]
        if self.is_monitoring.data and not any(
            label.lower().startswith("prefer not") for label in found
        ):
            found.append(PREFER_NOT)
        return tuple(found)

    def question_fields(self) -> QuestionFields:
        """What was filled in, as the service takes it."""
        kind = QuestionKind(self.kind.data)
        return QuestionFields(
            kind=kind,
            text=self.text.data,
            hint=self.hint.data,
            options=self.labels() if kind in CLOSED_KINDS else (),
            is_monitoring=bool(self.is_monitoring.data),
        )


def question_data(question: Question) -> dict[str, Any]:
    """What the form shows of a question before anything is typed."""
    return {
        "text": question.text,
        "hint": question.hint,
        "kind": question.kind.value,
        "options": "\n".join(option.label for option in question.options),
        "is_monitoring": question.is_monitoring,
        "version": str(question.version),
    }


class ExtendForm(VersionedForm):
    """A later closing date, with the reason that everyone can read."""

    closes_on = DatePartsField(
        "New last day", noun="The new last day", validators=[Needed("Enter the new last day")]
    )
    reason = words("Reason", "Say why it goes on for longer", description="Everyone can read this.")


class WithdrawForm(VersionedForm):
    """Why a consultation is given up."""

    reason = words("Reason", "Say why it is withdrawn", description="Everyone can read this.")


class ThemeForm(VersionedForm):
    """A theme of what people said."""

    name = words("Theme", "Enter the theme", most=300)
    stance = RadioField(
        "Said by people who are",
        widget=Radios(),
        choices=choices({**POSITION_LABELS, "": "Of any position or none"}),
        default="",
    )
    definition = words("What counts as this theme (optional)", most=1000)
    officers_answer = long_words(
        "The council’s answer (optional)",
        description="Published with the results: what is said to this, and what changed.",
    )

    def theme_fields(self) -> ThemeFields:
        """What was filled in, as the service takes it."""
        return ThemeFields(
            name=self.name.data,
            stance=Position(self.stance.data) if self.stance.data else None,
            definition=self.definition.data,
            officers_answer=self.officers_answer.data,
        )


def theme_data(theme: Theme) -> dict[str, Any]:
    """What the form shows of a theme before anything is typed."""
    return {
        "name": theme.name,
        "stance": theme.stance.value if theme.stance else "",
        "definition": theme.definition,
        "officers_answer": theme.officers_answer,
        "version": str(theme.version),
    }


class ReceiptForm(FlaskForm):
    """A receipt number, as somebody types it."""

    receipt = words(
        "Receipt number", "Enter the receipt number", most=60, description="Like K7QM-3XPA-9TDH."
    )


class PublishSummaryForm(FlaskForm):
    """Publishing the results; a later version says why."""

    change_reason = words("What changed, and why")
