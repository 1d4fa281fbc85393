"""Forms of agenda items and of papers."""

from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextArea, GovTextInput
from wtforms import RadioField, SelectField, SelectMultipleField, StringField
from wtforms import TextAreaField as LongTextField
from wtforms.validators import Length, ValidationError

from committee.agendas.models import AgendaItem
from committee.agendas.rules import EXEMPT_PARAGRAPHS, ITEM_KIND_LABELS, ItemKind, Part
from committee.agendas.service import ItemFields
from committee.reports.models import Paper
from committee.reports.rules import PAPER_KIND_LABELS
from committee.web.fields import Checkboxes, Needed, Radios, VersionedForm, choices, tidy


class ItemForm(VersionedForm):
    """One item of business."""

    kind = SelectField(
        "Kind of item",
        widget=GovSelect(),
        choices=choices(ITEM_KIND_LABELS),
        default=ItemKind.REPORT.value,
    )
    title = StringField(
        "Title",
        widget=GovTextInput(),
        filters=[tidy],
        validators=[
            Needed("Enter the title of the item"),
            Length(max=500, message="The title must be 500 characters or fewer"),
        ],
    )
    description = LongTextField(
        "Description (optional)",
        widget=GovTextArea(),
        filters=[tidy],
        description="Printed on the agenda under the title.",
        validators=[Length(max=4000, message="The description must be 4,000 characters or fewer")],
    )
    decision_number = StringField(
        "Decision number (optional)",
        widget=GovTextInput(),
        filters=[tidy],
        description="The council's reference, for example 27/00012.",
        validators=[Length(max=60, message="The decision number must be 60 characters or fewer")],
    )
    own_number = StringField(
        "Item number (optional)",
        widget=GovTextInput(),
        filters=[tidy],
        description="Leave empty to number the item by its place on the agenda.",
        validators=[Length(max=10, message="The item number must be 10 characters or fewer")],
    )
    part = RadioField(
        "Part of the agenda",
        widget=Radios(),
        choices=choices(
            {
                Part.OPEN: "Open: the public may attend and read the papers",
                Part.EXEMPT: "Exempt: the public is excluded",
            }
        ),
        default=Part.OPEN.value,
        validators=[Needed("Choose a part of the agenda")],
    )
    exempt_paragraphs = SelectMultipleField(
        "Why the item is exempt",
        widget=Checkboxes(),
        coerce=int,
        description="Paragraphs of Schedule 12A to the Local Government Act 1972. "
        "Only for an exempt item.",
        choices=choices(
            {number: f"{number}. {text}" for number, text in EXEMPT_PARAGRAPHS.items()}
        ),
    )
    public_title = StringField(
        "Title for the public (optional)",
        widget=GovTextInput(),
        filters=[tidy],
        description="What the public agenda shows in place of an exempt item's own title. "
        "It must give nothing away.",
        validators=[Length(max=500, message="The title must be 500 characters or fewer")],
    )

    def validate_exempt_paragraphs(self, field: SelectMultipleField) -> None:
        """An item can be exempt only on a ground that the agenda states."""
        if self.part.data == Part.EXEMPT.value and not field.data:
            raise ValidationError("Choose at least one paragraph, or make the item open")

    def item_fields(self) -> ItemFields:
        """What was filled in, as the agenda takes it."""
        return ItemFields(
            kind=ItemKind(self.kind.data),
            title=self.title.data,
            description=self.description.data,
            decision_number=self.decision_number.data,
            part=Part(self.part.data),
            public_title=self.public_title.data,
            exempt_paragraphs=tuple(self.exempt_paragraphs.data or ()),
            own_number=self.own_number.data,
        )


def item_data(item: AgendaItem) -> dict[str, Any]:
    """What the form shows of an item before anything is typed."""
    return {
        "version": str(item.version),
        "kind": item.kind.value,
        "title": item.title,
        "description": item.description,
        "decision_number": item.decision_number,
        "own_number": item.own_number,
        "part": item.part.value,
        "exempt_paragraphs": list(item.exempt_paragraphs),
        "public_title": item.public_title,
    }


class PaperForm(VersionedForm):
    """What a paper is called and where it belongs."""

    title = StringField(
        "Title of the paper",
        widget=GovTextInput(),
        filters=[tidy],
        validators=[
            Needed("Enter the title of the paper"),
            Length(max=300, message="The title must be 300 characters or fewer"),
        ],
    )
    kind = RadioField(
        "Kind of paper",
        widget=Radios(),
        choices=choices(PAPER_KIND_LABELS),
        validators=[Needed("Choose a kind of paper")],
    )


def paper_data(paper: Paper) -> dict[str, Any]:
    """What the form shows of a paper before anything is typed."""
    return {"version": str(paper.version), "title": paper.title, "kind": paper.kind.value}


class ConfirmForm(FlaskForm):
    """A form that only confirms an act."""
