"""Adding and finding committees, groups and who sits on what. Callers commit."""

import re
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from committee.audit import service as audit
from committee.extensions import db
from committee.people.memberships import GroupOnCommittee as GroupOnCommittee
from committee.people.memberships import add_membership as add_membership
from committee.people.memberships import by_group as by_group
from committee.people.memberships import end_membership as end_membership
from committee.people.memberships import memberships as memberships
from committee.people.models import Committee, Council, Councillor, Officer, PoliticalGroup
from committee.states import NotAllowed


def the_council() -> Council | None:
    """The council that this installation serves, once it has been set up."""
    return db.session.scalars(select(Council).order_by(Council.id)).first()


def council_named(name: str) -> Council | None:
    """The council of this name, capitals aside. An installation may keep papers of several."""
    found = select(Council).where(func.lower(Council.name) == name.strip().lower())
    return db.session.scalars(found.order_by(Council.id)).first()


def add_council(name: str, *, brand_colour: str | None = None) -> Council:
    """Set up a council."""
    council = Council(name=name)
    if brand_colour:
        council.brand_colour = brand_colour
    db.session.add(council)
    db.session.flush()
    return council


def all_committees() -> Sequence[Committee]:
    """Every committee, by name."""
    return db.session.scalars(select(Committee).order_by(Committee.name, Committee.id)).all()


def committee_with_slug(slug: str) -> Committee | None:
    """The committee whose pages live at this slug."""
    found = select(Committee).where(Committee.slug == slug)
    return db.session.scalars(found.options(joinedload(Committee.contact_officer))).first()


def committee_with_name(council: Council, name: str) -> Committee | None:
    """The council's committee of this name, capitals aside."""
    found = select(Committee).where(
        Committee.council_id == council.id, func.lower(Committee.name) == name.strip().lower()
    )
    return db.session.scalars(found.order_by(Committee.id)).first()


def add_committee(
    council: Council,
    *,
    name: str,
    description: str | None = None,
    seats: int | None = None,
    contact: Officer | None = None,
    by: int | None = None,
) -> Committee:
    """Set up a committee. Raises NotAllowed if the council has one of that name."""
    if committee_with_name(council, name):
        raise NotAllowed(f"There is already a committee called {name}. Choose another name.")
    committee = Committee(
        council_id=council.id,
        name=name.strip(),
        slug=_free_slug(name),
        description=description,
        seats=seats,
        contact_officer=contact,
    )
    db.session.add(committee)
    audit.record("committee:added", committee, by=by)
    return committee


def change_committee(
    committee: Committee,
    *,
    name: str,
    description: str | None,
    seats: int | None,
    by: int | None = None,
) -> None:
    """Change a committee's particulars. Raises NotAllowed if another has that name."""
    other = committee_with_name(committee.council, name)
    if other and other.id != committee.id:
        raise NotAllowed(f"There is already a committee called {name}. Choose another name.")
    committee.name, committee.description, committee.seats = name.strip(), description, seats
    audit.record("committee:changed", committee, by=by)


def set_contact(
    committee: Committee,
    *,
    name: str,
    telephone: str | None,
    email: str | None,
    job_title: str | None = None,
) -> Officer:
    """Name the officer whom people ask about this committee."""
    same = select(Officer).where(Officer.council_id == committee.council_id, Officer.name == name)
    officer = db.session.scalars(same.order_by(Officer.id)).first()
    if officer is None:
        officer = Officer(council_id=committee.council_id, name=name)
        db.session.add(officer)
    officer.telephone, officer.email = telephone, email
    officer.job_title = job_title or officer.job_title
    committee.contact_officer = officer
    db.session.flush()
    return officer


def clear_contact(committee: Committee, *, by: int | None = None) -> None:
    """Name nobody as the officer to ask about this committee."""
    committee.contact_officer = None
    audit.record("committee:changed", committee, by=by)


def groups(council: Council) -> Sequence[PoliticalGroup]:
    """The council's groups in the order in which they are printed."""
    found = select(PoliticalGroup).where(PoliticalGroup.council_id == council.id)
    return db.session.scalars(
        found.order_by(PoliticalGroup.print_order, PoliticalGroup.name, PoliticalGroup.id)
    ).all()


def group_named(council: Council, name: str) -> PoliticalGroup:
    """The group of this name, added at the end of the printed order if it is new."""
    known = groups(council)
    for group in known:
        if group.name == name:
            return group
    added = PoliticalGroup(council_id=council.id, name=name, print_order=len(known))
    db.session.add(added)
    db.session.flush()
    return added


def councillor_named(council: Council, name: str, group: PoliticalGroup | None) -> Councillor:
    """The councillor of this name in this group, added if new."""
    found = select(Councillor).where(
        Councillor.council_id == council.id,
        Councillor.name == name,
        Councillor.group_id == (group.id if group else None),
    )
    councillor = db.session.scalars(found.order_by(Councillor.id)).first()
    if councillor is None:
        councillor = Councillor(council_id=council.id, name=name, group=group)
        db.session.add(councillor)
        db.session.flush()
    return councillor


def _free_slug(name: str) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", name.lower().replace("'", "").replace("’", "")).strip("-")
    base = base[:80] or "committee"
    taken = set(db.session.scalars(select(Committee.slug).where(Committee.slug.startswith(base))))
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
