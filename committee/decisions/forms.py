"""Forms of the forward plan: a decision's particulars, its notice, its urgency and its end."""

from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms import TextAreaField as LongTextField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, ValidationError

from committee.decisions.models import Decision
from committee.decisions.rules import (
    DECISION_NUMBER,
    KEY_CRITERION_LABELS,
    RESTRICTION_LABELS,
    URGENCY_LABELS,
    DecisionStatus,
    KeyCriterion,
    Restriction,
    Urgency,
)
from committee.decisions.service import DecisionFields
from committee.web.fields import DatePartsField, Needed, Radios, VersionedForm, choices, tidy

NOT_KEY = "not_key"
NO_URGENCY = "usual"
LONGEST_TITLE = 300
LONGEST_TEXT = 10_000


def long_text(label: str, *, needed: str | None = None, hint: str = "") -> LongTextField:
    """A box for several paragraphs; `needed` is the message where it must not be empty."""
    longest = Length(
        max=LONGEST_TEXT, message=f"{label.partition(' (')[0]} must be 10,000 characters or fewer"
    )
    return LongTextField(
        label,
        widget=GovTextArea(),
        filters=[tidy],
        description=hint,
        validators=[Needed(needed), longest] if needed else [longest],
    )


class DecisionForm(VersionedForm):
    """What is to be decided, by whom, and on which terms the public is told."""

    title = StringField(
        "Title",
        widget=GovTextInput(),
        filters=[tidy],
        validators=[
            Needed("Enter the title of the decision"),
            Length(max=LONGEST_TITLE, message="The title must be 300 characters or fewer"),
        ],
    )
    matter = long_text(
        "What is to be decided",
        needed="Say what is to be decided",
        hint="In words that anyone understands. They are published with the notice.",
    )
    committee_id = SelectField("Committee that considers it first", widget=GovSelect(), coerce=int)
    portfolio_id = SelectField("Decision maker", widget=GovSelect(), coerce=int)
    lead_officer_id = SelectField("Lead officer", widget=GovSelect(), coerce=int)
    key = RadioField(
        "Is it a key decision?",
        widget=Radios(),
        choices=choices(
            {NOT_KEY: "No", **{k: f"Yes: {v}" for k, v in KEY_CRITERION_LABELS.items()}}
        ),
        default=NOT_KEY,
        validators=[Needed("Say whether it is a key decision")],
    )
    restriction = RadioField(
        "What the public will be able to read",
        widget=Radios(),
        choices=choices(RESTRICTION_LABELS),
        validators=[Needed("Choose what the public will be able to read")],
    )
    restriction_reason = long_text(
        "Why not all of it is open (optional)",
        hint="Only the kind of information and the paragraph of Schedule 12A. It is published, so "
        "it must give nothing away.",
    )
    documents = long_text(
        "Documents to be considered",
        hint="Needed for a key decision. Where there are none yet, write “None at the time of "
        "publication”.",
    )
    external_deadline_on = DatePartsField(
        "Must be in force by (optional)",
        noun="The date by which it must be in force",
        description="Only if something outside the council sets the date. For example, 31 5 2027",
    )

    def offer(
        self,
        committees: dict[int, str],
        portfolios: dict[int, str],
        officers: dict[int, str],
    ) -> None:
        """Offer these committees, decision makers and officers, each by id."""
        self.committee_id.choices = [SelectChoice(*each) for each in committees.items()]
        self.portfolio_id.choices = [SelectChoice(*each) for each in portfolios.items()]
        nobody = SelectChoice(0, "Not named yet")
        self.lead_officer_id.choices = [nobody, *(SelectChoice(*e) for e in officers.items())]

    def validate_restriction_reason(self, field: LongTextField) -> None:
        """What is shut is shut for a reason that anyone may read."""
        if self.restriction.data not in (None, Restriction.OPEN.value) and not field.data:
            raise ValidationError("Say why not all of it is open")

    def fields(self) -> DecisionFields:
        """What was filled in, as the service takes it."""
        is_key = self.key.data != NOT_KEY
        is_open = self.restriction.data == Restriction.OPEN.value
        return DecisionFields(
            title=self.title.data,
            matter=self.matter.data,
            portfolio_id=self.portfolio_id.data,
            committee_id=self.committee_id.data,
            lead_officer_id=self.lead_officer_id.data or None,
            is_key=is_key,
            key_criterion=KeyCriterion(self.key.data) if is_key else None,
            restriction=Restriction(self.restriction.data),
            restriction_reason=None if is_open else self.restriction_reason.data,
            documents=self.documents.data,
            external_deadline_on=self.external_deadline_on.data,
        )


