"""The form by which somebody says what class a thing has, and why."""

from dataclasses import fields
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovTextArea
from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from committee.confidentiality.rules import (
    CLOSED,
    CONFIDENCE_BASIS_LABELS,
    Classification,
    ConfidenceBasis,
    Said,
    problems_with,
)
from committee.law.exempt_information import EXEMPT_PARAGRAPHS
from committee.web.fields import (
    Checkboxes,
    DatePartsField,
    Needed,
    Radios,
    VersionedForm,
    add_error,
    choices,
    tidy,
)

LONGEST = Length(max=4000, message="Keep it to 4,000 characters or fewer")
YES_OR_NO = [SelectChoice(value="no", label="No"), SelectChoice(value="yes", label="Yes")]


def _long(label: str, hint: str) -> TextAreaField:
    return TextAreaField(
        label, widget=GovTextArea(), filters=[tidy], description=hint, validators=[LONGEST]
    )


def _yes_or_no(label: str, hint: str) -> RadioField:
    return RadioField(
        label, widget=Radios(), choices=YES_OR_NO, description=hint, validate_choice=False
    )


class ClassForm(VersionedForm):
    """The class of a thing, with all that has to be said before it is closed."""

    classification = RadioField(
        "Who may read it?",
        widget=Radios(),
        choices=choices(
            {
                Classification.OPEN: "Open: anyone, once it is published",
                Classification.EXEMPT: "Exempt: Schedule 12A lets the council keep it closed",
                Classification.CONFIDENTIAL: "Confidential: the law forbids its disclosure",
            }
        ),
        validators=[Needed("Say whether it is open, exempt or confidential")],
    )
    paragraphs = SelectMultipleField(
        "Paragraphs of Schedule 12A that are relied on",
        widget=Checkboxes(),
        coerce=int,
        description="Part 1 of Schedule 12A to the Local Government Act 1972. “Commercially "
        "sensitive” is none of them. Where only a part is exempt, keep that part in an appendix.",
        choices=choices(
            {number: f"{number}. {text}" for number, text in EXEMPT_PARAGRAPHS.items()}
        ),
    )
    terms_of_contract = BooleanField(
        "Under paragraph 3: it tells the terms of a contract that is being negotiated",
        widget=GovCheckboxInput(),
    )
    must_be_registered = _yes_or_no(
        "Only for paragraph 3: must the information be registered?",
        "For example under the Companies Acts, the Charities Act 2011, or the Acts on building, "
        "friendly, co-operative and community benefit societies. Then it is not exempt.",
    )
    own_planning = _yes_or_no(
        "Is it about development for which the council may grant itself planning permission?",
        "Regulation 3 of the Town and Country Planning General Regulations 1992. Then it is not "
        "exempt.",
    )
    factors_for = _long(
        "What speaks for keeping it closed", "The public interest in maintaining the exemption."
    )
    factors_against = _long(
        "What speaks for disclosing it",
        "For example openness, the spending of public money, or a debate that people follow.",
    )
    outweighs = RadioField(
        "Which public interest is the greater?",
        widget=Radios(),
        choices=[
            SelectChoice(value="yes", label="The interest in keeping it closed"),
            SelectChoice(value="no", label="The interest in disclosing it, or both alike"),
        ],
        validate_choice=False,
    )
    conclusion = _long("Your conclusion", "Why the one outweighs the other in this case.")
    review_on = DatePartsField("Weigh this again on", noun="The day")
    confidence_basis = RadioField(
        "What forbids the disclosure?",
        widget=Radios(),
        choices=choices(CONFIDENCE_BASIS_LABELS),
        validate_choice=False,
    )
    today: date

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether enough was said; each thing that is missing is told beside its field."""
        sound = bool(super().validate(extra_validators))
        if not sound and self.classification.errors:
            return False
        for problem in problems_with(self.said(), today=self.today):
            field = getattr(self, problem.field)
            if not field.errors:
                add_error(field, problem.sentence)
            sound = False
        return sound

    def said(self) -> Said:
        """What was typed. A field that does not belong to the class that was chosen is passed
        over."""
        chosen = Classification(self.classification.data)
        if chosen not in CLOSED:
            return Said(chosen)
        if chosen is Classification.CONFIDENTIAL:
            basis = self.confidence_basis.data
            known = basis in set(ConfidenceBasis)
            return Said(chosen, confidence_basis=ConfidenceBasis(basis) if known else None)
        return Said(
            chosen,
            paragraphs=tuple(self.paragraphs.data or ()),
            terms_of_contract=bool(self.terms_of_contract.data),
            must_be_registered=_answer(self.must_be_registered.data),
            own_planning=_answer(self.own_planning.data),
            factors_for=self.factors_for.data,
            factors_against=self.factors_against.data,
            outweighs=_answer(self.outweighs.data),
            conclusion=self.conclusion.data,
            review_on=self.review_on.data,
        )


def _answer(typed: str | None) -> bool | None:
    return {"yes": True, "no": False}.get(typed or "")


def class_data(said: Said) -> dict[str, Any]:
    """What the form shows of a thing's class before anything is typed; nothing is chosen for one
    that nobody has classed."""
    shown = {field.name: getattr(said, field.name) for field in fields(said)}
    for name in ("must_be_registered", "own_planning", "outweighs"):
        shown[name] = {True: "yes", False: "no"}.get(shown[name])
    shown["paragraphs"] = list(said.paragraphs)
    is_classed = said.classification is not Classification.UNCLASSED
    shown["classification"] = said.classification.value if is_classed else None
    shown["confidence_basis"] = said.confidence_basis.value if said.confidence_basis else None
    return shown


class RulesForm(FlaskForm):
    """Why the table is changed, and the table that the officer saw."""

    seen = HiddenField()
    reason = TextAreaField(
        "Why the rules are changed",
        widget=GovTextArea(),
        filters=[tidy],
        validators=[
            Needed("Say why the rules are changed"),
            Length(max=2000, message="Keep it to 2,000 characters or fewer"),
        ],
    )
