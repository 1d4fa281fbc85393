"""Forms of those who lend a role during an absence, and of the page that explains permissions."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextInput
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from committee.people.delegations import Loan
from committee.people.holdings import Holding
from committee.people.models import User
from committee.people.permission_words import place_in_words, role_in_words
from committee.people.roles import Role
from committee.web.fields import DatePartsField, Needed, tidy


class LendForm(FlaskForm):
    """Who is to act for the reader, as what and when. The view names the roles and the people."""

    held = SelectField("Role", widget=GovSelect(), validators=[Needed("Choose a role")])
    receiver = SelectField(
        "Who is to act for you",
        widget=GovSelect(),
        validators=[Needed("Choose who is to act for you")],
    )
    first_day = DatePartsField(
        "First day",
        noun="The first day",
        description="For example, 27 3 2027",
        validators=[Needed("Enter the first day")],
    )
    last_day = DatePartsField(
        "Last day",
        noun="The last day",
        description="The role comes back to you alone on the day after.",
        validators=[Needed("Enter the last day")],
    )
    reason = StringField(
        "Reason",
        widget=GovTextInput(),
        filters=[tidy],
        description="For example, annual leave.",
        validators=[
            Needed("Enter the reason"),
            Length(max=200, message="The reason must be 200 characters or fewer"),
        ],
    )

    def offer(self, held: Sequence[Holding], people: Sequence[User]) -> None:
        """Let one of these roles be lent to one of these people."""
        roles = {_key(each): f"{role_in_words(each)}, {place_in_words(each)}" for each in held}
        self.held.choices = [
            SelectChoice(value="", label="Choose a role"),
            *(SelectChoice(value=key, label=label) for key, label in roles.items()),
        ]
        self.receiver.choices = [
            SelectChoice(value="", label="Choose a person"),
            *(SelectChoice(value=str(each.id), label=each.name) for each in people),
        ]

    def loan(self) -> Loan:
        """What was typed and chosen."""
        role, _, committee = self.held.data.partition(" ")
        return Loan(
            role=Role(role),
            committee_id=int(committee) if committee else None,
            first_day=self.first_day.data,
            last_day=self.last_day.data,
            reason=self.reason.data,
        )


def _key(held: Holding) -> str:
    return f"{held.role.value} {held.committee_id or ''}".strip()
