"""The page on which an officer accepts a report onto the agenda."""

from collections.abc import Collection
from typing import Any

from flask import Blueprint, flash, render_template
from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import RadioField, StringField
from wtforms.validators import Length

from committee.agendas import accepting as service
from committee.agendas import access as items
from committee.agendas.service import NumberedItem, number_of
from committee.clock import now, today
from committee.extensions import db
from committee.people.access import reader_id
from committee.people.permissions import Permission, requires
from committee.reports import access
from committee.reports.header_block import classification_line
from committee.reports.models import Report
from committee.reports.stating import said_of
from committee.states import NotAllowed
from committee.web.answers import Page, see_other, shown
from committee.web.fields import Needed, Radios, VersionedForm, tidy

accepting = Blueprint("accepting", __name__)

NEW = "new"


class AcceptForm(VersionedForm):
    """Under which item a report comes."""

    item = RadioField(
        "Where the report goes", widget=Radios(), validators=[Needed("Choose an item")]
    )
    public_title = StringField(
        "Title for the public",
        widget=GovTextInput(),
        filters=[tidy],
        description="What anyone may read in place of the title of an item that is closed with "
        "the report. Leave it empty for the general words.",
        validators=[Length(max=500, message="The title must be 500 characters or fewer")],
    )

    def offer(self, entries: list[NumberedItem], hidden: Collection[int]) -> None:
        """Offer these items, and a new one; those that are `hidden` by their titles for anyone."""
        there = [
            (str(entry.item.id), _named(entry, is_hidden=entry.item.id in hidden))
            for entry in entries
        ]
        self.item.choices = [*there, (NEW, "A new item at the end of the agenda")]


@accepting.route("/reports/<int:report_id>/accept", methods=["GET", "POST"])
@requires(Permission.REPORT_ACCEPT)
def accept(report_id: int) -> Page:
    """Accept a report under an item of its meeting's agenda, or a new one."""
    report = access.report_for(Permission.REPORT_ACCEPT, report_id, on=today())
    entries = service.items_for(report)
    form = AcceptForm(data=_suggested(report, entries))
    offered = [entry.item for entry in entries]
    hidden = items.hidden_from_reader(report.meeting, offered)
    form.offer(entries, hidden)
    if form.validate_on_submit() and not form.overtakes(report):
        chosen = next((e.item for e in entries if str(e.item.id) == form.item.data), None)
        try:
            item = service.accept(
                report, chosen, now=now(), public_title=form.public_title.data, by=reader_id()
            )
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            form.form_errors.append(str(refused))
        else:
            flash(f"The report is accepted and comes under item {number_of(item)}.", "success")
            return see_other("asking.of_meeting", meeting_id=report.meeting_id)
    page = render_template(
        "agendas/accept_report.html",
        report=report,
        form=form,
        classified=classification_line(said_of(report)),
    )
    access.note_words(report)
    items.note_words_of_agenda(report.meeting, [i for i in offered if i.id not in hidden])
    return shown(page, form)


def _suggested(report: Report, entries: list[NumberedItem]) -> dict[str, Any]:
    """The item that is plainly meant for the report; a new one where the agenda has no item that
    could be; otherwise the officer chooses."""
    chosen = NEW if not entries else None
    if entries and service.is_meant_for(entries[0].item, report):
        chosen = str(entries[0].item.id)
    return {"version": str(report.version), "item": chosen}


def _named(entry: NumberedItem, *, is_hidden: bool) -> str:
    has = ", which has a paper already" if entry.item.papers else ""
    title = entry.item.title_for_public if is_hidden else entry.item.title
    return f"Item {entry.number}: {title}{has}"
