"""Forms of reports: asking for one, its header block, and what is decided about it."""

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms import TextAreaField as LongTextField
from wtforms.validators import Email, Length, Optional, ValidationError

from committee.reports import class_fields
from committee.reports.class_fields import WithClass
from committee.reports.header_block import check_number
from committee.reports.rules import PAPER_KIND_LABELS, VERB_LABELS
from committee.web.fields import (
    Checkboxes,
    DatePartsField,
    Needed,
    Radios,
    VersionedForm,
    choices,
    tidy,
)

MOST_ROWS = 50  # recommendations, or background documents, of one report


def at_most(characters: int, what: str) -> Length:
    """A limit with a message of its own."""
    return Length(max=characters, message=f"{what} must be {characters:,} characters or fewer")


def line(label: str, *, most: int = 300, hint: str = "", **more: Any) -> StringField:
    """A field for one line of text, which may stay empty unless `validators` say otherwise."""
    rules = [*more.pop("validators", ()), at_most(most, label)]
    return StringField(
        label, widget=GovTextInput(), filters=[tidy], description=hint, validators=rules, **more
    )


def text(label: str, *, most: int = 4000, hint: str = "") -> LongTextField:
    """A field for several lines of text, which may stay empty."""
    return LongTextField(
        label,
        widget=GovTextArea(),
        filters=[tidy],
        description=hint,
        validators=[at_most(most, label)],
    )


class OneBox(GovCheckboxInput):
    """A single box to tick. Its parent would write an empty hint."""

    def map_gov_params(self, field: BooleanField, **named: Any) -> dict[str, Any]:
        """The parameters for the component, without a hint."""
        params: dict[str, Any] = super().map_gov_params(field, **named)
        params.pop("hint", None)
        return params


class WithDecisionNumber:
    """What forms share that take a decision number."""

    def validate_decision_number(self, field: StringField) -> None:
        """The number is the council's own, in one form."""
        if wrong := check_number(field.data):
            raise ValidationError(wrong)


def decision_number() -> StringField:
    """The number under which the decision is announced in the forward plan."""
    return line(
        "Decision number (optional)",
        most=20,
        hint="For example 27/00012. Leave empty if the report leads to no executive decision.",
    )


def due_date() -> DatePartsField:
    """The last day for sending the report."""
    return DatePartsField(
        "Due date",
        noun="The due date",
        description="For example, 27 3 2027",
        validators=[Needed("Enter the due date")],
    )


class AskForm(WithDecisionNumber, FlaskForm):
    """A report that an officer asks for."""

    subject = line("Subject", most=500, validators=[Needed("Enter the subject")])
    author_id = SelectField(
        "Author",
        widget=GovSelect(),
        description="Those who may write reports to this committee.",
        validators=[Needed("Choose the author")],
    )
    decision_number = decision_number()
    due_on = due_date()
    reason = line(
        "Why it is due on another day (optional)",
        hint="Only if you change the date. The author reads it.",
    )


class DueDateForm(VersionedForm):
    """Another due date for a report."""

    due_on = due_date()
    reason = line(
        "Reason for the change",
        hint="The author reads it.",
        validators=[Needed("Enter the reason for the change")],
    )


class ReturnForm(VersionedForm):
    """What the author of a returned report is to do."""

    comment = LongTextField(
        "Comment",
        widget=GovTextArea(),
        filters=[tidy],
        description="What the author is to change. It is shown at the top of the report.",
        validators=[Needed("Enter what the author is to change"), at_most(4000, "Comment")],
    )


class WithdrawForm(VersionedForm):
    """Why a report is no longer wanted."""

    comment = line(
        "Reason",
        hint="The author reads it.",
        validators=[Needed("Enter why the report is no longer wanted")],
    )


class RecommendationForm(Form):
    """One thing that the committee is asked to do."""

    verbs = SelectMultipleField(
        "The committee is asked to",
        widget=Checkboxes(),
        choices=choices(VERB_LABELS),
        validate_choice=True,
    )
    text = LongTextField(
        "Wording",
        widget=GovTextArea(),
        filters=[tidy],
        validators=[at_most(4000, "Wording")],
    )

    def validate_verbs(self, field: SelectMultipleField) -> None:
        """The verb says what the committee may resolve."""
        if self.text.data and not field.data:
            raise ValidationError("Choose at least one verb")

    def validate_text(self, field: LongTextField) -> None:
        """A verb alone asks for nothing."""
        if self.verbs.data and not field.data:
            raise ValidationError("Enter what the verb refers to")


class DocumentForm(Form):
    """One background document."""

    title = line("Title", most=500)
    location = line("Where it can be inspected (optional)", most=500)

    def validate_title(self, field: StringField) -> None:
        """A place without a document lists nothing."""
        if self.location.data and not field.data:
            raise ValidationError("Enter the title of the document")


class ContactForm(Form):
    """Somebody to ask about the report."""

    name = line("Name", most=200)
    job_title = line("Job title", most=200)
    telephone = line("Telephone number", most=40)
    email = line(
        "E-mail address",
        most=320,
        validators=[Optional(), Email("Enter an e-mail address like name@example.org")],
    )


class ReportForm(WithClass, WithDecisionNumber, VersionedForm):
    """The header block of a report. All but the subject may stay empty until it is sent."""

    from_whom = text("From", hint="The Cabinet Member and the Corporate Director, with titles.")
    subject = line("Subject", most=500, validators=[Needed("Enter the subject")])
    decision_number = decision_number()
    classification = class_fields.classification()
    exempt_paragraphs = class_fields.exempt_paragraphs()
    terms_of_contract = class_fields.terms_of_contract()
    factors_for = text("What speaks for keeping it closed (optional)", hint=class_fields.WEIGHED)
    factors_against = text("What speaks for disclosing it (optional)")
    confidence_basis = class_fields.confidence_basis()
    past_pathway = text(
        "Past pathway of the paper", hint="Where it has been before this meeting, or “None”."
    )
    future_pathway = text(
        "Future pathway of the paper", hint="Where it goes after this meeting, or “None”."
    )
    divisions = text("Electoral divisions", hint="Those affected, or “All”.")
    summary = text("Summary", most=8000, hint="What the report is about, in a few sentences.")
    recommendations = FieldList(FormField(RecommendationForm), min_entries=1)
    background_documents = FieldList(FormField(DocumentForm), min_entries=1)
    no_background_documents = BooleanField(
        "There are no background documents: the report says “None”",
        widget=OneBox(),
    )
    author = FormField(ContactForm)
    director = FormField(ContactForm)

    def validate_no_background_documents(self, field: BooleanField) -> None:
        """A list that is not empty cannot be said to be empty."""
        if field.data and any(row.title.data for row in self.background_documents):
            raise ValidationError("Take the documents off the list, or untick “no documents”")


def asking_data(proposed: date | None) -> dict[str, Any]:
    """What the form that asks for a report shows before anything is typed."""
    return {"due_on": proposed}


class PaperForm(VersionedForm):
    """What a paper of a report is called, and its place among the papers."""

    title = line("Title of the paper", validators=[Needed("Enter the title of the paper")])
    kind = RadioField(
        "Kind of paper",
        widget=Radios(),
        choices=choices(PAPER_KIND_LABELS),
        validators=[Needed("Choose a kind of paper")],
    )
