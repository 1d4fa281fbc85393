"""Forms of attendance: members, substitutes, others present, declarations of interest."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms import TextAreaField as LongTextField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from committee.meetings.attendance import Register
from committee.meetings.rules import (
    CAPACITY_LABELS,
    INTEREST_KIND_LABELS,
    Presence,
)
from committee.people.models import Councillor, PoliticalGroup
from committee.web.fields import Needed, Radios, VersionedForm, add_error, choices, tidy

NOBODY = ""
MEMBER = "member-"

# Short enough for one line: a committee may have sixteen members.
IN_SHORT = {
    Presence.PRESENT: "Present",
    Presence.REMOTE: "Remote",
    Presence.APOLOGIES: "Apologies",
    Presence.ABSENT: "Absent",
}


class RegisterForm(VersionedForm):
    """How each member of the committee attended: one field for each, made for the meeting."""

    def presences(self) -> dict[int, Presence]:
        """What was chosen, by the member's id."""
        return {
            int(field.name.removeprefix(MEMBER)): Presence(field.data)
            for field in self
            if field.name.startswith(MEMBER)
        }

    def fill_in_present(self, register: Register) -> None:
        """Choose present for everyone of whom nothing is chosen and for whom nobody came."""
        for seat in register.seats:
            field = self[f"{MEMBER}{seat.councillor.id}"]
            if not field.data and not seat.substitute:
                field.data = Presence.PRESENT.value


def register_form(register: Register, *, sent: bool) -> RegisterForm:
    """The form that asks about exactly these seats, with what was `sent` if it was."""

    class _OfThisMeeting(RegisterForm):
        pass

    for seat in register.seats:
        field = RadioField(
            seat.councillor.name,
            widget=Radios(),
            choices=choices(IN_SHORT),
            default=seat.own.presence.value if seat.own else None,
            validators=[Needed(f"Say how {seat.councillor.name} attended")],
        )
        setattr(_OfThisMeeting, f"{MEMBER}{seat.councillor.id}", field)
    data = {"version": register.version}
    return _OfThisMeeting(data=data) if sent else _OfThisMeeting(None, data=data)


class SubstituteForm(FlaskForm):
    """Who came instead of whom."""

    substitute = SelectField(
        "Who came",
        widget=GovSelect(),
        default=NOBODY,
        description="Members who have no seat on this committee.",
    )
    new_name = StringField(
        "Name of somebody who is not in the list",
        widget=GovTextInput(),
        filters=[tidy],
        validators=[Length(max=200, message="The name must be 200 characters or fewer")],
    )
    new_group = SelectField("Their group", widget=GovSelect(), default="")
    instead_of = SelectField("In place of", widget=GovSelect(), default="")

    def offer(
        self,
        others: Sequence[Councillor],
        register: Register,
        groups: Sequence[PoliticalGroup],
        named: Collection[int],
    ) -> None:
        """Offer these people, those first whom their group `named`; the seats of these members;
        and these groups."""
        fitting = [each for each in others if each.id in named]
        self.substitute.choices = [
            SelectChoice(NOBODY, "Choose a member"),
            *(
                SelectChoice(str(each.id), f"{_with_group(each)}, named substitute")
                for each in fitting
            ),
            *(
                SelectChoice(str(each.id), _with_group(each))
                for each in others
                if each.id not in named
            ),
        ]
        self.instead_of.choices = [
            SelectChoice(NOBODY, "Choose a member"),
            *(
                SelectChoice(str(seat.councillor.id), _with_group(seat.councillor))
                for seat in register.seats
            ),
        ]
        self.new_group.choices = [
            SelectChoice(NOBODY, "No group"),
            *(SelectChoice(str(group.id), group.name) for group in groups),
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it is said who came, once, and in whose place."""
        sound = bool(super().validate(extra_validators))
        if not self.substitute.data and not self.new_name.data:
            add_error(self.substitute, "Choose who came, or enter their name")
            sound = False
        if self.substitute.data and self.new_name.data:
            add_error(self.new_name, "Choose somebody from the list or enter a name, not both")
            sound = False
        if not self.instead_of.data:
            add_error(self.instead_of, "Choose the member who did not attend")
            sound = False
        return sound


def _with_group(councillor: Councillor) -> str:
    return f"{councillor.name} ({councillor.group.name})" if councillor.group else councillor.name


class AttendeeForm(FlaskForm):
    """Somebody else who attended."""

    capacity = RadioField(
        "Who they are",
        widget=Radios(),
        choices=choices(CAPACITY_LABELS),
        validators=[Needed("Choose who they are")],
    )
    name = StringField(
        "Name",
        widget=GovTextInput(),
        filters=[tidy],
        validators=[
            Needed("Enter the name"),
            Length(max=200, message="The name must be 200 characters or fewer"),
        ],
    )
    job_title = StringField(
        "Job title, or what they speak for",
        widget=GovTextInput(),
        filters=[tidy],
        description="Officers need one: the minutes print it after the name.",
        validators=[Length(max=200, message="The job title must be 200 characters or fewer")],
    )


class DeclarationForm(FlaskForm):
    """An interest that a member declared."""

    member = SelectField("Member", widget=GovSelect(), default="")
    item = SelectField("Agenda item", widget=GovSelect(), default="")
    kind = RadioField(
        "Kind of interest",
        widget=Radios(),
        choices=choices(INTEREST_KIND_LABELS),
        validators=[Needed("Choose the kind of interest")],
    )
    nature = LongTextField(
        "Nature of the interest",
        widget=GovTextArea(),
        filters=[tidy],
        description="It follows the word “as” in the minutes, for example “a governor of the "
        "school”.",
        validators=[
            Needed("Enter the nature of the interest"),
            Length(max=1000, message="The nature must be 1,000 characters or fewer"),
        ],
    )
    left_meeting = BooleanField(
        "Left the meeting and took no part in the item", widget=GovCheckboxInput()
    )

    def offer(self, members: Mapping[int, str], items: Mapping[int, str]) -> None:
        """Offer these members and these items, by their ids."""
        self.member.choices = [
            SelectChoice(NOBODY, "Choose a member"),
            *(SelectChoice(str(key), name) for key, name in members.items()),
        ]
        self.item.choices = [
            SelectChoice(NOBODY, "Choose an item"),
            *(SelectChoice(str(key), name) for key, name in items.items()),
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether member and item are chosen as well."""
        sound = bool(super().validate(extra_validators))
        for field, message in (
            (self.member, "Choose the member who declared the interest"),
            (self.item, "Choose the agenda item that the interest is in"),
        ):
            if not field.data:
                add_error(field, message)
                sound = False
        return sound
