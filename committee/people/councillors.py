"""Councillors: their terms of office, and by what they can be reached. Callers commit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import flag_modified

from committee.audit import service as audit
from committee.extensions import db
from committee.law.calendar import in_words
from committee.people.held import hold
from committee.people.models import Committee, Council, Councillor, Membership, PoliticalGroup
from committee.people.rules import ContactKind, EndReason, lasts
from committee.people.tenure_models import ContactDetail, TermOfOffice
from committee.states import NotAllowed

REALLY_WAS = TermOfOffice.ended_because.is_distinct_from(EndReason.ENTERED_IN_ERROR)


@dataclass(frozen=True)
class Contact:
    """One way to reach a councillor, as it is to be kept."""

    value: str
    published: bool


def add_councillor(council: Council, name: str, *, by: int | None = None) -> Councillor:
    """Enter somebody. Raises NotAllowed for a name that is taken: two people need two names."""
    name = name.strip()
    _check_name(council.id, name)
    councillor = Councillor(council_id=council.id, name=name)
    db.session.add(councillor)
    audit.record("councillor:added", councillor, by=by)
    return councillor


def change(
    councillor: Councillor,
    name: str,
    contacts: Mapping[ContactKind, Contact | None],
    *,
    by: int | None = None,
) -> None:
    """Correct a name and keep these contacts. Raises NotAllowed for a name that is taken."""
    name = name.strip()
    if name != councillor.name:
        _check_name(councillor.council_id, name, but=councillor.id)
        councillor.name = name
    set_contacts(councillor, contacts, by=by)
    # Contacts are rows of their own: the councillor's version moves, so that others are told.
    flag_modified(councillor, "name")
    audit.record("councillor:changed", councillor, by=by)


def _check_name(council_id: int, name: str, *, but: int = 0) -> None:
    same = select(Councillor.id).where(
        Councillor.council_id == council_id,
        func.lower(Councillor.name) == name.lower(),
        Councillor.id != but,
    )
    if db.session.scalars(same.limit(1)).first():
        raise NotAllowed(
            f"There is already somebody called {name}. If these are two people, tell them apart "
            "in their names."
        )


def set_contacts(
    councillor: Councillor, wanted: Mapping[ContactKind, Contact | None], *, by: int | None = None
) -> None:
    """Keep these ways to reach a councillor; what is None is forgotten."""
    known = {each.kind: each for each in contacts_of(councillor)}
    changed = False
    for kind, contact in wanted.items():
        row = known.get(kind)
        if contact is None:
            if row:
                db.session.delete(row)
                changed = True
        elif row is None:
            db.session.add(
                ContactDetail(
                    councillor_id=councillor.id,
                    kind=kind,
                    value=contact.value,
                    published=contact.published,
                )
            )
            changed = True
        elif (row.value, row.published) != (contact.value, contact.published):
            row.value, row.published = contact.value, contact.published
            changed = True
    if changed:
        audit.record("contact_details:changed", councillor, by=by)


def contacts_of(councillor: Councillor, *, published: bool = False) -> Sequence[ContactDetail]:
    """By what a councillor can be reached; `published` for what they chose to have published."""
    found = select(ContactDetail).where(ContactDetail.councillor_id == councillor.id)
    if published:
        found = found.where(ContactDetail.published)
    return db.session.scalars(found.order_by(ContactDetail.kind.desc(), ContactDetail.id)).all()


def terms_of(councillor: Councillor) -> Sequence[TermOfOffice]:
    """The terms that really were, the last one at the top, each with its group."""
    found = select(TermOfOffice).where(TermOfOffice.councillor_id == councillor.id, REALLY_WAS)
    return db.session.scalars(
        found.options(joinedload(TermOfOffice.group)).order_by(
            TermOfOffice.started_on.desc(), TermOfOffice.id.desc()
        )
    ).all()


def begin_term(
    councillor: Councillor,
    *,
    division: str,
    group: PoliticalGroup | None,
    started_on: date,
    today: date,
    ended_on: date | None = None,
    because: EndReason | None = None,
    by: int | None = None,
) -> TermOfOffice:
    """Enter a term. One that has not ended ends on the day before, as it must: a councillor is
    never in two groups, nor for two divisions, on one day.

    Raises NotAllowed where the days overlap with a term otherwise, for a last day before the
    first, and for a change of group that is still to come.
    """
    db.session.flush()
    db.session.scalar(select(Councillor.id).where(Councillor.id == councillor.id).with_for_update())
    check_period(started_on, ended_on)
    known = terms_of(councillor)
    open_term = next((each for each in known if each.ended_on is None), None)
    if open_term and open_term.started_on < started_on:
        changes = open_term.group_id != (group.id if group else None)
        if changes and started_on > today:
            raise NotAllowed("Enter a change of group on its first day, or after it.")
        same_seat = changes and open_term.division == division
        left = EndReason.CHANGED_GROUP if same_seat else EndReason.ENDED
        _end(open_term, started_on - timedelta(days=1), left, by=by)
    refuse_overlap(known, started_on, ended_on, "a term of office")
    term = TermOfOffice(
        councillor_id=councillor.id,
        group=group,
        division=division.strip(),
        started_on=started_on,
        ended_on=ended_on,
        ended_because=(because or EndReason.ENDED) if ended_on else None,
    )
    db.session.add(term)
    if ended_on is None or ended_on >= today:
        councillor.group = group
    if group:
        group.political = True
    audit.record("term_of_office:begun", term, by=by)
    return term


def end_term(
    term: TermOfOffice,
    *,
    on: date,
    because: EndReason,
    today: date,
    by: int | None = None,
) -> None:
    """End a term, `on` being its last day. One that was entered in error counts for no day.

    Raises NotAllowed where it has ended already, unless it now is found to be an error, and for
    a last day before the first.
    """
    hold(term)
    in_error = because is EndReason.ENTERED_IN_ERROR
    if in_error:
        on = term.ended_on or max(today, term.started_on)
    elif term.ended_on is not None:
        raise NotAllowed("The term has already ended. If that is wrong, it was entered in error.")
    check_period(term.started_on, on)
    _end(term, on, because, by=by)
    if in_error:
        left = next((each for each in terms_of(term.councillor)), None)
        term.councillor.group = left.group if left else None


def _end(term: TermOfOffice, on: date, because: EndReason, *, by: int | None) -> None:
    term.ended_on, term.ended_because = on, because
    audit.record("term_of_office:ended", term, by=by)


def check_period(started_on: date, ended_on: date | None) -> None:
    """Raises NotAllowed for a last day before the first."""
    if ended_on is not None and ended_on < started_on:
        raise NotAllowed(
            f"The last day cannot be before the first, which is {in_words(started_on)}."
        )


def refuse_overlap(known: Sequence, started_on: date, ended_on: date | None, what: str) -> None:
    """Raises NotAllowed where one of the known rows has a day in common with this period."""
    for row in known:
        starts_in_time = ended_on is None or row.started_on <= ended_on
        if starts_in_time and (row.ended_on is None or row.ended_on >= started_on):
            until = f"to {in_words(row.ended_on)}" if row.ended_on else "with no last day"
            raise NotAllowed(
                f"There is already {what} from {in_words(row.started_on)} {until}. The days "
                "cannot overlap. If that one is wrong, end it as entered in error."
            )


def councillor_with_id(councillor_id: int) -> Councillor | None:
    """One councillor, with the group of today."""
    return db.session.get(Councillor, councillor_id, options=[joinedload(Councillor.group)])


def names(council: Council) -> Sequence[str]:
    """The names of all whom the council knows, each once."""
    found = select(Councillor.name).where(Councillor.council_id == council.id).distinct()
    return db.session.scalars(found.order_by(Councillor.name)).all()


def seats_of(councillor: Councillor) -> Sequence[tuple[Membership, Committee]]:
    """The seats on committees that they hold or have held, the last at the top."""
    found = (
        select(Membership, Committee)
        .join(Committee, Committee.id == Membership.committee_id)
        .where(
            Membership.councillor_id == councillor.id,
            Membership.ended_because.is_distinct_from(EndReason.ENTERED_IN_ERROR),
        )
        .order_by(Membership.started_on.desc(), Committee.name, Membership.id)
    )
    return [(row.Membership, row.Committee) for row in db.session.execute(found)]


def in_office(on: date) -> Select:
    """Ids of those who are councillors on a day: in a term, or of whom no term is known at all
    but who belong to a political group, as members brought in with an agenda do."""
    term = select(TermOfOffice.councillor_id).where(
        TermOfOffice.councillor_id == Councillor.id,
        REALLY_WAS,
        TermOfOffice.started_on <= on,
        or_(TermOfOffice.ended_on.is_(None), TermOfOffice.ended_on >= on),
    )
    any_term = select(TermOfOffice.id).where(
        TermOfOffice.councillor_id == Councillor.id, REALLY_WAS
    )
    in_group = exists(
        select(PoliticalGroup.id).where(
            PoliticalGroup.id == Councillor.group_id, PoliticalGroup.political
        )
    )
    return select(Councillor.id).where(or_(exists(term), and_(~exists(any_term), in_group)))


def former(on: date) -> Select:
    """Ids of those who were councillors before a day and are so no more."""
    before = select(TermOfOffice.id).where(
        TermOfOffice.councillor_id == Councillor.id, REALLY_WAS, TermOfOffice.started_on <= on
    )
    return select(Councillor.id).where(exists(before), Councillor.id.not_in(in_office(on)))


def divisions_on(ids: Sequence[int], on: date) -> dict[int, str]:
    """The division of each of these councillors on a day, by the councillor's id."""
    found = select(TermOfOffice).where(TermOfOffice.councillor_id.in_(ids), REALLY_WAS)
    return {
        term.councillor_id: term.division
        for term in db.session.scalars(found.order_by(TermOfOffice.started_on, TermOfOffice.id))
        if lasts(term.started_on, term.ended_on, on)
    }
