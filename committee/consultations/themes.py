"""Themes: what several responses say, which responses say it, and the officers' answer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select

from committee.audit import service as audit
from committee.consultations.models import Consultation, Response, Theme, ThemeOccurrence
from committee.consultations.rules import Position
from committee.extensions import db
from committee.states import NotAllowed


@dataclass(frozen=True)
class ThemeFields:
    """What an officer fills in about a theme. Without a stance it belongs to no position."""

    name: str
    stance: Position | None = None
    definition: str | None = None
    officers_answer: str | None = None


def add_theme(consultation: Consultation, fields: ThemeFields, *, by: int | None) -> Theme:
    """Define a theme. Raises NotAllowed for a name that its position has already."""
    _check_name(consultation, fields, None)
    theme = Theme(
        consultation_id=consultation.id,
        position=1 + max((each.position for each in consultation.themes), default=0),
        **vars(fields),
    )
    consultation.themes.append(theme)
    audit.record("theme:added", theme, by=by)
    return theme


def change_theme(
    consultation: Consultation, theme: Theme, fields: ThemeFields, *, by: int | None
) -> None:
    """Word a theme or its answer otherwise. Raises NotAllowed for a name that is taken."""
    _check_name(consultation, fields, theme)
    for name, value in vars(fields).items():
        setattr(theme, name, value)
    audit.record("theme:changed", theme, by=by)


def remove_theme(theme: Theme, *, by: int | None) -> None:
    """Take a theme away. Raises NotAllowed while responses are under it: nothing said is lost."""
    if occurrences([theme])[theme.id]:
        raise NotAllowed(
            f"“{theme.name}” has responses under it. Take them out first, so that each of them "
            "is looked at once more."
        )
    audit.record("theme:removed", theme, by=by)
    db.session.delete(theme)
    db.session.flush()


def set_themes(
    consultation: Consultation,
    response: Response,
    theme_ids: Collection[int],
    *,
    now: datetime,
    by: int,
) -> None:
    """Say which themes of its consultation a response touches; others are taken off it."""
    known = {theme.id for theme in consultation.themes}
    wanted = known & set(theme_ids)
    of_it = select(ThemeOccurrence.theme_id).where(ThemeOccurrence.response_id == response.id)
    present = set(db.session.scalars(of_it))
    db.session.execute(
        delete(ThemeOccurrence).where(
            ThemeOccurrence.response_id == response.id,
            ThemeOccurrence.theme_id.in_(present - wanted),
        )
    )
    db.session.add_all(
        ThemeOccurrence(theme_id=theme_id, response_id=response.id, coded_by_id=by, coded_at=now)
        for theme_id in sorted(wanted - present)
    )
    if present != wanted:
        audit.record("response:coded", response, by=by)


def occurrences(themes: Sequence[Theme]) -> dict[int, int]:
    """How many responses are under each theme, whether counted or not."""
    found = db.session.execute(
        select(ThemeOccurrence.theme_id, func.count())
        .where(ThemeOccurrence.theme_id.in_([theme.id for theme in themes]))
        .group_by(ThemeOccurrence.theme_id)
    )
    return {theme.id: 0 for theme in themes} | dict(found.all())


def theme_of(consultation: Consultation, theme_id: int) -> Theme | None:
    """One theme of this consultation."""
    return next((theme for theme in consultation.themes if theme.id == theme_id), None)


def _check_name(consultation: Consultation, fields: ThemeFields, besides: Theme | None) -> None:
    """Themes without a position are not told apart by the database, so names are asked here."""
    taken = {
        (theme.stance, theme.name.lower()) for theme in consultation.themes if theme is not besides
    }
    if (fields.stance, fields.name.lower()) in taken:
        raise NotAllowed(f"There is a theme “{fields.name}” for this position already.")
