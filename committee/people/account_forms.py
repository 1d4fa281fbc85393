"""Forms of one's own account."""

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovTextInput
from wtforms import PasswordField, StringField
from wtforms.validators import Email, Length, ValidationError

from committee.people import passwords
from committee.states import NotAllowed
from committee.web.fields import Needed, tidy


def new_password(label: str) -> PasswordField:
    """A field for a password that is chosen now."""
    return PasswordField(
        label,
        widget=GovPasswordInput(),
        description=f"At least {passwords.SHORTEST} characters. Three words that you can remember "
        "are better than one that you cannot.",
        validators=[Needed("Enter a password")],
    )


def check_password(field: PasswordField) -> None:
    """Raises ValidationError, with words for the person, for one that cannot be taken."""
    try:
        passwords.check(field.data or "")
    except NotAllowed as refused:
        raise ValidationError(str(refused)) from refused


class ForgottenForm(FlaskForm):
    """Whose password is forgotten."""

    email = StringField(
        "E-mail address",
        widget=GovTextInput(),
        filters=[tidy],
        validators=[
            Needed("Enter your e-mail address"),
            Length(max=320, message="Enter an e-mail address like name@example.org"),
            Email("Enter an e-mail address like name@example.org"),
        ],
    )


class ChooseForm(FlaskForm):
    """A password that is chosen by a link."""

    password = new_password("New password")

    def validate_password(self, field: PasswordField) -> None:
        """It must be long enough."""
        check_password(field)


class ChangeForm(FlaskForm):
    """A password that is changed by someone who knows the one before."""

    old_password = PasswordField(
        "Password now",
        widget=GovPasswordInput(),
        validators=[Needed("Enter the password that you have now")],
    )
    new_password = new_password("New password")

    def validate_new_password(self, field: PasswordField) -> None:
        """It must be long enough."""
        check_password(field)
