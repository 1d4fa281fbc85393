"""Forms of the record of decision: its draft, its signature, its correction and its call-in."""

from enum import StrEnum
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovSelect, GovTextInput
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, ValidationError

from committee.decisions.drafting import RecordFields
from committee.decisions.forms import LONGEST_TITLE, ConfirmForm, long_text
from committee.decisions.models import DecisionRecord
from committee.decisions.rules import EQUALITY_STATE_LABELS, EqualityState
from committee.decisions.signing import INTEREST_LABELS, Interest
from committee.web.fields import DatePartsField, Needed, Radios, VersionedForm, choices, tidy

NOT_SAID = "not_said"


class Openness(StrEnum):
    """What an officer who saves a record may say of its class without leaving the page."""

    OPEN = "open"
    CLOSED = "closed"
    LATER = "later"


class RecordForm(VersionedForm):
    """The proposed record as it is being written. Any part may wait until it is needed."""

    report_id = SelectField(
        "Report whose recommendations are quoted", widget=GovSelect(), coerce=int
    )
    decision_text = long_text(
        "Decision", hint="For example: As Cabinet Member for Transport, I agree to …"
    )
    reasons = long_text("Reasons for the decision")
    financial = long_text("Financial implications")
    consultation_words = long_text(
        "Consultation (besides the figures)",
        hint="The figures come from the published summary and are not typed here.",
    )
    committee_view = long_text(
        "What the committee resolved",
        hint="Filled in from the minutes when they are published.",
    )
    alternatives = long_text(
        "Alternatives considered, and why they were not chosen",
        hint="Where there were none, write “None”.",
    )
    interests = long_text(
        "Interests declared and dispensations granted",
        hint="Where there were none, write “None”.",
    )
    equality_state = RadioField(
        "Equality",
        widget=Radios(),
        choices=choices({NOT_SAID: "Not settled yet", **EQUALITY_STATE_LABELS}),
        default=NOT_SAID,
        validators=[Needed("Choose how the equality duty is met")],
    )
    equality_assessed_on = DatePartsField(
        "Date of the assessment (only if there is one)", noun="The date of the assessment"
    )
    equality_words = long_text("Equality in words (the reason, if there is no assessment)")
    openness = RadioField(
        "Who may read this record?",
        widget=Radios(),
        choices=choices(
            {
                Openness.OPEN: "Open: anyone, once it is published",
                Openness.CLOSED: "Exempt or confidential: say why on the next page",
                Openness.LATER: "Not settled yet: it stays closed, and cannot be published",
            }
        ),
        default=Openness.LATER,
        validators=[Needed("Say who may read the record, or leave it unsettled")],
    )

    def offer_reports(self, reports: dict[int, str]) -> None:
        """Offer these reports by id; nought is the latest that was accepted."""
        latest = SelectChoice(0, "The latest accepted report" if reports else "No report yet")
        self.report_id.choices = [latest, *(SelectChoice(*each) for each in reports.items())]

    def leave_class_as_it_is(self) -> None:
        """Not to ask who may read the record: that was said, or is for others to say."""
        del self.openness

    @property
    def asked_for(self) -> Openness:
        """What was said of who may read the record; nothing where it was not asked."""
        return Openness(self.openness.data) if self.openness else Openness.LATER

    def validate_equality_assessed_on(self, field: DatePartsField) -> None:
        """An assessment has a date, so that it is known which was read."""
        if self.equality_state.data == EqualityState.ASSESSED.value and not field.data:
            raise ValidationError("Enter the date of the assessment")

    def fields(self) -> RecordFields:
        """What was filled in, as the service takes it."""
        state = self.equality_state.data
        return RecordFields(
            report_id=self.report_id.data or None,
            decision_text=self.decision_text.data,
            reasons=self.reasons.data,
            financial=self.financial.data,
            consultation_words=self.consultation_words.data,
            committee_view=self.committee_view.data,
            alternatives=self.alternatives.data,
            interests=self.interests.data,
            equality_state=None if state == NOT_SAID else EqualityState(state),
            equality_assessed_on=self.equality_assessed_on.data,
            equality_words=self.equality_words.data,
        )


