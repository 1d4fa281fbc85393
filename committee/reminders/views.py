"""The page of reminders: what will be said to whom, what was said, and what failed."""

from enum import StrEnum
from typing import TypeVar

from flask import Blueprint, flash, render_template, request

from committee.extensions import db
from committee.people.access import reader_id
from committee.people.permissions import Permission, requires
from committee.reminders import access, listing, service
from committee.reminders.rules import (
    OBLIGATION_KIND_LABELS,
    OBLIGATION_STATUS_LABELS,
    STANDING_LABELS,
    ObligationKind,
    Standing,
)
from committee.states import NotAllowed
from committee.web.answers import Page, page_asked_for, see_other

reminders = Blueprint("reminders", __name__)

Word = TypeVar("Word", bound=StrEnum)


@reminders.get("/reminders")
@requires(Permission.REMINDER_READ)
def overview() -> Page:
    """The reminders of the reader's committees, by how they stand."""
    own = access.own_committee_ids()
    committees = listing.committees(own)
    asked = request.args.get("committee", type=int)
    chosen = listing.Chosen(
        committee_ids=own,
        kind=_word(ObligationKind, "kind"),
        committee_id=next((each.id for each in committees if each.id == asked), None),
    )
    standing = _word(Standing, "show") or Standing.COMING
    counts = listing.counts(chosen)
    page = page_asked_for()
    return render_template(
        "reminders/overview.html",
        chosen=chosen,
        standing=standing,
        counts=counts,
        found=listing.page_of(chosen, standing, total=counts[standing], page=page),
        committees=committees,
        kinds=OBLIGATION_KIND_LABELS,
        standings=STANDING_LABELS,
        statuses=OBLIGATION_STATUS_LABELS,
    )


def _word(words: type[Word], name: str) -> Word | None:
    """The word that the address asks for, if it is one."""
    asked = request.args.get(name, "")
    return words(asked) if asked in set(words) else None


@reminders.post("/reminders/<int:obligation_id>/send-again")
@requires(Permission.REMINDER_READ)
def send_again(obligation_id: int) -> Page:
    """Try a failed reminder once more."""
    obligation = access.visible_obligation(obligation_id)
    try:
        service.send_again(obligation, by=reader_id())
        db.session.commit()
    except NotAllowed as refusal:
        db.session.rollback()
        flash(str(refusal), "information")
    else:
        flash(f"The reminder to {obligation.user.name} is being sent again.", "success")
    return see_other("reminders.overview", show=Standing.FAILED.value)
