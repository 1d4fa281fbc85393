"""Who sits on which committee on which day, and with what vote. Callers commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload

from committee.audit import service as audit
from committee.extensions import db
from committee.people.held import hold
from committee.people.models import Committee, Councillor, Membership, PoliticalGroup
from committee.people.roles import MEMBER_ROLE_ORDER, MemberRole
from committee.people.rules import EndReason, VotingRight, lasts, overlap
from committee.people.tenure_models import TermOfOffice
from committee.states import NotAllowed

REALLY_WAS = Membership.ended_because.is_distinct_from(EndReason.ENTERED_IN_ERROR)
USUAL_VOTE = {
    MemberRole.CO_OPTED: VotingRight.NONE,
    MemberRole.NON_VOTING: VotingRight.NONE,
}


def usual_vote(role: MemberRole) -> VotingRight:
    """The vote that goes with a role unless the law or the constitution gives another.

    Co-opted members have none: Local Government and Housing Act 1989, section 13.
    """
    return USUAL_VOTE.get(role, VotingRight.ALL)


def lock(committee: Committee) -> None:
    """Let nobody else change the seats of this committee until the transaction ends."""
    db.session.flush()
    db.session.scalar(select(Committee.id).where(Committee.id == committee.id).with_for_update())


def add_membership(
    committee: Committee,
    councillor: Councillor,
    *,
    role: MemberRole,
    started_on: date,
    ended_on: date | None = None,
    because: EndReason | None = None,
    voting: VotingRight | None = None,
    by: int | None = None,
) -> Membership:
    """Seat someone on the committee, with the vote that usually goes with the role unless it is
    named. Raises NotAllowed for days on which they hold a seat on it already."""
    lock(committee)
    seated = {m.councillor_id: m for m in memberships(committee)}
    if councillor.id in seated and ended_on is None:
        raise NotAllowed(f"{councillor.name} is already a member of {committee.name}.")
    if ended_on is not None and ended_on < started_on:
        raise NotAllowed("The last day cannot be before the first.")
    _refuse_overlap(committee, councillor, started_on, ended_on)
    membership = Membership(
        committee_id=committee.id,
        councillor=councillor,
        role=role,
        started_on=started_on,
        ended_on=ended_on,
        ended_because=(because or EndReason.ENDED) if ended_on else None,
        voting=voting or usual_vote(role),
        print_order=len(seated),
    )
    _know_the_body(councillor, role)
    db.session.add(membership)
    audit.record("membership:added", membership, by=by)
    return membership


def _know_the_body(councillor: Councillor, role: MemberRole) -> None:
    """A group is a body of co-opted members, such as church representatives, as long as nobody
    of it was elected or holds a seat like those who were."""
    group = councillor.group
    if group is None:
        return
    if role not in USUAL_VOTE:
        group.political = True
        return
    elected = select(TermOfOffice.id).where(TermOfOffice.group_id == group.id)
    seated = select(Membership.id).join(Councillor, Councillor.id == Membership.councillor_id)
    seated = seated.where(Councillor.group_id == group.id, Membership.role.not_in(USUAL_VOTE))
    group.political = db.session.scalar(select(exists(elected) | exists(seated))) or False


def _refuse_overlap(
    committee: Committee, councillor: Councillor, started_on: date, ended_on: date | None
) -> None:
    known = select(Membership).where(
        Membership.committee_id == committee.id,
        Membership.councillor_id == councillor.id,
        REALLY_WAS,
    )
    for row in db.session.scalars(known.order_by(Membership.started_on, Membership.id)):
        if overlap((row.started_on, row.ended_on), (started_on, ended_on)):
            until = f"to {row.ended_on:%-d %B %Y}" if row.ended_on else "on"
            raise NotAllowed(
                f"{councillor.name} was a member of {committee.name} from "
                f"{row.started_on:%-d %B %Y} {until}. The days cannot overlap."
            )


def end_membership(
    membership: Membership,
    *,
    on: date,
    because: EndReason | None = None,
    by: int | None = None,
) -> None:
    """End a membership, `on` being its last day. One that was entered in error counts for no day,
    and may have ended already. Raises NotAllowed for a last day before the first, and for another
    end of one that has ended."""
    hold(membership)
    if because is EndReason.ENTERED_IN_ERROR:
        on = membership.ended_on or max(on, membership.started_on)
    elif membership.ended_on is not None:
        raise NotAllowed(f"{membership.councillor.name}'s membership has already ended.")
    if on < membership.started_on:
        raise NotAllowed(
            f"The last day cannot be before the first. {membership.councillor.name} became a "
            f"member on {membership.started_on:%-d %B %Y}."
        )
    membership.ended_on, membership.ended_because = on, because
    audit.record("membership:ended", membership, by=by)


def memberships(committee: Committee, *, on: date | None = None) -> Sequence[Membership]:
    """Who sits on the committee on a day; with no day, everyone whose membership has not ended."""
    found = select(Membership).where(Membership.committee_id == committee.id, REALLY_WAS)
    if on is None:
        found = found.where(Membership.ended_on.is_(None))
    else:
        found = found.where(
            Membership.started_on <= on,
            or_(Membership.ended_on.is_(None), Membership.ended_on >= on),
        )
    return db.session.scalars(
        found.options(joinedload(Membership.councillor).joinedload(Councillor.group)).order_by(
            Membership.print_order, Membership.id
        )
    ).all()


def former(committee: Committee, *, on: date, most: int = 50) -> Sequence[Membership]:
    """Memberships that were over before a day, the last at the top, as many as `most`."""
    found = select(Membership).where(
        Membership.committee_id == committee.id, REALLY_WAS, Membership.ended_on < on
    )
    return db.session.scalars(
        found.options(joinedload(Membership.councillor).joinedload(Councillor.group))
        .order_by(Membership.ended_on.desc(), Membership.id.desc())
        .limit(most)
    ).all()


@dataclass(frozen=True)
class GroupOnCommittee:
    """The members of one group on a committee; how many they are is counted, never typed."""

    name: str
    members: tuple[Membership, ...]


def by_group(members: Sequence[Membership], *, on: date | None = None) -> list[GroupOnCommittee]:
    """Members under their groups, in printed order, chairman and vice-chairman first.

    With a day, under the groups in which their terms of office had them then.
    """
    then = _groups_on(members, on) if on else {}
    found: dict[str, tuple[int, list[Membership]]] = {}
    for membership in members:
        group = then.get(membership.councillor_id, membership.councillor.group)
        name, order = (group.name, group.print_order) if group else ("No group", 10_000)
        found.setdefault(name, (order, []))[1].append(membership)
    ordered = sorted(found.items(), key=lambda entry: (entry[1][0], entry[0]))
    return [
        GroupOnCommittee(name, tuple(sorted(people, key=_place))) for name, (_, people) in ordered
    ]


def _groups_on(members: Sequence[Membership], on: date) -> dict[int, PoliticalGroup | None]:
    """The group of each member on a day, by the councillor's id, as far as a term says it."""
    found = select(TermOfOffice).where(
        TermOfOffice.councillor_id.in_([each.councillor_id for each in members]),
        TermOfOffice.ended_because.is_distinct_from(EndReason.ENTERED_IN_ERROR),
    )
    terms = db.session.scalars(
        found.options(joinedload(TermOfOffice.group)).order_by(
            TermOfOffice.started_on, TermOfOffice.id
        )
    )
    return {
        term.councillor_id: term.group
        for term in terms
        if lasts(term.started_on, term.ended_on, on)
    }


def _place(membership: Membership) -> tuple[int, int, int]:
    leads = membership.role in (MemberRole.CHAIRMAN, MemberRole.VICE_CHAIRMAN)
    rank = MEMBER_ROLE_ORDER.index(membership.role) if leads else len(MEMBER_ROLE_ORDER)
    return rank, membership.print_order, membership.id
