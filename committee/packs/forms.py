"""The form by which an agenda is published."""

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovTextArea
from wtforms import FieldList, FormField, HiddenField, TextAreaField
from wtforms.form import Form
from wtforms.validators import Length

from committee.agendas.publishing import Reasons
from committee.agendas.service import NumberedItem
from committee.web.fields import add_error, tidy

LONGEST = Length(max=2000, message="Keep it to 2,000 characters or fewer")


class UrgencyForm(Form):
    """Why one item that was added late cannot wait."""

    item_id = HiddenField()
    reason = TextAreaField(
        "Special circumstances", widget=GovTextArea(), filters=[tidy], validators=[LONGEST]
    )


class PublishForm(FlaskForm):
    """The reasons that the rules ask for, where they ask for any."""

    late = TextAreaField(
        "Why the meeting is convened at shorter notice",
        widget=GovTextArea(),
        filters=[tidy],
        description="Who convened it, when, and why it could not be five clear days ahead. "
        "Anyone can read this beside the agenda.",
        validators=[LONGEST],
    )
    change = TextAreaField(
        "What has changed, and why",
        widget=GovTextArea(),
        filters=[tidy],
        description="Anyone can read this beside the agenda. The earlier version stays.",
        validators=[LONGEST],
    )
    urgency = FieldList(FormField(UrgencyForm))
    seen = HiddenField()  # the agenda that the officer had before their eyes
    shows = ""
    needs_late = False
    needs_change = False

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether every reason that is needed has been given."""
        sound = bool(super().validate(extra_validators))
        if self.seen.data != self.shows:
            self.seen.data = self.shows
            self.form_errors.append(
                "The agenda has changed since you opened this page. Look at it as it is now, then "
                "publish."
            )
            sound = False
        if self.needs_late and not self.late.data:
            add_error(self.late, "Say who convened the meeting at shorter notice, and why")
            sound = False
        if self.needs_change and not self.change.data:
            add_error(self.change, "Say what has changed, and why")
            sound = False
        for entry in self.urgency.entries:
            if not entry.reason.data:
                add_error(entry.reason, "Say what special circumstances make this item urgent")
                sound = False
        return sound

    def ask_for_urgency(self, late: Sequence[NumberedItem]) -> None:
        """Ask of each of these items why it cannot wait, keeping what was typed."""
        typed = {entry.data["item_id"]: entry.data["reason"] for entry in self.urgency.entries}
        while self.urgency.entries:
            self.urgency.pop_entry()
        for entry in late:
            item_id = str(entry.item.id)
            reason: Any = typed.get(item_id) or entry.item.urgent_reason
            self.urgency.append_entry({"item_id": item_id, "reason": reason})
            label = f"Why item {entry.number}, {entry.item.title_for_public}, cannot wait"
            self.urgency.entries[-1].reason.label.text = label

    def reasons(self) -> Reasons:
        """What was typed."""
        return Reasons(
            late=self.late.data,
            change=self.change.data,
            urgent={
                int(entry.data["item_id"]): entry.data["reason"]
                for entry in self.urgency.entries
                if entry.data["reason"]
            },
        )
