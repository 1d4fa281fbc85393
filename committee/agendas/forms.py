"""Forms of agenda items and of papers."""

from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextArea, GovTextInput
from wtforms import RadioField, SelectField, StringField
from wtforms import TextAreaField as LongTextField
from wtforms.validators import Length

from committee.agendas.classing import ClassFields
from committee.agendas.models import AgendaItem
from committee.agendas.rules import ITEM_KIND_LABELS, ItemKind
from committee.agendas.service import ItemFields
from committee.confidentiality.forms import ClassForm, class_data
from committee.confidentiality.rules import Said
from committee.reports.models import Paper
from committee.reports.rules import PAPER_KIND_LABELS
from committee.web.fields import Needed, Radios, VersionedForm, choices, tidy


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

    def item_fields(self) -> ItemFields:
        """What was filled in, as the agenda takes it."""
        return ItemFields(
            kind=ItemKind(self.kind.data),
            title=self.title.data,
            description=self.description.data,
            decision_number=self.decision_number.data,
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
    }


class ItemClassForm(ClassForm):
    """The class of an item, and what the public reads in place of the title of a closed one."""

    public_title = StringField(
        "Title for the public (optional)",
        widget=GovTextInput(),
        filters=[tidy],
        description="What the public agenda shows in place of a closed item's own title. It must "
        "give nothing away. Leave it empty for the general words.",
        validators=[Length(max=500, message="The title must be 500 characters or fewer")],
    )

    def class_fields(self) -> ClassFields:
        """What was filled in, as the agenda takes it."""
        return ClassFields(self.said(), self.public_title.data)


def item_class_data(item: AgendaItem, said: Said) -> dict[str, Any]:
    """What the form shows of an item's class before anything is typed."""
    return {**class_data(said), "version": str(item.version), "public_title": item.public_title}


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