class OpenDecisionForm(DecisionForm):
    """A new decision. An administrator may bring a number that it already has."""

    number = StringField(
        "Number that it already has (optional)",
        widget=GovTextInput(),
        filters=[tidy],
        description="Only when the council moves over from another system, like 18/00016. "
        "Otherwise the next number of this year is given.",
    )

    def validate_number(self, field: StringField) -> None:
        """A number is two figures, a slash and five figures."""
        if field.data and not DECISION_NUMBER.match(field.data):
            raise ValidationError("Enter a number like 18/00016")


def decision_data(decision: Decision) -> dict[str, Any]:
    """What the form shows of a decision before anything is typed."""
    criterion = decision.key_criterion
    return {
        "version": str(decision.version),
        "title": decision.title,
        "matter": decision.matter,
        "committee_id": decision.committee_id,
        "portfolio_id": decision.portfolio_id,
        "lead_officer_id": decision.lead_officer_id or 0,
        "key": criterion.value if criterion else NOT_KEY,
        "restriction": decision.restriction.value,
        "restriction_reason": decision.restriction_reason,
        "documents": decision.documents,
        "external_deadline_on": decision.external_deadline_on,
    }


class NoticeForm(VersionedForm):
    """Publishing a notice, or its next version with the reason of the change."""

    change_reason = long_text(
        "Why the notice is changed", hint="Published with the changed notice."
    )
    fresh_period = BooleanField(
        "Count the clear days afresh from today",
        widget=GovCheckboxInput(),
        description="Choose this where readers of the first notice could not have known what "
        "they need to know now.",
    )


class UrgencyForm(VersionedForm):
    """By which procedure a key decision is taken before its clear days are over."""

    urgency = RadioField(
        "Procedure",
        widget=Radios(),
        choices=choices({NO_URGENCY: "The usual 28 clear days", **URGENCY_LABELS}),
        validators=[Needed("Choose a procedure")],
    )
    reason = long_text("Why it is urgent (not needed for the usual procedure)")
    agreed_by = StringField(
        "Who was informed, or agreed (not needed for the usual procedure)",
        widget=GovTextInput(),
        filters=[tidy],
        description="Name and capacity, for example the chairman of the scrutiny committee.",
        validators=[Length(max=LONGEST_TITLE)],
    )
    exception_published_on = DatePartsField(
        "Day on which the regulation 10 notice was made available (general exception only)",
        noun="The day of the notice",
    )

    def chosen(self) -> Urgency | None:
        """The procedure, or none for the usual one."""
        return None if self.urgency.data == NO_URGENCY else Urgency(self.urgency.data)


def urgency_data(decision: Decision) -> dict[str, Any]:
    """What the form shows before anything is typed."""
    return {
        "version": str(decision.version),
        "urgency": decision.urgency.value if decision.urgency else NO_URGENCY,
        "reason": decision.urgency_reason,
        "agreed_by": decision.urgency_agreed_by,
        "exception_published_on": decision.exception_published_on,
    }


class EndForm(VersionedForm):
    """Ending a decision that will not be taken."""

    became = RadioField(
        "What becomes of it",
        widget=Radios(),
        choices=choices(
            {
                DecisionStatus.WITHDRAWN: "Withdrawn: it may come back under another number",
                DecisionStatus.ABANDONED: "Abandoned: the matter is not pursued",
            }
        ),
        validators=[Needed("Choose what becomes of it")],
    )
    reason = long_text("Why", needed="Say why it is not taken", hint="Published with the entry.")


class ReassignForm(VersionedForm):
    """Giving a decision to another decision maker."""

    portfolio_id = SelectField("New decision maker", widget=GovSelect(), coerce=int)
    because_of_interest = BooleanField(
        "The first decision maker has declared an interest", widget=GovCheckboxInput()
    )


class ConfirmForm(FlaskForm):
    """A form that only confirms an act."""
