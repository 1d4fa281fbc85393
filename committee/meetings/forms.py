"""The form of a meeting."""

from collections.abc import Iterable
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextArea, GovTextInput
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import Length

from committee.meetings.models import Meeting
from committee.meetings.rules import MAY_BECOME, MEETING_STATUS_LABELS, MeetingStatus
from committee.web.fields import (
    DatePartsField,
    Needed,
    Radios,
    TimeField,
    VersionedForm,
    choices,
    tidy,
)


class MeetingForm(VersionedForm):
    """When and where a committee meets."""

    held_on = DatePartsField(
        "Date of the meeting",
        noun="The date of the meeting",
        description="For example, 27 3 2027",
        validators=[Needed("Enter the date of the meeting")],
    )
    starts_at = TimeField(
        "Start time",
        description="For example, 10.00 am or 14:30",
        validators=[Needed("Enter the time at which the meeting starts")],
    )
    place = StringField(
        "Place",
        widget=GovTextInput(),
        filters=[tidy],
        description="Room and building, as printed on the agenda.",
        validators=[
            Needed("Enter the place of the meeting"),
            Length(max=300, message="The place must be 300 characters or fewer"),
        ],
    )


class ChangeMeetingForm(MeetingForm):
    """A meeting that is in the calendar, and what has become of it."""

    status = RadioField("Status", widget=Radios(), validators=[Needed("Choose a status")])
    reason = TextAreaField(
        "Why the date changes",
        widget=GovTextArea(),
        filters=[tidy],
        description="Only if you change the date. The agenda has been published with the old one: "
        "publish it again afterwards.",
        validators=[Length(max=2000, message="The reason must be 2,000 characters or fewer")],
    )

    def offer(self, statuses: Iterable[MeetingStatus]) -> None:
        """Offer these statuses."""
        self.status.choices = choices({each: MEETING_STATUS_LABELS[each] for each in statuses})


def possible_statuses(meeting: Meeting) -> list[MeetingStatus]:
    """The status that a meeting has, and those that it may take."""
    return [s for s in MeetingStatus if s is meeting.status or s in MAY_BECOME[meeting.status]]


def meeting_data(meeting: Meeting) -> dict[str, Any]:
    """What the form shows of a meeting before anything is typed."""
    return {
        "version": str(meeting.version),
        "held_on": meeting.held_on,
        "starts_at": meeting.starts_at,
        "place": meeting.place,
        "reason": None,
        "status": meeting.status.value,
    }
