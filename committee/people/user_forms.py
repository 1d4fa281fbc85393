"""Forms of those who administer accounts and portfolios."""

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextInput
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, Length, ValidationError

from committee.people.models import Committee, Councillor, User
from committee.people.roles import CLEARANCE_KIND_LABELS, COUNCIL_WIDE_ONLY, ROLE_LABELS, Role
from committee.web.fields import DatePartsField, Needed, Radios, VersionedForm, choices, tidy

NO_ADDRESS = "Enter an e-mail address like name@example.org"


def _name() -> StringField:
    return StringField(
        "Name",
        widget=GovTextInput(),
        filters=[tidy],
        description="As it is to be shown, for example Mrs A Carter.",
        validators=[
            Needed("Enter the person’s name"),
            Length(max=200, message="The name must be 200 characters or fewer"),
        ],
    )


def _email(description: str) -> StringField:
    return StringField(
        "E-mail address",
        widget=GovTextInput(),
        filters=[tidy],
        description=description,
        validators=[
            Needed("Enter an e-mail address"),
            Length(max=254, message=NO_ADDRESS),
            Email(NO_ADDRESS),
        ],
    )


def _optional(label: str, longest: int = 200) -> StringField:
    """A line that may stay empty, of so many characters at most."""
    return StringField(
        f"{label} (optional)",
        widget=GovTextInput(),
        filters=[tidy],
        validators=[
            Length(max=longest, message=f"{label} must be {longest} characters or fewer"),
        ],
    )


def _role() -> RadioField:
    return RadioField(
        "Role",
        widget=Radios(),
        choices=choices(ROLE_LABELS),
        validators=[Needed("Choose a role")],
    )


def _kind() -> SelectField:
    return SelectField(
        "What a clearance officer clears",
        widget=GovSelect(),
        choices=[
            SelectChoice(value="", label="Nothing: it is another role"),
            *(SelectChoice(value=k.value, label=v) for k, v in CLEARANCE_KIND_LABELS.items()),
        ],
        default="",
    )


def _place() -> SelectField:
    return SelectField("Where the role counts", widget=GovSelect(), default="")


class GrantForm(FlaskForm):
    """A role, and where it is to count. The view names the committees."""

    role = _role()
    kind = _kind()
    committee = _place()

    def validate_kind(self, field: SelectField) -> None:
        """A clearance officer clears something."""
        if self.role.data == Role.CLEARANCE_OFFICER and not field.data:
            raise ValidationError("Choose what the clearance officer clears")

    def validate_committee(self, field: SelectField) -> None:
        """Some roles are for the whole council or none."""
        if field.data and self.role.data in COUNCIL_WIDE_ONLY:
            label = ROLE_LABELS[Role(self.role.data)]
            raise ValidationError(f"{label} is a role for the whole council")

    def name_committees(self, committees: Sequence[Committee]) -> None:
        """Let the whole council be chosen, or one of these."""
        each = [SelectChoice(value=found.slug, label=found.name) for found in committees]
        self.committee.choices = [SelectChoice(value="", label="The whole council"), *each]


class NewAccountForm(GrantForm):
    """Somebody who is to have an account, and their first role."""

    name = _name()
    email = _email("A letter goes there with a link to choose a password.")
    role = _role()  # once more, so that mistakes are listed in the order of the page
    kind = _kind()
    committee = _place()


class ParticularsForm(VersionedForm):
    """What is known of a person. The view names the councillors."""

    name = _name()
    email = _email("The person signs in with it, and gets reminders there.")
    job_title = _optional("Job title")
    directorate = _optional("Directorate")
    telephone = _optional("Telephone number", 40)
    councillor = SelectField(
        "Councillor",
        widget=GovSelect(),
        description="Which councillor or co-opted member this person is, if any.",
    )

    def name_councillors(self, councillors: Sequence[Councillor]) -> None:
        """Let nobody be chosen, or one of these."""
        each = [SelectChoice(value=str(found.id), label=_in_words(found)) for found in councillors]
        self.councillor.choices = [SelectChoice(value="", label="Not a councillor"), *each]


def _in_words(councillor: Councillor) -> str:
    group = councillor.group
    return f"{councillor.name} ({group.name})" if group else councillor.name


def particulars_data(user: User) -> dict[str, Any]:
    """What the form shows of a person before anything is typed."""
    return {
        "version": str(user.version),
        "name": user.name,
        "email": user.email,
        "job_title": user.job_title,
        "directorate": user.directorate,
        "telephone": user.telephone,
        "councillor": str(user.councillor_id or ""),
    }


class PortfolioForm(FlaskForm):
    """An office that takes decisions."""

    title = StringField(
        "Title of the portfolio",
        widget=GovTextInput(),
        filters=[tidy],
        description="For example, Cabinet Member for Highways, or Leader of the Council.",
        validators=[
            Needed("Enter the title of the portfolio"),
            Length(max=200, message="The title must be 200 characters or fewer"),
        ],
    )


class AppointForm(FlaskForm):
    """Who holds a portfolio next. The view names those who may."""

    holder = SelectField(
        "Holder",
        widget=GovSelect(),
        validators=[Needed("Choose who is to hold the portfolio")],
    )
    started_on = DatePartsField(
        "First day",
        noun="The first day",
        description="For example, 27 3 2027. The holder before ends on the day before.",
        validators=[Needed("Enter the first day")],
    )

    def name_holders(self, holders: Sequence[User]) -> None:
        """Let one of these be chosen."""
        each = [SelectChoice(value=str(user.id), label=user.name) for user in holders]
        self.holder.choices = [SelectChoice(value="", label="Choose a person"), *each]


class EndHoldingForm(FlaskForm):
    """The last day of a holding."""

    ended_on = DatePartsField(
        "Last day",
        noun="The last day",
        description="For example, 27 3 2027",
        validators=[Needed("Enter the last day")],
    )
