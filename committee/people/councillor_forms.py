"""Forms of councillors, their terms, the seats of groups, substitutes, and what comes to an end."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxInput,
    GovFileInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField
from wtforms import TextAreaField as LongTextField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, Length, NumberRange, Optional

from committee.people.councillors import Contact
from committee.people.forms import WholeNumberField
from committee.people.models import Councillor, PoliticalGroup
from committee.people.rules import ContactKind, EndReason
from committee.people.tenure_models import ContactDetail
from committee.web.fields import DatePartsField, Needed, Radios, VersionedForm, add_error, tidy

NOBODY = ""
EXAMPLE = "For example, 27 3 2027"
OF_TERMS = (
    EndReason.ENDED,
    EndReason.RESIGNED,
    EndReason.NOT_ELECTED_AGAIN,
    EndReason.CHANGED_GROUP,
    EndReason.CEASED_TO_BE_A_MEMBER,
    EndReason.DIED,
    EndReason.ENTERED_IN_ERROR,
)
OF_SEATS = (
    EndReason.ENDED,
    EndReason.REPLACED,
    EndReason.RESIGNED,
    EndReason.CEASED_TO_BE_A_MEMBER,
    EndReason.DIED,
    EndReason.ENTERED_IN_ERROR,
)
# What has ended can only be found never to have been so.
OF_ERRORS = (EndReason.ENTERED_IN_ERROR,)
OF_ALLOTMENTS = (EndReason.ENDED, EndReason.ENTERED_IN_ERROR)


def _name() -> StringField:
    return StringField(
        "Name",
        widget=GovTextInput(),
        filters=[tidy],
        description="As it is to be printed, for example Mrs A Carter.",
        validators=[
            Needed("Enter the councillor’s name"),
            Length(max=200, message="The name must be 200 characters or fewer"),
        ],
    )


def _group(label: str = "Political group") -> SelectField:
    return SelectField(label, widget=GovSelect(), default=NOBODY)


def _new_group() -> StringField:
    return StringField(
        "Name of a group that is not in the list (optional)",
        widget=GovTextInput(),
        filters=[tidy],
        validators=[Length(max=200, message="The name must be 200 characters or fewer")],
    )


def _division() -> StringField:
    return StringField(
        "Electoral division",
        widget=GovTextInput(),
        filters=[tidy],
        validators=[
            Needed("Enter the electoral division"),
            Length(max=200, message="The division must be 200 characters or fewer"),
        ],
    )


def _first_day(label: str) -> DatePartsField:
    return DatePartsField(
        label, noun="The first day", description=EXAMPLE, validators=[Needed("Enter the first day")]
    )


def _published(what: str) -> BooleanField:
    return BooleanField(f"Publish the {what}", widget=GovCheckboxInput())


class _WithGroup(FlaskForm):
    """A form that asks for a group, which may be one that the council does not have yet."""

    group = _group()
    new_group = _new_group()

    def name_groups(self, groups: Sequence[PoliticalGroup]) -> None:
        """Offer these groups."""
        self.group.choices = [
            SelectChoice(NOBODY, "No group"),
            *(SelectChoice(str(each.id), each.name) for each in groups),
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether one group is given at most."""
        sound = bool(super().validate(extra_validators))
        if self.group.data and self.new_group.data:
            add_error(self.new_group, "Choose a group from the list or enter a name, not both")
            sound = False
        return sound


class TermForm(_WithGroup):
    """A term of office that begins."""

    division = _division()
    started_on = _first_day("First day of the term")


class NewCouncillorForm(TermForm):
    """Somebody who was elected."""

    name = _name()


class CouncillorForm(VersionedForm):
    """What is kept of a councillor besides terms and seats."""

    name = _name()
    email = StringField(
        "E-mail address (optional)",
        widget=GovTextInput(),
        filters=[tidy],
        validators=[Optional(), Email(message="Enter an e-mail address like name@example.org")],
    )
    email_published = _published("e-mail address")
    telephone = StringField(
        "Telephone number (optional)",
        widget=GovTextInput(),
        filters=[tidy],
        validators=[Length(max=40, message="The number must be 40 characters or fewer")],
    )
    telephone_published = _published("telephone number")
    address = LongTextField(
        "Postal address (optional)",
        widget=GovTextArea(),
        filters=[tidy],
        validators=[Length(max=1000, message="The address must be 1,000 characters or fewer")],
    )
    address_published = _published("postal address")

    def contacts(self) -> Mapping[ContactKind, Contact | None]:
        """What was typed, by its kind; None for what is to be forgotten."""
        return {
            kind: Contact(_one_line_break(self[kind].data), bool(self[f"{kind}_published"].data))
            if self[kind].data
            else None
            for kind in ContactKind
        }


def _one_line_break(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def councillor_data(
    councillor: Councillor, contacts: Sequence[ContactDetail]
) -> dict[str, str | bool | None]:
    """What the form shows of a councillor before anything is typed."""
    found: dict[str, str | bool | None] = {
        "version": str(councillor.version),
        "name": councillor.name,
    }
    for each in contacts:
        found |= {each.kind: each.value, f"{each.kind}_published": each.published}
    return found


class EndForm(FlaskForm):
    """The last day of a term, a seat or a place in a list, and why it ended."""

    because = RadioField("Why it ends", widget=Radios(), validators=[Needed("Choose why it ends")])
    ended_on = DatePartsField(
        "Last day",
        noun="The last day",
        description="For example, 27 3 2027. It does not matter for what was entered in error.",
    )

    def offer(self, reasons: Sequence[EndReason], labels: Mapping[EndReason, str]) -> None:
        """Offer these reasons."""
        self.because.choices = [SelectChoice(each.value, labels[each]) for each in reasons]

    @property
    def reason(self) -> EndReason:
        """The reason that was chosen."""
        return EndReason(self.because.data)

    def last_day(self, today: date) -> date:
        """The last day; of what was entered in error, any day will do."""
        found: date = self.ended_on.data or today
        return found

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether the last day is given where it matters."""
        sound = bool(super().validate(extra_validators))
        in_error = self.because.data == EndReason.ENTERED_IN_ERROR
        if not in_error and not self.ended_on.data and not self.ended_on.errors:
            add_error(self.ended_on, "Enter the last day")
            sound = False
        return sound


class AllotForm(_WithGroup):
    """How many seats of a committee a group is given."""

    seats = WholeNumberField(
        "Number of seats",
        validators=[
            InputRequired("Enter the number of seats"),
            NumberRange(max=500, message="Seats must be 500 or fewer"),
        ],
    )
    started_on = _first_day("From which day")


class SubstituteNameForm(FlaskForm):
    """Somebody who may stand in for members of their group."""

    councillor = SelectField("Councillor", widget=GovSelect(), default=NOBODY)
    started_on = _first_day("From which day")

    def offer(self, people: Sequence[Councillor]) -> None:
        """Offer these people."""
        self.councillor.choices = [
            SelectChoice(NOBODY, "Choose a councillor"),
            *(
                SelectChoice(str(each.id), f"{each.name} ({each.group.name})")
                for each in people
                if each.group
            ),
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether somebody is chosen."""
        sound = bool(super().validate(extra_validators))
        if not self.councillor.data:
            add_error(self.councillor, "Choose a councillor")
            sound = False
        return sound


class PeopleFileForm(FlaskForm):
    """A file of councillors or of memberships."""

    file = FileField(
        "CSV file",
        widget=GovFileInput(),
        validators=[Needed("Choose a CSV file")],
    )


class SeenFileForm(FlaskForm):
    """The second step: the file as it was seen, named by hash."""

    seen = HiddenField()
