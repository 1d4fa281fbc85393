"""The page on which a meeting's attendance and declarations of interest are recorded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from flask import Blueprint, render_template, request
from flask_wtf import FlaskForm
from werkzeug.exceptions import NotFound

from committee.agendas import access as agenda_access
from committee.agendas import service as agendas
from committee.constitution import current_constitution
from committee.extensions import db
from committee.meetings import access, attendance, attendance_others
from committee.meetings.attendance import Quorum, Register
from committee.meetings.models import Meeting
from committee.meetings.rules import (
    CAPACITY_LABELS,
    INTEREST_KIND_LABELS,
    PRESENCE_LABELS,
    Capacity,
    InterestKind,
)
from committee.minutes.attendance_forms import (
    AttendeeForm,
    DeclarationForm,
    RegisterForm,
    SubstituteForm,
    register_form,
)
from committee.people import seats
from committee.people import service as people
from committee.people.access import reader_id
from committee.people.permissions import Permission, requires
from committee.people.roles import MEMBER_ROLE_LABELS
from committee.people.rules import quorum_rule
from committee.states import NotAllowed
from committee.web.answers import Page, see_other, tell_at

Row = TypeVar("Row")

attending = Blueprint("attending", __name__)

MEMBERS, EVERYONE, SUBSTITUTE, OTHER, DECLARATION = (
    "members",
    "everyone",
    "substitute",
    "other",
    "declaration",
)


@dataclass(frozen=True)
class Forms:
    """The four forms of the page; only the one that was sent holds what was typed."""

    register: RegisterForm
    substitute: SubstituteForm
    attendee: AttendeeForm
    declaration: DeclarationForm

    def of(self, act: str) -> FlaskForm:
        """The form by which an act is sent."""
        found: dict[str, FlaskForm] = {
            MEMBERS: self.register,
            SUBSTITUTE: self.substitute,
            OTHER: self.attendee,
            DECLARATION: self.declaration,
        }
        return found[act]


@attending.route("/meetings/<int:meeting_id>/attendance", methods=["GET", "POST"])
@requires(Permission.ATTENDANCE_RECORD)
def record(meeting_id: int) -> Page:
    """Who attended: members, substitutes, others; and the interests that were declared."""
    meeting = access.meeting_for(Permission.ATTENDANCE_RECORD, meeting_id)
    sent = request.form.get("act", "") if request.method == "POST" else ""
    act = MEMBERS if sent == EVERYONE else sent
    register = attendance.register_of(meeting)
    forms = _forms(meeting, register, act)
    if sent == EVERYONE:
        forms.register.fill_in_present(register)
    if act not in ACTS:
        return _page(meeting, register, forms)
    form = forms.of(act)
    if act == MEMBERS and forms.register.overtakes(register):
        db.session.rollback()
        return _page(meeting, register, forms, act=act, overtaken=True)
    if form.validate_on_submit():
        try:
            told = ACTS[act](meeting, forms)
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            form.form_errors.append(str(refused))
        else:
            tell_at(act, told)
            return see_other("attending.record", anchor=f"{act}-part", meeting_id=meeting_id)
    return _page(meeting, register, forms, act=act)


def _record_members(meeting: Meeting, forms: Forms) -> str:
    attendance.record_members(meeting, forms.register.presences(), by=reader_id())
    return "The attendance of members has been recorded."


def _add_substitute(meeting: Meeting, forms: Forms) -> str:
    form = forms.substitute
    if form.new_name.data:
        groups = {str(group.id): group for group in people.groups(meeting.committee.council)}
        who = people.councillor_named(
            meeting.committee.council, form.new_name.data, groups.get(form.new_group.data)
        )
    else:
        known = attendance.councillors_without_seat(meeting)
        who = next(each for each in known if str(each.id) == form.substitute.data)
    attendance.add_substitute(meeting, who, int(form.instead_of.data), by=reader_id())
    return f"{who.name} is recorded as a substitute."


def _add_attendee(meeting: Meeting, forms: Forms) -> str:
    form = forms.attendee
    row = attendance_others.add_attendee(
        meeting,
        capacity=Capacity(form.capacity.data),
        name=form.name.data,
        job_title=form.job_title.data,
        by=reader_id(),
    )
    return f"{row.name} is recorded as having attended."


def _add_declaration(meeting: Meeting, forms: Forms) -> str:
    form = forms.declaration
    attendance_others.add_declaration(
        meeting,
        councillor_id=int(form.member.data),
        agenda_item_id=int(form.item.data),
        kind=InterestKind(form.kind.data),
        nature=form.nature.data,
        left_meeting=form.left_meeting.data,
        by=reader_id(),
    )
    return "The declaration has been recorded."


ACTS: dict[str, Callable[[Meeting, Forms], str]] = {
    MEMBERS: _record_members,
    SUBSTITUTE: _add_substitute,
    OTHER: _add_attendee,
    DECLARATION: _add_declaration,
}


def _forms(meeting: Meeting, register: Register, act: str) -> Forms:
    """The forms of the page. Those that were not sent stay empty."""
    forms = Forms(
        register_form(register, sent=act == MEMBERS),
        SubstituteForm(*_unless(act == SUBSTITUTE)),
        AttendeeForm(*_unless(act == OTHER)),
        DeclarationForm(*_unless(act == DECLARATION)),
    )
    forms.substitute.offer(
        attendance.councillors_without_seat(meeting),
        register,
        people.groups(meeting.committee.council),
        {row.councillor_id for row in seats.substitutes(meeting.committee, on=meeting.held_on)},
    )
    forms.declaration.offer(
        {
            row.councillor_id: row.councillor.name
            for row in attendance.attendances(meeting)
            if row.presence in attendance.ATTENDS
        },
        _titles(meeting),
    )
    return forms


def _titles(meeting: Meeting) -> dict[int, str]:
    """Each item's number, and its title as this reader may know it, by the item's id."""
    entries = agendas.numbered_items(meeting)
    hidden = agenda_access.hidden_from_reader(meeting, [entry.item for entry in entries])
    return {
        item.id: f"{number}. {item.title_for_public if item.id in hidden else item.title}"
        for number, item in ((entry.number, entry.item) for entry in entries)
    }


def _unless(sent: bool) -> tuple[None, ...]:
    """No form data for a form that was not sent."""
    return () if sent else (None,)


def _page(
    meeting: Meeting, register: Register, forms: Forms, *, act: str = "", overtaken: bool = False
) -> Page:
    errors = forms.of(act) if act in ACTS and forms.of(act).errors else None
    entries = agendas.numbered_items(meeting)
    declarations = attendance_others.declarations(meeting)
    declared_in = {row.agenda_item_id for row in declarations}
    removed = [item for item in agendas.removed_items(meeting) if item.id in declared_in]
    every = [*(entry.item for entry in entries), *removed]
    hidden = agenda_access.hidden_from_reader(meeting, every)
    page = render_template(
        "meetings/attendance.html",
        meeting=meeting,
        register=register,
        forms=forms,
        wrong=errors,
        overtaken=overtaken,
        quorum=_quorum(meeting, register),
        warnings=attendance.substitute_warnings(
            register, seats.substitutes(meeting.committee, on=meeting.held_on)
        ),
        attendees=attendance_others.attendees(meeting),
        declarations=declarations,
        items={entry.item.id: entry for entry in entries},
        hidden=hidden,
        capacities=CAPACITY_LABELS,
        presences=PRESENCE_LABELS,
        roles=MEMBER_ROLE_LABELS,
        kinds=INTEREST_KIND_LABELS,
    )
    agenda_access.note_words_of_agenda(meeting, [item for item in every if item.id not in hidden])
    return (page, 422) if errors else page


def _quorum(meeting: Meeting, register: Register) -> Quorum:
    committee, usual = meeting.committee, current_constitution().minutes
    rule = quorum_rule(
        committee.quorum_share,
        committee.quorum_minimum,
        usual_share=usual.quorum_fraction,
        usual_minimum=usual.quorum_minimum,
    )
    return attendance.quorum(committee.seats or len(register.seats), register.in_person, rule)


@attending.post("/meetings/<int:meeting_id>/attendance/<what>/<int:row_id>/remove")
@requires(Permission.ATTENDANCE_RECORD)
def remove(meeting_id: int, what: str, row_id: int) -> Page:
    """Take out a substitute, somebody else who attended, or a declaration."""
    meeting = access.meeting_for(Permission.ATTENDANCE_RECORD, meeting_id)
    if what == SUBSTITUTE:
        rows = {row.id: row for row in attendance.attendances(meeting) if row.substitute_for_id}
        attendance.remove_substitute(_row(rows, row_id), by=reader_id())
    elif what == OTHER:
        others = {row.id: row for row in attendance_others.attendees(meeting)}
        attendance_others.remove(_row(others, row_id), by=reader_id())
    elif what == DECLARATION:
        declared = {row.id: row for row in attendance_others.declarations(meeting)}
        attendance_others.remove(_row(declared, row_id), by=reader_id())
    else:
        raise NotFound
    db.session.commit()
    tell_at(what, "It has been taken out.")
    return see_other("attending.record", anchor=f"{what}-part", meeting_id=meeting_id)


def _row(rows: Mapping[int, Row], row_id: int) -> Row:
    if row_id not in rows:
        raise NotFound
    return rows[row_id]