def record_data(record: DecisionRecord) -> dict[str, Any]:
    """What the form shows of a record before anything is typed."""
    written = (
        "decision_text",
        "reasons",
        "financial",
        "consultation_words",
        "committee_view",
        "alternatives",
        "interests",
        "equality_assessed_on",
        "equality_words",
    )
    return {
        "version": str(record.version),
        "report_id": record.report_id or 0,
        "equality_state": record.equality_state.value if record.equality_state else NOT_SAID,
        **{name: getattr(record, name) for name in written},
    }


class ProposeForm(ConfirmForm):
    """Publishing the proposed record; a later version says what has changed."""

    change_reason = long_text("What has changed since the last version")


class SignForm(ConfirmForm):
    """The decision maker's confirmations, declaration and signature."""

    shown_sha256 = HiddenField()
    equality = BooleanField("Equality", widget=GovCheckboxInput())
    responses = BooleanField("Responses", widget=GovCheckboxInput())
    interest = RadioField(
        "Do you have an interest in this decision?",
        widget=Radios(),
        choices=choices(INTEREST_LABELS),
        validators=[Needed("Say whether you have an interest")],
    )
    interest_words = long_text("What the interest is (only if you have one)")

    def validate_equality(self, field: BooleanField) -> None:
        """The equality duty cannot be left to somebody else."""
        if not field.data and self.interest.data != Interest.DISCLOSABLE.value:
            raise ValidationError(
                "Confirm the statement on equality, or leave the decision for later"
            )

    def validate_responses(self, field: BooleanField) -> None:
        """Nobody decides who has not weighed what people said."""
        if not field.data and self.interest.data != Interest.DISCLOSABLE.value:
            raise ValidationError(
                "Confirm the statement on responses, or leave the decision for later"
            )

    def validate_interest_words(self, field: Any) -> None:
        """An interest is declared in words."""
        if self.interest.data == Interest.OTHER.value and not field.data:
            raise ValidationError("Say what the interest is")


class CorrectionForm(VersionedForm):
    """Corrected words of a published record, why, and which version of it they correct."""

    decision = long_text("Decision", needed="The record needs the decision")
    reasons = long_text("Reasons for the decision", needed="The record needs its reasons")
    financial = long_text("Financial implications")
    consultation_words = long_text("Consultation (besides the figures)")
    alternatives = long_text("Alternatives considered", needed="Write “None” for none")
    interests = long_text("Interests and dispensations", needed="Write “None” for none")
    reason = long_text(
        "What was wrong", needed="Say what was wrong", hint="Published with the correction."
    )

    def corrected(self) -> dict[str, str]:
        """The new words of each part."""
        parts = ("decision", "reasons", "financial", "consultation_words", "alternatives")
        return {name: self[name].data or "" for name in (*parts, "interests")}


class WaiverForm(ConfirmForm):
    """Two people's answer for a decision that takes effect without call-in."""

    reason = long_text("Why it cannot wait for the call-in", needed="Say why it cannot wait")
    agreed_by = StringField(
        "Who agreed",
        widget=GovTextInput(),
        filters=[tidy],
        description="Name and capacity, for example the chairman of the scrutiny committee.",
        validators=[Needed("Say who agreed"), Length(max=LONGEST_TITLE)],
    )


class CallInForm(ConfirmForm):
    """A request that came in to look at a decision again."""

    requested_on = DatePartsField(
        "Day on which the request came in",
        noun="The day of the request",
        validators=[Needed("Enter the day on which the request came in")],
    )
    requested_by = StringField(
        "Members who asked",
        widget=GovTextInput(),
        filters=[tidy],
        validators=[Needed("Say which members asked"), Length(max=LONGEST_TITLE)],
    )
    reasons = long_text("Their reasons", needed="Enter their reasons")


class RulingForm(ConfirmForm):
    """Whether a request is valid, or what scrutiny made of it."""

    ruling = RadioField("Ruling", widget=Radios(), validators=[Needed("Choose one")])
    words = long_text("In words")
