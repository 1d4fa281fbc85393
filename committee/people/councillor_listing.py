"""The list of councillors, page by page, read by a fixed number of questions."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from committee.extensions import db
from committee.people import councillors as people
from committee.people.councillors import REALLY_WAS
from committee.people.listing import A_PAGE, Listed
from committee.people.models import Council, Councillor, PoliticalGroup
from committee.people.tenure_models import TermOfOffice

# The last word of a name, without letters after a comma: “Mrs B Sandhu, MBE” is under S.
SURNAME = func.lower(func.substring(Councillor.name, r"([^ ,]+)(?:,.*)?$"))


@dataclass(frozen=True)
class ListedCouncillor:
    """A councillor with the division and the group of today, or of the last term."""

    councillor: Councillor
    division: str | None
    last_day: date | None


def councillors(
    *, on: date, former: bool = False, words: str = "", page: int = 1
) -> Listed[ListedCouncillor]:
    """Page `page` of those in office on a day, or of `former` ones, by surname; with `words`, those
    whose name, division or group holds them."""
    chosen = people.former(on) if former else people.in_office(on)
    found = select(Councillor).where(Councillor.id.in_(chosen))
    if words:
        of_division = select(TermOfOffice.councillor_id).where(
            TermOfOffice.division.icontains(words, autoescape=True), REALLY_WAS
        )
        in_group = select(PoliticalGroup.id).where(
            PoliticalGroup.name.icontains(words, autoescape=True)
        )
        found = found.where(
            or_(
                Councillor.name.icontains(words, autoescape=True),
                Councillor.id.in_(of_division),
                Councillor.group_id.in_(in_group),
            )
        )
    total = db.session.scalar(select(func.count()).select_from(found.subquery())) or 0
    pages = max(1, -(-total // A_PAGE))
    page = min(max(1, page), pages)
    shown = db.session.scalars(
        found.options(joinedload(Councillor.group))
        .order_by(SURNAME, Councillor.name, Councillor.id)
        .limit(A_PAGE)
        .offset((page - 1) * A_PAGE)
    ).all()
    last = _last_terms([each.id for each in shown])
    rows = [
        ListedCouncillor(
            each,
            last[each.id].division if each.id in last else None,
            last[each.id].ended_on if each.id in last else None,
        )
        for each in shown
    ]
    return Listed(rows, page, pages, total)


def _last_terms(ids: list[int]) -> dict[int, TermOfOffice]:
    found = select(TermOfOffice).where(TermOfOffice.councillor_id.in_(ids), REALLY_WAS)
    rows = db.session.scalars(found.order_by(TermOfOffice.started_on, TermOfOffice.id))
    return {term.councillor_id: term for term in rows}


def possible_substitutes(council: Council, *, on: date) -> list[Councillor]:
    """Those in office who belong to a political group, by name."""
    found = (
        select(Councillor)
        .join(PoliticalGroup, PoliticalGroup.id == Councillor.group_id)
        .where(
            Councillor.council_id == council.id,
            PoliticalGroup.political,
            Councillor.id.in_(people.in_office(on)),
        )
    )
    return list(
        db.session.scalars(
            found.options(joinedload(Councillor.group)).order_by(Councillor.name, Councillor.id)
        )
    )
