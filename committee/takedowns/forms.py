"""Forms of takedowns: why a thing goes, and why it comes back or stays."""

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovTextArea
from wtforms import SubmitField
from wtforms import TextAreaField as LongTextField
from wtforms.validators import Length

from committee.web.fields import Needed, VersionedForm, tidy

LONGEST = 1_000  # characters of a reason

_AT_MOST = Length(max=LONGEST, message="The reason must be 1,000 characters or fewer")


class TakeDownForm(FlaskForm):
    """Why a published thing is to go."""

    reason = LongTextField(
        "Why it is taken down",
        widget=GovTextArea(),
        filters=[tidy],
        description="The public reads this in its place. Say why, and nothing of what had to go.",
        validators=[Needed("Enter why it is taken down"), _AT_MOST],
    )


class AnswerForm(VersionedForm):
    """What is to become of a takedown. A reason is needed to refuse it or to put the thing back."""

    reason = LongTextField(
        "Reason",
        widget=GovTextArea(),
        filters=[tidy],
        description="Needed to refuse it or to put the thing back. It is kept with the takedown.",
        validators=[_AT_MOST],
    )
    allow = SubmitField("Allow it")
    confirm = SubmitField("Confirm it")
    refuse = SubmitField("Refuse it")
    lift = SubmitField("Put it back")
