"""Forms of sign-in, committees and memberships."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxInput,
    GovInput,
    GovPasswordInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms import TextAreaField as LongTextField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, Length, NumberRange, Optional, ValidationError

from committee.people.models import Committee
from committee.people.roles import MEMBER_ROLE_LABELS, MemberRole
from committee.people.rules import (
    ACCESS_REGIME_LABELS,
    COMMITTEE_KIND_LABELS,
    QUORUM_SHARE_LABELS,
    VOTING_RIGHT_LABELS,
    AccessRegime,
    CommitteeKind,
    QuorumShare,
)
from committee.people.service import Standing
from committee.web.fields import DatePartsField, Needed, Radios, VersionedForm, choices, tidy


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
    kind = SelectField(
        "Kind of committee",
        widget=GovSelect(),
        choices=choices(COMMITTEE_KIND_LABELS),
        default=CommitteeKind.COMMITTEE.value,
    )
    parent = SelectField("Belongs to", widget=GovSelect(), default="", validate_choice=True)
    access_regime = RadioField(
        "Which law opens its meetings",
        widget=Radios(),
        choices=choices(ACCESS_REGIME_LABELS),
        default=AccessRegime.COUNCIL_COMMITTEE.value,
        description="A Cabinet Committee that only advises the executive is a committee of the "
        "council.",
        validators=[Needed("Choose which law opens its meetings")],
    )
    quorum_share = SelectField("Quorum: share of the seats", widget=GovSelect(), default="")
    quorum_minimum = WholeNumberField(
        "Quorum: at least so many members (optional)",
        description="Without one, the council’s usual number.",
        validators=[
            Optional(),
            NumberRange(min=1, max=500, message="The number must be between 1 and 500"),
        ],
    )
    balanced = BooleanField(
        "Its seats are shared out in proportion to the political groups",
        widget=GovCheckboxInput(),
        default=True,
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

    def offer(self, committees: Sequence[Committee], *, but: Committee | None = None) -> None:
        """Offer these committees to belong to, and the shares of a quorum."""
        self.parent.choices = [
            SelectChoice("", "No other committee"),
            *(
                SelectChoice(str(each.id), each.name)
                for each in committees
                if but is None or each.id != but.id
            ),
        ]
        self.quorum_share.choices = [
            SelectChoice("", "As the constitution says for all"),
            *choices(QUORUM_SHARE_LABELS),
        ]

    def standing(self) -> Standing:
        """What was chosen of the committee's place in the constitution."""
        share = self.quorum_share.data
        return Standing(
            kind=CommitteeKind(self.kind.data),
            access_regime=AccessRegime(self.access_regime.data),
            parent_id=int(self.parent.data) if self.parent.data else None,
            quorum_share=QuorumShare(share) if share else None,
            quorum_minimum=self.quorum_minimum.data,
            balanced=bool(self.balanced.data),
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
        "kind": committee.kind.value,
        "parent": str(committee.parent_id or ""),
        "access_regime": committee.access_regime.value,
        "quorum_share": committee.quorum_share.value if committee.quorum_share else "",
        "quorum_minimum": committee.quorum_minimum,
        "balanced": committee.balanced,
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
    voting = SelectField(
        "Vote",
        widget=GovSelect(),
        choices=[SelectChoice("", "As is usual for the role"), *choices(VOTING_RIGHT_LABELS)],
        description="Co-opted members usually have none. Church and parent representatives may "
        "vote on education where the committee scrutinises it.",
        default="",
    )
    started_on = DatePartsField(
        "First day of membership",
        noun="The first day",
        description="For example, 27 3 2027",
        validators=[Needed("Enter the first day of membership")],
    )
    ended_on = DatePartsField(
        "Last day of membership, if it is over (optional)",
        noun="The last day",
        description="For what is entered after the event",
    )


def starting(today: date) -> dict[str, date]:
    """A membership form that proposes today."""
    return {"started_on": today}
