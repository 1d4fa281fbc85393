"""Forms of the work programme."""

from collections.abc import Iterable
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextArea, GovTextInput
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Length

from committee.agendas.models import ProgrammeItem
from committee.agendas.programme import PlannedFields
from committee.meetings.models import Meeting
from committee.web.fields import DatePartsField, Needed, VersionedForm, tidy
from committee.web.filters import weekday_in_words

NO_MEETING = "0"


def _offered(meetings: Iterable[Meeting]) -> list[tuple[str, str]]:
    offered = [(str(m.id), weekday_in_words(m.held_on)) for m in meetings]
    return [*offered, (NO_MEETING, "No meeting yet")]


class ProgrammeForm(VersionedForm):
    """One item of the work programme."""

    title = StringField(
        "Title",
        widget=GovTextInput(),
        filters=[tidy],
        description="Anyone can read this.",
        validators=[
            Needed("Enter the title of the item"),
            Length(max=500, message="The title must be 500 characters or fewer"),
        ],
    )
    meeting = SelectField("Meeting", widget=GovSelect())
    requested_by = StringField(
        "Requested by (optional)",
        widget=GovTextInput(),
        filters=[tidy],
        description="A member, an officer, or where it comes from, such as the forward plan.",
        validators=[Length(max=200, message="Keep it to 200 characters or fewer")],
    )
    requested_on = DatePartsField("Requested on (optional)", noun="The date of the request")
    decision_number = StringField(
        "Decision number (optional)",
        widget=GovTextInput(),
        filters=[tidy],
        description="The council's reference, for example 27/00012.",
        validators=[Length(max=60, message="The decision number must be 60 characters or fewer")],
    )

    def offer(self, meetings: Iterable[Meeting]) -> None:
        """Offer these meetings."""
        self.meeting.choices = _offered(meetings)

    def planned_fields(self) -> PlannedFields:
        """What was typed."""
        return PlannedFields(
            title=self.title.data or "",
            meeting_id=int(self.meeting.data) or None,
            requested_by=self.requested_by.data,
            requested_on=self.requested_on.data,
            decision_number=self.decision_number.data,
        )


class DeferForm(VersionedForm):
    """To which meeting an item is put off, and why."""

    meeting = SelectField("To which meeting", widget=GovSelect())
    reason = TextAreaField(
        "Why it is deferred",
        widget=GovTextArea(),
        filters=[tidy],
        description="Anyone can read this beside the item.",
        validators=[
            Needed("Say why it is deferred"),
            Length(max=1000, message="Keep it to 1,000 characters or fewer"),
        ],
    )

    def offer(self, meetings: Iterable[Meeting]) -> None:
        """Offer these meetings."""
        self.meeting.choices = _offered(meetings)


def programme_data(item: ProgrammeItem) -> dict[str, Any]:
    """What the form shows of an item before anything is typed."""
    return {
        "version": str(item.version),
        "title": item.title,
        "meeting": str(item.meeting_id or NO_MEETING),
        "requested_by": item.requested_by,
        "requested_on": item.requested_on,
        "decision_number": item.decision_number,
    }
