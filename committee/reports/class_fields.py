"""The fields in which the author of a report states its class. Nothing is chosen beforehand."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput
from wtforms import BooleanField, RadioField, SelectMultipleField
from wtforms.validators import Optional, ValidationError

from committee.confidentiality.rules import (
    CONFIDENCE_BASIS_LABELS,
    Classification,
    ConfidenceBasis,
)
from committee.law.exempt_information import EXEMPT_PARAGRAPHS
from committee.web.fields import Checkboxes, Radios, choices

WEIGHED = (
    "If you can say it already. Democratic services weigh it against what speaks for disclosure "
    "before the agenda is published."
)

LABELS = {
    Classification.OPEN: "Unrestricted: anyone may read it, once it is published",
    Classification.EXEMPT: "Exempt: Schedule 12A lets the council keep it closed",
    Classification.CONFIDENTIAL: "Confidential: the law forbids its disclosure",
}


class WithClass:
    """What a form asks that has these fields: a closed report states its ground."""

    classification: Any

    def validate_exempt_paragraphs(self, field: SelectMultipleField) -> None:
        """A report can be exempt only on a ground that it states."""
        if self.classification.data == Classification.EXEMPT.value and not field.data:
            raise ValidationError("Choose at least one paragraph, or make the report unrestricted")

    def validate_confidence_basis(self, field: RadioField) -> None:
        """A report can be confidential only by something that forbids its disclosure."""
        is_confidential = self.classification.data == Classification.CONFIDENTIAL.value
        if is_confidential and field.data not in set(ConfidenceBasis):
            raise ValidationError("Say what forbids the disclosure")


def classification() -> RadioField:
    """Who may read the report. It may stay empty until the report is sent."""
    return RadioField(
        "Classification", widget=Radios(), choices=choices(LABELS), validators=[Optional()]
    )


def exempt_paragraphs() -> SelectMultipleField:
    """On which paragraphs of Schedule 12A an exempt report relies."""
    return SelectMultipleField(
        "Why the report is exempt",
        widget=Checkboxes(),
        coerce=int,
        description="Paragraphs of Schedule 12A to the Local Government Act 1972. "
        "Only for an exempt report.",
        choices=choices({n: f"{n}. {words}" for n, words in EXEMPT_PARAGRAPHS.items()}),
    )


def terms_of_contract() -> BooleanField:
    """Whether other members may not inspect it either (section 100F(2A))."""
    return BooleanField(
        "Under paragraph 3: it tells the terms of a contract that is being negotiated",
        widget=GovCheckboxInput(),
    )


def confidence_basis() -> RadioField:
    """What makes a report confidential."""
    return RadioField(
        "What forbids the disclosure?",
        widget=Radios(),
        choices=choices(CONFIDENCE_BASIS_LABELS),
        validate_choice=False,
    )
