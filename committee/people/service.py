"""Adding and finding committees, groups and who sits on what. Callers commit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

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
from committee.people.rules import AccessRegime, CommitteeKind, QuorumShare
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


@dataclass(frozen=True)
class Standing:
    """What a committee is under the constitution, and what follows from it.

    Where quorum share or minimum is None, the constitution's own counts.
    """

    kind: CommitteeKind = CommitteeKind.COMMITTEE
    access_regime: AccessRegime = AccessRegime.COUNCIL_COMMITTEE
    parent_id: int | None = None
    quorum_share: QuorumShare | None = None
    quorum_minimum: int | None = None
    balanced: bool = True


def add_committee(
    council: Council,
    *,
    name: str,
    description: str | None = None,
    seats: int | None = None,
    contact: Officer | None = None,
    standing: Standing | None = None,
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
    _set_standing(committee, standing or Standing())
    db.session.add(committee)
    audit.record("committee:added", committee, by=by)
    return committee


def change_committee(
    committee: Committee,
    *,
    name: str,
    description: str | None,
    seats: int | None,
    standing: Standing | None = None,
    by: int | None = None,
) -> None:
    """Change a committee's particulars. Raises NotAllowed if another has that name, and for a
    parent that belongs to the committee itself."""
    other = committee_with_name(committee.council, name)
    if other and other.id != committee.id:
        raise NotAllowed(f"There is already a committee called {name}. Choose another name.")
    committee.name, committee.description, committee.seats = name.strip(), description, seats
    if standing:
        _set_standing(committee, standing)
    audit.record("committee:changed", committee, by=by)


def _set_standing(committee: Committee, wanted: Standing) -> None:
    if wanted.parent_id and committee.id and wanted.parent_id in _with_descendants(committee):
        raise NotAllowed("A committee cannot belong to itself, nor to one of its own parts.")
    committee.kind, committee.access_regime = wanted.kind, wanted.access_regime
    committee.parent_id, committee.balanced = wanted.parent_id, wanted.balanced
    committee.quorum_share = wanted.quorum_share
    committee.quorum_minimum = wanted.quorum_minimum


def _with_descendants(committee: Committee) -> set[int]:
    """The ids of the committee and of all that belong to it, however far down."""
    found, below = {committee.id}, {committee.id}
    while below:
        children = select(Committee.id).where(Committee.parent_id.in_(below))
        below = set(db.session.scalars(children)) - found
        found |= below
    return found


def parts_of(committee: Committee) -> Sequence[Committee]:
    """The sub-committees and panels that belong to a committee, by name."""
    found = select(Committee).where(Committee.parent_id == committee.id)
    return db.session.scalars(found.order_by(Committee.name, Committee.id)).all()


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


def member_named(council: Council, name: str, group_name: str | None) -> Councillor:
    """Who is to be seated: the one person of this name, or somebody new in this group.

    Raises NotAllowed where the person is known to belong to another group, and where several have
    the name and the group does not tell them apart.
    """
    found = select(Councillor).where(
        Councillor.council_id == council.id, func.lower(Councillor.name) == name.lower()
    )
    same = db.session.scalars(found.order_by(Councillor.id)).all()
    fits = [
        each
        for each in same
        if not group_name or (each.group and each.group.name.lower() == group_name.lower())
    ]
    if len(fits) == 1:
        return fits[0]
    if same:
        groups = " and ".join(each.group.name if each.group else "no group" for each in same)
        raise NotAllowed(
            f"{name} is known already, in {groups}. Name that group; a change of group is recorded "
            "on the councillor’s page. Somebody else of the same name needs another name."
        )
    group = group_named(council, group_name) if group_name else None
    return councillor_named(council, name, group)


def _free_slug(name: str) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", name.lower().replace("'", "").replace("’", "")).strip("-")
    base = base[:80] or "committee"
    taken = set(db.session.scalars(select(Committee.slug).where(Committee.slug.startswith(base))))
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
