"""The table of who may read closed matter, which the monitoring officer sets."""

from flask import Blueprint, flash, render_template, request

from committee.clock import now
from committee.confidentiality import reading
from committee.confidentiality.forms import RulesForm
from committee.confidentiality.reading_rules import (
    GROUND_LABELS,
    REPORT_READERS,
    STANDING_LABELS,
    Ground,
    Rule,
    Standing,
    shown_rows,
)
from committee.extensions import db
from committee.people.access import reader_id
from committee.people.permissions import Permission, requires
from committee.people.roles import ROLE_LABELS, Role
from committee.states import NotAllowed
from committee.web.answers import Page, see_other, shown

confidentiality = Blueprint("confidentiality", __name__)


@confidentiality.route("/confidentiality/reading-rules", methods=["GET", "POST"])
@requires(Permission.READING_RULE_SET, council_wide=True)
def rules() -> Page:
    """Who may read what is exempt or confidential, by role and by ground, and its history."""
    form = RulesForm(data={"seen": reading.last_set()})
    held = reading.table()
    if form.is_submitted():
        held = {rule: _name(rule) in request.form for rule in held if rule[:2] in shown_rows()}
    if form.validate_on_submit():
        try:
            changed = reading.set_rules(
                held, seen=form.seen.data or "", reason=form.reason.data, now=now(), by=reader_id()
            )
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            form.seen.data = reading.last_set()
            form.form_errors.append(str(refused))
        else:
            flash(f"Rules changed: {changed}.", "success")
            return see_other("confidentiality.rules")
    return shown(_page(form, held), form)


def _page(form: RulesForm, held: dict[Rule, bool]) -> str:
    rows = [
        (role, standing, [(ground, held[(role, standing, ground)]) for ground in Ground])
        for role, standing in shown_rows()
    ]
    return render_template(
        "confidentiality/reading_rules.html",
        form=form,
        rows=rows,
        history=reading.history(),
        name=_name,
        roles=ROLE_LABELS,
        of_reports=REPORT_READERS,
        standings=STANDING_LABELS,
        grounds=GROUND_LABELS,
    )


def _name(rule: tuple[Role, Standing, Ground]) -> str:
    role, standing, ground = rule
    return f"{role.value}-{standing.value}-{ground.value}"
