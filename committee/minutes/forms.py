"""Forms of minutes: votes by name, actions, numbers, publishing and approval."""

from collections.abc import Collection, Sequence
from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import (
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from wtforms import RadioField, SelectField, StringField
from wtforms import TextAreaField as LongTextField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Regexp

from committee.agendas.models import AgendaItem
from committee.meetings.models import Meeting
from committee.minutes.actions import ActionFields
from committee.minutes.models import Action
from committee.minutes.rules import (
    ACTION_MAY_BECOME,
    ACTION_STATUS_LABELS,
    VOTE_LABELS,
    ActionStatus,
)
from committee.minutes.voting import Voter
from committee.people.models import User
from committee.web.fields import (
    DatePartsField,
    Needed,
    Radios,
    VersionedForm,
    add_error,
    choices,
    tidy,
)
from committee.web.filters import weekday_in_words

NONE = ""
LONGEST_DISCUSSION = 50_000  # characters: about twenty printed pages


def plain_lines(text: str | None) -> str | None:
    """Text with the line ends that everything else uses; browsers send two characters."""
    return tidy(text.replace("\r\n", "\n")) if text else None


def long_text(label: str, hint: str, most: int = 4000) -> LongTextField:
    """A field for running text of at most so many characters, which may stay empty."""
    return LongTextField(
        label,
        widget=GovTextArea(),
        filters=[plain_lines],
        description=hint,
        validators=[Length(max=most, message=f"{label}: keep it to {most:,} characters or fewer")],
    )


class NamedVoteForm(FlaskForm):
    """How one member voted."""

    member = SelectField("Member", widget=GovSelect(), default="")
    vote = RadioField(
        "Their vote",
        widget=Radios(),
        choices=choices(VOTE_LABELS),
        validators=[Needed("Choose how they voted")],
    )

    def offer(self, voters: Sequence[Voter]) -> None:
        """Offer everyone with a seat; those without a vote on the item are refused in words."""
        self.member.choices = [
            SelectChoice(NONE, "Choose a member"),
            *(SelectChoice(str(each.councillor_id), _with_reason(each)) for each in voters),
        ]

    def validate_member(self, field: SelectField) -> None:
        """Somebody must be chosen."""
        if not field.data:
            add_error(field, "Choose the member who asked")


def _with_reason(voter: Voter) -> str:
    return f"{voter.name} (no vote: {voter.why_not})" if voter.why_not else voter.name


class ActionForm(FlaskForm):
    """Something that somebody is to do."""

    text = long_text("What is to be done", "As the minutes are to print it.", 1000)
    owner_name = StringField(
        "Who is to do it",
        widget=GovTextInput(),
        filters=[tidy],
        description="The name as the minutes print it.",
        validators=[Length(max=200, message="The name must be 200 characters or fewer")],
    )
    owner = SelectField(
        "Their account (optional)",
        widget=GovSelect(),
        default=NONE,
        description="They then see the action among their own and are reminded of it.",
    )
    due_on = DatePartsField(
        "Due date (optional)", noun="The due date", description="For example, 27 3 2027"
    )

    def offer(self, owners: Sequence[User]) -> None:
        """Offer these accounts."""
        self.owner.choices = [
            SelectChoice(NONE, "No account"),
            *(SelectChoice(str(user.id), user.name) for user in owners),
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it is said what is to be done, and by whom."""
        sound = bool(super().validate(extra_validators))
        if not self.text.data:
            add_error(self.text, "Enter what is to be done")
            sound = False
        if not self.owner_name.data and not self.owner.data:
            add_error(self.owner_name, "Enter who is to do it, or choose an account")
            sound = False
        return sound

    def fields(self) -> ActionFields:
        """What was filled in. With an account and no name, the account's name is printed."""
        owner_id = int(self.owner.data) if self.owner.data else None
        names = {choice.value: choice.label for choice in self.owner.choices}
        return ActionFields(
            text=self.text.data,
            owner_name=self.owner_name.data or names[self.owner.data],
            owner_id=owner_id,
            due_on=self.due_on.data,
        )


class AddMinuteForm(FlaskForm):
    """An item that is to have a minute, or a second one."""

    item = SelectField("Agenda item", widget=GovSelect(), default="")

    def offer(self, items: Sequence[tuple[str, AgendaItem]], hidden: Collection[int] = ()) -> None:
        """Offer these items behind their numbers; those that are `hidden` by their titles for
        anyone."""
        self.item.choices = [
            SelectChoice(
                str(item.id),
                f"{number}. {item.title_for_public if item.id in hidden else item.title}",
            )
            for number, item in items
        ]


class NumbersForm(FlaskForm):
    """Where a new run of minute numbers begins."""

    first_number = StringField(
        "First number",
        widget=GovTextInput(),
        filters=[tidy],
        validators=[
            Needed("Enter the first number"),
            Regexp(r"\A[1-9][0-9]{0,5}\Z", message="Enter a whole number from 1, like 84"),
        ],
    )


class PublishForm(FlaskForm):
    """Why minutes that were published are published again."""

    change = long_text(
        "What has changed, and why",
        "Anyone can read this beside the minutes. The earlier version stays.",
        2000,
    )
    needs_change = False

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether the reason is there where one is needed."""
        sound = bool(super().validate(extra_validators))
        if self.needs_change and not self.change.data:
            add_error(self.change, "Say what has changed, and why")
            return False
        return sound


class ApproveForm(FlaskForm):
    """Which meeting approved the minutes, and who signed them."""

    meeting = RadioField(
        "Meeting that approved them",
        widget=Radios(),
        validators=[Needed("Choose the meeting that approved them")],
    )
    signed_by = StringField(
        "Signed by",
        widget=GovTextInput(),
        filters=[tidy],
        description="The person presiding at that meeting.",
        validators=[
            Needed("Enter who signed the minutes"),
            Length(max=200, message="The name must be 200 characters or fewer"),
        ],
    )

    def offer(self, meetings: Sequence[Meeting]) -> None:
        """Offer these meetings."""
        self.meeting.choices = [
            SelectChoice(str(each.id), weekday_in_words(each.held_on)) for each in meetings
        ]


class ActionStatusForm(VersionedForm):
    """Where an action stands."""

    status = RadioField("Status", widget=Radios(), validators=[Needed("Choose a status")])
    note = long_text("Note (optional)", "What was done, or why it is no longer needed.", 2000)

    def offer(self, now: ActionStatus) -> None:
        """Offer the status that it has, and those that it may take."""
        may = [each for each in ActionStatus if each is now or each in ACTION_MAY_BECOME[now]]
        self.status.choices = choices({each: ACTION_STATUS_LABELS[each] for each in may})


def action_data(action: Action) -> dict[str, Any]:
    """What the form shows of an action before anything is typed."""
    return {"version": str(action.version), "status": action.status.value, "note": action.note}
