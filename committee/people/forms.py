"""Forms of sign-in, committees and memberships."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import (
    GovInput,
    GovPasswordInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from wtforms import HiddenField, IntegerField, PasswordField, SelectField, StringField
from wtforms import TextAreaField as LongTextField
from wtforms.validators import Email, Length, NumberRange, Optional, ValidationError

from committee.people.models import Committee
from committee.people.roles import MEMBER_ROLE_LABELS, MemberRole
from committee.web.fields import DatePartsField, Needed, VersionedForm, choices, tidy


class SignInForm(FlaskForm):
    """The way in for those who have an account."""

    email = StringField(
        "E-mail address",
        widget=GovTextInput(),
        filters=[tidy],
        validators=[Needed("Enter your e-mail address"), Length(max=320)],
    )
    password = PasswordField(
        "Password", widget=GovPasswordInput(), validators=[Needed("Enter your password")]
    )
    next = HiddenField()


class WholeNumberField(IntegerField):
    """A number in digits, with a message of our own when it is none."""

    widget = GovInput(input_type="text")

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the number. Raises ValueError with a message for the person."""
        self.data = None
        text = valuelist[0].strip() if valuelist else ""
        if text and not (text.isascii() and text.isdigit() and len(text) < 6):
            raise ValueError("Enter a whole number, like 18")
        self.data = int(text) if text else None


class CommitteeForm(VersionedForm):
    """A committee's particulars and its contact officer."""

    name = StringField(
        "Name of the committee",
        widget=GovTextInput(),
        filters=[tidy],
        validators=[
            Needed("Enter the name of the committee"),
            Length(max=200, message="The name must be 200 characters or fewer"),
        ],
    )
    description = LongTextField(
        "What the committee does (optional)",
        widget=GovTextArea(),
        filters=[tidy],
        description="One or two sentences for the public.",
        validators=[Length(max=4000, message="The description must be 4,000 characters or fewer")],
    )
    seats = WholeNumberField(
        "Number of seats (optional)",
        description="Vacant seats are then counted and printed on the agenda.",
        validators=[
            Optional(),
            NumberRange(min=1, max=500, message="Seats must be between 1 and 500"),
        ],
    )
    contact_name = StringField(
        "Name (optional)",
        widget=GovTextInput(),
        filters=[tidy],
        validators=[Length(max=200, message="The name must be 200 characters or fewer")],
    )
    contact_telephone = StringField(
        "Telephone number (optional)",
        widget=GovTextInput(),
        filters=[tidy],
        validators=[Length(max=40, message="The number must be 40 characters or fewer")],
    )
    contact_email = StringField(
        "E-mail address (optional)",
        widget=GovTextInput(),
        filters=[tidy],
        validators=[
            Optional(),
            Email(message="Enter an e-mail address like name@example.org"),
        ],
    )

    def validate_contact_name(self, field: StringField) -> None:
        """A number or address without a name would print as nobody's."""
        if not field.data and (self.contact_telephone.data or self.contact_email.data):
            raise ValidationError("Enter the name of the contact officer")


def committee_data(committee: Committee) -> dict[str, Any]:
    """What the form shows of a committee before anything is typed."""
    contact = committee.contact_officer
    return {
        "version": str(committee.version),
        "name": committee.name,
        "description": committee.description,
        "seats": committee.seats,
        "contact_name": contact.name if contact else None,
        "contact_telephone": contact.telephone if contact else None,
        "contact_email": contact.email if contact else None,
    }


class MemberForm(FlaskForm):
    """Somebody who takes a seat on a committee."""

    name = StringField(
        "Name",
        widget=GovTextInput(),
        filters=[tidy],
        description="As it is to be printed, for example Mrs A Carter.",
        validators=[
            Needed("Enter the member's name"),
            Length(max=200, message="The name must be 200 characters or fewer"),
        ],
    )
    group = StringField(
        "Political group or body (optional)",
        widget=GovTextInput(),
        filters=[tidy],
        description="Choose one that is suggested or type a new one.",
        validators=[Length(max=200, message="The group must be 200 characters or fewer")],
    )
    role = SelectField(
        "Role on the committee",
        widget=GovSelect(),
        choices=choices(MEMBER_ROLE_LABELS),
        default=MemberRole.MEMBER.value,
    )
    started_on = DatePartsField(
        "First day of membership",
        noun="The first day",
        description="For example, 27 3 2027",
        validators=[Needed("Enter the first day of membership")],
    )


class EndMembershipForm(FlaskForm):
    """The last day of a membership."""

    ended_on = DatePartsField(
        "Last day of membership",
        noun="The last day",
        description="For example, 27 3 2027",
        validators=[Needed("Enter the last day of membership")],
    )


def starting(today: date) -> dict[str, date]:
    """A membership form that proposes today."""
    return {"started_on": today}
