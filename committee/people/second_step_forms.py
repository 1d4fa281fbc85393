"""Forms of the second step of sign-in, and of the answer of a provider."""

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovTextInput
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import Length

from committee.people.passkeys import LONGEST_NAME
from committee.web.fields import Needed, tidy


class CodeForm(FlaskForm):
    """A code of an app, or one of those on paper."""

    code = StringField(
        "Code",
        widget=GovTextInput(),
        filters=[tidy],
        validators=[
            Needed("Enter the code"),
            Length(max=40, message="The code is six digits, or a recovery code of sixteen letters"),
        ],
    )
    next = HiddenField()


class AppCodeForm(FlaskForm):
    """The first code of an app that is being set up."""

    code = StringField(
        "Code that the app shows now",
        widget=GovTextInput(),
        filters=[tidy],
        description="Six digits.",
        validators=[
            Needed("Enter the six digits that the app shows now"),
            Length(max=40, message="The code is six digits"),
        ],
    )


class PasswordAgainForm(FlaskForm):
    """Somebody without a second step shows who they are."""

    password = PasswordField(
        "Your password", widget=GovPasswordInput(), validators=[Needed("Enter your password")]
    )
    next = HiddenField()


class PasskeyForm(FlaskForm):
    """What the browser's script brings from a passkey."""

    credential = HiddenField()
    next = HiddenField()


class NewPasskeyForm(FlaskForm):
    """A passkey that is added, under a name by which its owner knows it again."""

    name = StringField(
        "Name of this passkey",
        widget=GovTextInput(),
        filters=[tidy],
        description="By which you know it again, like “Work laptop”.",
        validators=[
            Needed("Enter a name for this passkey"),
            Length(
                max=LONGEST_NAME, message=f"The name must be {LONGEST_NAME} characters or fewer"
            ),
        ],
    )
    credential = HiddenField()


class ProviderAnswerForm(FlaskForm):
    """What the council's own sign-in sends back with somebody."""

    code = HiddenField(validators=[Length(max=4000)])
    state = HiddenField(validators=[Length(max=200)])
    iss = HiddenField(validators=[Length(max=500)])
