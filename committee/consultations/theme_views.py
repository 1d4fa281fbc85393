"""Themes of what people said, and the council's answer to each."""

from flask import Blueprint, flash, render_template, request

from committee.consultations import access
from committee.consultations import themes as service
from committee.consultations.forms import ThemeForm, theme_data
from committee.consultations.models import Consultation
from committee.consultations.rules import POSITION_LABELS, Position
from committee.consultations.summary import NO_POSITION
from committee.extensions import db
from committee.people.access import reader_id
from committee.people.permissions import Permission, requires
from committee.states import NotAllowed
from committee.web.answers import Page, see_other, shown
from committee.web.fields import add_error

themes = Blueprint("consultation_themes", __name__)


@themes.route("/consultations/<slug:slug>/themes", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_EDIT)
def overview(slug: str) -> Page:
    """The themes of each position with what is under them, and a form to add one."""
    found = access.consultation_for(Permission.CONSULTATION_EDIT, slug)
    form = ThemeForm(data={"stance": request.args.get("stance", "")})
    if form.validate_on_submit():
        try:
            theme = service.add_theme(found, form.theme_fields(), by=reader_id())
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            add_error(form.name, str(refused))
        else:
            flash(f"“{theme.name}” has been added.", "success")
            return see_other("consultation_themes.overview", slug=slug, stance=theme.stance)
    page = render_template(
        "consultations/themes.html",
        consultation=found,
        form=form,
        groups=_groups(found),
        occurrences=service.occurrences(found.themes),
    )
    return shown(page, form)


def _groups(consultation: Consultation) -> list[tuple[str, list[object]]]:
    return [
        (
            POSITION_LABELS[stance] if stance else NO_POSITION,
            [each for each in consultation.themes if each.stance == stance],
        )
        for stance in (*Position, None)
        if any(each.stance == stance for each in consultation.themes)
    ]


@themes.route("/consultations/<slug:slug>/themes/<int:theme_id>/edit", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_EDIT)
def edit(slug: str, theme_id: int) -> Page:
    """Word a theme or the council's answer to it otherwise, or take it away."""
    theme = access.theme_for(slug, theme_id)
    found = access.consultation_for(Permission.CONSULTATION_EDIT, slug)
    form = ThemeForm(data=theme_data(theme))
    valid = form.validate_on_submit()
    overtaken = form.is_submitted() and form.overtakes(theme)
    if valid and not overtaken:
        try:
            service.change_theme(found, theme, form.theme_fields(), by=reader_id())
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            add_error(form.name, str(refused))
        else:
            flash(f"“{theme.name}” has been saved.", "success")
            return see_other("consultation_themes.overview", slug=slug)
    page = render_template(
        "consultations/edit_theme.html",
        consultation=found,
        theme=theme,
        form=form,
        overtaken=overtaken,
        stance=POSITION_LABELS[theme.stance] if theme.stance else NO_POSITION,
    )
    return shown(page, form)


@themes.post("/consultations/<slug:slug>/themes/<int:theme_id>/remove")
@requires(Permission.CONSULTATION_EDIT)
def remove(slug: str, theme_id: int) -> Page:
    """Take away a theme that no response is under."""
    theme = access.theme_for(slug, theme_id)
    try:
        service.remove_theme(theme, by=reader_id())
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        flash(str(refused), "information")
    else:
        flash("The theme has been taken away.", "success")
    return see_other("consultation_themes.overview", slug=slug)
