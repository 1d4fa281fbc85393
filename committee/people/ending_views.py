"""What the pages share on which a dated row is ended: the form, the act and the refusal."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

from committee.clock import today
from committee.extensions import db
from committee.people import access
from committee.people.councillor_forms import OF_ERRORS, EndForm
from committee.people.rules import END_REASON_LABELS, EndReason
from committee.states import NotAllowed
from committee.web.fields import add_error


class Dated(Protocol):
    """A row that runs from one day to another."""

    @property
    def ended_on(self) -> date | None: ...


def end_form(row: Dated, reasons: Sequence[EndReason], **proposed: object) -> EndForm:
    """The form that ends this row today for one of these reasons. What has ended already can only
    turn out to have been entered in error."""
    form = EndForm(data={"ended_on": today(), **proposed})
    form.offer(reasons if row.ended_on is None else OF_ERRORS, END_REASON_LABELS)
    return form


def ended(form: EndForm, end: Callable[..., object]) -> bool:
    """Whether the form was sent and `end` has ended the row as it says; that is then committed. A
    refusal stands beside the day, and nothing is written."""
    if not form.validate_on_submit():
        return False
    try:
        end(on=form.last_day(today()), because=form.reason, by=access.reader_id())
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        add_error(form.ended_on, str(refused))
        return False
    return True
